"""A new account: asking for it, and confirming the address."""

from flask import Response, request, session

from portal.accounts import mails, queries, services
from portal.accounts import session as sessions
from portal.accounts.forms import SignUpForm
from portal.accounts.models import SignUp
from portal.accounts.session import current_person
from portal.accounts.views.blueprint import bp
from portal.face.forms import ActionForm
from portal.face.web import client_ip, flash, page, private, redirect_to
from portal.ground.authz import by_link, public
from portal.ground.links import LinkToken
from portal.words.i18n import _, current_language


@bp.route("/sign-up", methods=["GET", "POST"])
@public
def sign_up() -> Response:
    """Ask for an account. A known address is answered in the same way as an unknown one."""
    private()
    if current_person():
        return redirect_to("accounts.home")
    form = SignUpForm()
    if form.validate_on_submit():
        with form.refusals():
            session["sign_up"] = services.sign_up(**form.values(), locale=current_language(), ip=client_ip())
            return redirect_to("accounts.sign_up_sent")
    return page("accounts/sign_up.html", form=form)


@bp.get("/sign-up/sent")
@public
def sign_up_sent() -> Response:
    """What happens next."""
    private()
    return page("accounts/sign_up_sent.html")


@bp.route("/confirm/<token>", methods=["GET", "POST"])
@by_link(mails.CONFIRM, on=queries.sign_up_of)
def confirm(wish: SignUp, link: LinkToken) -> Response:
    """The owner of the address opens the account, or says that nobody here asked for it."""
    form = ActionForm()
    if form.validate_on_submit():
        if request.form.get("choice") == "refuse":
            services.refuse_sign_up(wish.id)
            flash(_("The request for an account is deleted."))
            return redirect_to("accounts.sign_in")
        with form.refusals():
            return _open(wish)
    return page("accounts/confirm.html", form=form, wish=wish)


def _open(wish: SignUp) -> Response:
    """Who confirms in the browser that chose the password is in; anybody else shows that they know it."""
    asked_here, address = session.get("sign_up") == wish.id, wish.address
    opened = services.confirm_sign_up(wish.id)
    account = queries.account_by_id(opened.id)
    assert account is not None
    if asked_here:
        sessions.begin(account, stay=False)
        flash(_("E-mail address confirmed."))
        return redirect_to("accounts.home")
    session["address"] = address
    flash(_("E-mail address confirmed. Log in with the password chosen for this account."))
    return redirect_to("accounts.sign_in")
