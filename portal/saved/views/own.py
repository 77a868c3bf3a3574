"""The searches that are kept: of the account, and behind the link of a mail."""

from flask import Response, request, url_for

from portal.accounts.models import Person
from portal.accounts.session import signed_in_person
from portal.declaration import Panel, PanelLink
from portal.face.forms import ActionForm
from portal.face.web import flash, page, redirect_to
from portal.face.web.answers import private
from portal.ground.authz import by_link as with_link
from portal.ground.authz import requires, signed_in
from portal.ground.errors import Refusal
from portal.ground.links import LinkToken
from portal.mail import Frequency, Kind, preferences
from portal.saved import queries, services
from portal.saved.mails import READER
from portal.saved.models import Reader, SavedSearch
from portal.saved.policies import Permission
from portal.saved.views.blueprint import bp
from portal.saved.views.shown import shown
from portal.words.i18n import _, _np

END, CONFIRM, RESUME = "end", "confirm", "resume"


def own_panel(person: Person) -> Panel | None:
    """On the person's own page, for whoever keeps searches."""
    number = queries.number_of(person.email or "")
    if not number:
        return None
    words = _np("link", "%(n)s saved search", "%(n)s saved searches", number)
    return Panel(_("Saved searches"), (PanelLink(words, url_for("saved.index")),), place=2)


@bp.get("")
@signed_in
def index() -> Response:
    private()
    person = signed_in_person()
    return _list(person.address, queries.reader_by_email(person.address), token="")


@bp.post("/<int:number>")
@requires(Permission.CHANGE, on=queries.saved_by_number)
def change(saved: SavedSearch) -> Response:
    _do(saved.id, by=signed_in_person())
    return redirect_to("saved.index")


@bp.get("/<token>")
@with_link(READER, on=queries.reader_of)
def by_link(reader: Reader, link: LinkToken) -> Response:
    """Whoever reads the mails of this mailbox, with an account or without one."""
    return _list(reader.address, reader, token=_token())


@bp.post("/<token>/<int:number>")
@with_link(READER, on=queries.reader_of)
def change_by_link(reader: Reader, link: LinkToken, number: int) -> Response:
    token = _token()
    _do(number, by=reader)
    return redirect_to("saved.by_link", token=token)


def _list(address: str, reader: Reader | None, *, token: str) -> Response:
    rows = shown(queries.of_reader(reader.id)) if reader else []
    wish = preferences.of_mailbox(address).get(Kind.SAVED_SEARCH)
    return page(
        "saved/index.html", rows=rows, address=address, action=ActionForm(), most=services.MOST, token=token,
        is_off=wish == Frequency.NEVER, frequencies=list(Frequency),
        changes={
            one.saved.id: (
                url_for("saved.change_by_link", token=token, number=one.saved.id)
                if token
                else url_for("saved.change", number=one.saved.id)
            )
            for one in rows
        },
    )  # fmt: skip


def _do(number: int, *, by: Person | Reader) -> None:
    """What the button of a search says."""
    if not ActionForm().validate_on_submit():
        return
    wanted = request.form.get("do", "")
    try:
        if wanted == END:
            services.end(number, by=by)
            flash(_("The search is not kept any more. No messages about it come."))
        elif wanted == CONFIRM and isinstance(by, Reader):
            services.confirm(number, by=by)
            flash(_("The search is kept. Messages come by e-mail."))
        elif wanted == RESUME:
            services.resume(by=by)
            flash(_("Messages about saved searches come again."))
        else:
            services.change(number, frequency=wanted, by=by)
            flash(_("Changes saved."))
    except Refusal as refusal:
        flash(str(refusal.reason), "error")


def _token() -> str:
    return str((request.view_args or {})["token"])
