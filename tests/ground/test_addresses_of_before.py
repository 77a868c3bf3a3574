"""Addresses that were stored before what was typed stood beside the key."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from portal.ground import migrations
from portal.ground.config import Config
from tests.support.databases import Databases

BEFORE = "5c259e27"


@pytest.fixture
def old(databases: Databases, tmp_path: Path) -> sa.Engine:
    """A database of the revision before, with people, and with a detail that names somebody who was invited."""
    config = databases.config(tmp_path, f"sqlite:///{tmp_path / 'old.db'}")
    migrations.upgrade(config)
    migrations.downgrade(config, BEFORE)
    engine = sa.create_engine(config.database_url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        for address in (
            "a@xn--fa-hia.example",
            "b@example.org",
            "c@xn--fa-hia.example",
            "c@faß.example",
            "d@xn--.example",
        ):
            connection.execute(
                sa.text(
                    "INSERT INTO person (name, email, locale, created_at, updated_at)"
                    " VALUES ('Anna', :email, 'pl', '2026-01-01', '2026-01-01')"
                ),
                {"email": address},
            )
        for number, verb in enumerate(("organisation.invited", "organisation.edited"), start=1):
            connection.execute(
                sa.text(
                    "INSERT INTO audit_entry (number, at, verb, object_type, object_id, detail_hash, hash)"
                    " VALUES (:number, '2026-01-01', :verb, 'organisation', 1, '', :number)"
                ),
                {"number": number, "verb": verb},
            )
            connection.execute(
                sa.text("INSERT INTO audit_detail (number, salt, detail) VALUES (:number, '', '{}')"),
                {"number": number},
            )
    migrations.upgrade(
        Config.from_environment({"PORTAL_VAR": str(tmp_path), "PORTAL_DATABASE_URL": config.database_url})
    )
    return engine


def test_a_domain_in_ascii_is_compared_by_its_letters_and_written_to_as_it_was(old: sa.Engine) -> None:
    with old.connect() as connection:
        found = dict(connection.execute(sa.text("SELECT email, typed_email FROM person")).all())
    assert found == {
        "a@faß.example": "a@xn--fa-hia.example",
        "b@example.org": None,
        "c@xn--fa-hia.example": None,  # its letters are somebody's already
        "c@faß.example": None,
        "d@xn--.example": None,
    }


def test_whom_somebody_invited_is_told_by_no_detail_any_more(old: sa.Engine) -> None:
    with old.connect() as connection:
        assert connection.scalars(sa.text("SELECT number FROM audit_detail")).all() == [2]
        assert connection.scalars(sa.text("SELECT number FROM audit_entry ORDER BY number")).all() == [1, 2]
