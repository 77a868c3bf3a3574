"""Which mails one wants: on the page of the account, and without one behind the link at the foot of a mail."""

from flask import Response, abort, request

from portal.accounts import queries, services
from portal.accounts import session as sessions
from portal.accounts.forms import MailForm, mail_form
from portal.accounts.views.blueprint import bp
from portal.face.web import flash, page, private, redirect_to
from portal.ground.authz import by_link, signed_in
from portal.ground.links import LinkToken
from portal.mail import Frequency, Kind, Mail, preferences, standing
from portal.mail.kinds import STOP, sent_kinds
from portal.mail.preferences import How
from portal.words.i18n import _

ONE_CLICK = "List-Unsubscribe"  # RFC 8058, 3.1: the one field of the body, and its value
CLICKED = "One-Click"


@bp.route("/mail", methods=["GET", "POST"])
@signed_in
def mail_kinds() -> Response:
    """Every kind that the portal sends, and how often it comes."""
    private()
    account = sessions.current_account()
    assert account is not None
    form = mail_form(account.address)
    if form.validate_on_submit():
        services.choose_mails(account.address, form.wanted(), how=How.ACCOUNT)
        flash(_("Changes saved."))
        return redirect_to("accounts.mail_kinds")
    return page(
        "accounts/mail_kinds.html", form=form, address=account.address, always=_always(),
        comes_back=bool(standing.marked([account.address])),
    )  # fmt: skip


@bp.route("/mail/<token>", methods=["GET", "POST"])
@by_link(STOP, on=queries.mail_of)
def mail_by_link(mail: Mail, link: LinkToken) -> Response:
    """The same for whoever reads the mail: one button for its kind, and all kinds."""
    form, kind = mail_form(mail.address), Kind(mail.kind)
    if form.validate_on_submit():
        ends = "end" in request.form
        wanted = {kind: Frequency.NEVER} if ends else form.wanted()
        services.choose_mails(mail.address, wanted, how=How.LINK)
        flash(_("Such messages will not be sent any more: %(kind)s", kind=kind.label) if ends else _("Changes saved."))
        return redirect_to("accounts.mail_by_link", token=_token())
    return _page_of(mail, form)


@bp.route("/mail/<token>/stop", methods=["GET", "POST"])
@by_link(STOP, on=queries.mail_of, from_anywhere=True)
def mail_stop(mail: Mail, link: LinkToken) -> Response:
    """What a mail program posts to, without cookie, Origin or token of a form; people who open it see the page."""
    if request.method != "POST":
        return _page_of(mail, mail_form(mail.address))
    if request.form.get(ONE_CLICK) != CLICKED:
        abort(400)
    kind = Kind(mail.kind)
    services.choose_mails(mail.address, {kind: Frequency.NEVER}, how=How.ONE_CLICK)
    words = _("Such messages will not be sent any more: %(kind)s", kind=kind.label)
    return Response(f"{words}\n", mimetype="text/plain")


def _page_of(mail: Mail, form: MailForm) -> Response:
    kind = Kind(mail.kind)
    ended = preferences.of_mailbox(mail.address).get(kind) == Frequency.NEVER
    return page(
        "accounts/mail_by_link.html", form=form, address=mail.address, always=_always(), kind=kind, ended=ended,
        token=_token(),
    )  # fmt: skip


def _always() -> list[str]:
    return [kind.label for kind in sent_kinds() if kind.is_essential]


def _token() -> str:
    return str((request.view_args or {})["token"])
