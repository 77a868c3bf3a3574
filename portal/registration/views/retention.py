"""How long the data of people are kept and what was deleted: for organisers, the portal team, and whoever has a receipt."""

from flask import Response, abort, url_for

from portal.accounts.models import Person
from portal.accounts.queries import is_administrator
from portal.accounts.session import signed_in_person
from portal.declaration import Panel, PanelLink
from portal.events import queries as events
from portal.events.models import Event
from portal.face.forms import ActionForm
from portal.face.web import Pagination, client_ip, flash, page, private, redirect_to
from portal.ground import limits
from portal.ground.authz import public, requires
from portal.ground.errors import Refusal
from portal.registration import promises, queries, retaining, services
from portal.registration.models import PARTICIPANT
from portal.registration.policies import Permission
from portal.registration.receipts import hash_of, is_hash
from portal.registration.retention_forms import ReceiptForm, hold_form, periods_form
from portal.registration.views.blueprint import bp
from portal.words.i18n import _, _l

PAGE = 50
UNKNOWN = _l(
    "No deletion is known under this code. Perhaps a letter is wrong, or the data of this event are not deleted yet."
)


@bp.get("/events/<slug:slug>/kept")
@requires(Permission.KEEPING, on=events.by_slug)
def kept(event: Event) -> Response:
    """What is still kept and until when, and the reports of what was deleted."""
    private()
    asked = [one.question for one in events.questions_of(event.id)]
    pages = Pagination.of_request(queries.number_of_reports(event.id), PAGE)
    return page(
        "registration/kept.html", event=event, dues=queries.dues_of(event), promise=promises.of_form(event, asked),
        is_held=retaining.is_held(event), pages=pages, action=ActionForm(),
        reports=queries.reports(event.id, offset=pages.offset, limit=pages.size),
    )  # fmt: skip


@bp.route("/events/<slug:slug>/kept/periods", methods=["GET", "POST"])
@requires(Permission.KEEPING, on=events.by_slug)
def periods(event: Event) -> Response:
    private()
    slug, people = event.slug, queries.roles_with_people(event.id)
    offered = event.offered_roles or [PARTICIPANT]
    form = periods_form(event, [*offered, *sorted(people.keys() - set(offered))])
    if form.validate_on_submit():
        with form.refusals():
            services.set_periods(event, version=form.seen, days=form.days, by=signed_in_person())
            flash(_("Changes saved."))
            return redirect_to("registration.kept", slug=slug)
    return page("registration/periods.html", form=form, event=event, people=people)


@bp.route("/events/<slug:slug>/kept/hold", methods=["GET", "POST"])
@requires(Permission.KEEPING, on=events.by_slug)
def hold(event: Event) -> Response:
    private()
    slug = event.slug
    form = hold_form(event)
    if form.validate_on_submit():
        with form.refusals():
            services.hold(event, **form.values(), by=signed_in_person())
            flash(_("The names and answers are kept until then. Everybody who registered reads why on their own page."))
            return redirect_to("registration.kept", slug=slug)
    return page("registration/hold.html", form=form, event=event)


@bp.post("/events/<slug:slug>/kept/release")
@requires(Permission.KEEPING, on=events.by_slug)
def release(event: Event) -> Response:
    slug = event.slug
    if not ActionForm().validate_on_submit():
        flash(_("The page was open too long. Nothing has changed: please use the button again."), "note")
        return redirect_to("registration.kept", slug=slug)
    try:
        services.end_hold(event, by=signed_in_person())
        flash(_("The data are no longer kept for longer. What has had its time is deleted within the hour."))
    except Refusal as refusal:
        flash(str(refusal.reason), "note")
    return redirect_to("registration.kept", slug=slug)


def team_panel(person: Person) -> Panel | None:
    """What the portal team finds on its own page."""
    if not is_administrator(person):
        return None
    return Panel(_l("Personal data"), [PanelLink(_l("Events that still keep data"), url_for("registration.deletions"))])


@bp.get("/team/deletions")
@requires(Permission.DELETIONS)
def deletions() -> Response:
    """Events that still keep what should be gone: because somebody says why, or because the deletion fails."""
    private()
    pages, found = Pagination.of_rows(queries.events_overdue(), PAGE)
    return page("registration/deletions.html", overdue=found, pages=pages)


@bp.route("/receipt", methods=["GET", "POST"])
@public
def receipt() -> Response:
    """Whether the data are deleted that a code was given out for: for whoever has noted it, and without a list."""
    private()
    form = ReceiptForm()
    if form.validate_on_submit():
        with form.refusals():
            limits.check("receipt", ip=client_ip())
            token = hash_of(form.code.data or "")
            if token is None or queries.receipt(token) is None:
                raise Refusal(UNKNOWN, field="code")
            return redirect_to("registration.receipt_of", token=token)
    return page("registration/receipt.html", form=form)


@bp.get("/receipt/<token>")
@public
def receipt_of(token: str) -> Response:
    """That they are: at an address that is made from the code and does not tell it."""
    private()
    found = queries.receipt(token) if is_hash(token) else None
    if found is None:
        abort(404)
    return page("registration/receipt_found.html", event=found[0], day=found[1])
