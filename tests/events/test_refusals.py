"""What the services of events refuse, whoever calls them: they look again behind the page that looked first."""

import datetime as dt
from typing import Any

import pytest
from flask import Flask

from portal.events import services
from portal.events.fields import EVENT, SESSION
from portal.events.models import EventStatus, SessionKind
from portal.ground.errors import Refusal
from portal.words.fields import Given
from tests.factories.events import (
    make_coordinator,
    make_event,
    make_network,
    make_room,
    make_session,
    make_slot,
    refreshed,
)

Coordinated = tuple[Any, Any]


@pytest.fixture
def coordinated(app: Flask) -> Coordinated:
    """An event and who coordinates it."""
    network = make_network()
    return make_event(network), make_coordinator(network)


def given(**changes: Any) -> Given:
    """All fields of a session."""
    return SESSION.given_new({"kind": SessionKind.WORKSHOP, "title": "Warsztat", **changes})


def fields(refused: Any) -> list[str | None]:
    return [part.field for part in refused.value.parts]


def test_session_takes_slot_and_room_of_its_own_event_only(coordinated: Coordinated) -> None:
    event, by = coordinated
    other = make_event()
    foreign = {"slot": make_slot(other).id, "room": make_room(other).id}
    with pytest.raises(Refusal) as refused:
        services.create_session(event, by=by, **given(**foreign))
    assert fields(refused)[:2] == ["slot", "room"]
    own = make_session(event, slot=make_slot(event))
    with pytest.raises(Refusal) as refused:
        services.update_session(own, version=own.row_version, by=by, **given(**foreign))
    assert fields(refused)[:2] == ["slot", "room"]


def test_session_refuses_a_slot_that_nobody_knows(coordinated: Coordinated) -> None:
    event, by = coordinated
    with pytest.raises(Refusal) as refused:
        services.create_session(event, by=by, **given(slot=10**6))
    assert fields(refused)[0] == "slot"


def test_break_is_not_booked(coordinated: Coordinated) -> None:
    event, by = coordinated
    with pytest.raises(Refusal) as refused:
        services.create_session(event, by=by, **given(kind=SessionKind.BREAK, slot=make_slot(event).id, seats=5))
    assert fields(refused) == ["seats"]


@pytest.mark.parametrize("status", [EventStatus.CANCELLED])
def test_programme_of_a_cancelled_event_stays_as_it_was(app: Flask, status: str) -> None:
    network = make_network()
    event, by = (
        make_event(network, status=status, cancelled_at=None, cancel_reason="Powódź."),
        make_coordinator(network),
    )
    slot = make_slot(event)
    acts = [
        lambda: services.create_session(event, by=by, **given(slot=slot.id)),
        lambda: services.create_room(event, name="Sala", capacity=None, by=by),
        lambda: services.create_slot(event, starts_at=dt.datetime(2027, 1, 1), ends_at=dt.datetime(2027, 1, 2), by=by),
        lambda: services.delete_slot(slot, by=by),
    ]
    for act in acts:
        with pytest.raises(Refusal, match="Refusal"):
            act()


@pytest.fixture
def draft(app: Flask) -> Coordinated:
    """A draft of two days from 1 to 2 December 2026 and who coordinates it."""
    network = make_network()
    starts = dt.datetime(2026, 12, 1, 8, tzinfo=dt.UTC)
    return make_event(network, status=EventStatus.DRAFT, published_at=None, starts_at=starts), make_coordinator(network)


def wall(day: int, hour: int) -> dt.datetime:
    return dt.datetime(2026, 12, day, hour)


@pytest.mark.parametrize(
    ("starts", "ends", "field"),
    [
        (wall(5, 10), wall(5, 11), "starts_at"),
        (wall(1, 12), wall(1, 11), "ends_at"),
        (wall(2, 10), wall(3, 10), "ends_at"),
        (wall(1, 9), wall(2, 11), "ends_at"),
    ],
)
def test_session_lies_inside_its_event_and_within_a_day(
    draft: Coordinated, starts: dt.datetime, ends: dt.datetime, field: str
) -> None:
    event, by = draft
    with pytest.raises(Refusal) as refused:
        services.create_session(event, by=by, **given(starts_at=starts, ends_at=ends))
    assert field in fields(refused)


def test_slot_that_goes_leaves_its_sessions_where_they_are(draft: Coordinated) -> None:
    event, by = draft
    slot = make_slot(event)
    session = make_session(event, slot=slot)
    when = session.starts_at
    services.delete_slot(slot, by=by)
    assert (refreshed(session).slot_id, refreshed(session).starts_at) == (None, when)


def test_what_was_public_is_not_deleted(coordinated: Coordinated) -> None:
    event, by = coordinated
    session = make_session(event)
    for act in (lambda: services.delete_session(session, by=by), lambda: services.delete_event(event, by=by)):
        with pytest.raises(Refusal):
            act()
    assert refreshed(session) is not None


def event_fields(event: Any, **changes: Any) -> dict[str, Any]:
    return {**EVENT.read(event, event.title.original, event.timezone), **changes}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_at": dt.datetime(2027, 3, 1, 10)}, "ends_at"),
        ({"timezone": "Europe/Sofia"}, "timezone"),
        ({"registration_closes_at": wall(20, 10)}, "registration_closes_at"),
    ],
)
def test_frame_of_an_event_is_checked(draft: Coordinated, changes: dict[str, Any], field: str) -> None:
    event, by = draft
    make_session(event)
    with pytest.raises(Refusal) as refused:
        services.update_event(event, version=event.row_version, by=by, **event_fields(event, **changes))
    assert field in fields(refused)
