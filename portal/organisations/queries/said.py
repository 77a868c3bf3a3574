"""What an organisation says of itself in rows beside its own: numbers, terms, links and other names."""

import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from portal.ground.db import db
from portal.organisations.fields import ASKED, LINK_FIELDS, PROFILE, SCHEME_OF
from portal.organisations.identifiers import SCHEMES
from portal.organisations.models import (
    KIND,
    Identifier,
    Link,
    NameKind,
    Organisation,
    OrganisationTerm,
    OtherName,
    Scheme,
)
from portal.organisations.themes import terms
from portal.words import search
from portal.words.fields import Kind
from portal.words.text import fold


@dataclass(frozen=True, slots=True)
class Said:
    """Numbers by scheme of the register, codes by scheme in the order of their list, addresses by kind of link."""

    numbers: Mapping[str, str]
    terms: Mapping[str, tuple[str, ...]]
    links: Mapping[str, str]


def said_rows() -> Sequence[sa.Select[int, str, str, str]]:
    """What `numbers`, organisations, say: (organisation, which of the three, its key, its value)."""
    numbers: sa.BindParameter[int] = sa.bindparam("numbers", expanding=True)
    said = sa.String
    return (
        sa.select(Identifier.organisation_id, sa.literal("number", said), Identifier.scheme, Identifier.value).where(
            Identifier.organisation_id.in_(numbers), sa.not_(Identifier.retired)
        ),
        sa.select(
            OrganisationTerm.organisation_id, sa.literal("term", said), OrganisationTerm.scheme, OrganisationTerm.code
        ).where(OrganisationTerm.organisation_id.in_(numbers)),
        sa.select(Link.organisation_id, sa.literal("link", said), Link.kind, Link.url).where(
            Link.organisation_id.in_(numbers)
        ),
    )


@cache
def _rows() -> sa.CompoundSelect[int, str, str, str]:
    return sa.union_all(*said_rows())


def said_by(organisation: Organisation) -> Said:
    """All of it, in one query."""
    return said_by_each([organisation.id])[organisation.id]


def said_by_each(organisations: Sequence[int]) -> Mapping[int, Said]:
    """The same of some organisations, by their numbers."""
    found: dict[int, dict[str, list[tuple[str, str]]]] = {
        number: {"number": [], "term": [], "link": []} for number in organisations
    }
    for number, table, key, value in db.session.execute(_rows(), {"numbers": list(organisations)}):
        found[number][table].append((key, value))
    return {number: said_of(rows) for number, rows in found.items()}


def said_of(rows: Mapping[str, Sequence[tuple[str, str]]]) -> Said:
    """The same of one, from rows that were read with others."""
    codes: dict[str, set[str]] = {}
    for scheme, code in rows["term"]:
        codes.setdefault(scheme, set()).add(code)
    ordered = {scheme: in_list_order(Scheme(scheme), codes[scheme]) for scheme in codes}
    return Said(dict(sorted(rows["number"])), ordered, dict(rows["link"]))


def in_list_order(scheme: Scheme, codes: Collection[str]) -> tuple[str, ...]:
    """The codes as their list has them; one that it no longer has goes."""
    return tuple(term.code for term in terms(scheme) if term.code in codes)


def by_field(said: Said) -> dict[str, object]:
    """The same by field of the form, with nothing for what was not said."""
    found: dict[str, object] = {field: said.numbers.get(scheme, "") for field, scheme in SCHEMES.items()}
    found |= {field: said.links.get(field, "") for field in LINK_FIELDS}
    for field, scheme in SCHEME_OF.items():
        codes = said.terms.get(scheme, ())
        found[field] = codes if ASKED[field].kind is Kind.SEVERAL else "".join(codes[:1])
    return found


def stored(organisation: Organisation) -> dict[str, object]:
    """The whole profile in its own language, by field of the form."""
    return PROFILE.read(organisation, organisation.name.original) | by_field(said_by(organisation))


def edition(values: Mapping[str, object]) -> int:
    """What tells apart two states of some fields: their version, whatever else was saved in the profile.

    Nine digits, so it is no number that a row counts its savings by.
    """
    said = sorted((name, sorted(value) if isinstance(value, tuple) else value or "") for name, value in values.items())
    return 10**8 + zlib.crc32(repr(said).encode()) % (9 * 10**8)


ALIKE = 30  # hits of a name that are compared with it, the best first


def named_alike(name: str, language: str, *, besides: int | None = None) -> Organisation | None:
    """A published organisation that is called so, whatever the case, the marks or the script; the first in the alphabet."""
    doubles = called(name, language, besides=besides)
    return db.session.get(Organisation, doubles[0]) if doubles else None


def called(name: str, language: str, *, besides: int | None = None) -> Sequence[int]:
    """The published organisations that are or were called so, whatever the case, the marks or the script, as the search
    orders them."""
    wanted = fold(name)
    hits = search.search(name, lang=language, kinds=[KIND], limit=ALIKE).items if wanted else ()
    found = {hit.id: [fold(text) for text in hit.titles.texts.values()] for hit in hits if hit.id != besides}
    others = sa.select(OtherName.organisation_id, OtherName.text).where(OtherName.organisation_id.in_(found))
    for number, text in db.session.execute(others) if found else ():
        found[number].append(fold(text))
    return [number for number, names in found.items() if wanted in names]


def name_at(slug: str, number: int) -> OtherName | None:
    """One of the other names of the organisation at an address."""
    query = sa.select(OtherName).join(OtherName.organisation).options(contains_eager(OtherName.organisation))
    return db.session.scalar(query.where(OtherName.id == number, Organisation.slug == slug))


def names_of(organisation: Organisation) -> Sequence[OtherName]:
    """The other names of an organisation: of today first, then former ones, the latest first."""
    query = sa.select(OtherName).where(OtherName.organisation_id == organisation.id).order_by(OtherName.id)
    return sorted(db.session.scalars(query), key=lambda name: (name.kind == NameKind.FORMER, -(name.until_year or 0)))
