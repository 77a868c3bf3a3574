"""Switching the second step at sign-in on and off."""

from flask import Response, session

from portal.accounts import queries, second_step, services
from portal.accounts import session as sessions
from portal.accounts.forms import CodeForm
from portal.accounts.models import Account
from portal.accounts.views.blueprint import bp
from portal.accounts.views.freshness import fresh, fresh_or
from portal.face.forms import ActionForm
from portal.face.qr import qr_path
from portal.face.web import flash, page, private, redirect_to
from portal.ground.authz import signed_in
from portal.ground.sealed import InvalidToken, seal, unseal
from portal.words.i18n import _

WAITING = "second_step_secret"  # sealed in the session until a code proves that the app has it


@bp.get("/two-step")
@signed_in
@fresh
def two_step() -> Response:
    """Is the second step on, and with which recovery codes?"""
    private()
    account = _account()
    codes = (account.recovery_codes or "").split()
    return page("accounts/two_step.html", account=account, codes=codes, form=ActionForm())


@bp.route("/two-step/on", methods=["GET", "POST"])
@signed_in
@fresh
def two_step_on() -> Response:
    """Give an app the secret and show that it has it."""
    private()
    account, secret, form = _account(), _waiting_secret(), CodeForm()
    if account.has_second_step:
        return redirect_to("accounts.two_step")
    if form.validate_on_submit():
        with form.refusals():
            services.switch_on(account.id, secret=secret, code=form.code.data)
            session.pop(WAITING, None)
            flash(_("The second step is on. Keep the recovery codes."))
            return redirect_to("accounts.two_step")
    size, path = qr_path(second_step.address_of(secret, account.address))
    key = second_step.typed_key(secret)
    return page("accounts/two_step_on.html", form=form, qr_size=size, qr_path=path, key=key)


@bp.post("/two-step/codes")
@signed_in
@fresh_or(back="accounts.two_step")
def recovery_codes() -> Response:
    """New recovery codes."""
    if ActionForm().validate_on_submit():
        services.renew_recovery_codes(_account().id)
        flash(_("New recovery codes created. The earlier ones no longer work."))
    return redirect_to("accounts.two_step")


@bp.post("/two-step/off")
@signed_in
@fresh_or(back="accounts.two_step")
def two_step_off() -> Response:
    """The password alone is enough again."""
    if ActionForm().validate_on_submit():
        services.switch_off(_account().id)
        flash(_("The second step is off."))
    return redirect_to("accounts.two_step")


def _account() -> Account:
    account = sessions.current_account()
    assert account is not None
    found = queries.account_with_secrets(account.id)
    assert found is not None
    return found


def _waiting_secret() -> str:
    """The secret that this browser is about to give to an app: the same when the page is loaded again."""
    try:
        return unseal(session[WAITING])
    except (KeyError, InvalidToken):
        secret = second_step.new_secret()
        session[WAITING] = seal(secret)
        return secret
