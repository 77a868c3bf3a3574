"""What the services of events refuse, whoever calls them: they look again behind the page that looked first."""

import datetime as dt
from typing import Any

import pytest
from flask import Flask

from portal.events import services
from portal.events.fields import SESSION
from portal.events.models import EventStatus, SessionKind
from portal.ground.errors import Refusal
from portal.words.fields import Given
from tests.factories.events import make_coordinator, make_event, make_network, make_room, make_session, make_slot

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
