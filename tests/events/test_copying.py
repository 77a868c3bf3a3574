"""A copy of an event for other days: what goes along, what stays, and which days are refused."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

from portal.events import queries, services
from portal.events.models import Event, EventRole, ProgrammeSession, Slot
from portal.events.services import cancel_session
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.ground.errors import Refusals
from portal.questions.models import AnswerSet, Option, Question
from portal.questions.queries import is_answered
from portal.registration.models import Registration
from portal.words.i18n import Localized
from tests.factories.events import (
    ask,
    make_coordinator,
    make_event,
    make_network,
    make_room,
    make_session,
    make_slot,
    make_team_member,
    refreshed,
)
from tests.factories.registrations import confirmed

ZONE = "Europe/Warsaw"


@pytest.fixture
def network(app: Any, frozen_clock: Any) -> Any:
    return make_network()


@pytest.fixture
def event(network: Any) -> Any:
    """A published event with everything, and somebody who takes part."""
    event = make_event(network, seats=40, kind="training", cost=Localized.of("pl", "Bezpłatnie"))
    slot, room = make_slot(event), make_room(event)
    inside = make_session(event, slot=slot, room_id=room.id)
    make_session(event, hours=5)
    cancel_session(make_session(event, hours=7), reason="Choroba", by=PORTAL)
    make_team_member(event, "desk")
    confirmed(event, inside)
    return refreshed(event)


def days_on(event: Any, *numbers: int) -> list[dt.date]:
    return [event.first_day + dt.timedelta(days=number) for number in numbers]


def reasons(refused: Any) -> str:
    return " ".join(str(one.reason) for one in refused.value.parts)


def test_copy_has_the_texts_rooms_slots_sessions_and_team_and_no_people(event: Any, network: Any) -> None:
    (made,) = services.copy_event(event, days=days_on(event, 14), by=make_coordinator(network))
    made = queries.find(made.id)
    assert (made.status, made.network_id, made.seats, made.kind, made.sequence) == (
        "draft",
        network.id,
        40,
        "training",
        0,
    )
    assert made.title == event.title and made.cost == event.cost and made.published_at is None
    assert clock.to_wall(made.starts_at, ZONE) == clock.to_wall(event.starts_at, ZONE) + dt.timedelta(days=14)
    old, new = queries.sessions(event.id), queries.sessions(made.id)
    assert (len(old), len(new)) == (3, 2), "the cancelled session stays behind"
    (slot,), (room,) = queries.slots(made.id), queries.rooms(made.id)
    assert (new[0].slot_id, new[0].room_id) == (slot.id, room.id)
    assert slot.starts_at == new[0].starts_at and not {one.guid for one in old} & {one.guid for one in new}
    assert [role.role for role, _person in queries.team(made.id)] == ["desk"]
    registrations = sa.select(sa.func.count()).select_from(Registration)
    assert db.session.scalar(registrations.where(Registration.event_id == made.id)) == 0
    assert db.session.scalar(registrations.where(Registration.event_id == event.id)) == 1


def test_questions_go_along_in_all_languages_with_their_conditions_and_no_answers(event: Any, network: Any) -> None:
    first = ask(event, "Zostajesz?", kind="choice", added=["Tak", "Nie", "Może"], required=False)
    second = ask(event, "Z kim?", condition=f"{first.id}:o2", most_letters=40, required=False)
    gone = ask(event, "Dawne?", required=False)
    with transaction() as session:
        row = session.get_one(Question, first.id)
        row.text, row.hint = Localized.of("pl", "Zostajesz?", bg="Оставате ли?"), Localized.of("pl", "Na noc.")
        session.get_one(Question, gone.id).retired_at = clock.now()
        session.get_one(Option, (first.id, "o3")).retired_at = clock.now()
    confirmed(event, filled={"answers": {first.id: "o2", second.id: "Z siostrą"}})
    made, other = services.copy_event(event, days=days_on(event, 14, 21), by=make_coordinator(network))
    asked = queries.questions_of(made.id)
    assert [(one.question.text.get("bg"), one.question.most_letters) for one in asked] == [
        ("Оставате ли?", None),
        ("", 40),
    ]
    assert [option.text.source for option in asked[0].options] == ["Tak", "Nie"]
    condition = asked[1].condition
    assert condition is not None and (condition.on_id, condition.code) == (asked[0].id, "o2")
    sets = {made.question_set_id, other.question_set_id, refreshed(event).question_set_id}
    assert len(sets) == 3, "each is built on its own from now on"
    answered = sa.select(AnswerSet.question_set_id)
    assert set(db.session.scalars(answered)) == {refreshed(event).question_set_id}
    assert not any(is_answered(one.id) for one in asked)


def test_event_that_asks_nothing_has_a_copy_that_asks_nothing(event: Any, network: Any) -> None:
    (made,) = services.copy_event(event, days=days_on(event, 14), by=make_coordinator(network))
    assert made.question_set_id is None


def test_one_for_each_day_each_with_an_address_of_its_own(event: Any, network: Any) -> None:
    made = services.copy_event(event, days=days_on(event, 7, 14, 21), by=make_coordinator(network))
    assert len({one.slug for one in made}) == 3
    assert [one.first_day for one in made] == days_on(event, 7, 14, 21)


def test_a_copy_opens_and_closes_as_many_days_before(network: Any) -> None:
    starts = clock.now() + dt.timedelta(days=30)
    event = make_event(
        network, starts_at=starts, registration_opens_at=starts - dt.timedelta(days=20),
        registration_closes_at=starts - dt.timedelta(days=2),
    )  # fmt: skip
    (made,) = services.copy_event(event, days=days_on(event, 30), by=make_coordinator(network))
    moved = [clock.to_wall(getattr(made, name), ZONE) - clock.to_wall(getattr(event, name), ZONE)
             for name in ("registration_opens_at", "registration_closes_at")]  # fmt: skip
    assert moved == [dt.timedelta(days=30)] * 2


def test_hours_stay_across_the_change_of_the_clock(network: Any, frozen_clock: Any) -> None:
    event = make_event(network, starts_at=clock.from_wall(dt.datetime(2027, 3, 20, 9), ZONE))
    (made,) = services.copy_event(event, days=[dt.date(2027, 4, 3)], by=make_coordinator(network))
    assert clock.to_wall(made.starts_at, ZONE) == dt.datetime(2027, 4, 3, 9)


def test_the_night_on_which_the_clocks_go_forward_is_refused_with_its_day_and_nothing_is_made(network: Any) -> None:
    event = make_event(network, starts_at=clock.from_wall(dt.datetime(2027, 3, 20, 2, 30), ZONE))
    with pytest.raises(Exception) as refused:
        services.copy_event(event, days=[dt.date(2027, 4, 3), dt.date(2027, 3, 28)], by=make_coordinator(network))
    assert "28 March 2027" in str(refused.value.reason) and "does not exist" in str(refused.value.reason)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Event)) == 1


def test_days_that_are_over_twice_there_or_too_many_are_refused_together(event: Any, network: Any) -> None:
    by = make_coordinator(network)
    over, twice = clock.today(ZONE) - dt.timedelta(days=1), event.first_day + dt.timedelta(days=3)
    with pytest.raises(Refusals) as refused:
        services.copy_event(event, days=[over, twice, twice], by=by)
    assert "is over" in reasons(refused) and "twice" in reasons(refused)
    with pytest.raises(Refusals) as refused:
        services.copy_event(event, days=days_on(event, *range(1, 22)), by=by)
    assert "At most 20" in reasons(refused)
    with pytest.raises(Refusals):
        services.copy_event(event, days=[], by=by)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Event)) == 1


def test_coordinator_copies_to_two_days_and_a_line_that_is_no_day_is_named(
    as_person: Any, event: Any, network: Any
) -> None:
    browser = as_person(make_coordinator(network))
    page = f"/pl/events/{event.slug}/copy"
    wrong = browser.submit(page, {"days": "12.01.2027\nkiedyś\n"})
    assert wrong.status_code == 422 and "Wiersz 2" in wrong.text and "kiedyś" in wrong.text
    done = browser.submit(page, {"days": "12.01.2027\n\n19 stycznia 2027"})
    assert done.status_code == 303 and done.headers["Location"].endswith("/events/mine")
    days = db.session.scalars(sa.select(Event.starts_at).where(Event.status == "draft").order_by(Event.starts_at)).all()
    assert [clock.to_wall(day, ZONE).date() for day in days] == [dt.date(2027, 1, 12), dt.date(2027, 1, 19)]


def test_statements_of_a_copy_grow_with_its_programme_alone(event: Any, network: Any, count_queries: Any) -> None:
    by, numbers = make_coordinator(network), []
    for day in (14, 28):
        with count_queries() as seen:
            services.copy_event(event, days=days_on(event, day), by=by)
        numbers.append(len(seen))
    assert numbers[1] - numbers[0] <= 1, "at most one more look for a free address"
    with transaction() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(ProgrammeSession)) == 3 + 2 * 2
        assert session.scalar(sa.select(sa.func.count()).select_from(Slot)) == 3
        assert session.scalar(sa.select(sa.func.count()).select_from(EventRole)) == 3
