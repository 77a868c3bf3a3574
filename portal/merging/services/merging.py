"""Making one profile of two, in one transaction."""

from collections.abc import Collection

from portal import mail
from portal.accounts.models import Person
from portal.ground import audit
from portal.ground.authz import PORTAL, demand
from portal.ground.db import transaction
from portal.ground.errors import Conflict
from portal.ground.facts import announce
from portal.ground.locks import locked
from portal.ground.states import change_state
from portal.merging import mails, queries
from portal.merging.facts import OrganisationsMerged
from portal.merging.models import RequestState
from portal.merging.obstacles import obstacle
from portal.merging.policies import Permission
from portal.merging.queries import Pair
from portal.merging.services.states import REQUESTS
from portal.organisations import queries as organisations
from portal.organisations import services
from portal.organisations.models import Organisation
from portal.words.i18n import _l

CHANGED = _l("One of the profiles has changed in the meantime. Look at both again.")


def check(pair: Pair) -> None:
    """Raises Conflict with the reason why these two cannot become one."""
    sentence = obstacle(pair)
    if sentence is not None:
        raise Conflict(sentence)


def merge(
    pair: Pair, *, by: Person, kept_version: int, lost_version: int, taken: Collection[str]
) -> None:  # fmt: skip
    """Make one profile of two at once. Raises Conflict when they cannot be one, or were saved since they were looked at."""
    with transaction():
        current = locked_pair(pair.kept.id, pair.lost.id)
        check(current)
        demand(Permission.MERGE, current, by=by)
        if (current.kept.row_version, current.lost.row_version) != (kept_version, lost_version):
            raise Conflict(CHANGED)
        make_one(current, by=by, taken=taken)


def locked_pair(kept_id: int, lost_id: int) -> Pair:
    """Both as they are now, ours until the end of the transaction, taken in one order by everybody."""
    rows = {number: locked(Organisation, number) for number in sorted({kept_id, lost_id})}
    return Pair(rows[kept_id], rows[lost_id])


def make_one(pair: Pair, *, by: Person, taken: Collection[str]) -> None:
    """What merging is, on a pair that is held and was checked: everything, or by a refusal nothing."""
    kept, lost = pair.kept, pair.lost
    services.absorb(kept, lost, taken=taken, by=by)
    announce(OrganisationsMerged(lost.id, kept.id))
    for request in queries.waiting_for(kept.id, lost.id):
        if lost.id in (request.kept_id, request.lost_id):
            change_state(REQUESTS, queries.locked_request(request.id), RequestState.WITHDRAWN, by=PORTAL)
    for obj, verb in ((lost, "organisation.merged"), (kept, "organisation.took_in")):
        audit.record(verb, obj, detail={"lost": lost.id, "kept": kept.id, "taken": sorted(taken)}, actor=by)
    for person in organisations.owners_of(kept):
        if person.id != by.id and person.email:
            mail.queue(mails.merged(kept, lost, person))
