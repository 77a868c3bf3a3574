"""What the page of a profile shows of rows beside its own, in one read: what it says, its contacts, people on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import sqlalchemy as sa

from portal.ground import clock
from portal.ground.db import db
from portal.organisations.models import ListedPerson, Organisation
from portal.organisations.nearness import Nearness
from portal.organisations.queries.contacts import ContactRow, SeenContacts, seen_contacts, seen_rows, values_for
from portal.organisations.queries.said import Said, said_of, said_rows
from portal.words.i18n import Localized


@dataclass(frozen=True, slots=True)
class SeenPerson:
    """Somebody whom a profile shows."""

    kind: str
    name: str
    work: Localized | None


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody sees of a profile beside its own row; people with the board first."""

    said: Said
    contacts: SeenContacts
    listed: Sequence[SeenPerson]


@cache
def _rows() -> sa.CompoundSelect[str, str, str | None, Localized | None, str, int, int]:
    """The table and a `ContactRow`, also of what is none. Contacts come first: theirs say of which type a column is."""
    contacts = seen_rows()
    listed = sa.select(
        sa.literal("person", sa.String), ListedPerson.kind, ListedPerson.name, ListedPerson.work,
        sa.literal("", sa.String), sa.literal(0), ListedPerson.id,
    ).where(
        ListedPerson.organisation_id.in_(sa.bindparam("numbers", expanding=True)),
        ListedPerson.confirmed_until > sa.bindparam("now"),
        sa.or_(ListedPerson.is_public, sa.bindparam("registered", type_=sa.Boolean)),
    )  # fmt: skip
    nothing = (sa.null(), sa.literal("", sa.String), sa.literal(0), sa.literal(0))
    said = [rows.with_only_columns(*list(rows.selected_columns)[1:], *nothing) for rows in said_rows()]
    own = contacts.with_only_columns(sa.literal("contact", sa.String), *contacts.selected_columns)
    return sa.union_all(own, listed, *said)


def seen_of(organisation: Organisation, near: Nearness) -> Seen:
    """What the profile shows today to somebody so near; one query, and what is hidden does not leave the database."""
    found: dict[str, list[ContactRow]] = {one: [] for one in ("contact", "person", "number", "term", "link")}
    values = {**values_for(organisation, near), "now": clock.now(), "registered": near >= Nearness.REGISTERED}
    for row in db.session.execute(_rows(), values):
        found[row[0]].append(ContactRow(*row[1:]))
    people = sorted(found.pop("person"), key=lambda row: (row.kind, row.id))
    contacts = seen_contacts(found.pop("contact"))
    said = said_of({table: [(row.kind, row.value or "") for row in rows] for table, rows in found.items()})
    return Seen(said, contacts, [SeenPerson(row.kind, row.value or "", row.label) for row in people])
