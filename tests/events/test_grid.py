"""The programme on the workbench: a grid of hours and rooms with a way into each empty cell."""

import datetime as dt
import re
from types import SimpleNamespace
from typing import Any

import pytest

from portal.events import queries, services
from portal.events.timetable import workbench_days
from portal.ground.authz import PORTAL
from tests.factories.events import (
    make_coordinator,
    make_event,
    make_network,
    make_room,
    make_session,
    make_slot,
    make_team_member,
)

ZONE = "Europe/Warsaw"


def at(hour: int, day: int = 1) -> dt.datetime:
    return dt.datetime(2027, 3, day, hour, tzinfo=dt.UTC)


def placed(number: int, begins: dt.datetime, room: int | None) -> Any:
    return SimpleNamespace(
        id=number, kind="workshop", starts_at=begins, ends_at=begins + dt.timedelta(hours=1), room_id=room
    )


def slot(number: int, begins: dt.datetime) -> Any:
    return SimpleNamespace(id=number, starts_at=begins, ends_at=begins + dt.timedelta(hours=1))


def test_a_slot_has_its_row_before_anything_is_in_it_and_rooms_are_all_there() -> None:
    (day,) = workbench_days([placed(1, at(9), 7)], [slot(4, at(9)), slot(5, at(11))], [7, 8], ZONE)
    assert list(day.rooms) == [7, 8]
    assert [(row.slot_id, {room: [one.id for one in cell] for room, cell in row.cells.items()}) for row in day.rows] == [
        (4, {7: [1]}), (5, {}),
    ]  # fmt: skip


def test_hours_of_no_slot_stand_between_and_a_day_without_sessions_is_a_day() -> None:
    first, second = workbench_days([placed(1, at(10), None)], [slot(4, at(9)), slot(5, at(9, 2))], [7], ZONE)
    assert [row.slot_id for row in first.rows] == [4, None]
    assert [one.id for one in first.rows[1].everywhere] == [1]
    assert (second.date, [row.slot_id for row in second.rows]) == (dt.date(2027, 3, 2), [5])


@pytest.fixture
def network(app: Any, frozen_clock: Any) -> Any:
    return make_network()


@pytest.fixture
def event(network: Any) -> Any:
    return make_event(network)


def test_plus_in_an_empty_cell_begins_a_session_there_and_leads_back_to_its_day(
    as_person: Any, event: Any, network: Any
) -> None:
    one, two = make_slot(event), make_slot(event, hours=26)
    rooms = [make_room(event, name) for name in ("Dąb", "Lipa")]
    make_session(event, slot=one, room_id=rooms[0].id)
    browser = as_person(make_coordinator(network))
    page = browser.get(f"/pl/events/{event.slug}/manage/programme").text
    cells = set(re.findall(r"sessions/new\?slot=(\d+)&amp;room=(\d+)", page))
    assert cells == {(str(one.id), str(rooms[1].id))}
    day = event.first_day + dt.timedelta(days=1)
    other = browser.get(f"/pl/events/{event.slug}/manage/programme?day={day.isoformat()}").text
    assert set(re.findall(r"sessions/new\?slot=(\d+)&amp;room=(\d+)", other)) == {
        (str(two.id), str(room.id)) for room in rooms
    }
    form = f"/pl/events/{event.slug}/sessions/new?slot={two.id}&room={rooms[1].id}"
    done = browser.submit(form, {"title": "Tkanie"})
    assert done.status_code == 303
    assert f"/manage/programme?day={day.isoformat()}#session-" in done.headers["Location"]
    assert "Tkanie" in browser.get(done.headers["Location"]).text
    (made,) = [item for item in queries.sessions(event.id) if item.title.source == "Tkanie"]
    assert (made.slot_id, made.room_id) == (two.id, rooms[1].id)


def test_grid_of_a_cancelled_event_and_of_the_door_shows_and_changes_nothing(
    as_person: Any, event: Any, network: Any
) -> None:
    make_session(event, slot=make_slot(event), room_id=make_room(event).id)
    for person in (make_team_member(event, "door"), make_coordinator(network)):
        page = as_person(person).get(f"/pl/events/{event.slug}/manage/programme")
        assert page.status_code == 200
        changes = re.findall(rf'events/{event.slug}/[^"]*/(?:edit|new)', page.text)
        assert bool(changes) == (person.name == "Kora Koordynacka")
    services.cancel_event(event, reason="Powódź", by=PORTAL)
    page = as_person(make_coordinator(network)).get(f"/pl/events/{event.slug}/manage/programme").text
    assert not re.findall(rf'events/{event.slug}/[^"]*/(?:edit|new)', page)


def test_what_is_no_day_shows_the_first_and_nobody_else_sees_the_grid(as_person: Any, event: Any, network: Any) -> None:
    make_slot(event)
    browser = as_person(make_coordinator(network))
    for asked in ("2020-01-01", "kiedyś", "%00"):
        assert browser.get(f"/pl/events/{event.slug}/manage/programme?day={asked}").status_code == 200
    stranger = as_person(make_coordinator(make_network()))
    assert stranger.get(f"/pl/events/{event.slug}/manage/programme").status_code == 403


def test_a_long_programme_is_no_list_of_forms_on_the_workbench(as_person: Any, event: Any, network: Any) -> None:
    browser, lengths = as_person(make_coordinator(network)), []
    slots = [make_slot(event, hours=hours) for hours in (2, 4, 26)]
    for number in range(9):
        make_session(event, slot=slots[number % 3])
    for _more in range(2):
        page = browser.get(f"/pl/events/{event.slug}/manage").text
        lengths.append(len(page))
        assert page.count("manage/programme?day=") == 2 and 'name="title"' not in page
        for number in range(20):
            make_session(event, slot=slots[number % 3])
    assert lengths[1] < lengths[0] * 1.05, "twenty sessions more make it no longer"


def test_grid_asks_the_same_for_any_number_of_sessions(
    as_person: Any, event: Any, network: Any, count_queries: Any
) -> None:
    browser, numbers = as_person(make_coordinator(network)), []
    slot_of = make_slot(event)
    for _round in range(2):
        make_session(event, slot=slot_of, room_id=make_room(event).id)
        with count_queries() as seen:
            browser.get(f"/pl/events/{event.slug}/manage/programme")
        numbers.append(len(seen))
    assert numbers[0] == numbers[1]
