"""Many people, few seats, several processes: never one seat too many, never one person lost."""

import asyncio
import concurrent.futures
import http.client
import os
import random
import re
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import psutil
import pytest
import sqlalchemy as sa
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask

from portal.ground import links
from portal.ground.db import db, transaction
from portal.ground.errors import Busy
from portal.registration import mails, services
from portal.registration.models import Booking, SessionSeats
from tests.factories.events import make_event, make_session
from tests.factories.registrations import submit
from tests.fixtures.live import MakeLive
from tests.fixtures.proof import Proof
from tests.fixtures.soundness import assert_sound
from tests.support.databases import inside
from tests.support.servers import LivePortal, MailCatcher

SEATS = 10


def outcome(session_id: int) -> tuple[int, int, list[int], list[int]]:
    """(counter, booked, bookings with a place, bookings that wait), each list in the order of the queue."""
    db.session.rollback()
    rows = db.session.execute(
        sa.select(Booking.status, Booking.id)
        .where(Booking.session_id == session_id)
        .order_by(Booking.queue_at, Booking.id)
    ).all()
    booked = [row[1] for row in rows if row[0] == "booked"]
    waiting = [row[1] for row in rows if row[0] == "waiting"]
    counter = db.session.scalar(sa.select(SessionSeats.taken).where(SessionSeats.session_id == session_id))
    order = [row[0] for row in rows if row[0] in ("booked", "waiting")]
    assert order == ["booked"] * len(booked) + ["waiting"] * len(waiting), "somebody later was seated first"
    return counter, len(booked), booked, waiting


@pytest.mark.prove
def test_threads_confirming_at_once_fill_the_seats_exactly(app: Flask, engine: str, proof: Proof) -> None:
    tried = proof.count(60, 300)
    event = make_event()
    workshop = make_session(event, seats=SEATS).id
    registrations = [submit(event, db.session.merge(make_ref(workshop))).id for _ in range(tried)]

    def confirm(number: int) -> None:
        with app.app_context():
            while True:
                try:
                    services.confirm(number)
                    return
                except Busy:
                    continue

    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        list(pool.map(confirm, registrations))
    counter, booked, _first, waiting = outcome(workshop)
    proof.record(f"{tried} threads' confirmations for {SEATS} seats, {engine}", tried=tried, held=booked + len(waiting))
    assert (counter, booked, len(waiting)) == (SEATS, SEATS, tried - SEATS)


@pytest.mark.prove
def test_cancelling_and_confirming_at_once_keep_the_counter(app: Flask, engine: str, proof: Proof) -> None:
    tried = proof.count(30, 150)
    event = make_event(seats=tried)
    workshop = make_session(event, seats=3).id
    registrations = [submit(event, db.session.merge(make_ref(workshop))).id for _ in range(tried)]
    leaving = set(registrations[::2])

    def come_and_go(number: int) -> None:
        with app.app_context():
            for act in (services.confirm, services.cancel) if number in leaving else (services.confirm,):
                while True:
                    try:
                        act(number)
                        break
                    except Busy:
                        continue

    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        list(pool.map(come_and_go, registrations))
    counter, booked, _first, waiting = outcome(workshop)
    proof.record(f"coming and going, {engine}", tried=tried, held=booked + len(waiting) + len(leaving))
    assert (counter, booked, len(waiting)) == (3, 3, tried - len(leaving) - 3)
    assert services.sweep() == 0


def make_ref(session_id: int) -> Any:
    from portal.events.models import ProgrammeSession

    return db.session.get_one(ProgrammeSession, session_id)


@dataclass
class Visitor:
    """A browser that opens the link of the mail and presses the button, again if the connection breaks."""

    port: int
    answers: list[int] = field(default_factory=list)
    seconds: float = 0.0

    def confirm(self, path: str) -> int:
        """The status of the POST that got through."""
        for _ in range(60):
            try:
                token, cookie = self._open(path)
                pressed = time.monotonic()
                status = self._press(path, token, cookie)
                self.seconds = time.monotonic() - pressed
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
                continue
            self.answers.append(status)
            if status != 503:
                return status
            time.sleep(0.05)
        raise AssertionError(f"never got through: {self.answers}")

    def _open(self, path: str) -> tuple[str, str]:
        response, body = self._request("GET", path)
        if response.status != 200:
            raise http.client.HTTPException(str(response.status))
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', body)
        assert token, body[:500]
        cookie = (response.getheader("Set-Cookie") or "").partition(";")[0]
        return token[1], cookie

    def _press(self, path: str, token: str, cookie: str) -> int:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
        return self._request("POST", path, urlencode({"csrf_token": token}), headers)[0].status

    def _request(
        self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None
    ) -> tuple[http.client.HTTPResponse, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return response, response.read().decode()
        finally:
            connection.close()


def prepared(tried: int) -> tuple[int, list[str]]:
    """A workshop of ten seats and the links of so many mails."""
    event = make_event()
    workshop = make_session(event, seats=SEATS)
    paths = []
    for _ in range(tried):
        registration = submit(event, workshop)
        with transaction():
            token = links.issue(mails.CONFIRM, f"registration:{registration.id}", mails.UNCONFIRMED)
        paths.append(f"/pl/registration/confirm/{token}")
    return workshop.id, paths


DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.mark.prove
@pytest.mark.parametrize("database", DATABASES)
def test_confirmations_over_http_fill_the_seats_exactly(make_live: MakeLive, database: str, proof: Proof) -> None:
    """B1: 300 confirmations for 10 seats on 4 processes, 50 times: exactly 10 booked, 290 in order."""
    tried, times = proof.count(40, 300), proof.count(1, 50)
    live = make_live(database, workers=4)
    with inside(live):
        live.start(worker=False)
        for _ in range(times):
            _filled(live, proof, f"{tried} confirmations for {SEATS} seats, 4 processes, {database}", tried)


@pytest.mark.prove
@pytest.mark.parametrize("database", DATABASES)
def test_killing_a_process_in_the_middle_loses_and_doubles_nothing(
    make_live: MakeLive, database: str, proof: Proof
) -> None:
    """B1: the same while a process of the four is killed by the kernel."""
    tried, times = proof.count(40, 300), proof.count(1, 10)
    live = make_live(database, workers=4)
    with inside(live):
        live.start(worker=False)
        for _ in range(times):
            what = f"kill -9 among {tried} confirmations, {database}"
            _filled(live, proof, what, tried, disturb=lambda: _kill_one(live, proof.random))


@pytest.mark.prove
@pytest.mark.parametrize("database", DATABASES)
def test_slow_mail_server_slows_no_confirmation(make_live: MakeLive, database: str, proof: Proof) -> None:
    """B1: the same while a worker sends the mails to a server that takes seconds for each."""
    tried, times = proof.count(40, 300), proof.count(1, 10)
    slow = SlowCatcher()
    live = make_live(database, workers=4, smtp_url=slow.url)
    try:
        with inside(live):
            live.start()
            for _ in range(times):
                _filled(live, proof, f"{tried} confirmations beside a slow mail server, {database}", tried)
    finally:
        slow.stop()


class SlowCatcher(MailCatcher):
    """A mail server that lets whoever sends wait."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(3)
        return await super().handle_DATA(server, session, envelope)


def _filled(live: LivePortal, proof: Proof, what: str, tried: int, disturb: Callable[[], None] | None = None) -> None:
    """A workshop is confirmed by all at once; how long each waited for the answer stands in the table beside it."""
    workshop, paths = prepared(tried)
    statuses, seconds = _all_at_once(live, paths, disturb)
    counter, booked, _first, waiting = outcome(workshop)
    proof.record(what, tried=tried, held=booked + len(waiting))
    proof.record(f"{what}: answered within 2 s", tried=tried, held=sum(one < 2 for one in seconds))
    assert set(statuses) == {303}
    assert (counter, booked, len(waiting)) == (SEATS, SEATS, tried - SEATS)
    assert_sound()


def _all_at_once(
    live: LivePortal, paths: list[str], disturb: Callable[[], None] | None
) -> tuple[list[int], list[float]]:
    """The statuses, and the seconds from pressing the button to the answer."""
    visitors = [Visitor(live.port) for _ in paths]
    with concurrent.futures.ThreadPoolExecutor(24) as pool:
        running = [pool.submit(one.confirm, path) for one, path in zip(visitors, paths, strict=True)]
        if disturb:
            while sum(one.done() for one in running) < len(paths) // 3:
                time.sleep(0.01)
            disturb()
        statuses = [one.result() for one in running]
    return statuses, [one.seconds for one in visitors]


def _kill_one(live: LivePortal, chance: random.Random) -> None:
    """Kill a web process as the kernel would when memory runs out; granian starts another one."""
    assert live._web is not None
    children = [child for child in psutil.Process(live._web.pid).children(recursive=True) if child.is_running()]
    workers = [child for child in children if not child.children()] or children
    os.kill(chance.choice(workers).pid, signal.SIGKILL)
