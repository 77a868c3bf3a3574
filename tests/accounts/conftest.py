"""What the tests of accounts share."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask

from portal.accounts import services
from portal.ground.db import db
from tests.fixtures.pages import FrozenClock, Outbox

START = dt.datetime(2026, 11, 30, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the argon2 functions that ran: the real ones, counted."""
    ran: list[str] = []

    def counted(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any) -> Any:
            ran.append(name)
            return real(*arguments)

        return run

    for name in ("hash", "verify"):
        monkeypatch.setattr(PasswordHasher, name, counted(name, getattr(PasswordHasher, name)))
    return ran


@pytest.fixture
def count(app: Any) -> Callable[[Any], int]:
    """How many rows a table has."""
    return lambda table: int(db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0)


@pytest.fixture
def night(app: Flask, frozen_clock: FrozenClock, outbox: Outbox) -> Any:
    """`night(days)`: the clock goes on so many days, and the night's work is done (twice: nothing is done twice)."""
    frozen_clock.set(START)

    def pass_by(days: float = 1) -> int:
        frozen_clock.shift(days=days)
        done = services.follow_unused()
        assert services.follow_unused() == 0
        return done

    return pass_by
