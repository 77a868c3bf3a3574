"""The tables of organisations."""

from portal.organisations.models.areas import AreaUse, OrganisationArea
from portal.organisations.models.contacts import Contact, ContactKind, ListedKind, ListedPerson, Visibility
from portal.organisations.models.directory import (
    ASIDE,
    DirectoryBitmap,
    DirectoryChange,
    DirectoryMark,
    DirectoryTerms,
    Listing,
)
from portal.organisations.models.organisation import (
    KIND,
    PUBLIC,
    Codes,
    FormerSlug,
    Invitation,
    Organisation,
    OrganisationRole,
    OrganisationStatus,
    Role,
)
from portal.organisations.models.said import Identifier, Link, LinkKind, NameKind, OrganisationTerm, OtherName, Scheme

__all__ = [
    "ASIDE",
    "KIND",
    "PUBLIC",
    "AreaUse",
    "Codes",
    "Contact",
    "ContactKind",
    "DirectoryBitmap",
    "DirectoryChange",
    "DirectoryMark",
    "DirectoryTerms",
    "FormerSlug",
    "Identifier",
    "Invitation",
    "Link",
    "LinkKind",
    "ListedKind",
    "ListedPerson",
    "Listing",
    "NameKind",
    "Organisation",
    "OrganisationArea",
    "OrganisationRole",
    "OrganisationStatus",
    "OrganisationTerm",
    "OtherName",
    "Role",
    "Scheme",
    "Visibility",
]
