"""Keeping the facets of the directory: what each organisation is now, and the bitmaps that its pages count with.

Whoever changes an organisation writes its own row and a difference; the job `directory` merges the differences. What takes
long is read and made outside of a transaction, and thrown away when somebody else was faster.
"""

import logging
import re
import secrets
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from portal.declaration import facets
from portal.ground.bitmaps import Numbers, how_many, packed, shorter
from portal.ground.bitmaps import bits_of as bits
from portal.ground.db import db, transaction
from portal.ground.facts import announce
from portal.ground.statements import engine_name, in_batches, insert_into, streamed
from portal.organisations.facts import DirectoryChanged
from portal.organisations.models import (
    ASIDE,
    DirectoryBitmap,
    DirectoryChange,
    DirectoryMark,
    DirectoryTerms,
    Listing,
    Organisation,
    OrganisationStatus,
)
from portal.organisations.queries.bitmaps import (
    ASLEEP,
    LISTED,
    changes_from,
    stored_bitmaps,
    terms_said,
    with_changes,
)

log = logging.getLogger(__name__)

MERGED = 5000  # differences of one transaction
BATCH = 200  # organisations that are looked at again at once
MOST_PARAMETERS = 10_000
_EITHER = ("", ASIDE)  # an organisation has one of these rows in the directory
_CODE = re.compile(r"[A-Za-z0-9._-]{1,100}")


def follow(numbers: Collection[int]) -> None:
    """Let the directory say of these organisations what their facets say now. Inside the transaction that changed them and
    holds their rows."""
    db.session.flush()
    found = db.session.scalars(sa.select(Organisation).where(Organisation.id.in_(numbers)))
    follow_all(dict.fromkeys(numbers) | {one.id: one for one in found})


def follow_all(organisations: Mapping[int, Organisation | None], *, words_too: bool = False) -> None:
    """The same for objects at hand; None is one that is gone. `words_too` says that they may be found by other words."""
    stored = sa.select(DirectoryTerms.organisation_id, DirectoryTerms.terms).where(
        DirectoryTerms.organisation_id.in_(organisations)
    )
    said = dict(db.session.execute(stored).all())
    now = terms_of([one for one in organisations.values() if one is not None])
    rows: list[dict[str, object]] = []
    changes: list[dict[str, object]] = []
    for number in sorted(organisations):
        before, after = set(said.get(number, "").split()), now.get(number, set())
        if before != after:
            rows.append({"organisation_id": number, "terms": " ".join(sorted(after))})
            changes.append(
                {
                    "organisation_id": number,
                    "added": " ".join(sorted(after - before)),
                    "removed": " ".join(sorted(before - after)),
                    "listed": (LISTED in after) - (LISTED in before),
                    "token": secrets.token_hex(8),
                }
            )
    if changes:
        _keep(rows)
        db.session.execute(sa.insert(DirectoryChange), changes)
    others = organisations if words_too else {row["organisation_id"] for row in rows}
    if told := tuple(number for number in sorted(organisations) if number in others and LISTED in now.get(number, ())):
        announce(DirectoryChanged(told))


def _keep(rows: Sequence[Mapping[str, object]]) -> None:
    gone = [row["organisation_id"] for row in rows if not row["terms"]]
    if gone:
        db.session.execute(sa.delete(DirectoryTerms).where(DirectoryTerms.organisation_id.in_(gone)))
    kept = [row for row in rows if row["terms"]]
    if kept:
        new = insert_into(DirectoryTerms, engine_name())
        more = {"terms": new.excluded.terms}
        db.session.execute(new.on_conflict_do_update(index_elements=["organisation_id"], set_=more), kept)


def terms_of(organisations: Sequence[Organisation]) -> dict[int, set[str]]:
    """The terms of those that are public: of the directory by all facets, of others that they are aside."""
    public = [one for one in organisations if one.status == OrganisationStatus.PUBLISHED]
    listed = [one for one in public if one.dormant_since is None]
    terms = {one.id: {ASLEEP} for one in public} | {one.id: {LISTED} for one in listed}
    if listed:
        for facet in facets():
            for number, codes in facet.codes(listed).items():
                terms[number].update(f"{facet.name}:{code}" for code in codes if _CODE.fullmatch(code))
    return terms


def keep_up() -> int:
    """The job: let the directory know those that another release wrote past it, then merge; returns how many differences."""
    for numbers in in_batches(_apart(), BATCH):
        _followed(numbers)
    total = 0
    while (merged := merge()) == MERGED:  # more of them wait; what comes meanwhile is for the next time
        total += merged
    return total + max(merged, 0)


def merge() -> int:
    """Bring differences into the bitmaps; returns how many, or -1 when somebody else was faster. Outside a transaction."""
    db.session.rollback()
    mark = _mark()
    rows = changes_from(0, most=MERGED)
    if not rows and mark is not None:
        return 0
    before = stored_bitmaps()
    after, others = with_changes(before, rows)
    written = {term: after.get(term) for term in others}
    return _write(mark, written, [change.id for change in rows], after)


def rebuild() -> None:
    """Make all bitmaps anew of the rows. Outside a transaction."""
    for _ in range(10):
        db.session.rollback()
        mark = _mark()
        seen = [change.id for change in changes_from(0)]  # before the rows: these have them all
        grouped: dict[str, list[int]] = {}
        query = sa.select(DirectoryTerms.organisation_id, DirectoryTerms.terms).order_by(DirectoryTerms.organisation_id)
        for term, number in terms_said(streamed(query, 1000)):
            grouped.setdefault(term, []).append(number)
        made: dict[str, Numbers] = {term: shorter(bits(numbers)) for term, numbers in grouped.items()}
        old = db.session.scalars(sa.select(DirectoryBitmap.term)).all()
        if _write(mark, {**dict.fromkeys(old), **made}, seen, made) >= 0:
            return
    raise RuntimeError("Others merged the directory each time.")


def fill() -> None:
    """Look at all organisations anew, then make the bitmaps. One that cannot be read is left as it was. Outside a
    transaction."""
    numbers = db.session.scalars(sa.select(Organisation.id).order_by(Organisation.id)).all()
    db.session.rollback()
    for batch in in_batches(numbers, BATCH):
        if not _followed(batch):
            for number in batch:
                _followed([number])
    rebuild()


def _followed(numbers: Sequence[int]) -> bool:
    """Let the directory know what these are; did it work out?"""
    try:
        with transaction():
            _hold(numbers)
            follow(numbers)
    except Exception:
        log.warning(
            "The directory cannot be told of %s organisations from %s on", len(numbers), numbers[0], exc_info=True
        )
        return False
    return True


def _hold(numbers: Sequence[int]) -> None:
    """Keep these organisations from others, in one order for everybody."""
    held = sa.select(Organisation.id).where(Organisation.id.in_(numbers)).order_by(Organisation.id)
    db.session.execute(held.with_for_update()).all()


def _apart() -> Sequence[int]:
    """Organisations that are listed and have no terms, or the other way round."""
    listed = sa.select(Listing.organisation_id).where(Listing.theme.in_(_EITHER))
    said = sa.select(DirectoryTerms.organisation_id)
    lacking = listed.where(~sa.exists().where(DirectoryTerms.organisation_id == Listing.organisation_id))
    alone = said.where(
        ~sa.exists().where(Listing.organisation_id == DirectoryTerms.organisation_id, Listing.theme.in_(_EITHER))
    )
    found = [*db.session.scalars(lacking), *db.session.scalars(alone)]
    db.session.rollback()
    return sorted(found)


def _mark() -> str | None:
    return db.session.scalar(sa.select(DirectoryMark.value))


def _write(
    mark: str | None, bitmaps: Mapping[str, Numbers | None], seen: Sequence[int], all_of_them: Mapping[str, Numbers]
) -> int:
    """Put bitmaps in the place of those under `mark`, and take away the differences that they have; how many these were,
    or -1 when the bitmaps were others by now."""
    rows: list[dict[str, Any]] = [
        {"term": term, "numbers": packed(numbers)} for term, numbers in bitmaps.items() if numbers is not None
    ]
    gone = [term for term, numbers in bitmaps.items() if numbers is None]
    with transaction() as session:
        new = insert_into(DirectoryMark, engine_name()).values(id=1, value="", listed=0)
        session.execute(new.on_conflict_do_nothing(index_elements=["id"]))
        stands = session.scalar(sa.select(DirectoryMark.value).with_for_update())
        if (stands or None) != mark:
            return -1
        if rows:
            put = insert_into(DirectoryBitmap, engine_name())
            more = {"numbers": put.excluded.numbers}
            session.execute(put.on_conflict_do_update(index_elements=["term"], set_=more), rows)
        for some in in_batches(gone, MOST_PARAMETERS):
            session.execute(sa.delete(DirectoryBitmap).where(DirectoryBitmap.term.in_(some)))
        for numbers in in_batches(seen, MOST_PARAMETERS):
            session.execute(sa.delete(DirectoryChange).where(DirectoryChange.id.in_(numbers)))
        listed = how_many(all_of_them.get(LISTED, 0))
        session.execute(sa.update(DirectoryMark).values(value=secrets.token_hex(16), listed=listed))
    return len(seen)
