"""A new account: asking for it, and confirming the address."""

from flask import Response, request, session

from portal.accounts import mails, queries, services
from portal.accounts import session as sessions
from portal.accounts.forms import AddressForm, FirstPasswordForm, SignUpForm
from portal.accounts.models import SignUp
from portal.accounts.session import current_person
from portal.accounts.views.blueprint import bp
from portal.accounts.views.onward import keep_wanted, onward, wanted
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
    target = wanted()
    if current_person():
        return onward(target)
    form = SignUpForm()
    if form.validate_on_submit():
        with form.refusals():
            session["sign_up"] = services.sign_up(
                **form.values(), locale=current_language(), ip=client_ip(), wanted=target
            )
            keep_wanted(target)
            return redirect_to("accounts.sign_up_sent")
    return page("accounts/sign_up.html", form=form, next=target)


@bp.route("/sign-up/sent", methods=["GET", "POST"])
@public
def sign_up_sent() -> Response:
    """What happens next; the browser that asked may correct the address once."""
    private()
    number = session.get("sign_up", 0)
    wish = queries.sign_up_by_id(number)
    if request.method != "POST" and (wish is None or wish.corrected):
        return page("accounts/sign_up_sent.html", wish=wish, corrects=False)
    form = AddressForm()
    if form.validate_on_submit():
        with form.refusals():
            session["sign_up"] = services.correct_sign_up(number, email=form.email.data, ip=client_ip())
            flash(_("A message with a link is on its way to the corrected address. The first link no longer works."))
            return redirect_to("accounts.sign_up_sent")
    return page("accounts/sign_up_sent.html", form=form, wish=queries.sign_up_by_id(number), corrects=True)


@bp.route("/confirm/<token>", methods=["GET", "POST"])
@by_link(mails.CONFIRM, on=queries.sign_up_of)
def confirm(wish: SignUp, link: LinkToken) -> Response:
    """The owner of the address opens the account, or says that nobody here asked for it."""
    if request.form.get("choice") == "refuse" and ActionForm().validate_on_submit():
        services.refuse_sign_up(wish.id)
        flash(_("The request for an account is deleted."))
        return redirect_to("accounts.sign_in")
    form = ActionForm() if _asked_here(wish) else FirstPasswordForm()
    if form.validate_on_submit():
        with form.refusals():
            password, target = form.password.data if isinstance(form, FirstPasswordForm) else None, wish.wanted
            return _open(services.confirm_sign_up(wish.id, password=password).id, target)
    return page("accounts/confirm.html", form=form, wish=wish)


def _asked_here(wish: SignUp) -> bool:
    """Is this the browser in which the form was filled in? Anybody else does not know who chose that password."""
    return bool(session.get("sign_up") == wish.id)


def _open(account_id: int, target: str | None) -> Response:
    account = queries.account_by_id(account_id)
    assert account is not None
    sessions.begin(account, stay=False)
    flash(_("E-mail address confirmed."))
    return onward(target)
