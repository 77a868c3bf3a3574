"""Making a new migration from the difference between the models and the database."""

import secrets
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from portal.ground.config import Config
from portal.ground.migrations.chain import head
from portal.ground.migrations.running import SchemaError, alembic, current, opened

if TYPE_CHECKING:
    from alembic.operations.ops import MigrationScript

# Date and time in UTC come first, so that a directory shows the migrations in their order.
FILE = "%%(year)d%%(month).2d%%(day).2d_%%(hour).2d%%(minute).2d_%%(rev)s_%%(slug)s"


def write(config: Config, words: str, *, empty: bool = False) -> Path:
    """Write a migration that makes the database what the models say; `words` are its first line.

    With `empty` there is nothing in it yet. Raises SchemaError when the database is not at the newest revision, or when it
    agrees with the models already.
    """
    from alembic import command

    with opened(config) as connection:
        if current(connection) != head():
            raise SchemaError("The database is not at the newest revision: run `portal db upgrade` first.")
        settings = alembic(connection)
        settings.cmd_opts = Namespace(quiet=True)
        settings.set_main_option("file_template", FILE)
        settings.set_main_option("timezone", "UTC")
        script = command.revision(
            settings,
            message=words,
            autogenerate=not empty,
            rev_id=secrets.token_hex(4),
            process_revision_directives=None if empty else _only_with_difference,
        )
        if not script or isinstance(script, list):
            raise SchemaError("The database agrees with the models: there is nothing to write.")
        return _without_remarks(Path(script.path))


def _without_remarks(path: Path) -> Path:
    """Take out what Alembic says about itself in every migration."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.lstrip().startswith("# ###")), "utf-8")
    return path


def _only_with_difference(_context: object, _revision: object, directives: "list[MigrationScript]") -> None:
    """Write no file when nothing would stand in it."""
    if directives[0].upgrade_ops is not None and directives[0].upgrade_ops.is_empty():
        directives.clear()
