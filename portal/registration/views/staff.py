"""Who comes: for those who run the event."""

from collections.abc import Sequence

from flask import Response

from portal.events import queries as events
from portal.events.models import Event
from portal.face.web import Pagination, page, private
from portal.ground import clock
from portal.ground.authz import requires
from portal.registration import queries
from portal.registration.exports import participants_csv
from portal.registration.models import BookingStatus
from portal.registration.policies import Permission
from portal.registration.views.blueprint import bp

PAGE = 100


@bp.get("/events/<slug:slug>/participants")
@requires(Permission.PARTICIPANTS, on=events.by_slug)
def participants(event: Event) -> Response:
    private()
    numbers = confirmed, waiting, _unverified = queries.registration_numbers(event.id)
    pages = Pagination.of_request(confirmed + waiting, PAGE)
    people = queries.participants(event.id, offset=pages.offset, limit=pages.size)
    held = queries.places_by_person(event.id, only=[one.id for one in people])
    return page(
        "registration/participants.html", event=event, people=people, pages=pages, numbers=numbers, held=held,
        sessions=queries.session_counts(event.id), places=queries.event_places(event.id),
        clashes=set[int]().union(*map(_doubled, held.values())), double=queries.double_booked(event.id),
    )  # fmt: skip


def _doubled(own: Sequence[queries.Place]) -> set[int]:
    """The bookings with which one person is in two places at once."""
    return set(queries.clashes([place for place in own if place.status == BookingStatus.BOOKED]))


@bp.get("/events/<slug:slug>/participants.csv")
@requires(Permission.PARTICIPANTS, on=events.by_slug)
def participants_file(event: Event) -> Response:
    private()
    content = participants_csv(event, queries.participants(event.id), queries.places_by_person(event.id))
    response = Response(content, mimetype="text/csv")
    day = clock.today(event.timezone).isoformat()
    response.headers["Content-Disposition"] = f'attachment; filename="{event.slug}-{day}.csv"'
    return response
