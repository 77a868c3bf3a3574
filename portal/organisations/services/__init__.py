"""What can be done with organisations. The only writers of their tables."""

from portal.organisations.services.bulk import BulkRow, bulk_create
from portal.organisations.services.leaving import leave_all, remove_old_invitations
from portal.organisations.services.listing import recount, reindex
from portal.organisations.services.logo import remove_logo, set_logo
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
from portal.organisations.services.profile import confirm, create, translate, update
from portal.organisations.services.states import PROFILES, change_status

__all__ = [
    "INVITATION",
    "INVITATIONS_KEPT",
    "PROFILES",
    "BulkRow",
    "accept_invitation",
    "bulk_create",
    "change_status",
    "confirm",
    "create",
    "end_role",
    "follow_address",
    "grant_role",
    "invite",
    "leave_all",
    "recount",
    "reindex",
    "remove_logo",
    "remove_old_invitations",
    "revoke_invitation",
    "set_logo",
    "translate",
    "update",
]
