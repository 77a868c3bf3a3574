"""`portal demo clock`: what time it is in the demo, for every process of it."""

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path

import click

from portal.ground import clock, set_clock
from portal.ground.clock import Setting
from portal.ground.config import Config

UNITS = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000}  # in milliseconds
PIECE = re.compile(r"(\d{1,15})(ms|s|m|h|d|w)")


class Moment(click.ParamType[dt.datetime]):
    """A moment: ISO 8601 with its zone (without one it is UTC), or milliseconds since 1970."""

    name = "moment"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dt.datetime:
        text = str(value)
        try:
            if text.isdigit() and len(text) > 8:  # shorter ones could be days in the short form of ISO 8601
                return dt.datetime.fromtimestamp(0, dt.UTC) + dt.timedelta(milliseconds=int(text))
            moment = dt.datetime.fromisoformat(text)
        except (ValueError, OverflowError):
            self.fail(f"{text!r} is no moment such as 2026-11-20T09:00:00.000Z.", param, ctx)
        return moment.replace(tzinfo=moment.tzinfo or dt.UTC)


class Duration(click.ParamType[dt.timedelta]):
    """A stretch of time: 90000 (milliseconds), 90s, 1h30m, 14d."""

    name = "duration"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dt.timedelta:
        text = str(value)
        written = f"{text}ms" if text.isdigit() else text
        pieces = PIECE.findall(written)
        if not pieces or "".join(number + unit for number, unit in pieces) != written:
            self.fail(f"{text!r} is no stretch of time such as 90s, 1h30m, 14d or 90000 (milliseconds).", param, ctx)
        try:
            return dt.timedelta(milliseconds=sum(int(number) * UNITS[unit] for number, unit in pieces))
        except OverflowError:
            self.fail(f"{text!r} is longer than any clock goes.", param, ctx)


as_json = click.option("--json", "as_json", is_flag=True, help="One JSON object.")


@click.group("clock")
def clock_group() -> None:
    """The clock of the demo: web, worker and console go by it. Each command returns when all of them do."""


@clock_group.command("show")
@as_json
def show(as_json: bool) -> None:
    """What time it is."""
    _tell(_read(), as_json)


@clock_group.command("set")
@click.argument("moment", type=Moment())
@as_json
def set_(moment: dt.datetime, as_json: bool) -> None:
    """It is MOMENT, and time goes on from there."""
    _write(lambda: set_clock.going(moment), as_json)


@clock_group.command("freeze")
@click.argument("moment", type=Moment(), required=False)
@as_json
def freeze(moment: dt.datetime | None, as_json: bool) -> None:
    """Time stands still: at MOMENT, or where it is."""
    _write(lambda: set_clock.standing(moment or _now(_read())), as_json)


@clock_group.command("forward")
@click.argument("duration", type=Duration())
@as_json
def forward(duration: dt.timedelta, as_json: bool) -> None:
    """DURATION passes at once; a clock that stands still stands still again after it."""
    known = _read()
    move = set_clock.standing if known is not None and known.at else set_clock.going
    _write(lambda: move(_now(known) + duration), as_json)


@clock_group.command("reset")
@as_json
def reset(as_json: bool) -> None:
    """It is what the clock of the machine says."""
    set_clock.write(_path(), None)
    _tell(None, as_json)


def _path() -> Path:
    config = Config.from_environment()
    if not config.is_demo:
        raise click.ClickException("Only the clock of a demo can be set (PORTAL_ENV).")
    config.var.mkdir(parents=True, exist_ok=True)
    return set_clock.path_in(config.var)


def _read() -> Setting | None:
    try:
        return set_clock.read(_path())
    except set_clock.Unreadable as error:
        raise click.ClickException(f"{error}. `portal demo clock reset` removes it.") from error


def _write(make: Callable[[], Setting], as_json: bool) -> None:
    try:
        setting = make()
    except (ValueError, OverflowError) as error:
        raise click.ClickException(f"This moment cannot be shown. {error}") from error
    set_clock.write(_path(), setting)
    _tell(setting, as_json)


def _now(setting: Setting | None) -> dt.datetime:
    machine = clock.machine_now()
    return machine if setting is None else setting.shown(machine)


def _tell(setting: Setting | None, as_json: bool) -> None:
    machine = clock.machine_now()
    now = machine if setting is None else setting.shown(machine)
    state = "machine" if setting is None else "frozen" if setting.at else "set"
    told = {
        "state": state,
        "now": _written(now),
        "now_ms": _milliseconds(now),
        "machine": _written(machine),
        "ahead_ms": _milliseconds(now) - _milliseconds(machine),
    }
    said = {"machine": "that of the machine", "frozen": "it stands still", "set": "it goes on"}
    click.echo(json.dumps(told, indent=1) if as_json else f"{told['now']}  ({said[state]})")


def _written(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _milliseconds(moment: dt.datetime) -> int:
    return (moment - dt.datetime.fromtimestamp(0, dt.UTC)) // set_clock.MILLISECOND
