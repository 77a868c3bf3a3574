"""What must be true of organisations, the directory of them and their people."""

from collections.abc import Iterator, Sequence
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.accounts.invariants import of_roles
from portal.areas.models import MUNICIPALITIES, Area, AreaWithin
from portal.ground.bitmaps import bits_of
from portal.ground.checks import Check, rows, select
from portal.ground.db import db
from portal.ground.statements import in_batches, table
from portal.organisations import services
from portal.organisations.findable import document, public
from portal.organisations.models import (
    ASIDE,
    KIND,
    AreaUse,
    DirectoryBitmap,
    DirectoryTerms,
    FormerSlug,
    Identifier,
    Invitation,
    Listing,
    Organisation,
    OrganisationArea,
    OrganisationRole,
    OrganisationStatus,
    OrganisationTerm,
    OtherName,
    Role,
    Scheme,
)
from portal.organisations.queries.bitmaps import known, terms_said
from portal.organisations.services.facets import terms_of
from portal.organisations.themes import is_informal, terms
from portal.words import search
from portal.words.vocabularies import vocabulary

_Region = aliased(Area)
LOOKED = 1000  # organisations whose terms are made again: the newest
BATCH = 100
_OTHER = sa.alias(table(Organisation))
_PUBLISHED = Organisation.status == OrganisationStatus.PUBLISHED
_THEMES = sa.type_coerce(Organisation.themes, sa.String)
_HOW_MANY = sa.case(
    (_THEMES == "", 0), else_=sa.func.length(_THEMES) - sa.func.length(sa.func.replace(_THEMES, " ", "")) + 1
)
_LISTED = sa.select(sa.func.count()).where(Listing.organisation_id == Organisation.id).scalar_subquery()
_OWNED = sa.exists().where(
    OrganisationRole.organisation_id == Organisation.id,
    OrganisationRole.role == Role.OWNER,
    OrganisationRole.is_open,
)
_EVER = sa.exists().where(OrganisationRole.organisation_id == Organisation.id)


def _documents(numbers: list[int]) -> list[search.Document]:
    found = db.session.scalars(sa.select(Organisation).where(Organisation.id.in_(numbers)))
    return [document(one) for one in found]


def _apart() -> Iterator[int]:
    """The newest organisations whose terms are not those that the facets say now, and terms of what is not listed."""
    newest = sa.select(Organisation).order_by(Organisation.id.desc()).limit(LOOKED)
    for batch in in_batches(db.session.scalars(newest).all(), BATCH):
        stored = sa.select(DirectoryTerms.organisation_id, DirectoryTerms.terms).where(
            DirectoryTerms.organisation_id.in_([one.id for one in batch])
        )
        said = {number: set(terms.split()) for number, terms in db.session.execute(stored)}
        now = terms_of(batch)
        yield from sorted(one.id for one in batch if said.get(one.id, set()) != now.get(one.id, set()))


def _uneven() -> Iterator[str]:
    """The terms whose bitmap, with the differences since, has others than the rows."""
    now = known()
    rows = db.session.execute(sa.select(DirectoryTerms.organisation_id, DirectoryTerms.terms))
    said: dict[str, list[int]] = {}
    for term, number in terms_said(rows):
        said.setdefault(term, []).append(number)
    for term in sorted(said.keys() | now.terms.keys()):
        if now.bits(term) != bits_of(said.get(term, ())):
            yield term


def _of_directory() -> Sequence[Check]:
    """The directory shows what is published, as it is, and its facets say so."""
    return (
        rows(
            "organisations.listing", Organisation, "The directory does not show it as it is (portal search rebuild).",
            sa.case((~_PUBLISHED, 0), (Organisation.dormant_since.is_not(None), 1), else_=1 + _HOW_MANY) != _LISTED,
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
        Check(
            "organisations.terms", DirectoryTerms.__tablename__,
            "The facets of the directory say something else than the profile (portal search rebuild).", _apart,
            is_thorough=True,
        ),
        Check(
            "organisations.bitmaps", DirectoryBitmap.__tablename__,
            "A bitmap of the directory says something else than the rows (portal counters rebuild).", _uneven,
        ),
    )  # fmt: skip


def _of_areas() -> Sequence[Check]:
    """A seat is a municipality of the region that the profile says."""
    held = sa.select(OrganisationArea.organisation_id).join(Area, Area.id == OrganisationArea.area_id)
    in_region = sa.exists().where(AreaWithin.area_id == OrganisationArea.area_id, AreaWithin.ancestor_id == _Region.id)
    return (
        select(
            "organisations.seat-kind", OrganisationArea, "A seat is no municipality.",
            held.where(OrganisationArea.kind == AreaUse.SEAT, Area.kind.not_in(MUNICIPALITIES)),
        ),
        select(
            "organisations.seat-region", OrganisationArea, "A seat does not lie in the region of the profile.",
            held.join(Organisation, Organisation.id == OrganisationArea.organisation_id)
            .join(_Region, _Region.code == Organisation.region)
            .where(OrganisationArea.kind == AreaUse.SEAT, ~in_region),
        ),
    )  # fmt: skip


def _of_what_is_said() -> Sequence[Check]:
    """Names are few, and every code is in the list that it is from."""
    return (
        rows(
            "organisations.names", Organisation, "It has more than ten other names.",
            sa.select(sa.func.count()).where(OtherName.organisation_id == Organisation.id).scalar_subquery()
            > services.MOST_NAMES,
        ),
        select(
            "organisations.term", OrganisationTerm, "What an organisation says of itself is in no list.",
            sa.select(OrganisationTerm.organisation_id, OrganisationTerm.scheme, OrganisationTerm.code).where(
                sa.not_(sa.or_(*(
                    sa.and_(
                        OrganisationTerm.scheme == scheme.value,
                        OrganisationTerm.code.in_([term.code for term in terms(scheme)]),
                    )
                    for scheme in Scheme
                )))
            ),
        ),
    )  # fmt: skip


def _of_merged() -> Sequence[Check]:
    """A merged profile leads on in one step, and nobody has anything to do there."""
    return (
        rows(
            "organisations.merged",
            Organisation,
            "A merged profile does not say into which one, or another one does.",
            sa.or_(
                (Organisation.status == OrganisationStatus.MERGED) != Organisation.merged_into_id.is_not(None),
                Organisation.merged_into_id.in_(sa.select(_OTHER.c.id).where(_OTHER.c.merged_into_id.is_not(None))),
            ),
        ),
        rows(
            "organisations.merged-role",
            OrganisationRole,
            "Somebody has a role in a profile that was merged.",
            OrganisationRole.organisation_id.in_(
                sa.select(_OTHER.c.id).where(_OTHER.c.status == OrganisationStatus.MERGED)
            ),
        ),
    )


def _of_its_people() -> Sequence[Check]:
    """Whether somebody manages it."""
    return (
        rows(
            # Those of a large demo never had anybody.
            "organisations.without-owner", Organisation, "Nobody manages this organisation, though somebody did.",
            _EVER, ~_OWNED, Organisation.released_at.is_(None),
        ),
        rows(
            "organisations.released-owned", Organisation, "This organisation was given away, and somebody manages it.",
            _OWNED, Organisation.released_at.is_not(None),
        ),
    )  # fmt: skip


def _of_its_life() -> Sequence[Check]:
    """Whether it is in the list, and whether it has ended."""
    return (
        rows(
            "organisations.aside", Listing, "A row of the directory stands in the list, or aside, and should not.",
            (Listing.theme == ASIDE) != sa.exists().where(
                Organisation.id == Listing.organisation_id, Organisation.dormant_since.is_not(None)
            ),
        ),
        rows(
            "organisations.closed", Organisation, "It is closed without a last day, or has one and is not closed.",
            (Organisation.status == OrganisationStatus.CLOSED) != Organisation.closed_on.is_not(None),
        ),
        rows(
            "organisations.dormant", Organisation, "A profile that is out of the list was never confirmed, or later.",
            Organisation.dormant_since.is_not(None),
            sa.or_(Organisation.confirmed_at.is_(None), Organisation.confirmed_at > Organisation.dormant_since),
        ),
    )  # fmt: skip


@cache
def checks() -> Sequence[Check]:
    forms = [term.code for term in vocabulary("legal_forms")]
    informal = [code for code in forms if is_informal(code)]
    return (
        *of_roles("organisations.role", OrganisationRole, OrganisationRole.organisation_id),
        *_of_its_people(),
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
        *_of_areas(),
        *_of_directory(),
        rows(
            "organisations.former-address", FormerSlug, "A former address of one organisation is that of another today.",
            sa.exists().where(Organisation.slug == FormerSlug.slug),
        ),
        rows(
            "organisations.invitation", Invitation, "An invitation is both accepted and withdrawn.",
            Invitation.accepted_at.is_not(None), Invitation.revoked_at.is_not(None),
        ),
        *_of_its_life(),
        *_of_merged(),
        rows(
            "organisations.never-dated", Organisation, "A profile is public and was never published.",
            _PUBLISHED, Organisation.published_at.is_(None),
        ),
        *_of_what_is_said(),
        rows("organisations.empty-number", Identifier, "A number in a register is empty.", Identifier.value == ""),
        *search.in_step(KIND, public, _documents),
    )  # fmt: skip
