"""Measure 24: the register prints the figures of the card, an independent SQL script over its records agrees, and taking one
confirmed session away changes exactly the figures that it should."""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.app import create_app
from portal.ground.authz import PORTAL
from portal.ground.config import Config
from portal.ground.db import db
from portal.impact import queries
from portal.news.models import Post
from portal.projects import queries as projects
from portal.projects import services
from portal.projects.models import Record, RecordStatus

CARD = {
    "training-hours": 328, "advice-hours": 511, "community-sessions": 27, "mini-projects": 20, "expert-opinions": 6,
    "organisations-strengthened": 337,
}  # fmt: skip
SCRIPT = (Path(__file__).parent / "figures.sql").read_text(encoding="utf-8")
HOURS = ("training-hours", "advice-hours")


@pytest.fixture
def demo(demo_var: Path, tmp_path: Path) -> Iterator[Flask]:
    """A demo of its own, which a test may change."""
    shutil.copytree(demo_var, tmp_path / "var")
    app = create_app(Config.from_environment({"PORTAL_VAR": str(tmp_path / "var")}))
    with app.app_context():
        yield app
        db.session.rollback()
        db.engine.dispose()


def printed() -> dict[str, int]:
    project = projects.by_slug("kuznia-ekspertow")
    assert project is not None
    amounts = {one.code: amount for one, amount in queries.figures_of(project.id)}
    return {code: amounts[code] // 60 if code in HOURS else amounts[code] for code in CARD}


def by_hand() -> dict[str, int]:
    return {row[0]: row[1] for row in db.session.execute(sa.text(SCRIPT))}


def test_measure_24_the_register_prints_the_card_and_a_script_agrees(demo: Flask) -> None:
    assert printed() == by_hand() == CARD
    for language in ("pl", "bg", "en"):
        page = demo.test_client().get(f"/{language}/projects/kuznia-ekspertow").text.replace("\u00a0", " ")
        shown = [f"<b>{CARD[code]} {'ч.' if language == 'bg' else 'h'}</b>" for code in HOURS]
        assert "427" in page  # records, all of them confirmed
        assert all(words in page for words in [*shown, "<b>27</b>", "<b>20</b>", "<b>6</b>", "<b>337</b>"])


def test_measure_24_taking_one_session_away_changes_exactly_its_figures(demo: Flask) -> None:
    gone = db.session.scalars(sa.select(Record).where(Record.activity == "community-session").limit(1)).one()
    services.move_record(gone, RecordStatus.CANCELLED, by=PORTAL, reason="Nie odbyła się.")
    assert printed() == by_hand() == {**CARD, "community-sessions": 26}


def test_the_report_of_the_demo_says_what_was_corrected_after_it(demo: Flask) -> None:
    """A training was shorter than it was written down: 329 hours stay in the report, 328 stand on the card."""
    project = projects.by_slug("kuznia-ekspertow")
    assert project is not None
    (report,) = queries.reports_of(project.id)
    assert report.figures["training-hours"]["amount"] == 329 * 60
    assert [(one.code, one.was, one.now) for one in queries.errata_of(report.id)] == [
        ("training-hours", 329 * 60, 328 * 60)
    ]
    page = demo.test_client().get(f"/pl/projects/kuznia-ekspertow/reports/{report.id}").text.replace("\u00a0", " ")
    assert "329 h" in page
    assert "328 h zamiast 329 h" in page


def test_the_news_that_state_the_figures_lead_to_the_card(demo: Flask) -> None:
    bodies = [post.body.get("pl") for post in db.session.scalars(sa.select(Post))]
    assert any("328" in words and "/pl/projects/kuznia-ekspertow" in words for words in bodies)


def test_figures_of_the_demo_are_of_its_own_days(demo: Flask) -> None:
    project = projects.by_slug("kuznia-ekspertow")
    assert project is not None
    assert (project.starts_on, project.ends_on) == (dt.date(2021, 4, 1), dt.date(2023, 9, 30))
    years = queries.years_of(project.id, queries.figures_of(project.id)[0][0])
    assert sum(minutes for _year, _number, minutes in years) == 328 * 60
