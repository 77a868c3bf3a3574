"""What was built must not break: a portal of each release is brought up, down and up again with everything in it."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import checking, mail, rebuilding
from portal.accounts.models import Account
from portal.face.media import storage
from portal.ground import backup, migrations
from portal.ground.backup import archive
from portal.ground.backup.rows import load, stored_tables
from portal.ground.config import CONFIG
from portal.ground.db import db, transaction
from tests.architecture.sources import ROOT
from tests.support.rebuilding import quietly
from tests.support.releases import RELEASES, contents, kept, numbers, own_directory, restored

each_release = pytest.mark.parametrize("release", RELEASES)


def test_every_release_has_its_backup() -> None:
    assert {path.name for path in (ROOT / "tests" / "data").glob("*.tar.gz")} == {f"{one}.tar.gz" for one in RELEASES}


def lacks(connection: sa.Connection) -> list[str]:
    """What a filled portal lacks: tables without a row, columns that may be NULL and are never or always."""
    found = []
    for table in stored_tables(connection):
        number = connection.scalar(sa.select(sa.func.count()).select_from(table))
        found += [f"{table.name} has no row"] if not number else []
        for column in table.columns:
            filled = connection.scalar(sa.select(sa.func.count(column)))
            if column.nullable and number and filled in (0, number):
                found.append(f"{column} is {'never' if filled else 'always'} NULL")
    return found


@each_release
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_backup_has_every_table_and_every_nullable_column_both_ways(app: Flask, release: str, tmp_path: Path) -> None:
    config = restored(app, release, tmp_path, migrations.releases()[release])
    with migrations.opened(config) as connection:
        assert lacks(connection) == []
        connection.exec_driver_sql("DELETE FROM sign_up")
        connection.exec_driver_sql("UPDATE room SET capacity = 1")
        assert lacks(connection) == ["sign_up has no row", "room.capacity is never NULL"]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_secrets_that_0_1_0_backed_up_in_plain_are_sealed_again(app: Flask, tmp_path: Path) -> None:
    restored(app, "0.1.0", tmp_path)
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    assert db.session.scalars(sa.select(Account.totp_secret).where(Account.totp_since.is_not(None))).all() == [secret]
    backup.backup(tmp_path / "second.tar", storage)
    assert secret.encode() not in (tmp_path / "second.tar").read_bytes()


@each_release
def test_up_down_and_up_keep_everything(app: Flask, release: str, tmp_path: Path) -> None:
    own = migrations.releases()[release]
    config = restored(app, release, tmp_path, own)
    first = contents(config)
    with archive.opened(kept(release, tmp_path)) as opened:
        assert numbers(first) == opened.counts

    migrations.upgrade(config)
    second = contents(config)
    assert {name: numbers(second)[name] for name in first} == numbers(first)
    assert migrations.check(config) == []

    migrations.downgrade(config, own)
    assert contents(config) == first

    migrations.upgrade(config)
    assert contents(config) == second
    assert migrations.check(config) == []


@each_release
def test_portal_is_as_it_must_be_after_the_upgrade_and_its_first_night(
    app: Flask, release: str, tmp_path: Path
) -> None:
    """The night takes old mails: some of the sample were marked as sent by hand, so that they keep words that none keeps."""
    restored(app, release, tmp_path)
    rebuilding.follow_rules(quietly)
    with transaction():
        mail.remove_old()
    assert list(checking.run()) == []


@each_release
def test_rows_of_the_code_before_fit_the_new_schema(app: Flask, release: str, tmp_path: Path) -> None:
    """Its code names its own columns only: whatever else a table has must be filled by the database."""
    own = migrations.releases()[release]
    if own not in migrations.runs_with(str(migrations.head())):
        return  # a migration has declared that this release is too old
    first = contents(restored(app, release, tmp_path, own))
    config = CONFIG.of(app)
    with migrations.opened(config) as connection:
        columns = {table.name: table.columns.keys() for table in stored_tables(connection)}
        for table in reversed(stored_tables(connection)):
            connection.execute(sa.delete(table))
    migrations.upgrade(config)
    with archive.opened(kept(release, tmp_path)) as opened, migrations.opened(config) as connection:
        for table in [table for table in stored_tables(connection) if table.name in columns]:
            form = opened.form(table.name)
            form = type(form)(columns[table.name], form.decode)
            load(connection, table, opened.part(f"tables/{table.name}.jsonl"), form)
    assert numbers(contents(config)) == numbers(contents(config)) | numbers(first)


BAD = '''"""A column that old rows cannot have.

Revision: bad
"""

import sqlalchemy as sa
from alembic import op

revision = "bad"
down_revision = "{head}"


def upgrade() -> None:
    op.add_column("room", sa.Column("floor", sa.Integer(), nullable=False))


def downgrade() -> None:
    op.drop_column("room", "floor")
'''


def test_column_that_old_rows_cannot_have_fails(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = restored(app, RELEASES[-1], tmp_path, migrations.releases()[RELEASES[-1]])
    directory = own_directory(tmp_path, monkeypatch)
    (directory / "versions" / "bad.py").write_text(BAD.format(head=migrations.head()))
    with pytest.raises(sa.exc.DBAPIError, match=r"(?i)not.null"):
        migrations.upgrade(config)
