"""The states of a delegation and of its seats. Seats are moved by the use-cases, many at once."""

from portal.accounts.models import Person
from portal.events.policies import runs
from portal.ground import states
from portal.ground.states import START
from portal.registration.models import Delegation, DelegationSeat, DelegationStatus, SeatStatus
from portal.words.i18n import _l

D, S = DelegationStatus, SeatStatus
ENDED = _l("These places have been given back, or their time is over. Nothing has changed.")
NOT_PENDING = _l("This request has been answered or withdrawn in the meantime. Nothing has changed.")
WHY_NOT = _l("Say why, in a sentence or two. Whoever asked for the places reads it.")

Step = states.Step[Person, Delegation]
Move = states.Move[Person, Delegation]
Letter = states.Letter[Person, Delegation]

HOLDER = states.Side[Person, Delegation]("holder of the link", lambda by, row: True, itself=True)
CLOCK = states.Side[Person, Delegation]("the clock", lambda by, row: False, itself=True)
ORGANISERS = states.Side[Person, Delegation](
    "organisers of the event", lambda by, row: by is not None and runs(by, row.event)
)
TOLD = [Letter("who coordinates it", "delegation")]


def _entered(move: Move) -> None:
    move.row.queue_at = move.at


def _ended(move: Move) -> None:
    move.row.ended_at, move.row.reason = move.at, move.reason


DELEGATIONS = states.States(
    Delegation, "status", DelegationStatus, "delegation_status",
    steps=(
        Step(START, D.UNVERIFIED, HOLDER),
        Step(D.UNVERIFIED, D.ACTIVE, HOLDER, "delegation.confirmed", effects=[_entered], mails=TOLD),
        Step(D.UNVERIFIED, D.PENDING, HOLDER, "delegation.requested", effects=[_entered], mails=TOLD),
        Step(D.UNVERIFIED, D.EXPIRED, CLOCK),
        Step(D.PENDING, D.ACTIVE, ORGANISERS, "delegation.approved", mails=TOLD),
        Step(D.PENDING, D.REJECTED, ORGANISERS, "delegation.rejected", needs=WHY_NOT, effects=[_ended], mails=TOLD),
        Step(D.PENDING, D.CANCELLED, HOLDER, "delegation.cancelled", effects=[_ended], mails=TOLD),
        Step(D.ACTIVE, D.CANCELLED, HOLDER, "delegation.cancelled", effects=[_ended], mails=TOLD),
    ),
    otherwise=ENDED,
    refused={D.REJECTED: NOT_PENDING},
)  # fmt: skip

OF_SEATS = states.Side[Person, DelegationSeat]("the seats", lambda by, row: False, itself=True)
_TOLD = states.Letter[Person, DelegationSeat]("who coordinates it", "delegation")
_NAMED = states.Letter[Person, DelegationSeat]("who is named", "named")
_ENDING = (S.WISHED, S.WAITING, S.OFFERED, S.HELD)

DELEGATION_SEATS = states.States(
    DelegationSeat, "status", SeatStatus, "delegation_seat_status",
    steps=(
        states.Step(START, S.WISHED, OF_SEATS),
        states.Step(S.WISHED, S.WAITING, OF_SEATS),
        states.Step(S.WISHED, S.HELD, OF_SEATS),
        states.Step(S.WAITING, S.HELD, OF_SEATS, mails=[_TOLD]),
        states.Step(S.WAITING, S.OFFERED, OF_SEATS, mails=[_TOLD]),
        states.Step(S.OFFERED, S.HELD, OF_SEATS),
        states.Step(S.HELD, S.NAMED, OF_SEATS, mails=[_NAMED]),
        *(states.Step(before, S.RETURNED, OF_SEATS) for before in _ENDING),
        *(states.Step(before, S.LAPSED, OF_SEATS, mails=[_TOLD]) for before in (S.WAITING, S.OFFERED, S.HELD)),
    ),
    otherwise=ENDED,
)  # fmt: skip
