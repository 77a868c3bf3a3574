"""Who may say who runs the portal."""

from enum import StrEnum

from portal.accounts.models import Person
from portal.accounts.queries import is_administrator
from portal.ground.authz import Rules


class Permission(StrEnum):
    EDIT_OPERATOR = "pages:edit_operator"


def may_edit_operator(person: Person | None, _: object = None) -> bool:
    return is_administrator(person)


RULES: Rules = {Permission.EDIT_OPERATOR: may_edit_operator}
