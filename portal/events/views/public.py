"""One event as everybody sees it."""

from collections.abc import Mapping, Sequence

from flask import Response, request, url_for

from portal.events import queries
from portal.events.forms import day_text
from portal.events.models import Event, EventStatus, ProgrammeSession
from portal.events.policies import Permission
from portal.events.registration_state import RegistrationState
from portal.events.sums import LONG, counted
from portal.events.timetable import Day, days, neighbours
from portal.events.views.blueprint import bp
from portal.events.views.calendars import calendar_response
from portal.events.words import KINDS, ZONES
from portal.face.web import page
from portal.ground import clock
from portal.ground.authz import requires
from portal.registration import queries as registration
from portal.words.i18n import LazyString, current_language
from portal.words.vocabularies import label


@bp.get("/events/<slug:slug>")
@requires(Permission.SEE, on=queries.by_slug)
def show(event: Event) -> Response:
    programme, seats = queries.lines(event.id), seats_of(event)
    places = _places(event)
    return page(
        "events/show.html", event=event, days=_days(event, programme), places=places, kinds=KINDS,
        state=state_of(event, places), seats=seats, zone_name=zone_name(event),
        languages=event.title.languages, number=len(programme), foreign=_foreign(programme),
        day_text=day_text, is_long=len(programme) > LONG, counted=counted,
        full={number for number, one in seats.items() if one.is_full},
        venue_access=", ".join(label("venue_access", code) for code in event.access.split(",") if code),
    )  # fmt: skip


@bp.get("/events/<slug:slug>/programme")
@requires(Permission.SEE, on=queries.by_slug)
def programme(event: Event) -> Response:
    return _programme(event, "events/programme.html")


@bp.get("/events/<slug:slug>/programme/list")
@requires(Permission.SEE, on=queries.by_slug)
def programme_list(event: Event) -> Response:
    return _programme(event, "events/programme_list.html")


@bp.get("/events/<slug:slug>/sessions/<int:number>")
@requires(Permission.SEE, on=queries.session_of)
def session(item: ProgrammeSession) -> Response:
    event = item.event
    counts, programme = seats_of(event), _days(event, queries.lines(event.id))
    seats = counts.get(item.id)
    return page(
        "events/session.html", item=item, event=event, seats=seats, counts=counts, kinds=KINDS,
        beside=neighbours(programme, item.id), state=state_of(event, _places(event)), languages=item.title.languages,
        offered=seats is not None and item.starts_at > clock.now(),
    )  # fmt: skip


@bp.get("/events/<slug:slug>.ics")
@requires(Permission.SEE, on=queries.by_slug)
def calendar(event: Event) -> Response:
    return calendar_response([event], attached_as=event.slug)


def _programme(event: Event, template: str) -> Response:
    sessions, rooms = queries.lines(event.id), {room.id: room for room in queries.rooms(event.id)}
    found = days(sessions, list(rooms), event.timezone)
    chosen = _chosen_day(found)
    tabs = [(day_text(day.date), _day_url(event, day), day is chosen) for day in found]
    return page(
        template, event=event, day=chosen, rooms=rooms, tabs=tabs, seats=seats_of(event), kinds=KINDS,
        foreign=_foreign(sessions), languages=event.title.languages, zone_name=zone_name(event),
        state=state_of(event, _places(event)),
    )  # fmt: skip


def zone_name(event: Event) -> LazyString | str:
    """What the clock of an event is called."""
    return ZONES.get(event.timezone, event.timezone)


def _foreign(programme: Sequence[queries.Line]) -> bool:
    """Has any session a title that is not in the language of the page?"""
    page = current_language()
    return any(not line.title.get(page) for line in programme)


def _chosen_day(found: Sequence[Day]) -> Day | None:
    """The day that the address asks for, else the first."""
    asked = request.args.get("day", "")
    return next((day for day in found if day.date.isoformat() == asked), found[0] if found else None)


def _day_url(event: Event, day: Day) -> str:
    return url_for(request.endpoint or "events.programme", slug=event.slug, day=day.date.isoformat())


def _days(event: Event, programme: Sequence[queries.Line]) -> list[Day]:
    return days(programme, [], event.timezone)


def _places(event: Event) -> registration.EventPlaces | None:
    return registration.event_places(event.id) if event.seats is not None else None


def state_of(event: Event, places: registration.EventPlaces | None = None) -> RegistrationState:
    is_full = places is not None and places.is_full
    return queries.registration_now(event, is_full=is_full)


def seats_of(event: Event) -> Mapping[int, registration.EventPlaces]:
    """The seats of the sessions that have a limit, by session; of a cancelled event none."""
    if event.status == EventStatus.CANCELLED:
        return {}
    return registration.session_places_of(event.id)
