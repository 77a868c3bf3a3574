"""The states of a registration and of its bookings.

People move their own registration by the link of a mail; the seats and the clock move the rest. Bookings are moved by
the seats alone, many at once: each UPDATE of theirs is a plain step of the table (docs/decisions/0014-one-door.md).
"""

from portal.accounts.models import Person
from portal.ground import states
from portal.ground.states import START
from portal.registration.models import Booking, BookingStatus, Registration, RegistrationStatus
from portal.words.i18n import _l

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


def _entered(move: Move) -> None:
    move.row.queue_at = move.row.confirmed_at = move.at


def _cancelled(move: Move) -> None:
    move.row.cancelled_at = move.at
    move.row.sequence += 1


# The use-cases queue these: what they say is known only when the waiting lists were served, who gained by it is told first.
PLACED = [Letter("the person", "placed")]
PROMOTED = [Letter("the person", "promoted")]
CANCELLED = [Letter("the person", "cancelled")]

REGISTRATIONS = states.States(
    Registration, "status", RegistrationStatus, "registration_status",
    steps=(
        Step(START, S.UNVERIFIED, ANYBODY),
        Step(START, S.CONFIRMED, DEMO),
        Step(START, S.WAITING, DEMO),
        Step(S.UNVERIFIED, S.CONFIRMED, HOLDER, "registration.confirmed", effects=[_entered], mails=PLACED),
        Step(S.UNVERIFIED, S.WAITING, HOLDER, "registration.confirmed", effects=[_entered], mails=PLACED),
        Step(S.UNVERIFIED, S.EXPIRED, CLOCK),
        Step(S.WAITING, S.CONFIRMED, SEATS, "registration.admitted", mails=PROMOTED),
        Step(S.WAITING, S.CANCELLED, HOLDER, "registration.cancelled", effects=[_cancelled], mails=CANCELLED),
        Step(S.CONFIRMED, S.CANCELLED, HOLDER, "registration.cancelled", effects=[_cancelled], mails=CANCELLED),
    ),
    otherwise=ENDED,
)  # fmt: skip

OF_SEATS = states.Side[Person, Booking]("the seats", lambda by, row: False, itself=True)
DEMO_PLACES = states.Side[Person, Booking]("the large demo", lambda by, row: False, itself=True)
_GAINED = states.Letter[Person, Booking]("the person", "promoted")

BOOKINGS = states.States(
    Booking, "status", BookingStatus, "booking_status",
    steps=(
        states.Step(START, B.WISHED, OF_SEATS),
        states.Step(START, B.WAITING, OF_SEATS),
        states.Step(START, B.BOOKED, DEMO_PLACES),
        states.Step(B.WISHED, B.WAITING, OF_SEATS),
        states.Step(B.WAITING, B.BOOKED, OF_SEATS, mails=[_GAINED]),
        states.Step(B.WISHED, B.RELEASED, OF_SEATS),
        states.Step(B.WAITING, B.RELEASED, OF_SEATS),
        states.Step(B.BOOKED, B.RELEASED, OF_SEATS),
    ),
    otherwise=ENDED,
)  # fmt: skip
