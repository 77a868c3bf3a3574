"""The sheet of what an organisation received: every confirmed record of a public project that names it, for its people alone."""

import csv
import datetime as dt
import io
from typing import Any

import pytest
from flask import Flask

from portal.ground.authz import PORTAL
from portal.ground.db import transaction
from portal.impact import queries
from portal.organisations.models import Organisation
from portal.projects import services as projects
from portal.projects.models import RecordParty, RecordStatus
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_administrator, make_person
from tests.factories.projects import make_project
from tests.factories.records import make_record
from tests.merging.pairs import merge

S = RecordStatus


@pytest.fixture(autouse=True)
def now(app: Flask, frozen_clock: Any) -> None:
    frozen_clock.set(dt.datetime(2026, 6, 1, 10, 0, tzinfo=dt.UTC))


@pytest.fixture
def organisation(now: None) -> Organisation:
    return make_organisation(make_person(), name="Ster na Północ")


def named(organisation: Organisation) -> str:
    return f"/pl/organisations/{organisation.slug}"


def lines(organisation: Organisation) -> list[tuple[str, int]]:
    return [(one.record.title.source, one.minutes) for one in queries.received(organisation.id)]


def test_what_is_confirmed_of_public_projects_is_on_the_sheet(organisation: Organisation) -> None:
    project, draft = make_project(make_organisation()), make_project(make_organisation(), state="draft")
    make_record(project, title="Pierwsze", organisations=named(organisation), minutes=60, day=dt.date(2026, 2, 2))
    make_record(project, title="Drugie", organisations=named(organisation), activity="event", minutes=None)
    make_record(project, title="Czeka", organisations=named(organisation), status="delivered")
    make_record(project, title="Obce", organisations="OSP Barciany")
    make_record(draft, title="Z wersji roboczej", organisations=named(organisation))
    assert lines(organisation) == [("Drugie", 0), ("Pierwsze", 60)]
    projects.withdraw_project(project, by=PORTAL)
    assert lines(organisation) == []


def test_minutes_are_those_that_the_organisation_was_there(organisation: Organisation) -> None:
    project, teaching = make_project(make_organisation()), make_project(make_organisation(), hour="teaching-hour")
    half = make_record(project, organisations=f"{named(organisation)}\nOSP Barciany", minutes=240)
    make_record(project, organisations=named(organisation), minutes=60)
    make_record(teaching, organisations=named(organisation), minutes=90)
    make_record(teaching, organisations=named(organisation), minutes=30, activity="advice")
    make_record(project, organisations=named(organisation), minutes=500, activity="consultation")
    with transaction() as session:
        session.query(RecordParty).filter_by(record_id=half.id, organisation_id=organisation.id).update(
            {"minutes": 100}
        )
    assert queries.minutes_received(organisation.id) == [
        ("training", "hour", 160), ("training", "teaching-hour", 90), ("advice", "teaching-hour", 30),
    ]  # fmt: skip


def test_sheet_follows_a_merge(organisation: Organisation) -> None:
    lost = make_organisation(make_person(), name="Ster na północ (dawny)")
    make_record(make_project(make_organisation()), title="Wspólne", organisations=named(lost))
    merge(organisation, lost, by=PORTAL)
    assert lines(organisation) == [("Wspólne", 240)]


def test_its_people_read_it_and_nobody_else(organisation: Organisation, as_person: Any, client: Any) -> None:
    project = make_project(make_organisation(), title="Kuźnia")
    make_record(project, title="Statut od nowa", organisations=named(organisation), minutes=90)
    path = f"{named(organisation)}/received"
    for role in ("editor", "representative"):
        page = as_person(make_member(organisation, role)).get(path).text.replace("\u00a0", " ")
        assert "Statut od nowa" in page
        assert "1,5 h" in page
        assert f'href="/pl/projects/{project.slug}"' in page
    assert as_person(make_administrator()).get(path).status_code == 200
    keeper = as_person(make_member(organisation, "editor"))
    assert f'href="{path}"' in keeper.get(named(organisation)).text
    assert as_person(make_member(organisation, "author")).get(path).status_code == 403
    for ending in ("", ".csv", ".xlsx"):
        assert client.get(path + ending).status_code == 303
        assert as_person(make_person()).get(path + ending).status_code == 403
    assert "Statut od nowa" not in client.get(named(organisation)).text


def test_sheet_has_pages_and_its_files_have_all_of_it(organisation: Organisation, as_person: Any) -> None:
    project = make_project(make_organisation(), title="Kuźnia")
    path = f"{named(organisation)}/received"
    keeper = as_person(make_member(organisation, "editor"))
    assert "Żaden potwierdzony wpis" in keeper.get(path).text.replace("\u00a0", " ")
    for number in range(51):
        make_record(project, title=f"Szkolenie nr {number:02}", organisations=named(organisation), minutes=60)
    first, second = keeper.get(path).text, keeper.get(f"{path}?page=2").text
    assert (first.count("Szkolenie nr"), second.count("Szkolenie nr")) == (50, 1)
    assert "51 h" in first.replace("\u00a0", " ")
    file = keeper.get(f"{path}.csv")
    rows = list(csv.reader(io.StringIO(file.data.decode("utf-8-sig")), delimiter=";"))
    assert rows[1] == [
        "2026-03-09", "szkolenie", "Szkolenie nr 00", "pl", "60", "Kuźnia", "godzina zegarowa (60 min)",
    ]  # fmt: skip
    assert len(rows) == 52
    assert "private" in file.headers["Cache-Control"] or "no-store" in file.headers["Cache-Control"]
    assert keeper.get(f"{path}.xlsx").data.startswith(b"PK")
