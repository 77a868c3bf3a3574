"""What the tests of accounts share."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from portal.ground.db import db


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
