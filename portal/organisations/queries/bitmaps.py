"""Which organisations have which terms, as each process keeps it: the stored bitmaps with the differences since.

One small statement a page says whether anything is new. What is new is then read: a few differences, or all bitmaps (some
megabytes at 100,000 organisations) after they were merged. So every process sees a change on its next page, and nobody who
changes an organisation writes a bitmap.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import sqlalchemy as sa

from portal.ground.appvar import AppVar
from portal.ground.bitmaps import NOTHING, Numbers, as_bits, changed, how_many, united, unpacked
from portal.ground.data_version import DataVersion
from portal.ground.db import db
from portal.organisations.models import DirectoryBitmap, DirectoryChange, DirectoryMark

LISTED = "listed:yes"  # the term of everything in the directory
ASLEEP = "listed:aside"  # the only term of what is shown to those who ask for it
TRIES = 5  # to read bitmaps and differences that belong together, while others merge


class Key(NamedTuple):
    """What was read. Differences only become more under one mark, so their number and the last one say which there are,
    also where PostgreSQL lets a later one be seen earlier. Mark and token are random: a database that was restored never
    says an old key again for other data."""

    mark: str
    changes: int
    last: int
    token: str


class Change(NamedTuple):
    """A difference: an organisation with the terms that it got and lost."""

    id: int
    token: str
    organisation_id: int
    added: Sequence[str]
    removed: Sequence[str]


@dataclass(frozen=True, slots=True)
class Known:
    """All terms at one moment. `sizes` and `unions` are counted when somebody asks."""

    key: Key
    terms: Mapping[str, Numbers]
    sizes: dict[str, int] = field(default_factory=dict)
    unions: dict[tuple[str, ...], int] = field(default_factory=dict)
    codes: dict[str, list[str]] = field(default_factory=dict)

    @property
    def everything(self) -> int:
        """All organisations of the directory, as bits."""
        return self.bits(LISTED)

    def bits(self, term: str) -> int:
        return as_bits(self.terms.get(term, NOTHING))

    def size(self, term: str) -> int:
        """How many have a term."""
        if term not in self.sizes:
            self.sizes[term] = how_many(self.terms.get(term, NOTHING))
        return self.sizes[term]

    def codes_of(self, facet: str) -> Sequence[str]:
        """The codes of a facet that anybody has."""
        if not self.codes:
            grouped: dict[str, list[str]] = {}
            for term in sorted(self.terms):
                name, _colon, code = term.partition(":")
                grouped.setdefault(name, []).append(code)
            self.codes.update(grouped)
        return self.codes.get(facet, ())

    def union(self, terms: Iterable[str]) -> int:
        """Those that have at least one of these terms, as bits."""
        wanted = tuple(terms)
        if len(wanted) == 1:
            return self.bits(wanted[0])
        if wanted not in self.unions:
            if len(self.unions) > MOST_UNIONS:
                self.unions.clear()
            self.unions[wanted] = united(self.terms.get(term, NOTHING) for term in wanted)
        return self.unions[wanted]


MOST_UNIONS = 100  # that are kept: 12 kB each with 100,000 organisations
_KEPT: AppVar[list[Known]] = AppVar("directory", list)

_KEY = sa.select(
    sa.select(DataVersion.value).scalar_subquery(),
    sa.select(DirectoryMark.value).scalar_subquery(),
    sa.select(sa.func.count()).select_from(DirectoryChange).scalar_subquery(),
    sa.select(sa.func.coalesce(sa.func.max(DirectoryChange.id), 0)).scalar_subquery(),
    sa.select(DirectoryChange.token).order_by(DirectoryChange.id.desc()).limit(1).scalar_subquery(),
)
_CHANGES = (
    sa.select(
        DirectoryChange.id,
        DirectoryChange.token,
        DirectoryChange.organisation_id,
        DirectoryChange.added,
        DirectoryChange.removed,
    )
    .where(DirectoryChange.id >= sa.bindparam("first", type_=sa.Integer))
    .order_by(DirectoryChange.id)
)
_BITMAPS = sa.select(DirectoryBitmap.term, DirectoryBitmap.numbers)


def known() -> Known:
    """The directory as it is now: what this process kept of it, if nothing has changed since."""
    return known_under()[0]


def known_under() -> tuple[Known, str | None]:
    """The same, with the version of the data (`ground.data_version`) under which what is read from now on may be kept."""
    kept, (key, version) = _KEPT.get(), _key()
    if kept and kept[-1].key == key:
        return kept[-1], version
    found = _newer(kept[-1], key) if kept else None
    found = found or _read_whole(key)
    kept[:] = [found]
    return found, version


def stored_bitmaps() -> dict[str, Numbers]:
    """The bitmaps as they were merged last, without the differences since."""
    return {term: unpacked(numbers) for term, numbers in db.session.execute(_BITMAPS)}


def changes_from(number: int, *, most: int | None = None) -> Sequence[Change]:
    """The differences from this one on, in their order: all, or so many."""
    rows = db.session.execute(_CHANGES.limit(most) if most else _CHANGES, {"first": number})
    return [Change(row[0], row[1], row[2], row[3].split(), row[4].split()) for row in rows]


def with_changes(terms: Mapping[str, Numbers], changes: Iterable[Change]) -> tuple[dict[str, Numbers], set[str]]:
    """The sets after these differences, one after the other, and which of them are others now."""
    after = dict(terms)
    last: dict[str, dict[int, bool]] = {}
    for change in changes:
        for names, has in ((change.removed, False), (change.added, True)):
            for term in names:
                last.setdefault(term, {})[change.organisation_id] = has
    for term, those in last.items():
        added, removed = _those(those, True), _those(those, False)
        after[term] = changed(after.get(term, NOTHING), added, removed)
        if not after[term]:
            del after[term]
    return after, set(last)


def _those(has: Mapping[int, bool], wanted: bool) -> Collection[int]:
    return [number for number, has_it in has.items() if has_it is wanted]


def _key() -> tuple[Key, str | None]:
    version, mark, changes, last, token = db.session.execute(_KEY).one()
    return Key(mark or "", changes, last, token or ""), version


def _newer(before: Known, key: Key) -> Known | None:
    """What was kept with the differences that came since; None when they are not all that has changed."""
    if before.key.mark != key.mark:
        return None
    rows = [change for change in changes_from(before.key.last) if change.id <= key.last]
    if before.key.last and (not rows or rows.pop(0)[:2] != (before.key.last, before.key.token)):
        return None
    if before.key.changes + len(rows) != key.changes:
        return None
    return Known(key, with_changes(before.terms, rows)[0])


def _read_whole(key: Key) -> Known:
    bitmaps, rows = stored_bitmaps(), changes_from(0)
    for _ in range(TRIES):
        after, _version = _key()
        if after.mark == key.mark:
            break
        key, bitmaps, rows = after, stored_bitmaps(), changes_from(0)
    last = (rows[-1].id, rows[-1].token) if rows else (0, "")
    return Known(Key(key.mark, len(rows), *last), with_changes(bitmaps, rows)[0])


def terms_said(rows: Iterable[tuple[int, str]]) -> Iterator[tuple[str, int]]:
    """(term, organisation) of stored rows of terms."""
    for number, terms in rows:
        for term in terms.split():
            yield term, number
