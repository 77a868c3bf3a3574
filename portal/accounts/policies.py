"""Who may do what with people and their roles in the whole portal."""

from enum import StrEnum

from portal.accounts.models import Person
from portal.accounts.queries import is_administrator
from portal.ground.authz import Rules
from portal.ground.sights import AfterSignIn, Sights

__all__ = ["RULES", "SIGHTS", "Permission", "is_administrator"]


class Permission(StrEnum):
    MANAGE_TEAM = "accounts:manage_team"
    OWN = "accounts:own"


def may_manage_team(person: Person | None, _nothing: object) -> bool:
    """The portal team says who belongs to it."""
    return is_administrator(person)


def is_own(person: Person | None, other: Person) -> bool:
    """Taking one's data away, and being forgotten: nobody does it for somebody else."""
    return person is not None and person.id == other.id


RULES: Rules = {Permission.MANAGE_TEAM: may_manage_team, Permission.OWN: is_own}

SIGHTS: Sights = {Person: AfterSignIn(Permission.MANAGE_TEAM)}
