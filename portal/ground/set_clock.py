"""The clock of a demo as somebody has set it, in a file of PORTAL_VAR, so that what waits for time can be seen.

A process that follows it (`follow`: web, worker and console do) reads the file again when it is asked for the time and has
not looked for LOOK seconds, by a clock that nobody sets. So once LOOK has passed since the file was written, whoever asks
gets the new time, in every process of the machine, however busy it is. Production follows nothing, and does not start
where the file lies.
"""

import datetime as dt
import json
import logging
import os
import secrets
import time
from pathlib import Path

from portal.ground import clock
from portal.ground.clock import Setting
from portal.ground.config import Config, ConfigError

log = logging.getLogger(__name__)

NAME = "clock.json"
LOOK = 0.25  # seconds; to look costs some ten microseconds
EARLIEST, LATEST = dt.datetime(2000, 1, 1, tzinfo=dt.UTC), dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
LONGEST = 1000  # bytes of the file
MILLISECOND = dt.timedelta(milliseconds=1)


class Unreadable(ValueError):
    """The file is none that `write` has written."""


def path_in(var: Path) -> Path:
    return var / NAME


def read(path: Path) -> Setting | None:
    """How the clock is set; None when it is not. Raises Unreadable."""
    try:
        with path.open("rb") as file:
            text = file.read(LONGEST + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Unreadable(str(error)) from error
    try:
        if len(text) > LONGEST:
            raise ValueError("longer than any setting")
        stored = json.loads(text)
        at, ahead = stored["at"], dt.timedelta(milliseconds=stored["ahead"])
        return _checked(Setting(str(stored["name"]), ahead, None if at is None else _moment(at)))
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise Unreadable(f"{path} is no setting of a clock: {error}") from error


def write(path: Path, setting: Setting | None) -> None:
    """Set the clock, or leave it to the machine again. Returns when every process that follows has it."""
    if setting is None:
        path.unlink(missing_ok=True)
    else:
        at = None if setting.at is None else setting.at.isoformat()
        stored = {"name": setting.name, "ahead": setting.ahead // MILLISECOND, "at": at}
        new = path.with_name(f"{NAME}.{secrets.token_hex(4)}")
        new.write_text(json.dumps(stored), encoding="utf-8")
        os.replace(new, path)
    time.sleep(LOOK)


def going(moment: dt.datetime) -> Setting:
    """A clock that shows a moment now and goes on from there. ValueError for one that no clock of ours shows."""
    ahead = (moment - clock.machine_now()) // MILLISECOND * MILLISECOND
    return _checked(Setting(secrets.token_hex(8), ahead=ahead))


def standing(moment: dt.datetime) -> Setting:
    """A clock that shows nothing but this moment. ValueError for one that no clock of ours shows."""
    whole = moment.astimezone(dt.UTC).replace(microsecond=moment.microsecond // 1000 * 1000)
    return _checked(Setting(secrets.token_hex(8), at=whole))


def follow(config: Config) -> None:
    """Let this process go by the file, in a demo. Raises ConfigError when it lies there and cannot be read."""
    if not config.is_demo:
        return
    try:
        clock.follow(Followed(path_in(config.var)))
    except Unreadable as error:
        raise ConfigError(f"PORTAL_VAR: {error}. `portal demo clock reset` removes it.") from error


class Followed:
    """The setting in a file, read anew when it was not looked at for LOOK seconds."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = time.monotonic(), read(path)  # together: threads that look at once must not mix them
        self._is_broken = False

    def __call__(self) -> Setting | None:
        moment = time.monotonic()
        looked, setting = self._known
        if moment - looked < LOOK:
            return setting
        try:
            setting = read(self._path)
            self._is_broken = False
        except Unreadable as error:  # somebody wrote it by hand: what held before holds on
            if not self._is_broken:
                log.warning("the clock stays as it was set: %s", error)
            self._is_broken = True
        self._known = moment, setting
        return setting


def _checked(setting: Setting) -> Setting:
    if not EARLIEST <= setting.shown(clock.machine_now()) < LATEST:
        raise ValueError(f"The clock goes from {EARLIEST.year} to {LATEST.year - 1}.")
    return setting


def _moment(text: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    return moment.astimezone(dt.UTC)
