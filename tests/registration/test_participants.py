"""The list of those who come: for the coordination only, and a file that a spreadsheet opens right."""

import csv
import datetime as dt
import io

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.events.models import Event
from portal.ground import clock
from portal.ground.db import db
from portal.membership.models import Network
from tests.factories.events import make_coordinator, make_event, make_session
from tests.factories.people import make_person
from tests.factories.registrations import confirmed, submit


def coordinator_of(event: Event) -> Person:
    return make_coordinator(db.session.get_one(Network, event.network_id))


@pytest.fixture
def event(app: Flask):
    made = make_event()
    workshop = make_session(made, seats=1)
    confirmed(made, workshop, name="Łucja Żółć", email="lucja@example.org")
    confirmed(made, workshop, name="=HYPERLINK(1)", email="zly@example.org")
    submit(made, workshop, name="Яна Неизвестна", email="yana@example.org")
    return made


def test_coordinator_sees_who_comes_and_who_waits(event, as_person) -> None:
    text = as_person(coordinator_of(event)).get(f"/pl/events/{event.slug}/participants").text
    assert "Łucja Żółć" in text
    assert "lucja@example.org" in text


@pytest.mark.parametrize("ending", ["participants", "participants.csv"])
def test_others_do_not(event, client, as_person, ending: str) -> None:
    path = f"/pl/events/{event.slug}/{ending}"
    assert client.get(path).status_code == 303
    assert as_person(make_person()).get(path).status_code == 403


def test_file_opens_right_in_polish_and_bulgarian_and_runs_no_formula(event, as_person) -> None:
    browser = as_person(coordinator_of(event))
    content = browser.get(f"/pl/events/{event.slug}/participants.csv").data
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    names = [cell for row in rows for cell in row]
    assert "Łucja Żółć" in names
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in names)
    assert any("HYPERLINK" in cell for cell in names)


def test_heads_of_the_file_hold_plain_spaces_and_moments_are_local(event, as_person) -> None:
    browser = as_person(coordinator_of(event))
    for language, heads in {
        "pl": ("Imię i nazwisko", "Data potwierdzenia (czas warszawski)"),
        "bg": ("Име и фамилия", "Потвърдено на (варшавско време)"),
    }.items():
        content = browser.get(f"/{language}/events/{event.slug}/participants.csv").data.decode("utf-8-sig")
        assert "\u00a0" not in content and "UTC" not in content
        first, one, *_others = csv.reader(io.StringIO(content), delimiter=";")
        assert set(heads) <= set(first)
        wall = clock.to_wall(clock.now(), event.timezone)
        assert one[first.index(heads[1])][:13] in (f"{wall:%Y-%m-%d %H}", f"{wall - dt.timedelta(hours=1):%Y-%m-%d %H}")


def test_list_costs_the_same_for_more_people(event, as_person, count_queries) -> None:
    browser = as_person(coordinator_of(event))
    path = f"/en/events/{event.slug}/participants"
    browser.get(path)
    with count_queries() as few:
        browser.get(path)
    for number in range(3):
        confirmed(event, name=f"Osoba {number}")
    with count_queries() as many:
        browser.get(path)
    assert len(few) == len(many) <= 12
