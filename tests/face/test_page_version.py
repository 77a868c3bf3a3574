"""The version of the data under which finished pages are kept: of this database, and read again when the way there died."""

import pytest
from flask import Flask

from portal.ground import migrations
from portal.ground.config import CONFIG
from portal.ground.data_version import Watch
from portal.ground.db import db
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.both_engines


def version() -> str | None:
    return Watch(db.engine).read()


def test_database_that_was_restored_says_no_version(app: Flask) -> None:
    """The one in the backup stood for what was there then."""
    make_organisation()
    before = version()
    config = CONFIG.get()
    with migrations.opened(config) as connection:
        migrations.bring(connection)
    assert before is not None
    assert version() is None
    make_organisation()
    assert version() not in (None, before)


def test_connection_that_died_is_opened_again(app: Flask) -> None:
    make_organisation()
    watch = Watch(db.engine)
    known = watch.read()
    watch.close()
    assert known is not None
    assert watch.read() == known
