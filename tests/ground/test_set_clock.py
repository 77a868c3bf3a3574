"""The clock of a demo that somebody has set: every process goes by it, and what is not ours does not."""

import datetime as dt
import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask, session

from portal import mail
from portal.accounts import services
from portal.ground import clock, limits, links, set_clock
from portal.ground.clock import Setting
from portal.ground.config import CONFIG, Config, ConfigError
from portal.ground.db import transaction
from portal.ground.errors import TooMany
from tests.factories.people import make_account
from tests.fixtures.pages import Outbox
from tests.support.servers import RedisServer

NOON = dt.datetime(2031, 3, 1, 12, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
SetClock = Callable[..., None]


@pytest.fixture
def set_to() -> Iterator[SetClock]:
    """`set_to(NOON)` is what `portal demo clock freeze` does to a process."""
    known: list[Setting | None] = [None]
    clock.follow(lambda: known[0])
    yield lambda moment: known.__setitem__(0, set_clock.standing(moment) if moment else None)
    clock.follow(None)


def test_who_follows_has_the_time_when_the_command_returns(tmp_path: Path) -> None:
    path = set_clock.path_in(tmp_path)
    followed = set_clock.Followed(path)
    assert followed() is None
    standing = set_clock.standing(NOON)
    set_clock.write(path, standing)
    assert followed() == standing
    going = set_clock.going(NOON - HOUR)
    set_clock.write(path, going)
    assert followed() == going
    set_clock.write(path, None)
    assert followed() is None
    assert list(tmp_path.iterdir()) == []


def test_threads_that_look_at_once_have_it_too(tmp_path: Path) -> None:
    path = set_clock.path_in(tmp_path)
    followed = set_clock.Followed(path)
    heard: list[tuple[float, Setting | None, float]] = []
    ended = threading.Event()

    def ask() -> None:
        while not ended.is_set():
            asked = time.monotonic()
            heard.append((asked, followed(), time.monotonic()))
            time.sleep(0.0005)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    holds: list[tuple[float, Setting, float]] = []
    for number in range(4):
        setting = set_clock.standing(NOON + number * HOUR)
        set_clock.write(path, setting)
        since = time.monotonic()
        time.sleep(0.05)
        holds.append((since, setting, time.monotonic()))
    ended.set()
    for thread in threads:
        thread.join()
    for since, setting, until in holds:
        meanwhile = [said for asked, said, answered in heard if since <= asked and answered <= until]
        assert meanwhile and set(meanwhile) == {setting}


def test_asking_for_the_time_seldom_touches_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[Path] = []
    read = set_clock.read
    monkeypatch.setattr(set_clock, "read", lambda path: (looked.append(path), read(path))[1])
    followed = set_clock.Followed(set_clock.path_in(tmp_path))
    end = time.monotonic() + 2 * set_clock.LOOK
    while time.monotonic() < end:
        followed()
    assert 1 <= len(looked) <= 4


def test_a_clock_that_goes_on_and_one_that_stands() -> None:
    going, standing = set_clock.going(NOON), set_clock.standing(NOON)
    machine = clock.machine_now()
    assert abs(going.shown(machine) - NOON) < dt.timedelta(seconds=5)
    assert going.shown(machine + HOUR) - going.shown(machine) == HOUR
    assert standing.shown(machine) == standing.shown(machine + HOUR) == NOON


def test_a_moment_is_kept_to_the_millisecond(tmp_path: Path) -> None:
    path = set_clock.path_in(tmp_path)
    set_clock.write(path, set_clock.standing(NOON.replace(microsecond=123_987)))
    kept = set_clock.read(path)
    assert kept is not None and kept.at == NOON.replace(microsecond=123_000)


@pytest.mark.parametrize("moment", ["1999-12-31T23:59:59+00:00", "2100-01-01T00:00:00+00:00"])
def test_a_moment_that_no_clock_of_ours_shows_is_refused(moment: str) -> None:
    with pytest.raises(ValueError, match="2000 to 2099"):
        set_clock.standing(dt.datetime.fromisoformat(moment))


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", '{"name": "x", "ahead": 1e300, "at": null}', '{"name": "x", "ahead": "1", "at": null}',
        '{"name": "x", "ahead": 0, "at": "2031-03-01T12:00:00"}', '{"name": "x", "ahead": 0, "at": "9999-12-31T23:59:59Z"}',
        "x" * 100_000,
    ],
)  # fmt: skip
def test_a_file_that_somebody_wrote_by_hand_stops_the_start_and_no_process_that_runs(tmp_path: Path, text: str) -> None:
    path = set_clock.path_in(tmp_path)
    followed = set_clock.Followed(path)
    set_clock.write(path, set_clock.standing(NOON))
    assert followed() is not None
    path.write_text(text)
    time.sleep(set_clock.LOOK)
    kept = followed()
    assert kept is not None and kept.at == NOON
    with pytest.raises(ConfigError, match="portal demo clock reset"):
        set_clock.follow(Config.from_environment({"PORTAL_VAR": str(tmp_path)}))


def test_production_follows_no_file(tmp_path: Path) -> None:
    set_clock.path_in(tmp_path).write_text(json.dumps({"name": "x", "ahead": 0, "at": NOON.isoformat()}))
    set_clock.follow(Config(env="production", var=tmp_path))
    assert clock.setting() is None
    assert abs(clock.now() - clock.machine_now()) < HOUR


def test_links_and_limits_go_by_it(app: Flask, set_to: SetClock) -> None:
    set_to(NOON)
    with transaction():
        token = links.issue("trying", "thing:1", HOUR)
    for _ in range(10):
        limits.check("sign-in", address="a@example.org")
    set_to(NOON + HOUR - set_clock.MILLISECOND)
    assert links.find("trying", token) is not None
    limits.check("sign-in", address="a@example.org")
    set_to(NOON + HOUR)
    assert links.find("trying", token) is None


def test_a_clock_that_went_back_keeps_nobody_out(app: Flask, set_to: SetClock) -> None:
    set_to(NOON)
    for _ in range(10):
        limits.check("sign-in", address="a@example.org")
    with pytest.raises(TooMany):
        limits.check("sign-in", address="a@example.org")
    set_to(NOON - HOUR)
    limits.check("sign-in", address="a@example.org")


def test_a_mail_that_was_queued_before_the_clock_went_back_goes_at_once_and_once(
    app: Flask, set_to: SetClock, outbox: Outbox
) -> None:
    account = make_account()
    set_to(NOON)
    services.request_reset(email=account.email, locale="pl", ip="192.0.2.1")
    set_to(NOON - HOUR)
    outbox.catcher.refuse = True
    assert mail.send_due() == 0  # it was tried, and waits for its next turn like any other
    outbox.catcher.refuse = False
    assert mail.send_due() == 0
    set_to(NOON - HOUR + dt.timedelta(minutes=2))
    assert mail.send_due() == 1


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_redis_forgets_nothing_while_the_clock_stands_still(
    app: Flask, settings: Callable[..., None], redis_server: RedisServer, set_to: SetClock
) -> None:
    from portal.ground.redis_client import connected

    settings(redis_url=redis_server.url)
    redis = connected(redis_server.url)
    redis.flushall()
    limits.check("sign-in", address="a@example.org")
    assert max(redis.ttl(key) for key in redis.keys("limit:*")) <= 16 * 60
    redis.flushall()
    set_to(NOON)
    limits.check("sign-in", address="a@example.org")
    assert min(redis.ttl(key) for key in redis.keys("limit:*")) > 23 * 3600


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_cookie_of_a_session_is_signed_by_it_and_survives_a_clock_that_goes_back(
    app: Flask, set_to: SetClock
) -> None:
    def signed() -> str:
        serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        return str(serializer.dumps({"name": "Wanda"}))

    def read(cookie: str) -> object:
        name = app.config["SESSION_COOKIE_NAME"]
        with app.test_request_context(headers={"Cookie": f"{name}={cookie}"}, base_url=CONFIG.get().base_url):
            return session.get("name")

    set_to(NOON)
    cookie = signed()
    for later, name in [
        (dt.timedelta(), "Wanda"), (dt.timedelta(days=14), "Wanda"), (dt.timedelta(days=14, seconds=2), None),
        (-HOUR, "Wanda"), (-dt.timedelta(days=15), None),
    ]:  # fmt: skip
        set_to(NOON + later)
        assert read(cookie) == name, later
    assert read(cookie[:-1] + ("A" if cookie[-1] != "A" else "B")) is None


def test_what_others_clocks_say_is_not_ours_to_set(set_to: SetClock) -> None:
    """The codes of an authenticator app, and how long ago a worker lived."""
    from portal.accounts import second_step

    secret = second_step.new_secret()
    with clock.frozen(clock.machine_now()):
        code = second_step.code_now(secret)
    set_to(NOON)
    assert second_step.code_now(secret) == code
    assert clock.machine_now() < NOON < clock.now() + HOUR


def test_the_file_is_replaced_whole(tmp_path: Path) -> None:
    path = set_clock.path_in(tmp_path)
    set_clock.write(path, set_clock.standing(NOON))
    first = os.stat(path).st_ino
    set_clock.write(path, set_clock.standing(NOON + HOUR))
    assert os.stat(path).st_ino != first
