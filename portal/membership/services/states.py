"""The states of a membership and of a review: who decides, what needs words, and who is told."""

from collections.abc import Callable, Sequence

from portal import mail
from portal.accounts.models import Person
from portal.ground import states
from portal.ground.db import db
from portal.ground.states import START, change_state
from portal.membership import mails, policies, queries
from portal.membership.models import Membership, MembershipEvent, MembershipStatus, Review, ReviewOutcome
from portal.membership.services.sizes import follow_step
from portal.organisations.models import OrganisationStatus, Role
from portal.organisations.services import PROFILES
from portal.words.i18n import _l

S, R = MembershipStatus, ReviewOutcome
TOLD = (Role.OWNER, Role.EDITOR, Role.REPRESENTATIVE)

# --- an organisation in a network -----------------------------------------------------------------------------------------

Side = states.Side[Person, Membership]
Step = states.Step[Person, Membership]
Move = states.Move[Person, Membership]
Letter = states.Letter[Person, Membership]
Words = Callable[[Membership, MembershipEvent, Person], mail.Message]

APPLICANT = Side("applicant", policies.may_answer)
OWNER = Side("owner", policies.may_resign)
MERGE = Side("merge of two profiles", lambda by, row: False, itself=True)
NETWORK = Side("network", policies.may_decide)
DEMO = Side("the large demo", lambda by, row: False, itself=True)


def _decided(move: Move) -> None:
    move.row.decided_at = move.at


def _note(move: Move) -> None:
    """Every step stays in the history that both sides read."""
    event = MembershipEvent(
        membership_id=move.row.id, from_status=move.before or "", to_status=move.to,
        actor_id=move.by.id if move.by else None, reason=move.reason, at=move.at,
    )  # fmt: skip
    db.session.add(event)


def _count(move: Move) -> None:
    follow_step(move.row, move.before, move.to)


def _send(move: Move, people: Sequence[Person], words: Words) -> None:
    event = queries.latest_event(move.row.id)
    for person in people:
        if person.email:
            mail.queue(words(move.row, event, person))


def to_organisation(words: Words) -> Letter:
    def send(move: Move) -> None:
        _send(move, queries.keepers(move.row.organisation_id, TOLD), words)

    return Letter("organisation", words.__name__, send)


def to_network(words: Words) -> Letter:
    def send(move: Move) -> None:
        _send(move, queries.deciders(move.row.network_id, move.row.organisation_id), words)

    return Letter("network", words.__name__, send)


WHY = _l("Say why, in a sentence or two.")
WITHDRAWN = [to_network(mails.withdrawn)]
DECLINED = [to_organisation(mails.declined)]

MEMBERSHIPS = states.States(
    Membership, "status", MembershipStatus, "membership_status",
    steps=(
        Step(
            START, S.SUBMITTED, APPLICANT, "membership.submitted",
            mails=[to_organisation(mails.application_receipt), to_network(mails.application_arrived)],
        ),
        Step(START, S.ACTIVE, DEMO),
        Step(
            S.SUBMITTED, S.MORE_INFO, NETWORK, "membership.more-info", needs=WHY,
            mails=[to_organisation(mails.more_wanted)],
        ),
        Step(
            S.MORE_INFO, S.SUBMITTED, APPLICANT, "membership.submitted", needs=WHY,
            mails=[to_network(mails.answer_arrived)],
        ),
        Step(
            S.SUBMITTED, S.ACTIVE, NETWORK, "membership.active", effects=[_decided],
            mails=[to_organisation(mails.accepted)],
        ),
        Step(S.SUBMITTED, S.DECLINED, NETWORK, "membership.declined", needs=WHY, effects=[_decided], mails=DECLINED),
        # else an organisation that never answers keeps the application open for ever
        Step(S.MORE_INFO, S.DECLINED, NETWORK, "membership.declined", needs=WHY, effects=[_decided], mails=DECLINED),
        Step(S.SUBMITTED, S.WITHDRAWN, APPLICANT, "membership.withdrawn", mails=WITHDRAWN),
        Step(S.MORE_INFO, S.WITHDRAWN, APPLICANT, "membership.withdrawn", mails=WITHDRAWN),
        Step(
            S.ACTIVE, S.RESIGNED, OWNER, "membership.resigned",
            mails=[to_organisation(mails.resignation_receipt), to_network(mails.resigned)],
        ),
        # of two memberships in one network that a merge finds one ends: nobody withdrew or resigned, so nobody is written to
        Step(S.SUBMITTED, S.WITHDRAWN, MERGE, "membership.merged"),
        Step(S.MORE_INFO, S.WITHDRAWN, MERGE, "membership.merged"),
        Step(S.ACTIVE, S.RESIGNED, MERGE, "membership.merged"),
    ),
    otherwise=_l("Somebody else has taken a step in the meantime. The page shows what is true now."),
    always=[_note, _count],
)  # fmt: skip

# --- the review of a profile ----------------------------------------------------------------------------------------------

KEEPER = states.Side[Person, Review]("owner", policies.may_withdraw_review)
DECIDER = states.Side[Person, Review]("network that was named, or the portal team", policies.may_decide_review)
ReviewMove = states.Move[Person, Review]


def _closed(move: ReviewMove) -> None:
    move.row.reason, move.row.decided_at = move.reason, move.at
    move.row.decided_by = move.by.id if move.by else None


def profile_follows(status: OrganisationStatus) -> Callable[[ReviewMove], None]:
    """The profile takes its own step, by the same person."""

    def follow(move: ReviewMove) -> None:
        change_state(PROFILES, move.row.organisation, status, by=move.by, reason=move.reason)

    return follow


def _to_deciders(move: ReviewMove) -> None:
    for person in queries.deciders(move.row.network_id, move.row.organisation_id):
        if person.email:
            mail.queue(mails.review_requested(move.row, person))


def _to_keepers(words: Callable[[Review, Person], mail.Message]) -> states.Letter[Person, Review]:
    def send(move: ReviewMove) -> None:
        for person in queries.keepers(move.row.organisation_id, TOLD):
            if person.email:
                mail.queue(words(move.row, person))

    return states.Letter("organisation", words.__name__, send)


_DRAFT, _PUBLIC = profile_follows(OrganisationStatus.DRAFT), profile_follows(OrganisationStatus.PUBLISHED)

REVIEWS = states.States(
    Review, "outcome", ReviewOutcome, "review_outcome",
    steps=(
        states.Step(
            START, R.WAITING, KEEPER, "profile.sent", effects=[profile_follows(OrganisationStatus.PENDING)],
            mails=[states.Letter("network that was named, or the portal team", "review_requested", _to_deciders)],
        ),
        states.Step(
            R.WAITING, R.PUBLISHED, DECIDER, "profile.published", effects=[_closed, _PUBLIC],
            mails=[_to_keepers(mails.review_published)],
        ),
        states.Step(
            R.WAITING, R.RETURNED, DECIDER, "profile.returned", effects=[_closed, _DRAFT],
            needs=_l("Say what should be corrected, in a sentence or two."), mails=[_to_keepers(mails.review_returned)],
        ),
        states.Step(R.WAITING, R.WITHDRAWN, KEEPER, "profile.withdrawn", effects=[_closed, _DRAFT]),
    ),
    otherwise=_l("Somebody else has decided in the meantime. The page shows what is true now."),
    detail=lambda review: {"network": review.network.slug if review.network else ""},
)  # fmt: skip
