"""Do a database, the migrations and the models agree?"""

from typing import Protocol

import sqlalchemy as sa

from portal.ground.config import Config
from portal.ground.db import db
from portal.ground.migrations.chain import head
from portal.ground.migrations.running import current, opened


class OwnDdl(Protocol):
    """A module that makes tables or indexes of its own beside those of the models, such as those of the full text."""

    def is_own(self, name: str) -> bool: ...
    def missing(self, connection: sa.Connection) -> list[str]: ...


_own_ddl: list[OwnDdl] = []
_QUEUE = "huey_"  # on PostgreSQL the queue makes its tables itself, beside ours


def leave_to(module: OwnDdl) -> None:
    """Ask this module, and not the models, about what it makes itself."""
    _own_ddl.append(module)


def left_to_others(name: str) -> bool:
    """Is this table or index made by the queue, or by a module itself?"""
    return name.startswith(_QUEUE) or any(own.is_own(name) for own in _own_ddl)


def metadata() -> sa.MetaData:
    """The tables of all features that are imported; the application imports them all."""
    return db.metadata


def compare_options() -> dict[str, object]:
    return {"compare_type": True, "include_object": _ours}


def _ours(obj: object, name: str | None, kind: str, reflected: bool, compare_to: object) -> bool:
    """Leave the search engine's own tables and its expression indexes to the module that makes them."""
    return not (reflected and compare_to is None and name is not None and left_to_others(name))


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """How a migration writes a column's type: as what is stored, because a type of ours may be gone one day."""
    if kind == "type" and isinstance(item, sa.TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


def check(config: Config) -> list[str]:
    """Differences between the database, the migrations and the models; an empty list is good news."""
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    with opened(config) as connection:
        known, newest = current(connection), head()
        if known != newest:
            return [f"The database is at revision {known}, the code at {newest}."]
        context = MigrationContext.configure(connection, opts={"target_metadata": metadata(), **compare_options()})
        found = [str(difference) for difference in compare_metadata(context, metadata())]
        return found + _missing_ddl(connection)


def _missing_ddl(connection: sa.Connection) -> list[str]:
    return [f"Missing in the database: {name}" for own in _own_ddl for name in own.missing(connection)]
