"""Signing in, the second step, signing out, and the password once more."""

from typing import TypedDict

from flask import Response, request, session

from portal.accounts import queries, services
from portal.accounts import session as sessions
from portal.accounts.forms import CodeForm, PasswordForm, SignInForm
from portal.accounts.models import Account
from portal.accounts.session import current_person
from portal.accounts.views.blueprint import bp
from portal.accounts.views.onward import asked, onward, wanted
from portal.face.forms import ActionForm
from portal.face.web import client_ip, flash, page, private, redirect_to
from portal.ground import clock
from portal.ground.authz import public, signed_in
from portal.words.i18n import _, _n

BETWEEN_STEPS = 600  # seconds from the password to the code


class Between(TypedDict):
    """What the session keeps of somebody who has given the password and not yet the code; `at` in seconds since 1970."""

    name: str
    stay: bool
    next: str | None
    at: float


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Response:
    """The door for people with an account; `next` is the page they wanted."""
    private()
    if current_person():
        return onward(wanted())
    form = SignInForm()
    if request.method != "POST" and "address" in session:
        form.email.data = session["address"]
    if form.validate_on_submit():
        with form.refusals():
            account = services.account_for(email=form.email.data, password=form.password.data, ip=client_ip())
            return _enter(account, stay=form.stay.data)
    return page("accounts/sign_in.html", form=form, next=wanted())


def _enter(account: Account, *, stay: bool) -> Response:
    """In, or to the second step when the account has one."""
    target = wanted()
    if not account.has_second_step:
        sessions.begin(account, stay=stay, tell=True)
        return onward(target)
    session.clear()
    between: Between = {"name": account.fs_uniquifier, "stay": stay, "next": target, "at": clock.now().timestamp()}
    session["between"] = between
    return redirect_to("accounts.second_step")


@bp.route("/sign-in/code", methods=["GET", "POST"])
@public
def second_step() -> Response:
    """The code of the app, or a recovery code, for whoever has just given the password."""
    private()
    between: Between | None = session.get("between")
    account = _between(between) if between else None
    if between is None or account is None:
        return redirect_to("accounts.sign_in")
    form = CodeForm()
    if form.validate_on_submit():
        with form.refusals():
            left = services.pass_second_step(account, code=form.code.data, ip=client_ip())
            return _enter_finally(account.id, between, left)
    return page("accounts/second_step.html", form=form)


def _between(between: Between) -> Account | None:
    if abs(clock.now().timestamp() - between["at"]) > BETWEEN_STEPS:
        return None
    account = queries.account_named(between["name"])
    return account if account and account.active else None


def _enter_finally(account_id: int, between: Between, left: int | None) -> Response:
    account = queries.account_by_id(account_id)
    assert account is not None
    sessions.begin(account, stay=between["stay"], tell=True)
    _tell_left(left)
    return onward(between["next"])


def _tell_left(left: int | None) -> None:
    """Say how many recovery codes there still are, when one was used."""
    if left == 0:
        flash(_("This was the last recovery code. Make new ones."), "warn")
    elif left is not None:
        flash(_n("Recovery code used. %(n)s code is left.", "Recovery code used. %(n)s codes are left.", left), "warn")


@bp.post("/sign-out")
@public
def sign_out() -> Response:
    """The way out; whoever is out already stays out."""
    if ActionForm().validate_on_submit():
        sessions.end()
        flash(_("Logged out."))
    return redirect_to("accounts.sign_in")


@bp.route("/verify", methods=["GET", "POST"])
@signed_in
def verify() -> Response:
    """The password once more."""
    private()
    account = sessions.current_account()
    assert account is not None
    form = PasswordForm.of(account)
    if form.validate_on_submit():
        with form.refusals():
            left = services.check_current_password(account, ip=client_ip(), **form.values())
            sessions.freshen()
            _tell_left(left)
            return onward(asked())
    return page("accounts/verify.html", form=form)
