"""Many published organisations at once: for a demo of 100,000. Everything a single one gets, in batches."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

import sqlalchemy as sa

from portal.ground.db import db, transaction
from portal.ground.statements import in_batches, insert_rows
from portal.organisations.fields import PROFILE
from portal.organisations.findable import make_document
from portal.organisations.models import FormerSlug, Organisation, OrganisationStatus, OrganisationTerm
from portal.organisations.places import country_of
from portal.organisations.services.facets import follow_all, keep_up
from portal.organisations.services.fields import sort_keys
from portal.organisations.services.listing import add_rows, listing_rows
from portal.organisations.services.states import PROFILES
from portal.organisations.themes import is_informal
from portal.words import search
from portal.words.i18n import Localized
from portal.words.slugs import FreeSlugs

BATCH = 1000


@dataclass(frozen=True, slots=True)
class BulkRow:
    """A profile without people or numbers. `description` is clean HTML already."""

    name: Localized
    summary: Localized
    description: Localized
    legal_form: str
    town: str
    region: str
    themes: tuple[str, ...]
    published_at: dt.datetime
    founded_year: int | None = None
    website: str = ""
    terms: tuple[tuple[str, str], ...] = ()  # (scheme, code)


def bulk_create(rows: Iterable[BulkRow]) -> int:
    """Publish all rows, in their order and with addresses that follow from it; returns how many there were.

    Each batch is a use-case of its own. There is no audit entry: nobody did this.
    """
    slugs = FreeSlugs(Organisation.slug, FormerSlug.slug, fallback="organisation")
    total = 0
    for batch in in_batches(rows, BATCH):
        with transaction():
            _write([_organisation(row, slugs) for row in batch], batch)
        total += len(batch)
    keep_up()
    return total


def _organisation(row: BulkRow, slugs: FreeSlugs) -> Organisation:
    """An object outside the session: it only carries values to the same functions that single profiles go through."""
    return Organisation(
        slug=slugs.take(row.name.source), status=PROFILES.born(OrganisationStatus.PUBLISHED), country=country_of(row.region),
        legal_form=row.legal_form, informal=is_informal(row.legal_form), name=row.name, summary=row.summary,
        description=row.description, town=row.town, region=row.region, themes=row.themes,
        founded_year=row.founded_year, website=row.website, **_unsaid(), return_reason="", imported_from="", row_version=1,
        published_at=row.published_at, confirmed_at=row.published_at, created_at=row.published_at,
        updated_at=row.published_at, **sort_keys(row.name),
    )  # fmt: skip


def _unsaid() -> dict[str, object]:
    """The columns of PROFILE that no row of this kind says anything about."""
    said = {field.name for field in fields(BulkRow)}
    return {
        PROFILE[name].stored: Localized() if PROFILE[name].translated else value
        for name, value in PROFILE.nothing.items()
        if name not in said
    }


def _say(made: Iterable[tuple[Organisation, BulkRow]]) -> None:
    terms = [
        {"organisation_id": organisation.id, "scheme": scheme, "code": code}
        for organisation, row in made
        for scheme, code in row.terms
    ]
    if terms:
        db.session.execute(sa.insert(OrganisationTerm), terms)


def _write(organisations: Sequence[Organisation], rows: Sequence[BulkRow]) -> None:
    """The facets follow what was said, so that is written before they are."""
    insert_rows(organisations)
    _say(zip(organisations, rows, strict=True))
    add_rows(row for organisation in organisations for row in listing_rows(organisation))
    follow_all({organisation.id: organisation for organisation in organisations})
    search.index(make_document(organisation) for organisation in organisations)
