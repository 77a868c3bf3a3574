"""The states of a membership and the only door between them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from sqlalchemy.orm import Session

from portal import mail
from portal.accounts.models import Person
from portal.ground import audit, clock
from portal.ground.errors import Conflict, Refusal
from portal.membership import mails, policies, queries
from portal.membership.models import Membership, MembershipEvent, MembershipStatus
from portal.organisations.models import Role
from portal.words.i18n import _l

Letter = Callable[[Membership, MembershipEvent, Person], mail.Message]


class Side(Enum):
    """Whose step it is."""

    APPLICANT = "applicant"
    OWNER = "owner"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class Step:
    """One way from a state to another: who may take it, whether it needs words, and who is told."""

    side: Side
    needs_reason: bool = False
    to_organisation: Letter | None = None
    to_network: Letter | None = None


BEGINNING = ""
S = MembershipStatus
_WITHDRAWN = Step(Side.APPLICANT, to_network=mails.withdrawn)
_DECLINED = Step(Side.NETWORK, needs_reason=True, to_organisation=mails.declined)
TRANSITIONS: Mapping[tuple[str, str], Step] = {
    (BEGINNING, S.SUBMITTED): Step(
        Side.APPLICANT, to_organisation=mails.application_receipt, to_network=mails.application_arrived
    ),
    (S.SUBMITTED, S.MORE_INFO): Step(Side.NETWORK, needs_reason=True, to_organisation=mails.more_wanted),
    (S.MORE_INFO, S.SUBMITTED): Step(Side.APPLICANT, needs_reason=True, to_network=mails.answer_arrived),
    (S.SUBMITTED, S.ACTIVE): Step(Side.NETWORK, to_organisation=mails.accepted),
    (S.SUBMITTED, S.DECLINED): _DECLINED,
    (S.MORE_INFO, S.DECLINED): _DECLINED,  # else an organisation that never answers keeps the application open for ever
    (S.SUBMITTED, S.WITHDRAWN): _WITHDRAWN,
    (S.MORE_INFO, S.WITHDRAWN): _WITHDRAWN,
    (S.ACTIVE, S.RESIGNED): Step(Side.OWNER, to_organisation=mails.resignation_receipt, to_network=mails.resigned),
}
DECISIONS = (S.ACTIVE, S.DECLINED)
TOLD = (Role.OWNER, Role.EDITOR, Role.REPRESENTATIVE)


def change_state(
    session: Session,
    membership: Membership,
    to: MembershipStatus,
    *,
    by: Person,
    reason: str = "",
    since: str | None = None,
) -> MembershipEvent:
    """Take one step: writes the state, its event, the audit entry and the mails.

    `membership` must have been re-read under lock. `since` is the state it comes from when the row is new. Raises
    Conflict for a step that does not exist from here, Refusal for a person who may not take it and for a missing reason.
    """
    before = membership.status if since is None else since
    step = TRANSITIONS.get((before, to))
    if step is None:
        raise Conflict(_l("Somebody else has taken a step in the meantime. The page shows what is true now."))
    _check_side(step.side, membership, by)
    if step.needs_reason and not reason.strip():
        raise Refusal(_l("Say why, in a sentence or two."), field="reason")
    membership.status = to
    if to in DECISIONS:
        membership.decided_at = clock.now()
    event = MembershipEvent(
        membership_id=membership.id,
        from_status=before,
        to_status=to,
        actor_id=by.id,
        reason=reason.strip(),
        at=clock.now(),
    )
    session.add(event)
    session.flush()
    audit.record(f"membership.{to}", membership, detail={"from": before, "reason": event.reason}, actor=by)
    _tell(step, membership, event)
    return event


def _check_side(side: Side, membership: Membership, by: Person) -> None:
    if side is Side.NETWORK:
        may = policies.is_decider(by, membership.network_id, membership.organisation_id)
    elif side is Side.OWNER:
        may = policies.owns(by, membership.organisation_id)
    else:
        may = queries.acting_for(by, membership.organisation_id)
    if not may:
        raise Refusal(_l("This step needs other rights than yours. Ask the portal team for them."))


def _tell(step: Step, membership: Membership, event: MembershipEvent) -> None:
    organisation = queries.keepers(membership.organisation_id, TOLD)
    network = queries.deciders(membership.network_id, membership.organisation_id)
    for letter, people in ((step.to_organisation, organisation), (step.to_network, network)):
        for person in people:
            if letter and person.email:
                mail.queue(letter(membership, event, person))
