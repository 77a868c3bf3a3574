"""Taking part: the form, the confirming that books or queues, and the link that is sent again."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import mail
from portal.accounts.models import Person
from portal.accounts.services import confirmed_person
from portal.accounts.session import current_person
from portal.events.models import Event
from portal.events.registration_state import State, registration_state
from portal.ground import clock, links
from portal.ground.authz import PORTAL
from portal.ground.db import UtcDateTime, transaction
from portal.ground.errors import Conflict, Refusal, Refusals
from portal.ground.locks import locked
from portal.ground.mailboxes import mailbox_key
from portal.ground.statements import table
from portal.ground.states import change_state
from portal.registration import mails, names, queries
from portal.registration.models import Booking, BookingStatus, Registration, RegistrationStatus
from portal.registration.services import seats, wishes
from portal.registration.services.serving import refill
from portal.registration.services.states import BOOKINGS, ENDED, REGISTRATIONS
from portal.registration.services.wishes import Wish
from portal.words.i18n import _l

CLOSED = _l("Registration for this event is closed.")
SHUT = _l("Registration for this event is closed, so nothing was saved. What you typed is still here.")
FULL = _l("The last place at this event has just been taken. Send the form again to join the waiting list.")


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The registration that now holds, whether it did so before or waits for a place, and a token that opens it."""

    registration_id: int
    token: str
    is_known: bool = False
    waits: bool = False


def submit(
    *,
    event_id: int,
    name: str,
    email: str,
    locale: str,
    affiliation: str,
    wanted: Sequence[Wish],
    accepts_waiting: bool,
) -> None:
    """Keep a form until its address is confirmed. It takes no seat.

    Who takes part already gets the link to their registration by mail; another person with the same address gets the mail
    of everybody, which names those who have registered with it. The sender is told the same each time.
    """
    with transaction() as session:
        event = session.get_one(Event, event_id, populate_existing=True)
        _check_open(event)
        workshops = wishes.check(queries.workshops(event_id, only=wishes.sessions(wanted)), wanted, now_free=True)
        _check_event_free(event_id, accepts_waiting)
        others = queries.active_of_address(event_id, email)
        existing = _same(others, name)
        if existing is not None:
            mail.queue(mails.known([existing], event, asked=_asked(), is_form=True))
            return
        registration = Registration(
            event_id=event_id, name=name, address=email, locale=locale, affiliation=affiliation,
            status=REGISTRATIONS.born(RegistrationStatus.UNVERIFIED),
        )  # fmt: skip
        session.add(registration)
        session.flush()
        _insert(session, registration, [workshop.id for workshop in workshops])
        names_there = [one.name for one in others]
        mail.queue(mails.confirm(registration, event, mails.confirm_by(event), beside=names_there))


def confirm(registration_id: int) -> Confirmed:
    """The address is confirmed: book what is free and queue for the rest, as of this moment.

    Idempotent. When the same person of the address takes part already with another form, that registration holds and this
    one ends. What can be done before the lock of the event is: everybody else who confirms now waits for it.
    """
    with transaction() as session:
        token = _token_beforehand(registration_id)
        event = seats.lock_event_of(session, registration_id)
        registration = locked(Registration, registration_id)
        if registration.status in queries.ACTIVE:
            return _confirmed(registration, event, is_known=True)
        if registration.status != RegistrationStatus.UNVERIFIED:
            raise Conflict(ENDED)
        now = clock.now()
        state = registration_state(event, now)
        if not state.takes and state.state != State.CLOSED:  # sent before the deadline, it may be confirmed after it
            raise Conflict(CLOSED)
        asked = queries.wishes_of(registration.id)
        person = confirmed_person(registration.address, registration.name, registration.locale)
        known = queries.ever_of_address(event.id, registration.email, person.id)
        others = [one for one in known if one.status in queries.ACTIVE]
        existing = _same(others, registration.name)
        if existing is not None:
            change_state(REGISTRATIONS, registration, RegistrationStatus.EXPIRED, by=PORTAL)
            seats.release(session, seats.held(session, registration.id))
            return _confirmed(existing, event, is_known=True)
        lost = [(wish, loss) for wish in asked if (loss := wish.loss(now))]
        _end_lost(session, [wish for wish, _loss in lost])
        gone = {wish.session_id for wish, _loss in lost}
        wished = [wish.session_id for wish in asked if wish.session_id not in gone]
        _enter(session, event, registration, _free(person, others), known, wished, lost)
        return Confirmed(registration.id, token, waits=registration.status == RegistrationStatus.WAITING)


def register(
    *,
    event_id: int,
    email: str,
    name: str,
    locale: str,
    affiliation: str,
    wanted: Sequence[Wish],
    accepts_waiting: bool,
) -> Confirmed:
    """The form of somebody whose address is confirmed: books or queues at once, exactly what was asked for.

    Raises when a seat was taken between looking and sending; then nothing is booked. Somebody whose account was deleted
    meanwhile takes part without one.
    """
    with transaction() as session:
        event = seats.lock_event(session, event_id)
        _check_open(event)
        seats.lock_seats(session, wishes.sessions(wanted))
        person = confirmed_person(email, name, locale)
        known = queries.ever_of_address(event_id, email, person.id)
        others = [one for one in known if one.status in queries.ACTIVE]
        existing = _same(others, name)
        if existing is not None:
            return _confirmed(existing, event, is_known=True)
        workshops = wishes.check(queries.workshops(event_id, only=wishes.sessions(wanted)), wanted)
        _check_event_free(event_id, accepts_waiting)
        registration = Registration(
            event_id=event_id, name=name, address=email, locale=locale, affiliation=affiliation,
            status=REGISTRATIONS.born(RegistrationStatus.UNVERIFIED),
        )  # fmt: skip
        session.add(registration)
        session.flush()
        _insert(session, registration, [workshop.id for workshop in workshops])
        _enter(session, event, registration, _free(person, others), known, [workshop.id for workshop in workshops])
        if registration.status == RegistrationStatus.CONFIRMED:
            check_got(session, registration, workshops, wanted)
        return _confirmed(registration, event)


_JOIN_QUEUES = (
    BOOKINGS.moving([BookingStatus.WISHED], BookingStatus.WAITING)
    .where(Booking.registration_id == sa.bindparam("registration"))
    .values(queue_at=sa.bindparam("now", type_=UtcDateTime))
    .execution_options(synchronize_session=False)
)


def _enter(
    session: Session,
    event: Event,
    registration: Registration,
    person: Person | None,
    known: Sequence[Registration],
    wished: Sequence[int],
    lost: Sequence[tuple[queries.Wished, queries.Loss]] = (),
) -> None:
    """Join the queues of the event and of every session wished for, now, and be served from them like everybody.

    `known` are the registrations that the address has had. `lost` are wishes that ended before: the mail says so, and why.
    Without a `person` it is somebody who shares an address.
    """
    registration.person_id = person.id if person else None
    _continue_calendar(registration, known)
    limited = event.seats is not None
    first = RegistrationStatus.WAITING if limited else RegistrationStatus.CONFIRMED
    change_state(REGISTRATIONS, registration, first, by=current_person())
    session.execute(_JOIN_QUEUES, {"registration": registration.id, "now": registration.queue_at})
    gains = refill(session, event, session_ids=set(wished), registration=registration, admits=limited, enters=True)
    position = queries.event_position(registration) if registration.status == RegistrationStatus.WAITING else None
    blocked = gains.blocked.get(registration.id, ())
    held = queries.places([registration.id]) if gains.held is None else gains.held
    mail.queue(mails.placed(registration, event, held, position, lost, blocked))


def _same(others: Sequence[Registration], name: str) -> Registration | None:
    """The registration among those of an address that is of the person with this name."""
    return next((one for one in others if names.is_same(one.name, name)), None)


def _free(person: Person, others: Sequence[Registration]) -> Person | None:
    """The person of an address, unless another registration for the event is theirs already."""
    return None if any(one.person_id == person.id for one in others) else person


def _asked() -> str:
    """When a link was asked for: each time a mail of its own."""
    return f"{clock.now():%Y%m%d%H%M%S%f}"


def _end_lost(session: Session, lost: Sequence[queries.Wished]) -> None:
    """End the wishes for what can no longer be booked; those for a cancelled session have ended with it."""
    rows = [(wish.booking_id, wish.session_id, wish.booking_status) for wish in lost]
    seats.release(session, [row for row in rows if row[2] == BookingStatus.WISHED])


def _continue_calendar(registration: Registration, known: Sequence[Registration]) -> None:
    """The SEQUENCE of a UID never falls (RFC 5545, 3.8.7.4), also when somebody comes back who had cancelled.

    Another person with the same address gets UIDs of their own: in a calendar that the two share, what one of them gives
    up must not take away what the other keeps.
    """
    earlier = [one for one in known if one is not registration and one.email == registration.email]
    own = [one for one in earlier if names.is_same(one.name, registration.name)]
    if own:
        registration.calendar = own[-1].calendar
        registration.sequence = 1 + max(one.sequence for one in own if one.calendar == registration.calendar)
    elif earlier:
        registration.calendar = secrets.token_hex(4)


def check_got(
    session: Session, registration: Registration, workshops: Sequence[queries.Workshop], wanted: Sequence[Wish]
) -> None:
    """Raise when a place that was asked for outright became only a waiting place."""
    waiting = seats.waits_of(session, [registration.id]) - {wish.session_id for wish in wanted if wish.waits}
    missing = [workshop for workshop in workshops if workshop.id in waiting]
    if missing:
        raise Refusals(wishes.gone(missing))


def _insert(session: Session, registration: Registration, session_ids: Sequence[int]) -> None:
    status = BOOKINGS.born(BookingStatus.WISHED)
    if session_ids:
        rows = [
            {"registration_id": registration.id, "session_id": number, "status": status, "created_at": clock.now()}
            for number in session_ids
        ]
        session.execute(_NEW_BOOKINGS, rows)


_NEW_BOOKINGS = sa.insert(table(Booking))


def _check_open(event: Event) -> None:
    if not registration_state(event, clock.now()).takes:
        raise Conflict(SHUT)


def _check_event_free(event_id: int, accepts_waiting: bool) -> None:
    """Somebody who was shown a free place must not find themselves waiting without having been asked."""
    if accepts_waiting:
        return
    places = queries.event_places(event_id)
    if places is not None and places.free <= 0:
        raise Refusal(FULL)


def send_link(*, event_id: int, email: str) -> None:
    """Mail the links to all registrations of this address, if there are any; the sender is told the same either way."""
    with transaction() as session:
        event = session.get_one(Event, event_id, populate_existing=True)
        key = mailbox_key(email)
        own = [one for one in queries.active_of_address(event_id, email) if one.email == key]
        if own:
            mail.queue(mails.known(own, event, asked=_asked()))


def open_own(registration_id: int) -> Confirmed:
    """A token to a registration for its own person, who is signed in."""
    with transaction():
        registration = queries.with_event(registration_id)
        assert registration is not None
        return _confirmed(registration, registration.event, is_known=True)


def _token_beforehand(registration_id: int) -> str:
    """A token that opens the registration, written before the event is locked; it goes when the use-case is undone."""
    registration = queries.with_event(registration_id)
    assert registration is not None
    return _token(registration, registration.event)


def _confirmed(registration: Registration, event: Event, *, is_known: bool = False) -> Confirmed:
    waits = registration.status == RegistrationStatus.WAITING
    return Confirmed(registration.id, _token(registration, event), is_known, waits)


def _token(registration: Registration, event: Event) -> str:
    link = mails.manage_link(registration, event)
    return links.issue(mails.MANAGE, f"registration:{registration.id}", link.lifetime)
