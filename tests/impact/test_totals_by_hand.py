"""Totals of a network equal a recount of its records by somebody who does not know what is kept beside
them, and a portal of before fills in what it did not keep."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.ground import migrations
from portal.ground.authz import PORTAL
from portal.ground.config import CONFIG
from portal.ground.db import db
from portal.impact import queries
from portal.impact.models import Figure, FigureOfYear
from portal.membership.models import Network
from portal.projects import services as projects
from portal.projects.models import RecordStatus
from tests.factories.networks import make_member_organisation, make_network
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.projects import fresh, make_project
from tests.factories.records import make_record

S = RecordStatus
NAMES = ("OSP Barciany", "KGW Korsze", "Gmina Srokowo")


@pytest.fixture(autouse=True)
def now(app: Flask, frozen_clock: Any) -> None:
    frozen_clock.set(dt.datetime(2026, 6, 1, 10, 0, tzinfo=dt.UTC))


def by_hand(network: Network) -> dict[str, int]:
    """The totals from the records themselves, with sets instead of what is kept."""
    rows = db.session.execute(
        sa.text(
            "SELECT record.id, record.project_id, record.activity, record.minutes, party.key FROM project_record AS record"
            " JOIN project ON project.id = record.project_id"
            " LEFT JOIN project_record_party AS party ON party.record_id = record.id"
            " WHERE record.status = 'confirmed' AND project.state = 'published' AND project.network_id = :network"
        ),
        {"network": network.id},
    ).all()
    records = {row[0]: (row[2], row[3]) for row in rows}
    advice: dict[tuple[int, str], int] = {}
    strong = set()
    for _id, project_id, activity, minutes, key in rows:
        if key and (activity == "mini-project" or (activity == "training" and minutes)):
            strong.add(key)
        if key and activity == "advice":
            advice[project_id, key] = advice.get((project_id, key), 0) + minutes
    strong |= {key for (_project, key), minutes in advice.items() if minutes >= 120}
    found = {
        "training-hours": sum(minutes for activity, minutes in records.values() if activity == "training"),
        "advice-hours": sum(minutes for activity, minutes in records.values() if activity == "advice"),
        "mini-projects": sum(activity == "mini-project" for activity, _minutes in records.values()),
        "organisations-strengthened": len(strong),
    }
    return {code: amount for code, amount in found.items() if amount}


ROW = st.fixed_dictionaries(
    {
        "project": st.integers(0, 2),
        "activity": st.sampled_from(["training", "advice", "mini-project"]),
        "minutes": st.integers(1, 200),
        "organisations": st.lists(st.sampled_from(NAMES), unique=True, max_size=3).map("\n".join),
        "status": st.sampled_from([S.CONFIRMED, S.CONFIRMED, S.DELIVERED]),
        "taken away": st.booleans(),
    }
)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROW, max_size=8), off=st.sets(st.integers(0, 2), max_size=1))
def test_totals_are_what_the_records_say_whatever_was_done(
    app: Flask, rows: list[dict[str, Any]], off: set[int]
) -> None:
    network = make_network(coordinators=(make_person(),))
    whose = make_member_organisation(network)
    made = [make_project(whose, network=network.id) for _ in range(3)]
    for given_row in rows:
        row = dict(given_row)
        project, is_gone = made[row.pop("project")], row.pop("taken away")
        record = make_record(project, **row)
        if is_gone:
            projects.move_record(record, S.CANCELLED, by=PORTAL, reason="Nie odbyło się.")
    for number in off:
        projects.withdraw_project(fresh(made[number]), by=PORTAL)
    told = queries.totals(queries.of_network(network.id)).rows
    assert {one.indicator.code: one.amount for one in told} == by_hand(network)


def kept() -> list[tuple[object, ...]]:
    """What is kept beside figures: their years, and whom they count."""
    years = sa.select(FigureOfYear.code, FigureOfYear.year, FigureOfYear.amount)
    who = sa.select(Figure.code, Figure.amount, Figure.who).where(Figure.who.is_not(None))
    found = [tuple(row) for row in [*db.session.execute(years), *db.session.execute(who)]]
    db.session.rollback()
    return sorted(found, key=str)


def test_what_was_counted_before_there_were_totals_is_filled_in(app: Flask) -> None:
    project, group = make_project(), make_organisation(name="Klub nad rzeką", legal_form="pl-informal")
    named = f"/pl/organisations/{group.slug}\nOSP Barciany"
    make_record(project, organisations=named)
    make_record(project, activity="advice", minutes=119, organisations="KGW Korsze")
    make_record(project, activity="mini-project", minutes=None, local_governments="Gmina Srokowo")
    make_record(project, activity="event", status="delivered")
    before, config = kept(), CONFIG.of(app)
    migrations.downgrade(config, "c0417a00")
    migrations.upgrade(config)
    assert kept() == before
    assert len(before) == 6
