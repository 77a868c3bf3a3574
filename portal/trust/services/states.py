"""The states of a claim: proven by a mail, or looked at; with those who manage the profile asked whether they object."""

from portal.accounts.models import Person
from portal.ground import clock, states
from portal.ground.authz import PORTAL
from portal.ground.errors import Refusal
from portal.ground.states import START
from portal.organisations.models import Role
from portal.organisations.queries import by_number
from portal.organisations.services import grant_role
from portal.trust import mails, policies, queries
from portal.trust.models import Claim, ClaimStatus
from portal.trust.services.telling import tell
from portal.words.i18n import _l

S = ClaimStatus
Side = states.Side[Person, Claim]
Step = states.Step[Person, Claim]
Move = states.Move[Person, Claim]
Letter = states.Letter[Person, Claim]

CLAIMANT = Side("claimant", policies.may_withdraw_claim)
MAILBOX = Side("mailbox of the organisation", lambda by, row: row.proven_at is not None, itself=True)
DECIDER = Side("whoever decides on the claim", policies.may_decide_claim)
MERGE = Side("merge of two profiles", lambda by, row: False, itself=True)
WHY = _l("Say why, in a sentence or two.")


def _nobody_manages(claim: Claim) -> None:
    if queries.owners(claim.organisation_id):
        raise Refusal(_l("Somebody manages this profile. They are asked first whether they object."))


def _time_is_over(claim: Claim) -> None:
    """Without an objection those who manage the profile have their whole time."""
    waiting = claim.objected_at is None and claim.objection_until is not None and clock.now() < claim.objection_until
    if waiting and queries.owners(claim.organisation_id):
        raise Refusal(_l("The people of the profile can still object. Decide after the day that this page names."))


def _wait(move: Move) -> None:
    move.row.objection_until = move.at + mails.OBJECTION


def _decided(move: Move) -> None:
    move.row.decided_at, move.row.reason = move.at, move.reason
    move.row.decided_by = move.by.id if move.by else None


def _grant(move: Move) -> None:
    """The claimant manages the profile from now on, beside whoever does."""
    organisation, claimant = by_number(move.row.organisation_id), queries.claimant_of(move.row)
    if organisation is None or claimant is None:
        raise Refusal(_l("Whoever asked has deleted their account. Refuse the claim."))
    grant_role(organisation, to=claimant, role=Role.OWNER, by=PORTAL)


def _tell_all(move: Move) -> None:
    claim, claimant = move.row, queries.claimant_of(move.row)
    people = {
        person.id: person for person in (*queries.owners(claim.organisation_id), *([claimant] if claimant else []))
    }
    tell(people.values(), lambda person: mails.claim_decided(claim, person))


OWNERS_ASKED = [Letter("owners", "claim_to_owner")]
TOLD = [Letter("claimant and owners", "claim_decided", _tell_all)]

CLAIMS = states.States(
    Claim, "status", ClaimStatus, "claim_status",
    steps=(
        Step(START, S.ASKED, CLAIMANT, "claim.asked"),
        Step(S.ASKED, S.WAITING, CLAIMANT, "claim.waiting", effects=[_wait], mails=OWNERS_ASKED),
        Step(S.ASKED, S.WAITING, DECIDER, "claim.waiting", effects=[_wait], mails=OWNERS_ASKED),
        Step(S.ASKED, S.GRANTED, MAILBOX, "claim.granted", guards=[_nobody_manages], effects=[_decided, _grant], mails=TOLD),
        Step(S.ASKED, S.GRANTED, DECIDER, "claim.granted", guards=[_nobody_manages], effects=[_decided, _grant], mails=TOLD),
        Step(S.ASKED, S.REFUSED, DECIDER, "claim.refused", needs=WHY, effects=[_decided], mails=TOLD),
        Step(S.WAITING, S.GRANTED, DECIDER, "claim.granted", needs=WHY, guards=[_time_is_over],
             effects=[_decided, _grant], mails=TOLD),
        Step(S.WAITING, S.REFUSED, DECIDER, "claim.refused", needs=WHY, guards=[_time_is_over],
             effects=[_decided], mails=TOLD),
        Step(S.ASKED, S.REFUSED, MERGE, "claim.refused", effects=[_decided], mails=TOLD),
        Step(S.WAITING, S.REFUSED, MERGE, "claim.refused", effects=[_decided], mails=TOLD),
        Step(S.ASKED, S.WITHDRAWN, CLAIMANT, "claim.withdrawn", effects=[_decided]),
        Step(S.WAITING, S.WITHDRAWN, CLAIMANT, "claim.withdrawn", effects=[_decided]),
    ),
    otherwise=_l("Somebody else has taken a step in the meantime. The page shows what is true now."),
)  # fmt: skip
