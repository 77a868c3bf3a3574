"""Who may do what with people and their roles in the whole portal."""

from enum import StrEnum

from portal.accounts.models import Person
from portal.accounts.queries import is_administrator
from portal.ground.authz import AfterSignIn, Rules, Sights

__all__ = ["RULES", "SIGHTS", "Permission", "is_administrator"]


class Permission(StrEnum):
    MANAGE_TEAM = "accounts:manage_team"


def may_manage_team(person: Person | None, _nothing: object) -> bool:
    """The portal team says who belongs to it."""
    return is_administrator(person)


RULES: Rules = {Permission.MANAGE_TEAM: may_manage_team}

SIGHTS: Sights = {Person: AfterSignIn(Permission.MANAGE_TEAM)}
