"""Who took part in what a record says: organisations of the directory, and others by their names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import sqlalchemy as sa

from portal.ground.db import db
from portal.ground.errors import Conflict, Refusal
from portal.organisations import queries as organisations
from portal.organisations.models import PUBLIC, Organisation, OrganisationStatus
from portal.projects.models import Record, RecordParty, Strengthened
from portal.projects.record_fields import PARTY_FIELDS
from portal.projects.services.record_rules import key_of
from portal.words.i18n import _l
from portal.words.slugs import slug_in

MOST = 200  # organisations of one record
LONGEST = 200  # characters of a name


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody whom a record names. `organisation_id` is None without a profile, `name` is empty with one."""

    organisation_id: int | None
    name: str
    kind: Strengthened

    @property
    def identity(self) -> int | str:
        return self.organisation_id or key_of(self.name)


Said: TypeAlias = tuple[list[Party], list[Refusal]]  # who took part, and what is no organisation
Known: TypeAlias = dict[tuple[str, Strengthened], Party | Refusal]  # what was found for a line


def read_parties(typed: Mapping[str, str], language: str, known: Known | None = None) -> Said:
    """Each line of each field, by profile where there is one with this address or this name; nobody twice.

    `typed` is the text by field: its lines are addresses of profiles or names. Each name is searched for, so this is done
    before the lock of a use-case is taken; `check_parties` looks again under it. What is in `known` is not searched for again.
    """
    known = {} if known is None else known
    found: dict[int | str, Party] = {}
    faults: list[Refusal] = []
    left = MOST
    for field, kind in PARTY_FIELDS.items():
        lines = lines_of(typed.get(field, ""))
        left -= len(lines)
        if left < 0:
            faults.append(Refusal(_l("Enter at most 200 organisations, one in a line."), field=field))
            break
        for line in lines:
            party = known.get((line, kind)) or known.setdefault((line, kind), _found(line, kind, language))
            if isinstance(party, Refusal):
                faults.append(Refusal(party.reason, field=field))
            else:
                found.setdefault(party.identity, party)
    return list(found.values()), faults


def lines_of(typed: str) -> list[str]:
    """The lines in which somebody is named."""
    return [" ".join(line.split()) for line in typed.splitlines() if line.strip()]


def _found(line: str, kind: Strengthened, language: str) -> Party | Refusal:
    try:
        return _party(line, kind, language)
    except Refusal as fault:
        return fault


def _party(line: str, kind: Strengthened, language: str) -> Party:
    slug = slug_in(line, "organisations")
    if slug:
        organisation = organisations.by_slug(slug)
        if organisation is None or OrganisationStatus(organisation.status) not in PUBLIC:
            words = _l("There is no public profile at this address: %(address)s", address=line[:LONGEST])
            raise Refusal(words)
        return Party(organisation.id, "", kind)
    if len(line) > LONGEST:
        raise Refusal(_l("A name of an organisation has at most 200 characters. Write one in a line."))
    alike = organisations.named_alike(line, language)
    if alike is not None:
        return Party(alike.id, "", kind)
    if not key_of(line):
        raise Refusal(_l("Write the name of each organisation with letters: %(name)s", name=line[:40]))
    return Party(None, line, kind)


def check_parties(parties: list[Party]) -> None:
    """Are the profiles still public? One may have been merged or hidden since it was looked up."""
    numbers = {one.organisation_id for one in parties if one.organisation_id is not None}
    query = sa.select(sa.func.count(Organisation.id)).where(
        Organisation.id.in_(numbers), Organisation.status.in_(PUBLIC)
    )
    if numbers and db.session.scalar(query) != len(numbers):
        raise Conflict(_l("A profile that is named here has changed in the meantime. Send the form once more."))


def write_parties(record: Record, parties: list[Party]) -> None:
    """These and nobody else took part (inside a transaction)."""
    session = db.session
    session.execute(sa.delete(RecordParty).where(RecordParty.record_id == record.id))
    if parties:
        session.execute(
            sa.insert(RecordParty),
            [
                {
                    "record_id": record.id, "organisation_id": party.organisation_id, "name": party.name,
                    "kind": party.kind, "key": "" if party.organisation_id else key_of(party.name),
                }
                for party in parties
            ],
        )  # fmt: skip
