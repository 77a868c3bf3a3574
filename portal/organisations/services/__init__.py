"""What can be done with organisations. The only writers of their tables."""

from portal.organisations.services.absorbing import absorb
from portal.organisations.services.areas import MOST_AREAS, follow_names, set_areas
from portal.organisations.services.bulk import BulkRow, bulk_create
from portal.organisations.services.closing import close, reopen
from portal.organisations.services.confirming import confirm, let_sleep
from portal.organisations.services.contacts import (
    LONGEST_LABEL,
    ContactLine,
    carry_contacts,
    contact_faults,
    set_contacts,
)
from portal.organisations.services.entries import (
    LISTED,
    LISTED_WAITS,
    LISTED_WORDS,
    confirm_listed,
    follow_listed,
    list_person,
    look_after_listed,
    take_off,
    unlist,
)
from portal.organisations.services.facets import follow, keep_up
from portal.organisations.services.importing import make_imported, ready, take_back
from portal.organisations.services.leaving import leave_all, remove_old_invitations
from portal.organisations.services.legal import check_registration, register, release
from portal.organisations.services.listing import reindex
from portal.organisations.services.logo import remove_logo, set_logo
from portal.organisations.services.names import LONGEST_NAME, MOST_NAMES, add_name, remove_name
from portal.organisations.services.people import (
    INVITATION,
    INVITATIONS_KEPT,
    accept_invitation,
    end_role,
    follow_address,
    grant_role,
    invite,
    revoke_invitation,
)
from portal.organisations.services.profile import create, translate, update
from portal.organisations.services.restoring import restore_version
from portal.organisations.services.states import PROFILES, change_status
from portal.organisations.services.writing import LONGEST_MESSAGE, TAKES_NO_MESSAGES, write

__all__ = [
    "INVITATION",
    "INVITATIONS_KEPT",
    "LISTED",
    "LISTED_WAITS",
    "LISTED_WORDS",
    "LONGEST_LABEL",
    "LONGEST_MESSAGE",
    "LONGEST_NAME",
    "MOST_AREAS",
    "MOST_NAMES",
    "PROFILES",
    "TAKES_NO_MESSAGES",
    "BulkRow",
    "ContactLine",
    "absorb",
    "accept_invitation",
    "add_name",
    "bulk_create",
    "carry_contacts",
    "change_status",
    "check_registration",
    "close",
    "confirm",
    "confirm_listed",
    "contact_faults",
    "create",
    "end_role",
    "follow",
    "follow_address",
    "follow_listed",
    "follow_names",
    "grant_role",
    "invite",
    "keep_up",
    "leave_all",
    "let_sleep",
    "list_person",
    "look_after_listed",
    "make_imported",
    "ready",
    "register",
    "reindex",
    "release",
    "remove_logo",
    "remove_name",
    "remove_old_invitations",
    "reopen",
    "restore_version",
    "revoke_invitation",
    "set_areas",
    "set_contacts",
    "set_logo",
    "take_back",
    "take_off",
    "translate",
    "unlist",
    "update",
    "write",
]
