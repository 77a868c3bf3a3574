"""Telling what is new: each organisation once to each search, whenever this runs, and however often it is cut short.

A search is looked at in memory, with the others of its batch, at the few organisations that are other than before. Only one
that finds something which it has not told yet takes a transaction: its row is locked, what is new is taken from it once more,
and the mail is queued together with the note that it was told. So of two workers one finds nothing left, and what a killed
one had not written is found again.
"""

import datetime as dt
import logging
from collections.abc import Sequence

import sqlalchemy as sa

from portal import mail
from portal.accounts.queries import person_by_email
from portal.ground import clock
from portal.ground.batches import each
from portal.ground.bitmaps import as_bits, bits_of, numbers_of, packed, shorter, unpacked
from portal.ground.db import transaction
from portal.ground.locks import locked_if_there
from portal.mail import Frequency
from portal.saved import mails, queries
from portal.saved.models import Reader, SavedSearch
from portal.saved.queries import Owed
from portal.saved.searches import Search
from portal.saved.services.noting import KEPT, OVERLAP
from portal.saved.words import KnownCodes

log = logging.getLogger(__name__)

WEEK = dt.timedelta(days=7)
NAMED = 10  # organisations that a mail names; of the others it says how many they are


def tell_all() -> int:
    """Queue the mails that are owed at this moment: at once for searches that want it, after a week for the others.

    Returns how many mails there were. One search that cannot be looked at stops no other, and is tried again.
    """
    now, known, letters = clock.now(), KnownCodes(), 0
    for frequency, before in ((Frequency.IMMEDIATE, now), (Frequency.WEEKLY, now - WEEK)):
        for batch in queries.owed(frequency, before, now):
            letters += _look(batch, known, now)
    if letters:
        log.info("mails of saved searches queued", extra={"letters": letters})
    return letters


def _look(batch: Sequence[Owed], known: KnownCodes, now: dt.datetime) -> int:
    news = queries.news_since(_since(batch, now), now)
    stored = {one.id: one.filters for one in batch}
    looked: list[int] = []

    def look(number: int) -> int:
        search = Search.read(stored[number])
        found = news.fitting(search)
        new = bits_of(found) & ~queries.told_by(number) if found else 0
        told = 0
        if new and known.has_all(search):
            told = _tell(number, numbers_of(new), now)
        looked.append(number)
        return told

    if not news.numbers:
        _note_look(batch, list(stored), now)
        return 0
    letters = each("saved searches", stored, look)
    _note_look(batch, looked, now)
    return letters


def _since(batch: Sequence[Owed], now: dt.datetime) -> dt.datetime | None:
    """From when on changes are new to one of these; None for all, when the clock went back."""
    oldest = min(one.looked_at for one in batch)
    if any(one.looked_at > now for one in batch):
        return None
    return max(oldest, now - KEPT) - OVERLAP


def _tell(number: int, found: Sequence[int], now: dt.datetime) -> int:
    """Queue one mail about those of these organisations that this search has not told, and note that it has."""
    with transaction() as session:
        saved = locked_if_there(SavedSearch, number)
        if saved is None or not _is_owed(saved, now):
            return 0
        told = as_bits(unpacked(saved.told))
        left = [one for one in found if not told >> one & 1]
        reader = session.get_one(Reader, saved.reader_id, populate_existing=True)
        person = person_by_email(reader.email)
        first, new = queries.first_of(left, person.locale if person else saved.locale, NAMED)
        if not new:
            return 0
        saved.told, saved.letters = packed(shorter(told | bits_of(new))), saved.letters + 1
        saved.looked_at = now
        mail.queue(mails.found(saved, reader, person, first, len(new)))
    return 1


def _is_owed(saved: SavedSearch, now: dt.datetime) -> bool:
    """Is a mail owed still, now that the row is locked? Its reader may have changed their mind, another worker been faster."""
    if saved.confirmed_at is None or saved.frequency == Frequency.NEVER:
        return False
    return saved.frequency == Frequency.IMMEDIATE or saved.looked_at <= now - WEEK or saved.looked_at > now


def _note_look(batch: Sequence[Owed], looked: Sequence[int], now: dt.datetime) -> None:
    """These were looked at now. A search that is looked at all the time needs no note of each."""
    stale = {one.id for one in batch if one.looked_at <= now - OVERLAP or one.looked_at > now}
    numbers = [number for number in looked if number in stale]
    if numbers:
        late = sa.or_(SavedSearch.looked_at < now, SavedSearch.looked_at > now)
        with transaction() as session:
            session.execute(
                sa.update(SavedSearch).where(SavedSearch.id.in_(numbers), late).values(looked_at=now),
                execution_options={"synchronize_session": False},
            )
