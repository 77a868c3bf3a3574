"""Who comes: for those who run the event."""

from collections.abc import Sequence

from flask import Response, request

from portal.events import queries as events
from portal.events.models import Event
from portal.face.web import Pagination, page, private, table_file
from portal.ground import clock
from portal.ground.authz import requires
from portal.registration import queries
from portal.registration.exports import participants_table
from portal.registration.models import BookingStatus
from portal.registration.policies import Permission
from portal.registration.views.blueprint import bp

PAGE = 100


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
