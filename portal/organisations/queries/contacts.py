"""The ways to reach an organisation, for whoever may see them: what is hidden does not leave the database."""

import json
import zlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import sqlalchemy as sa

from portal.ground.db import db
from portal.organisations.models import Contact, ContactKind, Organisation
from portal.organisations.nearness import Nearness
from portal.words.i18n import Localized

MOST_CONTACTS = 10


@dataclass(frozen=True, slots=True)
class SeenContact:
    """A contact as somebody sees it."""

    kind: str
    value: str
    label: Localized | None
    visibility: str


@dataclass(frozen=True, slots=True)
class SeenContacts:
    """What somebody sees, in its order, and for whom there is more."""

    shown: Sequence[SeenContact]
    hidden: frozenset[str]


class ContactRow(NamedTuple):
    """A contact as it leaves the database: what is hidden is None."""

    kind: str
    value: str | None
    label: Localized | None
    visibility: str
    position: int
    id: int


@cache
def seen_rows() -> sa.Select[str, str | None, Localized | None, str, int, int]:
    """The `ContactRow`s of `numbers`, organisations; `values_for` says the rest of what is bound.

    A value that is hidden is NULL already in what the database answers.
    """
    streets = sa.bindparam("streets", True, type_=sa.Boolean)
    is_seen = sa.and_(
        Contact.visibility.in_(sa.bindparam("seen", expanding=True)),
        sa.or_(Contact.kind != ContactKind.ADDRESS, streets),
    )
    return sa.select(
        Contact.kind,
        sa.case((is_seen, Contact.value), else_=None),
        sa.case((is_seen, Contact.label), else_=None),
        Contact.visibility,
        Contact.position,
        Contact.id,
    ).where(Contact.organisation_id.in_(sa.bindparam("numbers", expanding=True)))


def contacts_seen(organisation: Organisation, near: Nearness) -> SeenContacts:
    """The contacts of an organisation for somebody so near; one query."""
    rows = db.session.execute(seen_rows(), values_for(organisation, near))
    return seen_contacts(ContactRow(*row) for row in rows)


def values_for(organisation: Organisation, near: Nearness) -> dict[str, object]:
    """What `seen_rows` is asked with. The street of an informal group is for few."""
    streets = near.sees_homes or not organisation.informal
    return {"numbers": [organisation.id], "seen": list(near.seen), "streets": streets}


def seen_contacts(rows: Iterable[ContactRow]) -> SeenContacts:
    """The same from rows that were read with others."""
    ordered = sorted(rows, key=lambda row: (row.position, row.id))
    shown = [SeenContact(row.kind, row.value, row.label, row.visibility) for row in ordered if row.value is not None]
    return SeenContacts(shown, frozenset(row.visibility for row in ordered if row.value is None))


def contacts_of(organisation: Organisation) -> Sequence[Contact]:
    """All contacts in their order, for those who write them."""
    return db.session.scalars(
        sa.select(Contact).where(Contact.organisation_id == organisation.id).order_by(Contact.position, Contact.id)
    ).all()


def kinds_of_contacts(organisation: Organisation) -> frozenset[str]:
    """Which kinds of contacts there are, whoever sees them."""
    kinds = sa.select(Contact.kind).where(Contact.organisation_id == organisation.id).distinct()
    return frozenset(db.session.scalars(kinds))


def contacts_version(organisation: Organisation, contacts: Sequence[Contact]) -> int:
    """What the rows say as a number below ten digits: another one as soon as somebody saves anything else."""
    said = [
        (one.id, one.kind, one.value, one.label and one.label.as_json(), one.visibility, one.position)
        for one in contacts
    ]
    return zlib.crc32(json.dumps([organisation.contact_form, said], sort_keys=True).encode()) % 1_000_000_000


def addresses_of(organisation: Organisation) -> Sequence[str]:
    """The e-mail addresses of an organisation in their order, whoever sees them: where the contact form leads."""
    return db.session.scalars(
        sa.select(Contact.value)
        .where(Contact.organisation_id == organisation.id, Contact.kind == ContactKind.EMAIL)
        .order_by(Contact.position, Contact.id)
    ).all()


def with_contact(addresses: Collection[str]) -> Sequence[Organisation]:
    """The organisations that have one of these addresses among their contacts."""
    known = sa.select(Contact.organisation_id).where(
        Contact.kind == ContactKind.EMAIL, sa.func.lower(Contact.value).in_(addresses)
    )
    return db.session.scalars(sa.select(Organisation).where(Organisation.id.in_(known)).order_by(Organisation.id)).all()


def contacts_with(address: str) -> Sequence[tuple[Organisation, str]]:
    """The organisations that have this address among their contacts, with who sees it there (a code)."""
    query = (
        sa.select(Organisation, Contact.visibility)
        .join(Contact, Contact.organisation_id == Organisation.id)
        .where(Contact.kind == ContactKind.EMAIL, sa.func.lower(Contact.value) == address.lower())
        .order_by(Organisation.id, Contact.position, Contact.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def with_earlier_contacts() -> Sequence[int]:
    """The organisations for which code of 0.1.0 has written a contact since the migration."""
    there = sa.or_(Organisation.contact_email != "", Organisation.contact_phone != "")
    return db.session.scalars(sa.select(Organisation.id).where(there).order_by(Organisation.id)).all()
