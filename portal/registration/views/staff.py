"""Who comes, and who is asked to: for those who run the event."""

from collections.abc import Sequence

from flask import Response, request

from portal.accounts.session import signed_in_person
from portal.events import queries as events
from portal.events.models import Event
from portal.events.registration_state import registration_state
from portal.face.web import Pagination, client_ip, flash, page, private, redirect_to, table_file
from portal.ground import clock, limits
from portal.ground.authz import requires
from portal.ground.errors import Refusal
from portal.mail import concern, log
from portal.registration import queries, services
from portal.registration.exports import participants_table
from portal.registration.forms import CHANGED, InviteForm
from portal.registration.invitees import FILE, PROBLEMS, Invitee
from portal.registration.models import BookingStatus
from portal.registration.policies import Permission
from portal.registration.services import Standing
from portal.registration.views.blueprint import bp
from portal.words.i18n import _l, _n

PAGE = 100
NOBODY_NEW = _l("Nobody in this list needs an invitation. The page says why.")
NOT_USABLE = _l("Correct the lines that cannot be used, or choose that they are left out.")


@bp.get("/events/<slug:slug>/participants")
@requires(Permission.PARTICIPANTS, on=events.by_slug)
def participants(event: Event) -> Response:
    private()
    chosen = _chosen()
    numbers = confirmed, waiting, _unverified = queries.registration_numbers(event.id)
    number = queries.participants_number(event.id, chosen) if chosen else confirmed + waiting
    pages = Pagination.of_request(number, PAGE)
    people = queries.participants(event.id, chosen, offset=pages.offset, limit=pages.size)
    held = queries.places_by_person(event.id, only=[one.id for one in people])
    return page(
        "registration/participants.html", event=event, people=people, pages=pages, numbers=numbers, held=held,
        sessions=queries.session_counts(event.id), places=queries.event_places(event.id), chosen=chosen,
        trouble=log.trouble([one.address for one in people], concern("event", event.id)),
        clashes=set[int]().union(*map(_doubled, held.values())), double=queries.double_booked(event.id),
    )  # fmt: skip


def _chosen() -> queries.Chosen:
    """The filters of the address; what is none of them chooses nothing."""
    status = request.args.get("state")
    session = request.args.get("session", "")
    is_number = session.isascii() and session.isdigit() and len(session) < 10
    return queries.Chosen(status if status in queries.ACTIVE else None, int(session) if is_number else None)


def _doubled(own: Sequence[queries.Place]) -> set[int]:
    """The bookings with which one person is in two places at once."""
    return set(queries.clashes([place for place in own if place.status == BookingStatus.BOOKED]))


@bp.get("/events/<slug:slug>/participants.csv")
@requires(Permission.PARTICIPANTS, on=events.by_slug)
def participants_file(event: Event) -> Response:
    return _file(event, "csv")


@bp.get("/events/<slug:slug>/participants.xlsx")
@requires(Permission.PARTICIPANTS, on=events.by_slug)
def participants_workbook(event: Event) -> Response:
    return _file(event, "xlsx")


def _file(event: Event, ending: str) -> Response:
    private()
    people = queries.participants(event.id, _chosen())
    table = participants_table(event, people, queries.places_by_person(event.id))
    return table_file(table, ending, event.slug, clock.today(event.timezone).isoformat())


@bp.route("/events/<slug:slug>/invite", methods=["GET", "POST"])
@requires(Permission.INVITE, on=events.by_slug)
def invite(event: Event) -> Response:
    private()
    form, judged = InviteForm(), list[services.Judged]()
    slug = event.slug
    if form.validate_on_submit():
        with form.refusals():
            invitees = form.read()
            judged = services.judge(event.id, invitees, form.language.data)
            if form.is_sent:
                _check(form, judged)
                _send(event, invitees, form.language.data)
                return redirect_to("registration.invite", slug=slug)
        form.seen.data = form.fingerprint
    return _invite_page(event, form, judged)


def _check(form: InviteForm, judged: Sequence[services.Judged]) -> None:
    """Raises Refusal unless the list is the one that was shown, with somebody to invite and nothing that would be lost."""
    if not form.was_seen:
        raise Refusal(CHANGED)
    if any(one.standing == Standing.PROBLEM for one in judged) and not form.leave_out.data:
        raise Refusal(NOT_USABLE, field="leave_out")
    if not any(one.standing == Standing.NEW for one in judged):
        raise Refusal(NOBODY_NEW)


def _send(event: Event, invitees: Sequence[Invitee], language: str) -> None:
    limits.check("mail", ip=client_ip())
    sent = services.invite(event, by=signed_in_person(), invitees=invitees, language=language)
    flash(_n("%(n)s invitation is on its way.", "%(n)s invitations are on their way.", sent))


def _invite_page(event: Event, form: InviteForm, judged: Sequence[services.Judged]) -> Response:
    state = registration_state(event, clock.now())
    pages = Pagination.of_request(queries.invited_number(event.id), PAGE, name="invited")
    return page(
        "registration/invite.html", form=form, status=422 if judged else 200, event=event, state=state, judged=judged,
        problems=PROBLEMS, bounds=FILE, most=services.MANY, pages=pages,
        invited=queries.invited(event.id, offset=pages.offset, limit=pages.size),
    )  # fmt: skip
