"""A forgotten password, and another one."""

from flask import Response, session

from portal.accounts import mails, queries, services
from portal.accounts import session as sessions
from portal.accounts.forms import AddressForm, NewPasswordForm
from portal.accounts.models import Account
from portal.accounts.views.blueprint import bp
from portal.accounts.views.freshness import fresh
from portal.accounts.views.onward import keep_wanted, wanted
from portal.face.web import client_ip, flash, page, private, redirect_to
from portal.ground.authz import by_link, public, signed_in
from portal.ground.links import LinkToken
from portal.words.i18n import _, current_language


@bp.route("/password/forgotten", methods=["GET", "POST"])
@public
def forgotten() -> Response:
    """Ask for the link behind which a new password is set."""
    private()
    form, target = AddressForm(), wanted()
    if form.validate_on_submit():
        with form.refusals():
            services.request_reset(email=form.email.data, locale=current_language(), ip=client_ip())
            keep_wanted(target)
            flash(
                _(
                    "If this address is known to the portal, a message with the next steps is on its way. Check the mailbox."
                )
            )
            return redirect_to("accounts.sign_in")
    return page("accounts/forgotten.html", form=form, next=target)


@bp.route("/password/new/<token>", methods=["GET", "POST"])
@by_link(mails.PASSWORD, on=queries.account_behind)
def new_password(account: Account, link: LinkToken) -> Response:
    """Set a new password; then it is used to log in."""
    form = NewPasswordForm()
    if form.validate_on_submit():
        address, target = account.address, wanted()
        with form.refusals():
            services.reset_password(account.id, password=form.password.data)
            sessions.end()
            session["address"] = address
            keep_wanted(target)
            flash(_("New password saved. Log in with it."))
            return redirect_to("accounts.sign_in")
    return page("accounts/new_password.html", form=form, account=account)


@bp.route("/password", methods=["GET", "POST"])
@signed_in
@fresh
def password() -> Response:
    """Another password; every other device is signed out."""
    private()
    account = sessions.current_account()
    assert account is not None
    form = NewPasswordForm()
    if form.validate_on_submit():
        with form.refusals():
            sessions.renew(services.change_password(account.id, password=form.password.data))
            flash(_("New password saved. All other devices are logged out."))
            return redirect_to("accounts.home")
    return page("accounts/password.html", form=form, account=account)
