"""What the tests of rebuilding look at: all derived rows of the newest release that was kept."""

from collections.abc import Mapping

import sqlalchemy as sa

from portal.ground.bitmaps import numbers_of
from portal.ground.db import db
from portal.ground.derived import Renewed
from portal.membership.models import NetworkSize
from portal.organisations.models import DirectoryTerms, Listing, Organisation
from portal.organisations.queries.bitmaps import known
from portal.registration.models import EventSeats, SessionSeats
from portal.words.search import SearchDocument, SearchOrder, search

DERIVED = (SearchDocument, SearchOrder, Listing, DirectoryTerms, NetworkSize, SessionSeats, EventSeats, Organisation)
State = Mapping[str, object]


def quietly(renewed: Renewed) -> None:
    """Say nothing."""


def state() -> State:
    """All derived rows, the organisations with their versions and dates, and what the search finds."""
    rows: dict[str, object] = {}
    for model in DERIVED:
        table = model.__table__
        shown = sa.select(table).order_by(*table.primary_key)
        if model is NetworkSize:
            shown = shown.where(NetworkSize.members > 0)  # so are networks
        rows[table.name] = db.session.execute(shown).all()
    terms = known().terms  # the same whether they are merged or not
    rows["bitmaps"] = {term: numbers_of(terms[term]) for term in sorted(terms)}
    for word in ("stowarzyszenie", "lodz", "plowdiw", "w", "siec"):
        rows[word] = [hit.url for hit in search(word, lang="pl", limit=1000).items]
    db.session.rollback()
    return rows
