"""`portal jobs`: what is due, and doing it now, for people and for programs."""

import json
import subprocess
from typing import Any

import pytest
import sqlalchemy as sa

from portal.ground.db import db, transaction
from portal.ground.jobs import Heartbeat, Job
from tests.support.databases import inside
from tests.support.servers import ROOT, LivePortal

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)

KEYS = {
    "name", "minutes", "lane", "due", "running", "running_since", "last_run", "outcome", "done", "failed", "milliseconds",
    "error",
}  # fmt: skip


@pytest.fixture
def portal(engine: str, make_live: Any) -> LivePortal:
    live: LivePortal = make_live(engine)
    return live


def run(portal: LivePortal, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*portal._portal(), "jobs", *arguments]
    return subprocess.run(command, env=portal.environ, cwd=ROOT, capture_output=True, text=True, check=False)


def test_every_job_is_listed_with_its_lane_and_how_it_went(portal: LivePortal) -> None:
    listed = {job["name"]: job for job in portal.json("jobs", "list")}
    assert {"mail", "tidy", "posts", "waiting lists"} <= listed.keys()
    assert all(job.keys() == KEYS for job in listed.values())
    assert (listed["mail"]["lane"], listed["mail"]["minutes"], listed["tidy"]["lane"]) == ("mail", 1, "main")
    assert (listed["tidy"]["due"], listed["tidy"]["last_run"], listed["tidy"]["outcome"]) == (None, None, None)
    ran = json.loads(run(portal, "run", "tidy", "--json").stdout)
    assert (ran["name"], ran["outcome"], ran["failed"], ran["error"]) == ("tidy", "done", 0, None)
    after = next(job for job in portal.json("jobs", "list") if job["name"] == "tidy")
    assert (after["outcome"], after["running"]) == ("done", False)
    assert after["last_run"] and after["due"] > after["last_run"]
    assert "tidy" in portal.run("jobs", "list")
    with inside(portal):
        assert db.session.scalars(sa.select(Heartbeat.name)).all() == [], "the console is no worker"


def test_job_that_fails_says_so_and_ends_with_1(portal: LivePortal) -> None:
    with inside(portal), transaction() as session:
        session.execute(sa.text("DROP TABLE limit_hit"))
    done = run(portal, "run", "tidy", "--json")
    ran = json.loads(done.stdout)
    assert (done.returncode, ran["outcome"], ran["failed"], ran["error"]) == (1, "failed", 1, "OperationalError")
    with inside(portal):
        kept = db.session.scalars(sa.select(Job).where(Job.name == "tidy")).one()
        assert (kept.outcome, kept.failed, kept.error, kept.worker) == ("failed", 1, "OperationalError", None)


def test_job_that_nobody_knows_is_an_error_that_names_those_there_are(portal: LivePortal) -> None:
    done = run(portal, "run", "tidying", "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert "no job “tidying”" in done.stderr and "waiting lists" in done.stderr
