"""Who may bring in lists: the portal team, and whoever coordinates a network. A batch is known to its maker and the team."""

from enum import StrEnum

from portal.accounts.models import Person
from portal.accounts.queries import is_administrator
from portal.ground.authz import Rules
from portal.ground.sights import AfterSignIn, Sights
from portal.imports.models import ImportBatch
from portal.membership.queries import coordinated_networks


class Permission(StrEnum):
    BRING = "imports:bring"
    SEE = "imports:see"
    CARRY_OUT = "imports:carry_out"


def may_bring(person: Person | None, _: object = None) -> bool:
    return is_administrator(person) or bool(coordinated_networks(person))


def may_see(person: Person | None, batch: ImportBatch) -> bool:
    """Whoever has brought it in, as long as they may do so, and the portal team. Twin: `queries.batches_for`."""
    return is_administrator(person) or (person is not None and person.id == batch.by_id and may_bring(person))


RULES: Rules = {Permission.BRING: may_bring, Permission.SEE: may_see, Permission.CARRY_OUT: may_see}

SIGHTS: Sights = {ImportBatch: AfterSignIn(Permission.SEE)}
