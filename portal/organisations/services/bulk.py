"""Many published organisations at once: for a demo of 100,000. Everything a single one gets, in batches."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, fields

from portal.ground.db import transaction
from portal.ground.statements import in_batches, insert_rows
from portal.organisations.fields import PROFILE
from portal.organisations.findable import make_document
from portal.organisations.models import FormerSlug, Organisation, OrganisationStatus
from portal.organisations.places import country_of
from portal.organisations.services.fields import sort_keys
from portal.organisations.services.listing import add_rows, listing_rows, recount
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
    contact_email: str = ""


def bulk_create(rows: Iterable[BulkRow]) -> int:
    """Publish all rows, in their order and with addresses that follow from it; returns how many there were.

    Each batch is a use-case of its own. There is no audit entry: nobody did this.
    """
    slugs = FreeSlugs(Organisation.slug, FormerSlug.slug, fallback="organisation")
    total = 0
    for batch in in_batches(rows, BATCH):
        with transaction():
            _write([_organisation(row, slugs) for row in batch])
        total += len(batch)
    with transaction():
        recount()
    return total


def _organisation(row: BulkRow, slugs: FreeSlugs) -> Organisation:
    """An object outside the session: it only carries values to the same functions that single profiles go through."""
    return Organisation(
        slug=slugs.take(row.name.source), status=PROFILES.born(OrganisationStatus.PUBLISHED), country=country_of(row.region),
        legal_form=row.legal_form, informal=is_informal(row.legal_form), name=row.name, summary=row.summary,
        description=row.description, town=row.town, region=row.region, themes=row.themes,
        founded_year=row.founded_year, website=row.website, contact_email=row.contact_email,
        **_unsaid(), return_reason="", row_version=1, published_at=row.published_at, confirmed_at=row.published_at,
        created_at=row.published_at, updated_at=row.published_at, **sort_keys(row.name),
    )  # fmt: skip


def _unsaid() -> dict[str, object]:
    """The columns of PROFILE that no row of this kind says anything about."""
    said = {field.name for field in fields(BulkRow)}
    return {
        PROFILE[name].stored: Localized() if PROFILE[name].translated else value
        for name, value in PROFILE.nothing.items()
        if name not in said
    }


def _write(organisations: list[Organisation]) -> None:
    insert_rows(organisations)
    add_rows(row for organisation in organisations for row in listing_rows(organisation))
    search.index(make_document(organisation) for organisation in organisations)
