"""`portal demo clock`: web processes, worker and console go by one clock when the command returns."""

import datetime as dt
import json
import re
import shutil
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from portal.commands.clock_setting import clock_group
from portal.ground import set_clock
from portal.mail import MailState
from tests.support.processes import wait_until
from tests.support.servers import LivePortal
from tests.support.visitor import Visitor
from tests.whole.test_start import PRODUCTION, command, load_wsgi

FROZEN = "2031-03-01T11:00:00.000Z"  # noon in Warsaw
SAID = "Zegar tej wersji demonstracyjnej przestawiono. Wskazuje teraz"


@pytest.fixture
def live(demo_var: Path, tmp_path: Path) -> Iterator[LivePortal]:
    shutil.copytree(demo_var, tmp_path / "var")
    portal = LivePortal(tmp_path, workers=2).start()
    yield portal
    portal.stop()


def told(live: LivePortal, *arguments: str) -> Any:
    return json.loads(live.run("demo", "clock", *arguments, "--json"))


def pages(live: LivePortal, **headers: str) -> set[str]:
    """What the web processes say: each request has a connection of its own, so both are asked."""
    seen = set()
    for number in range(12):
        asked = urllib.request.Request(f"{live.base_url}/pl/about?n={number % 3}", headers=headers)
        with urllib.request.urlopen(asked, timeout=30) as answer:
            text = answer.read().decode()
        seen.add("".join(re.findall(f"{SAID}[^<]*", text)))
    return seen


def signed_in(live: LivePortal, address: str, *, stay: bool = False) -> Visitor:
    visitor = Visitor(live)
    stays = {"stay": "y"} if stay else {}
    visitor.submit("/pl/account/sign-in", {"email": address, "password": "three random words", **stays})
    return visitor


def mail_to(live: LivePortal, address: str) -> Any:
    """A mail that somebody just asked for, sent by the worker."""
    Visitor(live).submit("/pl/account/password/forgotten", {"email": address})
    wait_until(lambda: live.mails(address)[0].state == MailState.SENT, "The mail", log=live.log, seconds=90)
    return live.mails(address)[0]


def test_every_process_goes_by_it(live: LivePortal) -> None:
    address = next(one["address"] for one in live.json("demo", "accounts") if one["role"] == "coordinator")
    assert told(live, "show")["state"] == "machine"
    assert pages(live) == {""}

    assert told(live, "freeze", FROZEN)["now"] == FROZEN
    assert pages(live) == {f"{SAID}: 1 marca 2031, godz.\xa012:00"}
    assert pages(live, **{"X-Request-Start": "t=1700000000000000"}) == pages(live)
    mail = mail_to(live, address)
    assert {mail.queued_at, mail.sent_at} == {dt.datetime.fromisoformat(FROZEN)}
    shown = told(live, "show")
    assert (shown["state"], shown["now"], shown["now_ms"]) == ("frozen", FROZEN, 1930129200000)

    visitor = signed_in(live, address, stay=True)
    assert visitor.get("/pl/account/").status == 200
    assert told(live, "forward", "13d23h")["now"] == "2031-03-15T10:00:00.000Z"
    assert visitor.get("/pl/account/").status == 200
    told(live, "forward", "3600001")  # milliseconds
    assert visitor.get("/pl/account/").status == 303

    assert told(live, "reset")["state"] == "machine"
    assert pages(live) == {""}


def test_a_clock_that_goes_back_an_hour_stops_nothing(live: LivePortal) -> None:
    addresses = [one["address"] for one in live.json("demo", "accounts") if one["role"] in ("coordinator", "owner")]
    began = told(live, "set", FROZEN)
    assert began["state"] == "set"
    visitor = signed_in(live, addresses[0], stay=True)
    mail_to(live, addresses[0])
    back = told(live, "set", "2031-03-01T10:00:00Z")
    assert back["ahead_ms"] < began["ahead_ms"]
    assert pages(live).pop().startswith(f"{SAID}: 1 marca 2031, godz.\xa011:")
    assert visitor.get("/pl/").status == 200
    again = signed_in(live, addresses[0])
    assert again.get("/pl/account/").status == 200
    mail = mail_to(live, addresses[1])
    assert mail.sent_at < dt.datetime.fromisoformat(FROZEN)
    listed = next(one for one in live.json("mail", "list") if one["id"] == mail.id)
    assert listed["sent_at"] < FROZEN


@pytest.mark.parametrize(
    ("arguments", "now"),
    [
        (["freeze", "2031-03-01T12:00:00.5+01:00"], "2031-03-01T11:00:00.500Z"),
        (["freeze", "2031-03-01T11:00"], FROZEN),
        (["freeze", "1930129200000"], FROZEN),
        (["freeze", "20310301T110000Z"], FROZEN),
    ],
)
def test_a_moment_can_be_written_in_these_ways(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], now: str
) -> None:
    monkeypatch.setenv("PORTAL_VAR", str(tmp_path))
    done = CliRunner().invoke(clock_group, [*arguments, "--json"])
    assert json.loads(done.output)["now"] == now, done.output


@pytest.mark.parametrize(
    ("duration", "milliseconds"),
    [("90000", 90_000), ("1h30m", 5_400_000), ("1w2d3h4m5s6ms", 788_645_006), ("0", 0)],
)
def test_a_stretch_of_time_can_be_written_in_these_ways(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, duration: str, milliseconds: int
) -> None:
    monkeypatch.setenv("PORTAL_VAR", str(tmp_path))
    runner = CliRunner()
    runner.invoke(clock_group, ["freeze", FROZEN])
    done = json.loads(runner.invoke(clock_group, ["forward", duration, "--json"]).output)
    assert (done["now_ms"], done["state"]) == (1930129200000 + milliseconds, "frozen")


@pytest.mark.parametrize(
    "arguments",
    [
        ["set", "tomorrow"], ["set"], ["set", "9999-01-01T00:00Z"], ["set", "1970-01-01"], ["freeze", "9" * 30],
        ["forward", "1x"], ["forward", "-1h"], ["forward", "1h x"], ["forward", "100000w"], ["forward", "9" * 15 + "w"],
        ["forward", ""], ["forward", "90,5s"],
    ],
)  # fmt: skip
def test_what_is_no_time_is_refused_with_a_sentence_and_nothing_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.setenv("PORTAL_VAR", str(tmp_path))
    done = CliRunner().invoke(clock_group, arguments)
    assert done.exit_code != 0 and "Traceback" not in done.output and isinstance(done.exception, SystemExit)
    assert not set_clock.path_in(tmp_path).exists()


def test_production_has_no_clock_to_set_and_does_not_start_with_one(tmp_path: Path) -> None:
    assert command(tmp_path, "demo", "clock", "freeze").returncode == 0
    assert command(tmp_path, "db", "upgrade", **PRODUCTION).returncode == 0
    for arguments in (["show"], ["freeze"], ["set", FROZEN], ["forward", "1h"], ["reset"]):
        refused = command(tmp_path, "demo", "clock", *arguments, **PRODUCTION)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert "Only the clock of a demo" in refused.stderr
    for refused in (load_wsgi(tmp_path, **PRODUCTION), command(tmp_path, "worker", **PRODUCTION)):
        assert refused.returncode != 0
        assert str(set_clock.path_in(tmp_path)) in refused.stderr
    set_clock.path_in(tmp_path).unlink()
    assert load_wsgi(tmp_path, **PRODUCTION).returncode == 0
