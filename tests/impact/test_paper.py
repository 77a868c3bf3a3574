"""A report on paper: what its page says and no more, from the page and from the console."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal.ground.authz import PORTAL
from portal.impact import queries, services
from portal.impact.cli import projects as console
from portal.impact.models import Report
from portal.projects import services as projects
from portal.projects.models import Project, RecordStatus
from portal.words.i18n import LANGUAGES
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.projects import make_project
from tests.factories.records import make_record
from tests.support.papers import Read, said_by, squeezed

# A paper is given no account of what is stored, so both engines would say the same.
pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 3, 31)


@pytest.fixture
def project(app: Flask, frozen_clock: Any) -> Project:
    frozen_clock.set(dt.datetime(2026, 6, 1, 10, 0, tzinfo=dt.UTC))
    return make_project(make_organisation(make_person()), title="Kuźnia #1 \\ @ekspertów")


@pytest.fixture
def report(project: Project) -> Report:
    """Of a training that was corrected afterwards, and of people so few that they could be told apart."""
    make_record(project, organisations="OSP Barciany", people=3)
    wrong = make_record(project, minutes=120)
    made = services.freeze(project, FIRST, LAST, by=PORTAL)
    projects.move_record(wrong, RecordStatus.CANCELLED, by=PORTAL, reason="Nie odbyło się.")
    found = queries.report_at(project.slug, made.id)
    assert found is not None
    return found


def plain(words: str) -> str:
    """What is one line under another on the page has a comma between on paper."""
    return squeezed(words).replace(",", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_paper_says_what_the_page_of_the_report_says(report: Report, client: Any, language: str) -> None:
    address = f"/{language}/projects/{report.project.slug}/reports/{report.id}"
    html, answer = client.get(address).text, client.get(f"{address}.pdf")
    paper = Read(answer.data)
    said = plain(paper.text)
    assert [words for words in said_by(html) if not words.startswith("http") and plain(words) not in said] == []
    assert paper.says(report.checksum) and paper.says(address)
    assert not paper.says("Nie odbyło się.") and paper.root["/Lang"] == language
    assert f'filename="{report.project.slug}-2026-03-31.pdf"' in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_paper_of_a_report_that_nobody_may_read_is_not_there(report: Report, client: Any) -> None:
    projects.withdraw_project(report.project, by=PORTAL)
    assert client.get(f"/pl/projects/{report.project.slug}/reports/{report.id}.pdf").status_code == 404


def test_console_writes_the_latest_report_or_the_one_of_a_period(report: Report, app: Flask, tmp_path: Path) -> None:
    slug, out, run = report.project.slug, tmp_path / "report.pdf", app.test_cli_runner().invoke
    make_record(report.project, day=dt.date(2026, 5, 4))
    services.freeze(report.project, FIRST, dt.date(2026, 5, 31), by=PORTAL)
    later = queries.reports_of(report.project_id)[0]
    done = run(console, ["report", slug, "--out", str(out)])
    assert (done.exit_code, f'"report": {later.id}' in done.output) == (0, True)
    paper = Read(out.read_bytes())
    assert paper.root["/Lang"] == "pl" and paper.says(later.checksum)
    done = run(console, ["report", slug, "--out", str(out), "--period", "2026-01-01..2026-03-31", "--lang", "bg"])
    assert done.exit_code == 0
    paper = Read(out.read_bytes())
    assert paper.root["/Lang"] == "bg" and paper.says(report.checksum)


def test_console_makes_no_file_where_there_is_no_report(project: Project, app: Flask, tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    for arguments in ([project.slug], [project.slug, "--period", "2023"], ["nie-ma"]):
        done = app.test_cli_runner().invoke(console, ["report", *arguments, "--out", str(out)])
        assert done.exit_code == 1
        assert done.output.startswith("Error: There is no ")
    assert not out.exists()
