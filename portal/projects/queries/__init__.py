"""Named reads of projects."""

from portal.projects.queries.listed import number_of_own, number_public, own, public
from portal.projects.queries.partners import (
    accepted_partners,
    partner_at,
    partners_of,
    partnerships,
    speakers,
    waiting_for,
)
from portal.projects.queries.projects import (
    by_slug,
    find,
    findable_ids,
    is_public,
    of_organisation,
    public_condition,
    visible_to,
)

__all__ = [
    "accepted_partners",
    "by_slug",
    "find",
    "findable_ids",
    "is_public",
    "number_of_own",
    "number_public",
    "of_organisation",
    "own",
    "partner_at",
    "partners_of",
    "partnerships",
    "public",
    "public_condition",
    "speakers",
    "visible_to",
    "waiting_for",
]
