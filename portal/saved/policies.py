"""Who may keep a search, and who may change one: whoever reads its mails."""

from enum import StrEnum

from portal.accounts.models import Person
from portal.ground.authz import Rules
from portal.ground.sights import Sights
from portal.saved.models import SavedSearch


class Permission(StrEnum):
    KEEP = "saved:keep"
    CHANGE = "saved:change"


def may_keep(person: Person | None, _: object) -> bool:
    """Everybody with an account, whose address is confirmed; others are asked by mail first."""
    return person is not None and bool(person.email)


def may_change(person: Person | None, saved: SavedSearch) -> bool:
    """The owner of the mailbox that it is kept for."""
    return person is not None and bool(person.email) and person.email == saved.reader.email


RULES: Rules = {Permission.KEEP: may_keep, Permission.CHANGE: may_change}
SIGHTS: Sights = {SavedSearch: Permission.CHANGE}
