"""The tools of the tests do what tests rely on."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask, redirect

from portal.accounts.models import Person
from portal.ground import clock
from portal.ground.db import db, transaction
from tests.factories.people import make_person
from tests.fixtures.database import engines
from tests.support.client import CheckedClient, faults


@pytest.mark.parametrize("visit", [1, 2])
def test_app_has_a_database_of_its_own(app: Flask, visit: int) -> None:
    with transaction() as session:
        session.add(Person(name="Ewa", email="ewa@example.org", locale="pl"))
    assert db.session.scalar(sa.select(sa.func.count(Person.id))) == 1


def test_app_runs_on_the_engine_that_it_is_named_after(app: Flask, engine: str) -> None:
    assert db.engine.dialect.name == engine


def test_browser_is_looked_through_on_one_engine_and_services_run_on_both(client: CheckedClient, engine: str) -> None:
    assert engine == "sqlite"
    assert len(engines({"app", "outbox"}, both=False)) == 2
    assert len(engines({"client", "app"}, both=True)) == 2


def test_as_person_is_signed_in_and_a_visitor_is_not(app: Flask, as_person: Callable[[Any], CheckedClient]) -> None:
    person = make_person(name="Ewa Lis", email="ewa@example.org")
    assert as_person(person).get("/en/account").status_code == 200
    assert as_person(None).get("/en/account").status_code == 303


def test_submit_refuses_a_field_that_the_form_does_not_have(client: CheckedClient) -> None:
    with pytest.raises(AssertionError, match="forms have the fields"):
        client.submit("/en/account/sign-in", {"colour": "red"})


def test_count_queries_counts_questions_only(app: Flask, count_queries: Any) -> None:
    with count_queries() as seen:
        db.session.execute(sa.text("SELECT 1"))
        db.session.execute(sa.text("SELECT 2"))
    assert len(seen) == 2, seen


def test_frozen_clock_stands_and_moves(frozen_clock: Any) -> None:
    before = clock.now()
    assert clock.now() == before
    frozen_clock.shift(hours=25)
    assert clock.now() - before == dt.timedelta(hours=25)


def test_faults_of_answers_are_seen() -> None:
    app = Flask("example")
    app.add_url_rule("/302", "found", lambda: redirect("/", 302), methods=["POST"])
    app.add_url_rule("/200", "page", lambda: "<h1>Saved</h1>", methods=["POST"])
    client = app.test_client()
    assert any("302" in fault for fault in faults(client.post("/302")))
    seen = " ".join(faults(client.post("/200")))
    for part in ("303 or 422", "Content-Security-Policy", "nosniff", "no title", "lang is"):
        assert part in seen
