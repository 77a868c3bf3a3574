"""A room that lacks what somebody needs: which session, what is missing, for how many; never who, to whoever may not read it."""

from typing import Any

import pytest
from flask import Flask

from portal.events import services as events
from portal.events.fields import SESSION
from portal.events.models import Event, ProgrammeSession, Room
from portal.events.services.editing import Touches
from portal.ground.authz import PORTAL
from portal.ground.db import transaction
from portal.registration import queries, services
from portal.registration.models import Registration
from portal.registration.needs import lacking
from tests.factories.events import make_event, make_room, make_session, make_team_member, refreshed
from tests.factories.registrations import confirmed


@pytest.fixture
def event(app: Flask) -> Event:
    event = make_event()
    make_team_member(event, "access")
    return event


def room_with(event: Event, access: str, name: str = "Sala Tkaczy") -> Room:
    room = make_room(event, name)
    with transaction() as session:
        session.get_one(Room, room.id).access = access
    return room


def needing(event: Event, kind: str, *sessions: ProgrammeSession) -> Registration:
    person = confirmed(event, *sessions)
    services.ask(person.id, kinds=[kind], note="", agrees=True)
    return person


def found(event: Event) -> list[tuple[int, str, int]]:
    return [(one.session_id, one.feature, one.number) for one in queries.lacks(refreshed(event))]


def test_counts_by_session_and_feature(event: Event) -> None:
    bare, loop = room_with(event, "toilet"), room_with(event, "lift,induction-loop", "Sala z pętlą")
    first = make_session(event, room_id=bare.id)
    second = make_session(event, hours=6, room_id=loop.id)
    needing(event, "step-free", first, second)
    needing(event, "wheelchair-space", first)
    needing(event, "induction-loop", first, second)
    needing(event, "captions", first)
    assert found(event) == [(first.id, "induction-loop", 1), (first.id, "step-free", 2)]


def test_room_of_which_nothing_is_said_has_what_the_venue_has(event: Event) -> None:
    session = make_session(event, room_id=make_room(event).id)
    person = needing(event, "step-free", session)
    assert found(event) == [(session.id, "step-free", 1)]
    with transaction() as store:
        store.get_one(Event, event.id).access = "ramp"
    assert found(event) == []
    services.leave(person.id, session_id=session.id)
    with transaction() as store:
        store.get_one(Event, event.id).access = ""
    assert found(event) == []


def test_who_waits_or_has_left_needs_nothing_there(event: Event) -> None:
    session = make_session(event, seats=1, room_id=make_room(event).id)
    confirmed(event, session)
    person = needing(event, "step-free", session)
    assert found(event) == []
    services.cancel(person.id)
    assert found(event) == []


def test_session_that_moves_says_what_is_missing_and_never_who(event: Event) -> None:
    good, bare = room_with(event, "lift"), room_with(event, "toilet", "Sala na piętrze")
    session = make_session(event, room_id=good.id)
    people = [needing(event, "step-free", session)]

    def said() -> str:
        row = refreshed(session)
        values = {**SESSION.read(row, "pl", event.timezone), "room": bare.id}
        with pytest.raises(Touches) as refused:
            events.update_session(row, version=row.row_version, by=PORTAL, **values)
        return str(refused.value.reason)

    assert "Somebody with a place needs what the room does not have: step-free entrance." in said()
    people += [needing(event, "step-free", session) for _ in range(2)]
    words = said()
    assert "3 people need what the room does not have: step-free entrance." in words
    assert not [one for one in people if one.name in words]


def test_access_coordinator_reads_it_above_the_list(event: Event, as_person: Any) -> None:
    session = make_session(event, room_id=room_with(event, "toilet").id)
    needing(event, "induction-loop", session)
    reader = make_team_member(event, "access")
    services.note_look(event, by=reader)
    page = as_person(reader).get(f"/en/events/{event.slug}/needs/list").text
    assert "Rooms that lack what somebody needs" in page and "1 person needs: induction loop" in page


def test_any_of_several_ways_will_do() -> None:
    assert [lacking("step-free", has) for has in (["lift"], ["ramp"], ["toilet"], [])] == [
        "",
        "",
        "step-free",
        "step-free",
    ]
    assert lacking("captions", []) == ""


def test_form_of_a_room_says_what_it_has(event: Event, as_person: Any) -> None:
    room = make_room(event)
    browser = as_person(make_team_member(event, "organiser"))
    page = browser.get(f"/en/events/{event.slug}/rooms/{room.id}/edit")
    browser.submit(page, {"access": ["lift", "induction-loop"]})
    assert refreshed(room).access == "lift,induction-loop"
