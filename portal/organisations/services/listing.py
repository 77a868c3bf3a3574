"""Keeping the directory true: rows of published organisations, counts of cells, documents of the search."""

from collections.abc import Iterable
from typing import TypedDict

import sqlalchemy as sa

from portal.ground.db import db
from portal.ground.statements import engine_name, insert_into, lock_table
from portal.organisations.findable import document
from portal.organisations.models import KIND, Listing, ListingCount, Organisation, OrganisationStatus
from portal.words import search

Cell = tuple[str, str, bool]


class ListingRow(TypedDict):
    """A row of the directory: an organisation under one theme, or under none for the whole list."""

    organisation_id: int
    region: str
    informal: bool
    sort_pl: bytes
    sort_bg: bytes
    sort_en: bytes
    theme: str


def reindex(organisation: Organisation) -> None:
    """Make directory and search say what the profile says now. Inside the transaction that changed it."""
    session = db.session
    session.flush()
    old = session.execute(
        sa.select(Listing.theme, Listing.region, Listing.informal).where(Listing.organisation_id == organisation.id)
    )
    before: set[Cell] = {(theme, region, informal) for theme, region, informal in old}
    rows = listing_rows(organisation)
    after: set[Cell] = {(row["theme"], row["region"], row["informal"]) for row in rows}
    session.execute(sa.delete(Listing).where(Listing.organisation_id == organisation.id))
    if rows:
        session.execute(sa.insert(Listing), rows)
        search.index([document(organisation)])
    else:
        search.remove(KIND, organisation.id)
    _count({cell: (cell in after) - (cell in before) for cell in before | after})


def listing_rows(organisation: Organisation) -> list[ListingRow]:
    """The rows of an organisation in the directory: none while it is not published."""
    if organisation.status != OrganisationStatus.PUBLISHED:
        return []
    return [
        {
            "organisation_id": organisation.id, "region": organisation.region, "informal": organisation.informal,
            "sort_pl": organisation.sort_pl, "sort_bg": organisation.sort_bg, "sort_en": organisation.sort_en,
            "theme": theme,
        }
        for theme in ("", *organisation.themes)
    ]  # fmt: skip


def _count(changes: dict[Cell, int]) -> None:
    """Add to the counts, cell by cell in one order for everybody, so that two use-cases cannot wait for each other."""
    for (theme, region, informal), change in sorted(changes.items()):
        if change > 0:
            new = insert_into(ListingCount, engine_name()).values(
                theme=theme, region=region, informal=informal, count=1
            )
            more = {"count": ListingCount.count + 1}
            db.session.execute(new.on_conflict_do_update(index_elements=["theme", "region", "informal"], set_=more))
        elif change < 0:
            db.session.execute(
                sa.update(ListingCount)
                .where(ListingCount.theme == theme, ListingCount.region == region, ListingCount.informal == informal)
                .values(count=ListingCount.count - 1)
            )


def add_rows(rows: Iterable[ListingRow]) -> None:
    """Put many rows into the directory at once; `recount` follows when all are there."""
    db.session.execute(sa.insert(Listing), list(rows))


def recount() -> None:
    """Count all cells anew from the rows of the directory, when those who are counting have ended. Inside a transaction."""
    lock_table(ListingCount)
    cell = (Listing.theme, Listing.region, Listing.informal)
    db.session.execute(sa.delete(ListingCount))
    db.session.execute(
        sa.insert(ListingCount).from_select(
            ["theme", "region", "informal", "count"], sa.select(*cell, sa.func.count()).group_by(*cell)
        )
    )
