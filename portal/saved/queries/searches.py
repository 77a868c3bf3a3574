"""Who keeps which searches, and which of them a look is owed to."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from portal.ground.bitmaps import as_bits, unpacked
from portal.ground.db import UtcDateTime, db
from portal.ground.links import LinkToken
from portal.ground.mailboxes import mailbox_key
from portal.mail import Frequency
from portal.saved.models import Reader, SavedSearch

BATCH = 500  # searches read at a time


class Owed(NamedTuple):
    """A search that is to be looked at; `filters` as they are stored."""

    id: int
    filters: str
    looked_at: dt.datetime


def owed(frequency: Frequency, before: dt.datetime, now: dt.datetime) -> Iterator[Sequence[Owed]]:
    """The confirmed searches of this frequency that were looked at before a moment, a few at a time.

    Those that were looked at in the future are among them: the clock went back.
    """
    ripe = sa.or_(SavedSearch.looked_at <= before, SavedSearch.looked_at > now)
    query = (
        sa.select(SavedSearch.id, SavedSearch.filters, SavedSearch.looked_at)
        .where(SavedSearch.frequency == frequency, SavedSearch.confirmed_at.is_not(None), ripe)
        .order_by(SavedSearch.id)
        .limit(BATCH)
    )
    last = 0
    while rows := [Owed(*row) for row in db.session.execute(query.where(SavedSearch.id > last))]:
        yield rows
        last = rows[-1].id


def told_by(number: int) -> int:
    """The organisations that a search has told, as bits."""
    stored = db.session.scalar(sa.select(SavedSearch.told).where(SavedSearch.id == number))
    return as_bits(unpacked(stored)) if stored is not None else 0


def oldest_look() -> dt.datetime | None:
    """When the search was looked at that waits longest, for its mails or for a yes; None when there is none."""
    wanted = SavedSearch.frequency != Frequency.NEVER
    return db.session.scalar(sa.select(sa.func.min(SavedSearch.looked_at, type_=UtcDateTime)).where(wanted))


def reader_by_email(address: str) -> Reader | None:
    """Who keeps searches under a mail address, in whichever spelling."""
    return db.session.scalar(sa.select(Reader).where(Reader.email == mailbox_key(address)))


def reader_of(link: LinkToken) -> Reader | None:
    """Whose searches a link of a mail is for."""
    return db.session.get(Reader, link.subject_id)


def of_reader(reader_id: int) -> Sequence[SavedSearch]:
    """All searches of a reader, those that wait for a confirmation too, newest first."""
    return db.session.scalars(
        sa.select(SavedSearch)
        .where(SavedSearch.reader_id == reader_id)
        .order_by(SavedSearch.id.desc())
        .options(joinedload(SavedSearch.reader))
    ).all()


def number_of(address: str) -> int:
    """How many searches are kept under a mail address, those that wait for a confirmation too."""
    query = sa.select(sa.func.count()).select_from(SavedSearch).join(SavedSearch.reader)
    return db.session.scalar(query.where(Reader.email == mailbox_key(address))) or 0


def saved_by_number(number: int) -> SavedSearch | None:
    """A search with its reader."""
    return db.session.scalar(
        sa.select(SavedSearch)
        .join(SavedSearch.reader)
        .where(SavedSearch.id == number)
        .options(contains_eager(SavedSearch.reader))
    )


def kept_alike(reader_id: int, digest: str) -> SavedSearch | None:
    """The same search, when the reader keeps it already."""
    return db.session.scalar(
        sa.select(SavedSearch).where(SavedSearch.reader_id == reader_id, SavedSearch.digest == digest)
    )


def waiting_of(reader_id: int) -> Sequence[SavedSearch]:
    """The searches of a reader that nobody has confirmed, oldest first."""
    return db.session.scalars(
        sa.select(SavedSearch)
        .where(SavedSearch.reader_id == reader_id, SavedSearch.confirmed_at.is_(None))
        .order_by(SavedSearch.id)
    ).all()


def unconfirmed(before: dt.datetime) -> Sequence[int]:
    """Searches that were kept before a moment and that nobody has confirmed."""
    old = sa.and_(SavedSearch.confirmed_at.is_(None), SavedSearch.saved_at < before)
    return db.session.scalars(sa.select(SavedSearch.id).where(old).order_by(SavedSearch.id)).all()


def empty_readers(before: dt.datetime) -> Sequence[int]:
    """Readers who have had no search since a moment."""
    none = ~sa.exists().where(SavedSearch.reader_id == Reader.id)
    return db.session.scalars(sa.select(Reader.id).where(none, Reader.changed_at < before).order_by(Reader.id)).all()
