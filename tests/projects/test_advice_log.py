"""What an adviser has logged: listed for them alone, with minutes by topic, and theirs whoever corrects it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.accounts.facts import PeopleJoined
from portal.accounts.models import Person
from portal.ground.authz import PORTAL
from portal.ground.db import transaction
from portal.ground.facts import announce
from portal.privacy import Subject, leave
from portal.projects import queries, services
from portal.projects.models import Project, Record, RecordStatus
from portal.projects.record_fields import RECORD, WAYS
from portal.words.i18n import in_language
from portal.words.vocabularies import vocabulary
from tests.factories.organisations import make_member
from tests.factories.projects import make_project
from tests.factories.records import DAY, advice_page, fresh_record, make_advice, make_record
from tests.support.client import CheckedClient
from tests.support.markup import parsed, tag_of

pytestmark = pytest.mark.both_engines  # for the sake of its SQL
As = Callable[[Person], CheckedClient]


def test_the_own_list_has_what_i_advised_with_its_state_and_nothing_of_others(
    as_person: As, organisation: Any, project: Project, adviser: Person
) -> None:
    other = make_member(organisation, "editor")
    mine = make_advice(project, adviser, title="Moja porada")
    refused = make_advice(project, adviser, title="Moja druga", day=DAY - dt.timedelta(days=1))
    services.move_record(refused, RecordStatus.REJECTED, by=other, reason="Nie było takiej rozmowy.")
    make_advice(project, other, title="Cudza porada")
    make_advice(make_project(organisation, title="Inny"), adviser, title="Gdzie indziej")
    make_record(project, status="delivered", by=adviser, leader=adviser.name, title="Moje szkolenie")
    make_record(project, status="delivered", by=adviser, activity="advice", leader="Ktoś z zewnątrz", title="Nie ja")
    text = as_person(adviser).get(advice_page(project)).text
    assert all(words in text for words in ("Moja porada", "Moja druga", "Nie było takiej rozmowy."))
    assert not any(words in text for words in ("Cudza porada", "Gdzie indziej", "Moje szkolenie", "Nie ja"))
    assert f"/records/{mine.id}" in text
    assert [one.id for one in queries.advice_of(project.id, adviser.id)] == [mine.id, refused.id]


def test_a_correction_of_the_coordination_leaves_it_mine_and_another_name_takes_it_away(
    organisation: Any, project: Project, adviser: Person
) -> None:
    other = make_member(organisation, "editor")
    record = make_advice(project, adviser)

    def correct(**changes: Any) -> Record:
        found = fresh_record(project, record)
        values = {**RECORD.read(found, "pl"), **queries.typed_of(found), **changes}
        services.change_record(found, version=found.row_version, by=other, **values)
        return fresh_record(project, record)

    found = correct(minutes=30)
    assert (found.advised_by, found.written_by) == (adviser.id, other.id)
    assert correct(leader="Ktoś z zewnątrz").advised_by is None
    assert correct(leader=other.name).advised_by == other.id
    assert correct(activity="training").advised_by is None


def test_minutes_by_topic_are_of_this_year_or_of_all_and_without_what_was_refused(
    as_person: As, organisation: Any, adviser: Person
) -> None:
    project = make_project(organisation, title="Dwa lata", starts_on=dt.date(2025, 1, 1), ends_on=dt.date(2026, 12, 31))
    make_advice(project, adviser, minutes=60)
    make_advice(project, adviser, minutes=30, status="confirmed")
    make_advice(project, adviser, minutes=120, topic="funding")
    make_advice(project, adviser, minutes=500, topic="", status="rejected")
    make_advice(project, adviser, minutes=45, topic="", day=dt.date(2025, 12, 31))
    assert queries.minutes_by_topic(project.id, adviser.id, 2026) == [("funding", 120), ("legal", 90)]
    assert queries.minutes_by_topic(project.id, adviser.id) == [("funding", 120), ("legal", 90), ("", 45)]
    client = as_person(adviser)

    def sums(address: str) -> list[str]:
        table = next(one for one in parsed(client.get(address).text).all("table") if one.get("class") == "bars")
        return [
            "".join(cell.itertext()).strip()
            for cell in table.iter()
            if cell.get("class") == "n" and tag_of(cell) == "td"
        ]

    assert sums(advice_page(project)) == ["120", "90", "210"]
    assert sums(advice_page(project) + "?years=all") == ["120", "90", "45", "255"]


def test_fifty_of_the_own_list_stand_on_a_page(as_person: As, project: Project, adviser: Person) -> None:
    for number in range(51):
        make_advice(project, adviser, title=f"Porada nr {number:02}")
    client = as_person(adviser)
    first, second = client.get(advice_page(project)).text, client.get(advice_page(project) + "?page=2").text
    assert "Porada nr 50" in first
    assert "Porada nr 00" not in first
    assert "Porada nr 00" in second


def test_several_who_were_advised_together_are_told_by_the_first_and_their_number(
    as_person: As, project: Project, adviser: Person
) -> None:
    make_advice(project, adviser, organisations="OSP Barciany\nKGW Barciany\nLKS Barciany")
    text = " ".join(as_person(adviser).get(advice_page(project, "en")).text.split())
    assert "OSP Barciany and 2 more organisations" in text.replace("</span>", "")


def test_a_topic_is_what_organisations_look_for(app: Flask) -> None:
    choices = RECORD["topic"].choices
    assert choices is not None
    with in_language("en"):
        codes = [code for code, _label in choices()]
    assert codes == ["", *(one.code for one in vocabulary("offer_need") if one.code not in WAYS)]
    assert {one.code for one in vocabulary("offer_need")} > WAYS


def test_the_name_of_an_adviser_goes_with_them_and_the_minutes_stay(project: Project, adviser: Person) -> None:
    record = make_advice(project, adviser)
    kept = make_record(project, status="delivered", by=adviser, leader="Ktoś z zewnątrz", activity="advice")
    subject = Subject(adviser.id, None, adviser.name, "pl", frozenset())
    with transaction():
        leave(subject)
    found = fresh_record(project, record)
    assert (found.leader, found.leader_key, found.minutes) == ("", "", 60)
    assert fresh_record(project, kept).leader == "Ktoś z zewnątrz"


def test_an_adviser_reads_who_sees_their_name(as_person: As, project: Project, adviser: Person) -> None:
    assert "Those who look after the project" not in as_person(adviser).get("/en/account/visible").text
    make_advice(project, adviser)
    text = as_person(adviser).get("/en/account/visible").text
    assert "Your name beside the advice that you gave" in text
    assert project.title.source in text


def test_advice_is_theirs_after_two_accounts_became_one(organisation: Any, project: Project, adviser: Person) -> None:
    kept = make_member(organisation, "editor")
    make_advice(project, adviser)
    with transaction():
        announce(PeopleJoined(gone_id=adviser.id, kept_id=kept.id))
    assert queries.number_of_advice(project.id, kept.id) == 1


def test_the_log_is_a_click_from_the_records_and_from_the_own_projects(
    as_person: As, project: Project, adviser: Person
) -> None:
    client = as_person(adviser)
    for address in (f"/pl/projects/{project.slug}/records", "/pl/projects/mine"):
        assert f'href="{advice_page(project)}"' in client.get(address).text


def test_who_wrote_it_down_is_the_adviser_only_of_what_bears_their_name(project: Project, adviser: Person) -> None:
    assert make_advice(project, adviser, leader="").advised_by is None
    assert make_advice(project, adviser, by=PORTAL).advised_by is None
