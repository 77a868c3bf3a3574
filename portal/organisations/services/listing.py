"""Keeping the directory true: rows of published organisations, what facets say of them, documents of the search."""

from collections.abc import Iterable
from typing import TypedDict

import sqlalchemy as sa

from portal.ground.db import db
from portal.organisations.findable import document
from portal.organisations.models import ASIDE, KIND, PUBLIC, Listing, Organisation, OrganisationStatus
from portal.organisations.services.facets import follow_all
from portal.words import search


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
    rows = listing_rows(organisation)
    session.execute(sa.delete(Listing).where(Listing.organisation_id == organisation.id))
    if rows:
        session.execute(sa.insert(Listing), rows)
    if organisation.status in PUBLIC:
        search.index([document(organisation)])
    else:
        search.remove(KIND, organisation.id)
    follow_all({organisation.id: organisation}, words_too=True)


def unlist(organisation: Organisation) -> None:
    """Take a profile that is about to go out of directory and search, inside the transaction that deletes it."""
    db.session.execute(sa.delete(Listing).where(Listing.organisation_id == organisation.id))
    search.remove(KIND, organisation.id)
    follow_all({organisation.id: None})


def listing_rows(organisation: Organisation) -> list[ListingRow]:
    """The rows of an organisation in the directory: none while it is not published, one aside while it is dormant."""
    if organisation.status != OrganisationStatus.PUBLISHED:
        return []
    themes = ("", *organisation.themes) if organisation.dormant_since is None else (ASIDE,)
    return [
        {
            "organisation_id": organisation.id, "region": organisation.region, "informal": organisation.informal,
            "sort_pl": organisation.sort_pl, "sort_bg": organisation.sort_bg, "sort_en": organisation.sort_en,
            "theme": theme,
        }
        for theme in themes
    ]  # fmt: skip


def add_rows(rows: Iterable[ListingRow]) -> None:
    """Put many rows into the directory at once."""
    db.session.execute(sa.insert(Listing), list(rows))
