"""Asking those who manage the other profile, and their answer."""

from collections.abc import Collection

from portal.accounts.models import Person
from portal.ground import audit
from portal.ground.authz import demand
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal
from portal.ground.states import begin, change_state
from portal.merging import queries
from portal.merging.models import MergeRequest, RequestState
from portal.merging.policies import Permission, owns
from portal.merging.queries import Pair
from portal.merging.services.merging import CHANGED, check, locked_pair, make_one
from portal.merging.services.states import REQUESTS
from portal.organisations.models import Organisation
from portal.organisations.queries import owners_of
from portal.words.i18n import _l

ALREADY = _l("Somebody has already asked this. One open request for a profile is enough.")
NOBODY = _l("Nobody manages the other profile. Ask the portal team to merge the two.")
NOT_THEIRS = _l("Whoever asked does not manage the other profile any more. The request cannot be accepted.")


def propose(
    pair: Pair, *, by: Person, kept_version: int, lost_version: int, taken: Collection[str]
) -> MergeRequest:  # fmt: skip
    """Ask those who manage the other profile to make one of the two; they get a mail with a link to both side by side."""
    with transaction() as session:
        current = locked_pair(pair.kept.id, pair.lost.id)
        check(current)
        demand(Permission.PROPOSE, current, by=by)
        if (current.kept.row_version, current.lost.row_version) != (kept_version, lost_version):
            raise Conflict(CHANGED)
        asked = current.lost if owns(by, current.kept.id) else current.kept
        if not owners_of(asked):
            raise Refusal(NOBODY)
        if any(one.lost_id == current.lost.id for one in queries.waiting_for(current.lost.id)):
            raise Conflict(ALREADY)
        request = MergeRequest(
            kept=current.kept, lost=current.lost, asked_id=asked.id, taken=sorted(taken), requested_by=by.id
        )
        session.add(request)
        session.flush()
        begin(REQUESTS, request, by=by)
        _record("organisation.merge_requested", current, by)
    return request


def accept(request: MergeRequest, *, by: Person, kept_version: int, lost_version: int) -> None:
    """Make one of the two, as it was proposed, of what both say now.

    Both sides must agree at this moment: whoever asked has to manage the other profile still.
    """
    with transaction() as session:
        pair = locked_pair(request.kept_id, request.lost_id)
        current = queries.locked_request(request.id)
        change_state(REQUESTS, current, RequestState.MERGED, by=by)
        check(pair)
        asking = {person.id for person in owners_of(session.get_one(Organisation, current.asking_id))}
        if current.requested_by not in asking:
            raise Conflict(NOT_THEIRS)
        if (pair.kept.row_version, pair.lost.row_version) != (kept_version, lost_version):
            raise Conflict(CHANGED)
        make_one(pair, by=by, taken=current.taken)


def decline(request: MergeRequest, *, by: Person) -> None:
    """Say no: both stay as they are, and those who asked are told."""
    _end(request, RequestState.DECLINED, "organisation.merge_declined", by)


def withdraw(request: MergeRequest, *, by: Person) -> None:
    """Take the question back."""
    _end(request, RequestState.WITHDRAWN, "organisation.merge_withdrawn", by)


def _end(request: MergeRequest, to: RequestState, verb: str, by: Person) -> None:
    with transaction():
        current = queries.locked_request(request.id)
        change_state(REQUESTS, current, to, by=by)
        _record(verb, Pair(current.kept, current.lost), by)


def _record(verb: str, pair: Pair, by: Person) -> None:
    for one in (pair.kept, pair.lost):
        audit.record(verb, one, detail={"kept": pair.kept.id, "lost": pair.lost.id}, actor=by)
