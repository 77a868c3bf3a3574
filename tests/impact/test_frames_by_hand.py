"""Whatever is written, assigned, moved, merged and corrected: a record counts once in a frame, what adds up is the sum of its
outcomes, and the figures are those of somebody who counts the records with sets."""

import datetime as dt
from collections import Counter
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.impact import queries, services
from portal.impact.indicators import BY_CODE, Measure
from portal.impact.models import Frame
from portal.impact.outputs import Output
from portal.organisations.models import Organisation
from portal.projects import services as projects
from portal.projects.models import Project, RecordStatus
from tests.factories.frames import HOURS, MINI, STRENGTHENED, fresh_frame, make_frame, make_outcome
from tests.factories.networks import make_member_organisation, make_network
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.projects import fresh, make_project
from tests.factories.records import corrected, make_record
from tests.merging.pairs import merge

S = RecordStatus
WITHIN, OUTSIDE = dt.date(2026, 3, 31), dt.date(2026, 4, 1)
ASKED = {HOURS: 10, Output("advice-hours", "hour"): 5, MINI: 3, STRENGTHENED: 4}
PROJECTS, OUTCOMES = 4, 2
Told = dict[tuple[str, str], int]


@pytest.fixture(autouse=True)
def now(app: Flask, frozen_clock: Any) -> None:
    frozen_clock.set(dt.datetime(2026, 6, 1, 10, 0, tzinfo=dt.UTC))


ROW = st.fixed_dictionaries(
    {
        "project": st.integers(0, PROJECTS - 1),
        "activity": st.sampled_from(["training", "advice", "mini-project"]),
        "minutes": st.integers(1, 200),
        "organisations": st.lists(st.sampled_from(["OSP Barciany", "KGW Korsze", "A", "B"]), unique=True, max_size=3),
        "status": st.sampled_from([S.CONFIRMED, S.CONFIRMED, S.DELIVERED]),
        "day": st.sampled_from([WITHIN, WITHIN, OUTSIDE]),
        "corrected to": st.none() | st.tuples(st.integers(1, 200), st.sampled_from([WITHIN, OUTSIDE]), st.booleans()),
        "taken away": st.booleans(),
    }
)
FEEDS = st.lists(st.tuples(st.integers(0, PROJECTS - 1), st.none() | st.integers(0, OUTCOMES - 1)), max_size=10)


def build(rows: list[dict[str, Any]], feeds: list[tuple[int, int | None]], merged: bool) -> tuple[Frame, list[Project]]:
    """A network with its projects, their records and a frame whose outcomes they feed, in this order."""
    network = make_network(coordinators=(make_person(),))
    whose = make_member_organisation(network)
    hours = ["hour", "teaching-hour", "hour", "hour"]
    made = [make_project(whose, network=network.id, hour=hour) for hour in hours]
    known = {name: make_organisation(name=f"{name} w Elblągu") for name in ("A", "B")}
    frame = make_frame(network)
    outcomes = [make_outcome(frame, f"Rezultat {n}", ASKED) for n in range(OUTCOMES)]
    for number, to in feeds:
        services.feed(frame, {made[number].id: None if to is None else outcomes[to].id}, by=PORTAL)
    for row in rows:
        write(made[row["project"]], row, known)
    if merged:
        merge(known["A"], known["B"], by=PORTAL)
    return fresh_frame(network, frame), made


def write(project: Project, row: dict[str, Any], known: dict[str, Organisation]) -> None:
    names = [f"/pl/organisations/{known[one].slug}" if one in known else one for one in row["organisations"]]
    values = {name: row[name] for name in ("activity", "minutes", "status", "day")}
    record = make_record(project, organisations="\n".join(names), **values)
    if row["corrected to"]:
        minutes, day, again = row["corrected to"]
        record = corrected(project, record, minutes=minutes, day=day)
        if again:
            projects.move_record(record, S.CONFIRMED, by=PORTAL)
    if row["taken away"]:
        projects.move_record(record, S.CANCELLED, by=PORTAL, reason="Nie odbyło się.")


def by_hand(frame: Frame) -> tuple[dict[int, Told], Told, int]:
    """What each outcome and all of them reached, and how many records, from the rows themselves."""
    rows = db.session.execute(
        sa.text(
            "SELECT record.id, record.project_id, record.activity, record.minutes, project.hour, fed.outcome_id,"
            " party.key, party.organisation_id FROM impact_frame_project AS fed"
            " JOIN project ON project.id = fed.project_id JOIN project_record AS record ON record.project_id = project.id"
            " LEFT JOIN project_record_party AS party ON party.record_id = record.id"
            " WHERE fed.frame_id = :frame AND record.status = 'confirmed' AND project.state = 'published'"
            " AND project.network_id = :network AND record.day BETWEEN '2026-01-01' AND '2026-03-31'"
        ),
        {"frame": frame.id, "network": frame.network_id},
    ).all()
    records = {row[0]: row[2:6] for row in rows}
    advice: Counter[Any] = Counter()
    strong: set[Any] = set()
    for _id, project, activity, minutes, _hour, outcome, key, number in rows:
        if key or number:
            who = (key, number)
            if activity == "advice":
                advice[project, outcome, who] += minutes
            else:
                strong.add((outcome, who))
    strong |= {(outcome, who) for (_project, outcome, who), minutes in advice.items() if minutes >= 120}
    outcomes = {one.id: _told([r for r in records.values() if r[3] == one.id]) for one in queries.outcomes_of(frame.id)}
    for number, told in outcomes.items():
        told[STRENGTHENED] = len([1 for outcome, _who in strong if outcome == number])
    all_of_them = _told([*records.values()])
    all_of_them[STRENGTHENED] = len({who for _outcome, who in strong})
    return {n: _more(told) for n, told in outcomes.items()}, _more(all_of_them), len(records)


def _told(records: list[Any]) -> Told:
    found: Counter[tuple[str, str]] = Counter()
    for activity, minutes, hour, _outcome in records:
        code = {"training": ("training-hours", hour), "advice": ("advice-hours", "hour"), "mini-project": MINI}[
            activity
        ]
        found[tuple(code)] += 1 if activity == "mini-project" else minutes
    return dict(found)


def _more(told: Told) -> Told:
    return {tuple(key): amount for key, amount in told.items() if amount}


def said(rows: Any) -> Told:
    assert len({(row.indicator.code, row.unit) for row in rows}) == len(rows)
    return {(row.indicator.code, row.unit): row.amount for row in rows if row.amount}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(ROW, max_size=8), feeds=FEEDS, off=st.sets(st.integers(0, PROJECTS - 1), max_size=1),
    merged=st.booleans(),
)  # fmt: skip
def test_a_record_counts_once_whatever_was_done(
    app: Flask, rows: list[dict[str, Any]], feeds: list[tuple[int, int | None]], off: set[int], merged: bool
) -> None:
    frame, made = build(rows, feeds, merged)
    for number in off:
        projects.withdraw_project(fresh(made[number]), by=PORTAL)
    found = queries.reached(frame)
    outcomes, all_of_them, records = by_hand(frame)
    assert {one.outcome.id: said(one.rows) for one in found.outcomes} == outcomes
    assert said(found.together) == all_of_them
    assert found.records == records
    sums: Counter[tuple[str, str]] = Counter()
    for one in found.outcomes:
        sums.update(said(one.rows))
    together = said(found.together)
    for (code, unit), amount in sums.items():
        if BY_CODE[code].measure is Measure.PARTIES:
            assert together[code, unit] <= amount
        else:
            assert together[code, unit] == amount
    stand = [project.id for one in found.outcomes for project in one.projects]
    assert len(stand) == len({*stand}) == found.projects


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(ROW, min_size=2, max_size=6), data=st.data(), to=st.lists(st.integers(0, 1), min_size=4, max_size=4)
)
def test_the_order_of_entry_changes_nothing(app: Flask, rows: list[dict[str, Any]], data: Any, to: list[int]) -> None:
    feeds: list[tuple[int, int | None]] = [*enumerate(to)]
    one, _made = build(rows, feeds, False)
    other, _made = build(data.draw(st.permutations(rows)), data.draw(st.permutations(feeds)), False)
    first, second = (
        ([said(each.rows) for each in found.outcomes], said(found.together), found.records)
        for found in (queries.reached(one), queries.reached(other))
    )
    assert first == second
