"""Processes that change, merge and read the directory at once, killed at any moment: nobody is lost from a bitmap, and
whoever is on the site is on the next page of every process."""

import http.client
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from portal.declaration import facets
from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.organisations import services
from portal.organisations.models import Organisation, OrganisationStatus
from portal.organisations.queries import Filters, Found
from portal.organisations.queries.bitmaps import known
from tests.factories.organisations import make_organisation
from tests.fixtures.live import MakeLive
from tests.fixtures.soundness import assert_sound
from tests.support import processes
from tests.support.databases import inside
from tests.support.servers import ROOT, LivePortal

ON_BOTH = pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
S = OrganisationStatus


@contextmanager
def member(live: LivePortal, log: Path, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of its own at the directory."""
    command = [sys.executable, "-m", "tests.support.directory_member", *words]
    environ = live.environ | {"PYTHONPATH": str(ROOT)}
    process = processes.start(command, log, environ=environ, cwd=ROOT)
    try:
        yield process
    finally:
        processes.stop(process, signal.SIGKILL)


def lines(log: Path) -> list[str]:
    return log.read_text().split("\n") if log.exists() else []


@ON_BOTH
def test_writers_and_mergers_that_are_killed_leave_every_bitmap_right(
    make_live: MakeLive, tmp_path: Path, engine: str
) -> None:
    live = make_live(engine)
    with inside(live):
        numbers = [make_organisation(themes=["1", "5"]).id for _ in range(6)]
        logs = [tmp_path / name for name in ("first", "second", "merging")]
        for _ in range(3):
            before = [len(lines(log)) for log in logs]
            with (
                member(live, logs[0], "write", *map(str, numbers[:3])),
                member(live, logs[1], "write", *map(str, numbers[3:])),
                member(live, logs[2], "merge"),
            ):  # fmt: skip
                deadline = time.monotonic() + 60
                while any(len(lines(log)) < old + 4 for log, old in zip(logs, before, strict=True)):
                    assert time.monotonic() < deadline, [log.read_text()[-2000:] for log in logs]
                    known()  # this process reads what they write, in the middle of it
                    db.session.rollback()
                    time.sleep(0.01)
            assert_sound(besides=BESIDES)
        assert any(re.fullmatch(r"merged [1-9]\d*", line) for line in lines(logs[2])), "nothing was merged meanwhile"
        for number in numbers:
            if db.session.get_one(Organisation, number).status == S.HIDDEN:
                services.change_status(db.session.get_one(Organisation, number), S.PUBLISHED, by=PORTAL)
        assert counted() == {"1": 6, "5": 6}
        services.keep_up()
        assert counted() == {"1": 6, "5": 6}
        assert_sound(besides=BESIDES)


BESIDES = {"membership.waits-for-nobody"}


def counted() -> dict[str, int]:
    db.session.rollback()
    theme = next(facet for facet in facets() if facet.name == "theme")
    return dict(Found(Filters()).counts(theme))


@ON_BOTH
def test_a_change_is_on_the_next_page_of_every_process(make_live: MakeLive, engine: str) -> None:
    live = make_live(engine, workers=2, page_cache="0")
    with inside(live):
        number = make_organisation(themes=["1"]).id
        live.start(worker=False)
        for state, total in ((S.HIDDEN, 0), (S.PUBLISHED, 1), (S.HIDDEN, 0), (S.PUBLISHED, 1)):
            services.change_status(db.session.get_one(Organisation, number), state, by=PORTAL)
            assert {shown(live) for _ in range(12)} == {total}
            if total:
                services.keep_up()
                assert {shown(live) for _ in range(12)} == {total}


def shown(live: LivePortal) -> int:
    """How many organisations a page says, on a connection of its own: any of the processes answers."""
    connection = http.client.HTTPConnection("127.0.0.1", live.port, timeout=30)
    try:
        connection.request("GET", "/en/organisations?theme=1")
        page = connection.getresponse().read().decode()
    finally:
        connection.close()
    found = re.search(r'id="results-title">\s*(\d+)', page)
    assert found, page[-3000:]
    return int(found[1])
