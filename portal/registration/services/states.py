"""The states of a registration and of its bookings.

People move their own registration by the link of a mail; the seats and the clock move the rest. Bookings are moved by
the seats alone, many at once: each UPDATE of theirs is a plain step of the table (docs/decisions/0014-one-door.md).
"""

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.events.policies import runs
from portal.ground import states
from portal.ground.db import db
from portal.ground.states import START
from portal.registration.models import Booking, BookingStatus, Need, Registration, RegistrationStatus
from portal.words.i18n import _l

_UNSYNCED = {"synchronize_session": False}
S, B = RegistrationStatus, BookingStatus
ENDED = _l("This registration has ended. Register again if you would like to take part.")

Step = states.Step[Person, Registration]
Move = states.Move[Person, Registration]
Letter = states.Letter[Person, Registration]

ANYBODY = states.Side[Person, Registration]("anybody", lambda by, row: True, itself=True)
HOLDER = states.Side[Person, Registration]("holder of the link", lambda by, row: True, itself=True)
CLOCK = states.Side[Person, Registration](
    "the clock, or another form of the person", lambda by, row: False, itself=True
)
SEATS = states.Side[Person, Registration]("the seats", lambda by, row: False, itself=True)
DEMO = states.Side[Person, Registration]("the large demo", lambda by, row: False, itself=True)


ORGANISERS = states.Side[Person, Registration](
    "organisers of the event", lambda by, row: by is not None and runs(by, row.event)
)
NOT_PENDING = _l("This request has been answered or withdrawn in the meantime. Nothing has changed.")
WHY_NOT = _l("Say why, in a sentence or two. The person reads it.")


def _entered(move: Move) -> None:
    move.row.queue_at = move.row.confirmed_at = move.at


def _answered(move: Move) -> None:
    """A seat that was kept for the request belongs to whoever is accepted, or to nobody."""
    move.row.holds_seat = False


def _refused(move: Move) -> None:
    move.row.reason, move.row.cancelled_at = move.reason, move.at
    _without_needs(move)


def _resumed(move: Move) -> None:
    move.row.cancelled_at = None
    move.row.sequence += 1
    if move.row.reconfirm_asked_at:
        move.row.reconfirmed_at = move.at


def _cancelled(move: Move) -> None:
    move.row.cancelled_at = move.at
    move.row.sequence += 1
    _without_needs(move)


def _without_needs(move: Move) -> None:
    """What somebody needed is nobody's business any more."""
    db.session.execute(sa.delete(Need).where(Need.registration_id == move.row.id), execution_options=_UNSYNCED)


# The use-cases queue these: what they say is known only when the waiting lists were served, who gained by it is told first.
PLACED = [Letter("the person", "placed")]
PROMOTED = [Letter("the person", "promoted")]
CANCELLED = [Letter("the person", "cancelled")]
REQUESTED = [Letter("the person", "requested")]
REJECTED = [Letter("the person", "rejected")]
CHANGED = [Letter("the person", "changed")]
TRANSFERRED = [Letter("who hands it over", "transferred"), Letter("who takes it over", "taken_over")]
OFFERED = [Letter("the person", "offered")]
LAPSED = [Letter("the person", "lapsed")]
UNANSWERED = [Letter("the person", "released")]

REGISTRATIONS = states.States(
    Registration, "status", RegistrationStatus, "registration_status",
    steps=(
        Step(START, S.UNVERIFIED, ANYBODY),
        Step(START, S.CONFIRMED, HOLDER),
        Step(START, S.CONFIRMED, DEMO),
        Step(START, S.WAITING, DEMO),
        Step(S.UNVERIFIED, S.CONFIRMED, HOLDER, "registration.confirmed", effects=[_entered], mails=PLACED),
        Step(S.UNVERIFIED, S.WAITING, HOLDER, "registration.confirmed", effects=[_entered], mails=PLACED),
        Step(S.UNVERIFIED, S.PENDING, HOLDER, "registration.requested", effects=[_entered], mails=REQUESTED),
        Step(S.UNVERIFIED, S.EXPIRED, CLOCK),
        Step(S.PENDING, S.CONFIRMED, ORGANISERS, "registration.approved", effects=[_answered], mails=PLACED),
        Step(S.PENDING, S.WAITING, ORGANISERS, "registration.approved", effects=[_answered], mails=PLACED),
        Step(
            S.PENDING, S.REJECTED, ORGANISERS, "registration.rejected", needs=WHY_NOT, effects=[_answered, _refused],
            mails=REJECTED,
        ),
        Step(
            S.PENDING, S.CANCELLED, HOLDER, "registration.cancelled", effects=[_answered, _cancelled], mails=CANCELLED
        ),
        Step(S.WAITING, S.OFFERED, SEATS, "registration.offered", mails=OFFERED),
        Step(S.OFFERED, S.CONFIRMED, HOLDER, "registration.accepted", mails=PLACED),
        Step(S.OFFERED, S.DECLINED, HOLDER, "registration.declined", effects=[_cancelled], mails=CANCELLED),
        Step(S.OFFERED, S.EXPIRED, CLOCK, "registration.offer_lapsed", effects=[_cancelled], mails=LAPSED),
        Step(S.WAITING, S.CONFIRMED, SEATS, "registration.admitted", mails=PROMOTED),
        Step(S.WAITING, S.CANCELLED, HOLDER, "registration.cancelled", effects=[_cancelled], mails=CANCELLED),
        Step(
            S.CONFIRMED, S.TRANSFERRED, HOLDER, "registration.transferred", effects=[_cancelled], mails=TRANSFERRED
        ),
        Step(S.CANCELLED, S.CONFIRMED, HOLDER, "registration.resumed", effects=[_resumed], mails=CHANGED),
        Step(S.CONFIRMED, S.EXPIRED, CLOCK, "registration.released", effects=[_cancelled], mails=UNANSWERED),
        Step(S.CONFIRMED, S.CANCELLED, HOLDER, "registration.cancelled", effects=[_cancelled], mails=CANCELLED),
    ),
    otherwise=ENDED,
    refused={S.REJECTED: NOT_PENDING},
)  # fmt: skip

OF_SEATS = states.Side[Person, Booking]("the seats", lambda by, row: False, itself=True)
DEMO_PLACES = states.Side[Person, Booking]("the large demo", lambda by, row: False, itself=True)
_GAINED = states.Letter[Person, Booking]("the person", "promoted")
_OFFERED = states.Letter[Person, Booking]("the person", "offered")
_CHANGED = states.Letter[Person, Booking]("the person", "changed")
_TOLD = states.Letter[Person, Booking]("the person", "digest")

BOOKINGS = states.States(
    Booking, "status", BookingStatus, "booking_status",
    steps=(
        states.Step(START, B.WISHED, OF_SEATS),
        states.Step(START, B.WAITING, OF_SEATS),
        states.Step(START, B.BOOKED, OF_SEATS),
        states.Step(START, B.BOOKED, DEMO_PLACES),
        states.Step(B.WISHED, B.WAITING, OF_SEATS),
        states.Step(B.WAITING, B.BOOKED, OF_SEATS, mails=[_GAINED]),
        states.Step(B.WAITING, B.OFFERED, OF_SEATS, mails=[_OFFERED]),
        states.Step(B.OFFERED, B.BOOKED, OF_SEATS, mails=[_CHANGED]),
        states.Step(B.OFFERED, B.RELEASED, OF_SEATS),
        states.Step(B.WISHED, B.RELEASED, OF_SEATS),
        states.Step(B.WAITING, B.RELEASED, OF_SEATS),
        states.Step(B.BOOKED, B.RELEASED, OF_SEATS),
        states.Step(B.OFFERED, B.DISPLACED, OF_SEATS, mails=[_TOLD]),
        states.Step(B.BOOKED, B.DISPLACED, OF_SEATS, mails=[_TOLD]),
    ),
    otherwise=ENDED,
)  # fmt: skip
