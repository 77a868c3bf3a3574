"""A row taken under lock is held until the end of the transaction, in whichever way it was taken."""

from collections.abc import Callable

import pytest
from flask import Flask

from portal.ground import locks
from portal.ground.db import db, transaction
from portal.organisations.models import Organisation
from tests.factories.organisations import make_organisation


@pytest.mark.parametrize("take", [locks.locked, locks.locked_if_there])
def test_row_is_held_until_the_end(app: Flask, take: Callable[[type[Organisation], int], Organisation | None]) -> None:
    number = make_organisation().id
    with transaction():
        row = take(Organisation, number)
        assert row is not None and locks.is_held(row)
    assert not locks.is_held(db.session.get_one(Organisation, number))


def test_row_that_is_only_read_is_not_held(app: Flask) -> None:
    number = make_organisation().id
    with transaction() as session:
        assert not locks.is_held(session.get_one(Organisation, number, populate_existing=True))


def test_row_that_is_gone_is_none(app: Flask) -> None:
    with transaction():
        assert locks.locked_if_there(Organisation, 10**6) is None
