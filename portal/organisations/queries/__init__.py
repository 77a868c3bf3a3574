"""Named reads of organisations: profiles, their people, the directory."""

from portal.organisations.queries.directory import PAGE, Counts, Filters, Found, Listed, counts, found, listed
from portal.organisations.queries.people import (
    invitation,
    invitation_of,
    open_invitations,
    open_role,
    organisations_of,
    owners_of,
    people_of,
    roles_anywhere,
    roles_in,
)
from portal.organisations.queries.profiles import (
    by_any_slug,
    by_number,
    by_slug,
    identifiers_of,
    mine,
    published_since,
    visible_to,
    with_identifier,
)

__all__ = [
    "PAGE",
    "Counts",
    "Filters",
    "Found",
    "Listed",
    "by_any_slug",
    "by_number",
    "by_slug",
    "counts",
    "found",
    "identifiers_of",
    "invitation",
    "invitation_of",
    "listed",
    "mine",
    "open_invitations",
    "open_role",
    "organisations_of",
    "owners_of",
    "people_of",
    "published_since",
    "roles_anywhere",
    "roles_in",
    "visible_to",
    "with_identifier",
]
