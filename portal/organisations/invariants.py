"""What must be true of organisations, the directory of them and their people."""

from collections.abc import Sequence
from functools import cache

import sqlalchemy as sa

from portal.accounts.invariants import of_roles
from portal.ground.checks import Check, rows, select
from portal.ground.db import db
from portal.organisations.findable import document, public
from portal.organisations.models import (
    KIND,
    FormerSlug,
    Identifier,
    Invitation,
    Listing,
    ListingCount,
    Organisation,
    OrganisationRole,
    OrganisationStatus,
    Role,
)
from portal.organisations.themes import is_informal
from portal.words import search
from portal.words.vocabularies import vocabulary

_PUBLISHED = Organisation.status == OrganisationStatus.PUBLISHED
_THEMES = sa.type_coerce(Organisation.themes, sa.String)
_HOW_MANY = sa.case(
    (_THEMES == "", 0), else_=sa.func.length(_THEMES) - sa.func.length(sa.func.replace(_THEMES, " ", "")) + 1
)
_LISTED = sa.select(sa.func.count()).where(Listing.organisation_id == Organisation.id).scalar_subquery()
_IN_CELL = (
    sa.select(sa.func.count())
    .where(
        Listing.theme == ListingCount.theme,
        Listing.region == ListingCount.region,
        Listing.informal == ListingCount.informal,
    )
    .scalar_subquery()
)
_OWNED = sa.exists().where(
    OrganisationRole.organisation_id == Organisation.id,
    OrganisationRole.role == Role.OWNER,
    OrganisationRole.is_open,
)
_EVER = sa.exists().where(OrganisationRole.organisation_id == Organisation.id)


def _documents(numbers: list[int]) -> list[search.Document]:
    found = db.session.scalars(sa.select(Organisation).where(Organisation.id.in_(numbers)))
    return [document(one) for one in found]


def _of_directory() -> Sequence[Check]:
    """The directory shows what is published, as it is, and counts it."""
    return (
        rows(
            "organisations.listing", Organisation, "The directory does not show it as it is (portal search rebuild).",
            sa.case((_PUBLISHED, 1 + _HOW_MANY), else_=0) != _LISTED,
        ),
        select(
            "organisations.listing-apart", Listing, "A row of the directory says something else than the profile.",
            sa.select(Listing.organisation_id, Listing.theme)
            .join(Organisation, Organisation.id == Listing.organisation_id)
            .where(sa.or_(
                Listing.region != Organisation.region, Listing.informal != Organisation.informal,
                Listing.sort_pl != Organisation.sort_pl, Listing.sort_bg != Organisation.sort_bg,
                Listing.sort_en != Organisation.sort_en,
            )),
        ),
        rows(
            "organisations.count", ListingCount, "A cell of the directory is counted wrongly (portal counters rebuild).",
            ListingCount.count != _IN_CELL,
        ),
        select(
            "organisations.count-missing", Listing, "A cell of the directory is not counted (portal counters rebuild).",
            sa.select(Listing.theme, Listing.region, Listing.informal).distinct().where(~sa.exists().where(
                ListingCount.theme == Listing.theme, ListingCount.region == Listing.region,
                ListingCount.informal == Listing.informal,
            )),
        ),
    )  # fmt: skip


@cache
def checks() -> Sequence[Check]:
    forms = [term.code for term in vocabulary("legal_forms")]
    informal = [code for code in forms if is_informal(code)]
    return (
        *of_roles("organisations.role", OrganisationRole, OrganisationRole.organisation_id),
        rows(
            # Those of a large demo never had anybody.
            "organisations.without-owner", Organisation, "Nobody manages this organisation, though somebody did.",
            _EVER, ~_OWNED,
        ),
        rows(
            "organisations.unknown-code", Organisation, "A legal form or a region is in no vocabulary.",
            sa.or_(
                Organisation.legal_form.not_in(forms),
                Organisation.region.not_in([term.code for term in vocabulary("regions")]),
            ),
        ),
        rows(
            "organisations.informal", Organisation, "The legal form says otherwise whether it is informal.",
            Organisation.informal.is_distinct_from(Organisation.legal_form.in_(informal)),
        ),
        *_of_directory(),
        rows(
            "organisations.former-address", FormerSlug, "A former address of one organisation is that of another today.",
            sa.exists().where(Organisation.slug == FormerSlug.slug),
        ),
        rows(
            "organisations.invitation", Invitation, "An invitation is both accepted and withdrawn.",
            Invitation.accepted_at.is_not(None), Invitation.revoked_at.is_not(None),
        ),
        rows(
            "organisations.never-dated", Organisation, "A profile is public and was never published.",
            _PUBLISHED, Organisation.published_at.is_(None),
        ),
        rows("organisations.empty-number", Identifier, "A number in a register is empty.", Identifier.value == ""),
        *search.in_step(KIND, public, _documents),
    )  # fmt: skip
