"""Named reads of projects."""

from portal.projects.queries.directory import Counted, Wanted, counted, listed, name_of, years
from portal.projects.queries.own import number_of_own, own
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
from portal.projects.queries.shown import newest, shown_of_network, shown_of_organisation

__all__ = [
    "Counted",
    "Wanted",
    "accepted_partners",
    "by_slug",
    "counted",
    "find",
    "findable_ids",
    "is_public",
    "listed",
    "name_of",
    "newest",
    "number_of_own",
    "of_organisation",
    "own",
    "partner_at",
    "partners_of",
    "partnerships",
    "public_condition",
    "shown_of_network",
    "shown_of_organisation",
    "speakers",
    "visible_to",
    "waiting_for",
    "years",
]
