"""The states of a call that people decide on: a draft, public, cancelled. Whether one can apply follows from the clock."""

from portal.accounts.models import Person
from portal.grants import policies, queries
from portal.grants.models import Call, CallStatus, Programme
from portal.grants.services.locking import locked_call, reindex
from portal.ground import clock, states
from portal.ground.authz import Portal
from portal.ground.db import db, transaction
from portal.ground.errors import Refusal
from portal.ground.states import START, change_state
from portal.organisations.models import Organisation, OrganisationStatus
from portal.words.i18n import _l

S = CallStatus
WHY = _l("Say why, in a sentence or two. Everybody reads it.")
OWNERS = states.Side[Person, Call]("owners of the operator", policies.runs)


def nothing_is_missing(call: Call) -> None:
    """Pages show what is missing as one list, each thing with the way to it."""
    if queries.missing(call):
        raise Refusal(_l("The call is not complete. The list says what is missing."))


def the_deadline_lies_ahead(call: Call) -> None:
    if call.closes_at is not None and call.closes_at <= clock.now():
        raise Refusal(_l("The deadline has passed. Choose a later one first."))


def its_operator_gives_grants(call: Call) -> None:
    organisation_id = db.session.get_one(Programme, call.programme_id).organisation_id
    if db.session.get_one(Organisation, organisation_id).status != OrganisationStatus.PUBLISHED:
        raise Refusal(_l("The profile of the organisation is not public. Publish it first, then its call."))
    if not queries.is_operator(organisation_id):
        raise Refusal(_l("The organisation is no operator of micro-grants any more. Ask the portal team."))


def _published(move: states.Move[Person, Call]) -> None:
    move.row.published_at = move.at


def _cancelled(move: states.Move[Person, Call]) -> None:
    move.row.cancelled_at, move.row.cancel_reason = move.at, move.reason


def _reindex(move: states.Move[Person, Call]) -> None:
    reindex(move.row)


CALLS = states.States(
    Call, "status", CallStatus, "call_status",
    steps=(
        states.Step(START, S.DRAFT, OWNERS),
        states.Step(
            S.DRAFT, S.PUBLISHED, OWNERS, "grants.call-published",
            guards=[nothing_is_missing, the_deadline_lies_ahead, its_operator_gives_grants], effects=[_published],
        ),
        states.Step(S.PUBLISHED, S.CANCELLED, OWNERS, "grants.call-cancelled", needs=WHY, effects=[_cancelled]),
    ),
    otherwise=_l("Only a call that is public and not yet cancelled can be cancelled."),
    refused={S.PUBLISHED: _l("This call is public already, or it is cancelled.")},
    always=[_reindex],
)  # fmt: skip


def publish_call(call: Call, *, by: Person | Portal) -> None:
    """Announce a call. Refuses with one list of what is missing."""
    with transaction():
        change_state(CALLS, locked_call(call.id), S.PUBLISHED, by=by)


def cancel_call(call: Call, *, reason: str, by: Person | Portal) -> None:
    """Cancel a public call, with a reason that everybody reads. Its page stays."""
    with transaction():
        change_state(CALLS, locked_call(call.id), S.CANCELLED, by=by, reason=reason)
