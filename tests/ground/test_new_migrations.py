"""`portal db revision`: a dated migration from the difference between the models and the database."""

import re
from pathlib import Path

import pytest
from flask import Flask

from portal.ground import migrations
from portal.ground.config import CONFIG, Config
from tests.support.releases import own_directory


@pytest.fixture
def config(app: Flask) -> Config:
    return CONFIG.of(app)


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return own_directory(tmp_path, monkeypatch)


def execute(config: Config, *statements: str) -> None:
    with migrations.opened(config) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_difference_becomes_a_dated_migration_that_makes_it_good(config: Config, directory: Path) -> None:
    before = migrations.head()
    execute(config, "ALTER TABLE slot DROP COLUMN name", "ALTER TABLE room DROP COLUMN capacity")
    path = migrations.write(config, "Rooms have a capacity")
    assert path.parent == directory / "versions"
    assert re.fullmatch(r"20\d{6}_\d{4}_[0-9a-f]{8}_rooms_have_a_capacity\.py", path.name)
    text = path.read_text("utf-8")
    assert text.startswith('"""Rooms have a capacity.\n')
    assert f'down_revision = "{before}"' in text
    assert "sa.Column('name', sa.Text(), nullable=True)" in text  # what is stored, not the type of the models
    assert "# ###" not in text
    assert migrations.head() != before
    migrations.upgrade(config)
    assert migrations.check(config) == []


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_nothing_is_written_without_a_difference(config: Config, directory: Path) -> None:
    before = sorted((directory / "versions").glob("*.py"))
    with pytest.raises(migrations.SchemaError, match="nothing to write"):
        migrations.write(config, "Nothing")
    assert sorted((directory / "versions").glob("*.py")) == before
    assert "pass" in migrations.write(config, "Rows only", empty=True).read_text("utf-8")


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_database_that_is_behind_is_refused(config: Config) -> None:
    migrations.downgrade(config, "20261121_versions")
    with pytest.raises(migrations.SchemaError, match="portal db upgrade"):
        migrations.write(config, "Too early")
