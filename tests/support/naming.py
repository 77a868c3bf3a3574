"""Which columns of the database name people: read off the metadata, so that a new table cannot be forgotten."""

from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from portal.words.i18n import LocalizedText

# Text columns in which a person's own name, address or words about where they belong may stand.
PERSONAL = ("name", "email", "phone", "affiliation", "speakers", "address", "surname")
WHOLE = ("to",)
# Numbers of people need not be foreign keys: the audit trail outlives them.
NUMBERS = ("person_id", "actor_id", "author_id")


def person_columns(metadata: sa.MetaData) -> Iterator[sa.Column[object]]:
    """Every column that holds the number of a person."""
    for table in metadata.tables.values():
        for column in table.columns:
            is_key = any(key.target_fullname == "person.id" for key in column.foreign_keys)
            if is_key or column.name in NUMBERS or column.name.endswith("_by"):
                yield column


def personal_columns(metadata: sa.MetaData) -> Iterator[sa.Column[object]]:
    """Every text column that looks as if it held the name or the address of a person."""
    for table in metadata.tables.values():
        for column in table.columns:
            is_text = isinstance(column.type, sa.String) and not isinstance(column.type, LocalizedText)
            if is_text and (column.name in WHOLE or set(column.name.split("_")) & set(PERSONAL)):
                yield column


def full_names(columns: Iterable[sa.Column[object]]) -> set[str]:
    return {f"{column.table.name}.{column.name}" for column in columns}
