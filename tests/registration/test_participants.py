"""The list of those who come: for the coordination only, and a file that a spreadsheet opens right."""

import csv
import datetime as dt
import io
import json
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from python_calamine import load_workbook
from werkzeug.test import TestResponse

from portal.accounts.models import Person
from portal.events.models import Event, ProgrammeSession
from portal.ground import clock
from portal.ground.audit import AuditDetail, AuditEntry
from portal.ground.db import db
from portal.membership.models import Network
from portal.registration.models import Booking
from portal.words.tables import read_file
from tests.factories.events import make_coordinator, make_event, make_session, make_team_member
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


def taken_home(
    browser: Any, event: Event, ending: str, *, language: str = "pl", query: str = "", columns: list[str] | None = None
) -> TestResponse:
    """The file that the form of this list gives."""
    page = f"/{language}/events/{event.slug}/participants/export?{query}"
    answer = browser.submit(page, {} if columns is None else {"columns": columns}, button=f"ending={ending}")
    assert answer.status_code == 200, answer.text
    return answer


def test_coordinator_sees_who_comes_and_who_waits(event, as_person) -> None:
    text = as_person(coordinator_of(event)).get(f"/pl/events/{event.slug}/participants").text
    assert "Łucja Żółć" in text
    assert "lucja@example.org" in text


@pytest.mark.parametrize("ending", ["participants", "participants/export"])
def test_others_do_not(event, client, as_person, ending: str) -> None:
    path = f"/pl/events/{event.slug}/{ending}"
    assert client.get(path).status_code == 303
    assert as_person(make_person()).get(path).status_code == 403


def test_file_opens_right_in_polish_and_bulgarian_and_runs_no_formula(event, as_person) -> None:
    browser = as_person(coordinator_of(event))
    content = taken_home(browser, event, "csv").data
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
        content = taken_home(browser, event, "csv", language=language).data.decode("utf-8-sig")
        assert "\u00a0" not in content and "UTC" not in content
        first, one, *_others = csv.reader(io.StringIO(content), delimiter=";")
        assert set(heads) <= set(first)
        wall = clock.to_wall(clock.now(), event.timezone)
        assert one[first.index(heads[1])][:13] in (f"{wall:%Y-%m-%d %H}", f"{wall - dt.timedelta(hours=1):%Y-%m-%d %H}")


def test_english_file_has_commas_as_english_spreadsheets_do(event, as_person) -> None:
    content = taken_home(as_person(coordinator_of(event)), event, "csv", language="en").data.decode("utf-8-sig")
    assert content.startswith("First and last name,E-mail address,")


def test_workbook_holds_the_same_with_dates_as_dates_and_says_what_its_columns_mean(event, as_person) -> None:
    browser = as_person(coordinator_of(event))
    for language, sheets in {
        "pl": ["Osoby uczestniczące", "Co znaczą kolumny"],
        "bg": ["Участници", "Какво означават колоните"],
    }.items():
        answer = taken_home(browser, event, "xlsx", language=language)
        assert answer.headers["Content-Disposition"].endswith('.xlsx"')
        book = load_workbook(io.BytesIO(answer.data))
        assert book.sheet_names == sheets
        heads, *people = book.get_sheet_by_index(0).to_python()
        assert [row[0] for row in people] == ["Łucja Żółć", "=HYPERLINK(1)"]
        assert isinstance(people[0][5], dt.datetime)
        told = book.get_sheet_by_index(1).to_python()[1:]
        assert [row[0] for row in told] == heads
        assert all(row[1] for row in told)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_was_handed_out_can_be_read_in_again(event, as_person, ending: str) -> None:
    data = taken_home(as_person(coordinator_of(event)), event, ending, language="bg").data
    assert [line.cells[0] for line in read_file(data).lines][1:] == ["Łucja Żółć", "=HYPERLINK(1)"]


def test_filters_hold_for_the_page_and_for_both_files(event, as_person) -> None:
    browser = as_person(coordinator_of(event))
    workshop = db.session.scalar(sa.select(Booking.session_id).limit(1))
    confirmed(event, name="Bez Warsztatu", email="bez@example.org")
    expected = {
        f"session={workshop}": {"Łucja Żółć", "=HYPERLINK(1)"},
        "state=waiting": set(),
        "state=confirmed": {"Łucja Żółć", "=HYPERLINK(1)", "Bez Warsztatu"},
        "state=x&session=y": {"Łucja Żółć", "=HYPERLINK(1)", "Bez Warsztatu"},
    }
    for query, names in expected.items():
        path = f"/en/events/{event.slug}/participants"
        shown = browser.get(f"{path}?{query}").text
        assert {name for name in ("Łucja Żółć", "=HYPERLINK(1)", "Bez Warsztatu") if name in shown} == names
        for ending in ("csv", "xlsx"):
            lines = read_file(taken_home(browser, event, ending, query=query).data).lines[1:]
            assert {line.cells[0] for line in lines} == names


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_files_cost_the_same_queries_for_more_people(event, as_person, count_queries, ending: str) -> None:
    browser = as_person(coordinator_of(event))
    taken_home(browser, event, ending)
    with count_queries() as few:
        taken_home(browser, event, ending)
    for number in range(3):
        confirmed(event, name=f"Osoba {number}")
    with count_queries() as many:
        taken_home(browser, event, ending)
    assert len(few) == len(many) <= 24  # with the page of the form, and the entry in the audit trail


def test_file_has_the_chosen_columns_and_one_for_each_time(event, as_person) -> None:
    browser = as_person(coordinator_of(event))
    workshop = db.session.get_one(ProgrammeSession, db.session.scalar(sa.select(Booking.session_id).limit(1)))
    beside, later = make_session(event, seats=5), make_session(event, hours=6)
    confirmed(event, workshop, later, name="Ola Dwojga", email="ola@example.org")
    confirmed(event, beside, name="Jan Obok", email="jan@example.org")
    data = taken_home(browser, event, "csv", language="en", columns=["name", "workshops"]).data
    heads, *people = [line.cells for line in read_file(data).lines]
    assert heads[0] == "First and last name" and len(heads) == 3, heads
    rows = {cells[0]: list(cells[1:]) for cells in people}
    title = {one.id: one.title.source for one in (workshop, beside, later)}
    assert rows["Łucja Żółć"] == [title[workshop.id], ""]
    assert rows["Ola Dwojga"] == [f"({title[workshop.id]})", title[later.id]]
    assert rows["Jan Obok"] == [title[beside.id], ""]
    assert "example.org" not in data.decode()


def test_every_file_stands_in_the_audit_trail_and_looking_does_not(event, as_person) -> None:
    coordinator = coordinator_of(event)
    browser = as_person(coordinator)
    browser.get(f"/en/events/{event.slug}/participants/export")
    assert exports() == []
    taken_home(browser, event, "xlsx", query="state=confirmed&q=zolc", columns=["name", "address"])
    ((actor, number, detail),) = exports()
    assert (actor, number) == (coordinator.id, event.id)
    assert json.loads(detail) == {
        "filters": {"state": "confirmed", "q": "…"}, "columns": ["name", "address"], "number": 1,
    }  # fmt: skip


def exports() -> list[tuple[int, int, str]]:
    entries = (
        sa.select(AuditEntry.actor_id, AuditEntry.object_id, AuditDetail.detail)
        .join(AuditDetail, AuditDetail.number == AuditEntry.number)
        .where(AuditEntry.verb == "event.people_exported")
    )
    return [tuple(row) for row in db.session.execute(entries)]


def test_file_without_columns_is_refused_at_the_field(event, as_person) -> None:
    browser = as_person(coordinator_of(event))
    page = browser.submit(f"/en/events/{event.slug}/participants/export", {"columns": []}, button="ending=csv")
    assert page.status_code == 422 and "Choose at least one column." in page.text
    assert exports() == []


@pytest.mark.parametrize(("role", "status"), [("desk", 200), ("door", 403), ("programme", 403)])
def test_desk_takes_the_list_along_and_the_door_does_not(event, as_person, role: str, status: int) -> None:
    answer = as_person(make_team_member(event, role)).get(f"/en/events/{event.slug}/participants/export")
    assert answer.status_code == status


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
