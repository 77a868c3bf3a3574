"""`/readyz`: whether this node can serve, and what else does not work."""

import dataclasses

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.ground import clock
from portal.ground.config import CONFIG
from portal.ground.db import transaction
from portal.ground.jobs import Pulse
from portal.mail import Mail, MailState
from tests.factories.people import make_person
from tests.support import processes

pytestmark = pytest.mark.both_engines


def test_worker_that_is_away_is_told_and_takes_no_node_out_of_service(client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json["status"] == "degraded"
    assert answer.json["worker"] == "failing"
    assert {answer.json[name] for name in ("database", "schema", "mail", "redis", "disk", "media")} == {"ok"}


def test_node_with_its_worker_is_ready(client) -> None:
    Pulse("worker one").beat()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["status"]) == (200, "ready")


def test_mail_that_nobody_sends_is_told(client, frozen_clock) -> None:
    with transaction() as session:
        session.add(Mail(
            dedupe_key="x", template="accounts/mail/set_password", to=make_person().email, lang="pl", payload="{}",
            message_id="<x@example.org>", state=MailState.QUEUED, due_at=clock.now(),
        ))  # fmt: skip
    frozen_clock.shift(minutes=11)
    Pulse("worker one").beat()
    assert client.get("/readyz").json == {
        "status": "degraded", "database": "ok", "schema": "ok", "worker": "ok", "mail": "failing", "redis": "ok", "disk": "ok",
        "media": "ok",
    }  # fmt: skip


def test_schema_that_does_not_fit_takes_the_node_out_of_service(app: Flask, client) -> None:
    Pulse("worker one").beat()
    with transaction() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = 'unknown'"))
        session.execute(sa.text("DELETE FROM database_note"))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["status"], answer.json["schema"]) == (503, "not ready", "failing")
    assert answer.headers["Retry-After"] == "30"


def test_object_store_that_is_away_is_told(app: Flask, client, monkeypatch: pytest.MonkeyPatch) -> None:
    Pulse("worker one").beat()
    config = dataclasses.replace(CONFIG.of(app), media_url="s3://bucket/media")
    monkeypatch.setitem(app.extensions, "portal.config", config)
    monkeypatch.setenv("AWS_ENDPOINT", f"http://127.0.0.1:{processes.free_port()}")  # where nobody listens
    monkeypatch.setenv("AWS_SKIP_SIGNATURE", "true")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["status"], answer.json["media"]) == (200, "degraded", "failing")
