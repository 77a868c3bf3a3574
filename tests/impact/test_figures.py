"""Figures are counted from confirmed records: rounded once, identities once, and the same in whatever order they came."""

import datetime as dt
import random
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from portal.ground.authz import PORTAL
from portal.ground.db import transaction
from portal.ground.derived import renew
from portal.ground.facts import announce
from portal.impact import queries, services, words
from portal.impact.indicators import BY_CODE, INDICATORS
from portal.impact.models import Figure
from portal.organisations.facts import LegalDetailsChanged
from portal.projects import services as projects
from portal.projects.models import Activity, Project, RecordStatus
from portal.words.i18n import in_language
from portal.words.vocabularies import label
from tests.factories.organisations import make_organisation
from tests.factories.projects import make_project
from tests.factories.records import make_record

S = RecordStatus


@pytest.fixture
def project(app: Flask, frozen_clock: Any) -> Project:
    frozen_clock.set(dt.datetime(2026, 6, 1, 10, 0, tzinfo=dt.UTC))
    return make_project(make_organisation())


def amounts(project: Project) -> dict[str, int]:
    return {one.code: amount for one, amount in queries.figures_of(project.id)}


def told(project: Project) -> dict[str, str]:
    with in_language("pl"):
        return {one.code: one.value for one in queries.outcome_of(project).figures}


def test_only_what_is_confirmed_counts(project: Project) -> None:
    for status in S:
        make_record(project, status=status, day=dt.date(2026, 9, 1) if status == S.PLANNED else dt.date(2026, 3, 9))
    assert amounts(project) == {"training-hours": 240}


def test_each_kind_of_activity_is_counted_in_its_own_figure(project: Project) -> None:
    for activity in Activity:
        make_record(project, activity=activity, minutes=60, people=7)
    assert amounts(project) == {
        "training-hours": 60, "advice-hours": 60, "community-sessions": 1, "mini-projects": 1, "expert-opinions": 1,
        "events": 1, "consultations": 1, "publications": 1, "people-estimated": 9 * 7,
    }  # fmt: skip


def test_minutes_are_rounded_once_and_not_each_meeting(project: Project) -> None:
    for _ in range(7):
        make_record(project, activity="advice", minutes=20)
    assert told(project)["advice-hours"] == "2,3 h"


@pytest.mark.parametrize(("hour", "said"), [("hour", "1,5 h"), ("teaching-hour", "2 h")])
def test_an_hour_of_training_is_as_long_as_the_project_says(project: Project, hour: str, said: str) -> None:
    kept = projects.update_project
    money = {"starts_on": project.starts_on, "ends_on": project.ends_on}
    none = {"cost": None, "cost_currency": "", "subsidy": None, "subsidy_currency": ""}
    kept(project, version=project.row_version, by=PORTAL, hour=hour, **money, **none)
    make_record(project, minutes=90)
    make_record(project, activity="advice", minutes=90)
    assert told(project) == {"training-hours": said, "advice-hours": "1,5 h"}


@pytest.mark.parametrize(
    ("records", "counts"),
    [
        ([{"minutes": 240}], True),
        ([{"activity": "advice", "minutes": 119}], False),
        ([{"activity": "advice", "minutes": 60}, {"activity": "advice", "minutes": 60}], True),
        ([{"activity": "mini-project"}], True),
        ([{"activity": "community-session", "minutes": 240}], False),
        ([{"activity": "event"}, {"activity": "consultation"}], False),
    ],
)
def test_who_is_strengthened_follows_from_what_they_took_part_in(
    project: Project, records: list[dict[str, Any]], counts: bool
) -> None:
    for one in records:
        make_record(project, **{"organisations": "OSP Barciany", **one})
    assert amounts(project).get("organisations-strengthened", 0) == counts


def test_groups_and_local_governments_are_counted_apart(project: Project) -> None:
    group = make_organisation(name="Sąsiedzi z Młyńskiej", legal_form="pl-informal")
    gmina = make_organisation(name="Gmina Barciany", legal_form="xx-lgu")
    named = f"/pl/organisations/{group.slug}\n/pl/organisations/{gmina.slug}\nOSP Barciany"
    make_record(project, organisations=named, groups="Klub nad rzeką", local_governments="Gmina Srokowo")
    found = amounts(project)
    assert found == {
        "training-hours": 240, "organisations-strengthened": 1, "groups-strengthened": 2,
        "local-governments-supported": 2,
    }  # fmt: skip


def test_who_turns_out_to_be_something_else_is_counted_as_that_from_then_on(project: Project) -> None:
    other = make_organisation(name="Ośrodek Kultury", legal_form="xx-lgu")
    make_record(project, organisations=f"/pl/organisations/{other.slug}")
    assert amounts(project) == {"training-hours": 240, "local-governments-supported": 1}
    with transaction() as session:
        session.get_one(type(other), other.id).legal_form = "pl-assoc"
        session.flush()
        announce(LegalDetailsChanged(other.id, was_informal=False))
    assert amounts(project) == {"training-hours": 240, "organisations-strengthened": 1}


def test_fewer_than_five_people_are_never_told(project: Project) -> None:
    record = make_record(project, people=4)
    assert told(project)["people-estimated"] == "mniej niż 5"
    assert record.people == 4
    make_record(project, people=1)
    assert told(project)["people-estimated"] == "5"


def test_taking_one_session_away_changes_exactly_its_figures(project: Project) -> None:
    make_record(project, organisations="OSP Barciany\nKGW Barciany")
    gone = make_record(project, organisations="KGW Barciany\nKGW Sępopol", minutes=120)
    make_record(project, activity="community-session", minutes=90, organisations="OSP Korsze")
    before = amounts(project)
    projects.move_record(gone, S.CANCELLED, by=PORTAL, reason="Nie odbyło się.")
    after = amounts(project)
    changed = {code: (before.get(code, 0), after.get(code, 0)) for code in before if before[code] != after.get(code, 0)}
    assert changed == {"training-hours": (360, 240), "organisations-strengthened": (3, 2)}


@pytest.mark.parametrize("seed", range(4))
def test_figures_do_not_depend_on_the_order_in_which_records_came(app: Flask, frozen_clock: Any, seed: int) -> None:
    """Written, corrected, taken away and confirmed in any order: the sums are those of what is confirmed in the end."""
    frozen_clock.set(dt.datetime(2026, 6, 1, 10, 0, tzinfo=dt.UTC))
    chance = random.Random(seed)
    rows = [
        {
            "activity": chance.choice([*Activity]), "minutes": chance.randrange(1, 400),
            "organisations": "\n".join(chance.sample(["OSP A", "KGW B", "Fundacja C", "Klub D"], 2)),
        }
        for _ in range(12)
    ]  # fmt: skip
    found = []
    for order in (rows, chance.sample(rows, len(rows))):
        project = make_project(make_organisation())
        made = [make_record(project, status="delivered", **row) for row in order]
        for record in chance.sample(made, len(made)):
            projects.move_record(record, S.CONFIRMED, by=PORTAL)
        found.append(amounts(project))
        assert amounts(project) == queries.counted(project.id)
    assert found[0] == found[1]


def test_figures_that_were_lost_are_made_anew(project: Project) -> None:
    make_record(project)
    with transaction() as session:
        session.query(Figure).delete()
    assert amounts(project) == {}
    renew(services.FIGURES)
    assert amounts(project) == {"training-hours": 240}


def test_every_indicator_has_a_label_a_unit_and_a_definition_in_every_language(app: Flask) -> None:
    for language in ("pl", "bg", "en"):
        with in_language(language):
            for one in INDICATORS:
                assert label("indicator", one.code)
                assert label("indicator_unit", one.unit or "hour")
                assert str(one.definitions[0].words)


def test_hours_are_exact_until_they_are_told() -> None:
    hours = BY_CODE["training-hours"]
    assert words.value(hours, 19_680, "hour") == Decimal(328)
    assert words.value(hours, 19_683, "hour") == Decimal("328.1")  # half up, once
    assert words.value(hours, 100, "teaching-hour") == Decimal("2.2")


def test_a_figure_leads_to_what_it_counts(project: Project, client: Any) -> None:
    make_record(project, organisations="OSP Barciany", leader="Ewa Tomczyk", evidence="Segregator 4")
    base = f"/pl/projects/{project.slug}/figures"
    page = client.get(f"{base}/training-hours").text
    assert "Statut bez błędów" in page
    assert "240 min ÷ 60 = 4 h" in page.replace("\u00a0", " ")
    assert "Ewa Tomczyk" not in page
    assert "Segregator 4" not in page
    assert "OSP Barciany" in client.get(f"{base}/organisations-strengthened").text
    for nothing in ("advice-hours", "x", "volunteers"):
        assert client.get(f"{base}/{nothing}").status_code == 404


def test_figures_of_a_draft_are_hidden_as_it_is(app: Flask, frozen_clock: Any, client: Any) -> None:
    frozen_clock.set(dt.datetime(2026, 6, 1, 10, 0, tzinfo=dt.UTC))
    project = make_project(make_organisation(), state="draft")
    make_record(project)
    assert client.get(f"/pl/projects/{project.slug}/figures/training-hours").status_code == 404


def test_a_card_that_is_off_the_site_keeps_its_figures(project: Project) -> None:
    make_record(project)
    projects.withdraw_project(project, by=PORTAL)
    assert amounts(project) == {"training-hours": 240}


def test_programs_read_the_figures_and_never_how_few_people_came(project: Project, client: Any) -> None:
    make_record(project, people=4)
    figures = client.get(f"/pl/projects/{project.slug}.json").json["figures"]
    assert [(one["code"], one["value"], one["said"].replace("\u00a0", " ")) for one in figures] == [
        ("training-hours", 4.0, "4 h"), ("people-estimated", None, "mniej niż 5"),
    ]  # fmt: skip


def test_records_are_a_table_for_everybody_without_what_is_not_theirs_to_read(project: Project, client: Any) -> None:
    make_record(project, people=4, leader="Ewa Tomczyk", evidence="Segregator 4", organisations="OSP Barciany")
    make_record(project, activity="advice", minutes=30, status="delivered", title="Czeka")
    make_record(project, activity="community-session", minutes=None, people=12, title="=1+1")
    make_record(project, activity="community-session", minutes=None, people=30, title="Zebranie")
    file = client.get(f"/pl/projects/{project.slug}/records.csv")
    assert file.headers["Content-Disposition"].startswith("attachment")
    rows = file.data.decode("utf-8-sig").splitlines()
    assert [row.split(";")[1:3] for row in rows[1:]] == [
        ["szkolenie", "Statut bez błędów"],
        ["sesja społeczna", "'=1+1"],
        ["sesja społeczna", "Zebranie"],
    ]
    assert [row.rsplit(";", 3)[1:] for row in rows[1:]] == [
        ["240", "1", ""], ["", "0", ""], ["", "0", "30"],  # with 12 the 4 would follow from the sum
    ]  # fmt: skip
    assert not any(word in file.text for word in ("Tomczyk", "Segregator", "Czeka", "Barciany"))
    assert client.get(f"/bg/projects/{project.slug}/records.xlsx").data.startswith(b"PK")
    assert client.get(f"/pl/projects/{project.slug}/records.exe").status_code == 404
