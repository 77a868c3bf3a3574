"""The team of an event sees what people have answered: in the file, by one answer, and in messages to those who gave it."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts.models import Person
from portal.events import services as events
from portal.events.models import Event
from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.registration import queries
from portal.registration.audiences import SENDER
from portal.registration.models import Registration
from portal.words.i18n.language import in_language
from portal.words.tables import read_file
from tests.factories.events import ask, make_coordinator, make_event, make_network
from tests.factories.registrations import confirmed
from tests.registration.test_questions import events_question

LISTED = {narrowing.code: narrowing for narrowing in SENDER.narrowings}


@pytest.fixture
def network(app: Flask) -> Any:
    return make_network()


@pytest.fixture
def event(network: Any) -> Event:
    return make_event(network)


def table(browser: Any, event: Event) -> list[dict[str, str]]:
    page = f"/pl/events/{event.slug}/participants/export"
    head, *rows = read_file(browser.submit(page, button="ending=csv").data).lines
    return [dict(zip(head.cells, row.cells, strict=True)) for row in rows]


def test_file_has_a_column_for_each_question_with_answers_of_its_kind(
    event: Event, network: Any, as_person: Any
) -> None:
    lunch = ask(event, "Obiad?", kind="choice", required=False)
    days = ask(event, "Dni?", kind="several", added=["Piątek", "Sobota"], required=False)
    age = ask(event, "Ile lat?", kind="number", required=False)
    photo = ask(event, "Zgadzam się na zdjęcia.", kind="consent", required=False)
    day = ask(event, "Kiedy przyjedziesz?", kind="date", required=False)
    gone = ask(event, "Skąd?", required=False)
    answers = {
        lunch.id: "o2", days.id: ("o1", "o2"), age.id: Decimal(40), photo.id: True,
        day.id: dt.date(2026, 12, 4), gone.id: "Z Łodzi",
    }  # fmt: skip
    confirmed(event, name="Anna Nowak", filled={"answers": answers})
    confirmed(event, name="Nikt Nic")
    never = ask(event, "Nikt nie odpowiedział?", required=False)
    for one in (gone, never):
        events.retire_question(events_question(event, one.id), by=PORTAL)
    first, second = table(as_person(make_coordinator(network)), event)
    asked = list(first)[-6:]
    assert [first[head] for head in asked] == ["Nie", "Piątek, Sobota", "40", "zgoda", "2026-12-04", "Z Łodzi"]
    assert asked[:5] == ["Obiad?", "Dni?", "Ile lat?", "Zgadzam się na zdjęcia.", "Kiedy przyjedziesz?"]
    assert asked[5].startswith("Skąd? (zadawane do")
    assert {second[head] for head in asked} == {""}


def test_file_costs_the_same_for_more_answers(event: Event, network: Any, as_person: Any, count_queries: Any) -> None:
    one, other = ask(event, "Skąd?"), ask(event, "Obiad?", kind="choice")
    answers = {"answers": {one.id: "Z Łodzi", other.id: "o1"}}
    confirmed(event, filled=answers)
    browser = as_person(make_coordinator(network))
    page = browser.get(f"/pl/events/{event.slug}/participants/export")
    browser.submit(page, button="ending=csv")
    with count_queries() as few:
        browser.submit(page, button="ending=csv")
    for number in range(4):
        confirmed(event, name=f"Osoba {number}", filled=answers)
    with count_queries() as many:
        browser.submit(page, button="ending=csv")
    assert len(few) == len(many) <= 19, many  # with its entry of the audit trail


def who(condition: sa.ColumnElement[bool]) -> set[str]:
    return set(db.session.scalars(sa.select(Registration.name).where(condition)))


def test_people_are_found_by_one_answer(event: Event) -> None:
    days = ask(event, "Dni?", kind="several", required=False)
    photo = ask(event, "Zgadzam się na zdjęcia.", kind="consent", required=False)
    confirmed(event, name="Obie", filled={"answers": {days.id: ("o1", "o2"), photo.id: True}})
    confirmed(event, name="Jedna", filled={"answers": {days.id: ("o2",)}})
    confirmed(event, name="Żadna")
    assert who(queries.answered(days.id, "o1")) == {"Obie"}
    assert who(queries.answered(days.id, "o2")) == {"Obie", "Jedna"}
    assert who(queries.answered(photo.id, "yes")) == {"Obie"}
    assert who(queries.answered(days.id, "yes")) == who(queries.answered(days.id, "o9")) == set()


def reached(people: Callable[[int, str], sa.Select[int]], event: Event, option: str) -> set[str]:
    found = sa.select(Person.name).where(Person.id.in_(people(event.id, option)))
    return set(db.session.scalars(found))


def test_message_is_narrowed_by_answer_and_role(network: Any) -> None:
    event = make_event(network, participant_roles="participant,volunteer")
    lunch = ask(event, "Obiad?", kind="choice", required=False)
    ask(event, "Skąd?", required=False)
    photo = ask(event, "Zgadzam się na zdjęcia.", kind="consent", required=False)
    yes = {"answers": {lunch.id: "o1", photo.id: True}}
    confirmed(event, name="Ewa Tak", role="volunteer", filled=yes)
    confirmed(event, name="Jan Nie", role="participant", filled={"answers": {lunch.id: "o2"}})
    answer, role = LISTED["answer"], LISTED["role"]
    with in_language("pl"):
        options = [(code, str(words)) for code, words in answer.options(event)[:2]]
    assert options == [(f"{lunch.id}:o1", "Obiad? → Tak"), (f"{lunch.id}:o2", "Obiad? → Nie")]
    assert answer.options(event)[2][0] == f"{photo.id}:yes"
    assert reached(answer.people, event, f"{lunch.id}:o1") == {"Ewa Tak"}
    assert reached(answer.people, event, f"{photo.id}:yes") == {"Ewa Tak"}
    assert reached(role.people, event, "volunteer") == {"Ewa Tak"}
    for wrong in ("", "x", "1:", ":", f"{lunch.id}", "99999999:o1"):
        assert reached(answer.people, event, wrong) == set()


def test_answers_of_another_event_narrow_nothing_and_are_in_no_file(event: Event, network: Any, as_person: Any) -> None:
    other = make_event(network)
    foreign = ask(other, "Obiad?", kind="choice")
    confirmed(other, name="Ewa Obca", filled={"answers": {foreign.id: "o1"}})
    ask(event, "Skąd?", required=False)
    confirmed(event, name="Jan Swój")
    assert reached(LISTED["answer"].people, event, f"{foreign.id}:o1") == set()
    assert list(queries.answers_of(event.id).values()) == []
    assert "Obiad?" not in str(table(as_person(make_coordinator(network)), event))


def test_event_without_roles_and_questions_narrows_by_neither(event: Event) -> None:
    assert [len(LISTED[code].options(event)) for code in ("answer", "role")] == [0, 0]
