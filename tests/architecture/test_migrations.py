"""The migrations: up, down and up again on both databases; their head is what the models say."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from portal.ground import migrations
from portal.ground.config import Config
from tests.support.databases import Databases


@pytest.fixture
def empty(engine: str, databases: Databases, tmp_path: Path) -> Config:
    """The settings of a database without a table."""
    url = f"sqlite:///{tmp_path / 'empty.db'}" if engine == "sqlite" else databases.server.create("empty")
    return databases.config(tmp_path, url)


def tables(config: Config) -> set[str]:
    engine = sa.create_engine(config.database_url, poolclass=sa.NullPool)
    return set(sa.inspect(engine).get_table_names())


def execute(config: Config, statement: str) -> None:
    engine = sa.create_engine(config.database_url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)


def test_up_down_up_leaves_the_same(empty: Config) -> None:
    migrations.upgrade(empty)
    first = tables(empty)
    assert {"person", "organisation"} <= first
    migrations.downgrade(empty, "base")
    assert tables(empty) <= {"alembic_version"}
    migrations.upgrade(empty)
    assert tables(empty) == first


def test_head_equals_the_models(empty: Config) -> None:
    migrations.upgrade(empty)
    assert migrations.check(empty) == []


@pytest.mark.parametrize(
    "damage",
    ["ALTER TABLE person ADD COLUMN stray INTEGER", "CREATE TABLE stray (id INTEGER)", "DROP TABLE heartbeat"],
)
def test_check_rejects_a_database_that_differs(empty: Config, damage: str) -> None:
    migrations.upgrade(empty)
    execute(empty, damage)
    assert migrations.check(empty)


def test_check_rejects_a_database_that_is_behind(empty: Config) -> None:
    assert migrations.check(empty)


def test_upgrade_twice_is_harmless(empty: Config) -> None:
    migrations.upgrade(empty)
    migrations.upgrade(empty)
    assert migrations.check(empty) == []
