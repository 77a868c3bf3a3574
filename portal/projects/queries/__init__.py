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
from portal.projects.queries.records import (
    naming,
    number_of_records,
    numbers_of_parties,
    parties_of,
    record_at,
    records_by_status,
    records_of,
    to_confirm,
    typed_of,
)

__all__ = [
    "accepted_partners",
    "by_slug",
    "find",
    "findable_ids",
    "is_public",
    "naming",
    "number_of_own",
    "number_of_records",
    "number_public",
    "numbers_of_parties",
    "of_organisation",
    "own",
    "parties_of",
    "partner_at",
    "partners_of",
    "partnerships",
    "public",
    "public_condition",
    "record_at",
    "records_by_status",
    "records_of",
    "speakers",
    "to_confirm",
    "typed_of",
    "visible_to",
    "waiting_for",
]
