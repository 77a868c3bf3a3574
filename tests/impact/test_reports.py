"""Reports keep the figures of a period; what is corrected later becomes an erratum, and nothing else changes."""

import datetime as dt
import json
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.ground.authz import PORTAL, NotAllowed
from portal.ground.db import db
from portal.ground.errors import Conflict, Refusal
from portal.impact import queries, services
from portal.impact.cli import projects as console
from portal.impact.models import Erratum, Report
from portal.projects import services as projects
from portal.projects.models import Project, RecordStatus
from portal.words.i18n import in_language
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_person
from tests.factories.projects import make_project
from tests.factories.records import make_record

S = RecordStatus
PERIOD = (dt.date(2026, 1, 1), dt.date(2026, 3, 31))


@pytest.fixture
def organisation(app: Flask, frozen_clock: Any) -> Any:
    frozen_clock.set(dt.datetime(2026, 6, 1, 10, 0, tzinfo=dt.UTC))
    return make_organisation(make_person())


@pytest.fixture
def project(organisation: Any) -> Project:
    return make_project(organisation)


def frozen(project: Project) -> Report:
    return services.freeze(project, *PERIOD, by=PORTAL)


def row(report: Report) -> dict[str, Any]:
    found = db.session.execute(sa.select(Report.__table__).where(Report.id == report.id)).one()
    return dict(found._mapping)


def test_a_report_stays_as_it_is_when_records_are_corrected_and_an_erratum_says_so(project: Project) -> None:
    make_record(project)
    wrong = make_record(project, minutes=120)
    make_record(project, day=dt.date(2026, 5, 4))  # after the period
    report = frozen(project)
    before = row(report)
    assert before["figures"]["training-hours"] == {"amount": 360, "version": 1, "unit": "hour"}
    projects.move_record(wrong, S.CANCELLED, by=PORTAL, reason="Nie odbyło się.")
    assert row(report) == before
    errata = queries.errata_of(report.id)
    assert [(one.code, one.was, one.now) for one in errata] == [("training-hours", 360, 240)]
    assert queries.figure_of(project.id, "training-hours") == 480


def test_a_change_outside_the_period_is_no_erratum(project: Project) -> None:
    make_record(project)
    later = make_record(project, day=dt.date(2026, 5, 4))
    report = frozen(project)
    projects.move_record(later, S.CANCELLED, by=PORTAL, reason="Nie odbyło się.")
    assert queries.errata_of(report.id) == []


def test_further_changes_are_told_in_one_erratum_that_goes_when_the_report_is_right_again(project: Project) -> None:
    first, second = make_record(project, minutes=60), make_record(project, minutes=30)
    report = frozen(project)
    for one in (first, second):
        projects.move_record(one, S.CANCELLED, by=PORTAL, reason="Nie odbyło się.")
    assert [(one.was, one.now) for one in queries.errata_of(report.id)] == [(90, 0)]
    make_record(project, minutes=90)
    assert queries.errata_of(report.id) == []


def test_the_checksum_is_that_of_the_numbers_of_its_records(project: Project) -> None:
    numbers = [make_record(project).id for _ in range(3)]
    make_record(project, status="delivered")
    report = frozen(project)
    assert (report.records, report.checksum) == (3, services.checksum(numbers))
    assert services.checksum([2, 1]) == services.checksum([1, 2]) != services.checksum([12])


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ((dt.date(2026, 3, 2), dt.date(2026, 3, 1)), "The period would end before it begins. Choose a later last day."),
        (
            (dt.date(2026, 1, 1), dt.date(2026, 6, 1)),
            "The period has not ended yet. It can be frozen on the day after its last one.",
        ),
        (
            (dt.date(2026, 4, 1), dt.date(2026, 4, 30)),
            "Nothing that lies in this period is confirmed. Confirm its records first.",
        ),
    ],
)
def test_a_period_that_cannot_be_frozen_is_refused_with_what_to_do(
    project: Project, period: tuple[dt.date, dt.date], words: str
) -> None:
    make_record(project)
    with pytest.raises(Refusal) as refused:
        services.freeze(project, *period, by=PORTAL)
    with in_language("en"):
        assert str(refused.value.reason) == words
    assert not db.session.scalar(sa.select(sa.func.count(Report.id)))


def test_a_period_is_frozen_once(project: Project) -> None:
    make_record(project)
    frozen(project)
    with pytest.raises(Conflict):
        frozen(project)


def test_only_who_looks_after_the_project_freezes(project: Project) -> None:
    make_record(project)
    with pytest.raises(NotAllowed):
        services.freeze(project, *PERIOD, by=make_person())


def test_a_report_is_frozen_on_a_page_and_read_by_everybody(
    as_person: Any, organisation: Any, project: Project, client: Any
) -> None:
    record = make_record(project)
    editor = as_person(make_member(organisation, "editor"))
    base = f"/pl/projects/{project.slug}/reports"
    sent = editor.submit(base, {"first": "1.01.2026", "last": "31.03.2026"})
    assert sent.status_code == 303
    page = client.get(sent.location).text
    assert "4 h" in page
    assert db.session.scalars(sa.select(Report.checksum)).one() in page
    projects.move_record(record, S.CANCELLED, by=PORTAL, reason="Nie odbyło się.")
    assert "godziny szkoleń" in client.get(sent.location).text
    assert db.session.scalar(sa.select(sa.func.count(Erratum.id))) == 1
    wrong = editor.submit(base, {"first": "1.03.2026", "last": "31.02.2026"})
    assert (wrong.status_code, "1.03.2026" in wrong.text) == (422, True)


def test_the_console_prints_and_freezes_the_same_figures(app: Flask, project: Project) -> None:
    make_record(project)

    def run(*args: str) -> Any:
        return app.test_cli_runner().invoke(console, list(args))

    said = json.loads(run("figures", project.slug, "--json").output)
    assert said["figures"] == {"training-hours": {"value": 4.0, "unit": "hour", "version": 1}}
    assert "4 ч.  часове обучение" in run("figures", project.slug, "--lang", "bg").output.replace("\u00a0", " ")
    frozen_ = json.loads(run("freeze", project.slug, "--period", "2026-01..2026-03").output)
    assert (frozen_["records"], len(frozen_["sha256"])) == (1, 64)
    again = run("freeze", project.slug, "--period", "2026-01..2026-03")
    assert again.exit_code == 1
    assert run("freeze", project.slug, "--period", "x").exit_code == 2
    assert run("figures", "nie-ma").exit_code == 1


def test_every_report_is_looked_at_again_however_many_there_are(project: Project) -> None:
    record = make_record(project, day=dt.date(2026, 1, 1))
    first = dt.date(2026, 1, 1)
    made = [services.freeze(project, first, first + dt.timedelta(days=n), by=PORTAL) for n in range(61)]
    projects.move_record(record, S.CANCELLED, by=PORTAL, reason="Nie odbyło się.")
    assert all(len(queries.errata_of(one.id)) == 1 for one in made)


def test_an_erratum_is_told_in_the_hours_of_its_report(project: Project, client: Any) -> None:
    wrong = make_record(project, minutes=180)
    make_record(project, minutes=180)
    report = frozen(project)
    none = {"cost": None, "cost_currency": "", "subsidy": None, "subsidy_currency": ""}
    projects.update_project(
        project, version=project.row_version, by=PORTAL, hour="teaching-hour", starts_on=project.starts_on,
        ends_on=project.ends_on, **none,
    )  # fmt: skip
    projects.move_record(wrong, S.CANCELLED, by=PORTAL, reason="Nie odbyło się.")
    page = client.get(f"/pl/projects/{project.slug}/reports/{report.id}").text.replace("\u00a0", " ")
    assert "3 h zamiast 6 h" in page
