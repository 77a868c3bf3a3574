"""Taking part: the form, the confirming that books or queues, and the link that is sent again."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import mail
from portal.accounts.models import Person
from portal.accounts.services import confirmed_person
from portal.events import queries as events
from portal.events.models import Event
from portal.events.registration_state import State
from portal.ground import clock, links
from portal.ground.authz import PORTAL
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal, Refusals
from portal.ground.locks import locked
from portal.ground.mailboxes import mailbox_key
from portal.ground.statements import table
from portal.ground.states import change_state
from portal.questions.services import Filled
from portal.registration import delegation_mails, mails, names, queries
from portal.registration.models import Booking, BookingStatus, Registration, RegistrationStatus
from portal.registration.quotas import Origin
from portal.registration.services import answering, belonging, roles, seats, wishes
from portal.registration.services.entering import enter, split_wishes
from portal.registration.services.states import BOOKINGS, ENDED, REGISTRATIONS
from portal.registration.services.wishes import Wish
from portal.words.i18n import _l, _ln

CLOSED = _l("Registration for this event is closed.")
SHUT = _l("Registration for this event is closed, so nothing was saved. What you typed is still here.")
USED = _l("This invitation is for one person, who has registered already.")
TOO_FEW = _l(
    "There is no place for all of you. Send the form again to join the waiting list together, or bring fewer people."
)
FULL = _l("The last place at this event has just been taken. Send the form again to join the waiting list.")
KEPT = _l("The free places are kept for others. Send the form again to join the waiting list.")
FOR_A_GROUP = _l("The free places are kept for those who wait already. Send the form again to join the waiting list.")
AT_LIMIT = _l(
    "As many people of this organisation have a place as may have one. Send the form again to join the waiting list."
)


class MustWait(Refusal):
    """There is no place for this person at the moment. Sending again, they accept that they wait."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The registration that now holds, whether it did so before, its state, and a token that opens it."""

    registration_id: int
    token: str
    is_known: bool = False
    status: str = RegistrationStatus.CONFIRMED


def submit(
    *, event_id: int, name: str, email: str, locale: str, affiliation: str, wanted: Sequence[Wish],
    accepts_waiting: bool, filled: Filled | None = None, role: str | None = None, sector: str | None = None,
    drops_waits: bool = False, companions: int = 0,
) -> None:  # fmt: skip
    """Keep a form until its address is confirmed. It takes no seat.

    Who takes part already gets the link to their registration by mail; another person with the same address gets the mail
    of everybody, which names those who have registered with it. The sender is told the same each time.
    """
    with transaction() as session:
        event = session.get_one(Event, event_id, populate_existing=True)
        check_open(event)
        check_companions(event, companions)
        said = belonging.of_form(event, affiliation, sector, locale=locale)
        who = queries.origin(said["sector"], said["organisation_id"], said["affiliation"])
        offered = queries.workshops(event_id, only=wishes.sessions(wanted), who=who)
        workshops = wishes.check(offered, wanted, now_free=True)
        _check_event_free(event_id, accepts_waiting, who, 1 + companions)
        others = queries.active_of_address(event_id, email)
        existing = same(others, name)
        if existing is not None:
            mail.queue(mails.known([existing], event, asked=mails.asked_now(), is_form=True))
            return
        registration = Registration(
            event_id=event_id, name=name, address=email, locale=locale,
            status=REGISTRATIONS.born(RegistrationStatus.UNVERIFIED),
            **said,
            answer_set_id=answering.keep(event, filled, by=PORTAL), role=roles.of_form(event, role),
            drops_waits=drops_waits, companions=companions,
        )  # fmt: skip
        session.add(registration)
        session.flush()
        insert_wishes(session, registration, [workshop.id for workshop in workshops])
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
        state = events.registration_now(event)
        if not state.takes and state.state != State.CLOSED:  # sent before the deadline, it may be confirmed after it
            raise Conflict(CLOSED)
        person = confirmed_person(registration.address, registration.name, registration.locale)
        known = queries.ever_of_address(event.id, registration.email, person.id)
        others = [one for one in known if one.status in queries.ACTIVE]
        existing = same(others, registration.name)
        if existing is not None:
            change_state(REGISTRATIONS, registration, RegistrationStatus.EXPIRED, by=PORTAL)
            seats.release(session, seats.held(session, registration.id))
            return _confirmed(existing, event, is_known=True)
        check_companions(event, registration.companions)
        wished, lost = split_wishes(session, registration.id)
        answering.confirm(registration, person)
        enter(session, event, registration, _free(person, others), known, wished, lost)
        return Confirmed(registration.id, token, status=registration.status)


def register(
    *, event_id: int, email: str, name: str, locale: str, affiliation: str, wanted: Sequence[Wish],
    accepts_waiting: bool, filled: Filled | None = None, role: str | None = None, sector: str | None = None,
    person: Person | None = None, alone: bool = False, drops_waits: bool = False, phone: str = "", companions: int = 0,
) -> Confirmed:  # fmt: skip
    """The form of somebody whose address is confirmed, or of a known `person`: books or queues at once, exactly what was
    asked for. Raises when a seat was taken between looking and sending; then nothing is booked. Somebody whose account was
    deleted meanwhile takes part without one. `alone`: nobody else of the address takes part, or it is refused. Without an
    `email` it is nobody's mailbox, and the team calls.
    """
    with transaction() as session:
        event = seats.lock_event(session, event_id)
        check_open(event)
        check_companions(event, companions)
        seats.lock_seats(session, wishes.sessions(wanted))
        person = person or (confirmed_person(email, name, locale) if email else None)
        known = queries.ever_of_address(event_id, email, person.id if person else None)
        others = [one for one in known if one.status in queries.ACTIVE]
        existing = same(others if email else queries.active_of_phone(event_id, phone), name)
        if existing is not None:
            return _confirmed(existing, event, is_known=True)
        if alone and others:
            raise Conflict(USED)
        said = belonging.of_form(event, affiliation, sector, locale=locale)
        who = queries.origin(said["sector"], said["organisation_id"], said["affiliation"])
        workshops = wishes.check(queries.workshops(event_id, only=wishes.sessions(wanted), who=who), wanted)
        _check_event_free(event_id, accepts_waiting, who, 1 + companions)
        registration = Registration(
            event_id=event_id, name=name, address=email, phone=phone, locale=locale,
            status=REGISTRATIONS.born(RegistrationStatus.UNVERIFIED),
            **said,
            answer_set_id=answering.keep(event, filled, by=person or PORTAL), role=roles.of_form(event, role),
            drops_waits=drops_waits, companions=companions,
        )  # fmt: skip
        session.add(registration)
        session.flush()
        insert_wishes(session, registration, [workshop.id for workshop in workshops])
        enter(session, event, registration, _free(person, others), known, [workshop.id for workshop in workshops])
        if registration.status == RegistrationStatus.CONFIRMED:
            check_got(session, registration, workshops, wanted)
        return _confirmed(registration, event)


def same(others: Sequence[Registration], name: str) -> Registration | None:
    """The registration among those of an address that is of the person with this name."""
    return next((one for one in others if names.is_same(one.name, name)), None)


def _free(person: Person | None, others: Sequence[Registration]) -> Person | None:
    """The person of an address, unless another registration for the event is theirs already."""
    return None if person is None or any(one.person_id == person.id for one in others) else person


def check_got(
    session: Session, registration: Registration, workshops: Sequence[queries.Workshop], wanted: Sequence[Wish]
) -> None:
    """Raise when a place that was asked for outright became only a waiting place."""
    waiting = seats.waits_of(session, [registration.id]) - {wish.session_id for wish in wanted if wish.waits}
    missing = [workshop for workshop in workshops if workshop.id in waiting]
    if missing:
        raise Refusals(wishes.gone(missing))


def insert_wishes(session: Session, registration: Registration, session_ids: Sequence[int]) -> None:
    """Keep what a form asks for until it is confirmed."""
    status = BOOKINGS.born(BookingStatus.WISHED)
    if session_ids:
        rows = [
            {"registration_id": registration.id, "session_id": number, "status": status, "created_at": clock.now()}
            for number in session_ids
        ]
        session.execute(_NEW_BOOKINGS, rows)


_NEW_BOOKINGS = sa.insert(table(Booking))


def check_open(event: Event) -> None:
    """Raises Conflict where nobody can register now."""
    if not events.registration_now(event).takes:
        raise Conflict(SHUT)


def check_companions(event: Event, number: int) -> None:
    """Raises Refusal for more people than somebody may bring along."""
    if not 0 <= number <= event.companions_allowed:
        raise Refusal(
            _ln(
                "At most %(n)s person can come along. Choose a smaller number.",
                "At most %(n)s people can come along. Choose a smaller number.",
                event.companions_allowed,
            ),
            field="companions",
        )


def _check_event_free(event_id: int, accepts_waiting: bool, who: Origin, number: int) -> None:
    """Somebody who was shown a free place must not find themselves waiting without having been asked."""
    if accepts_waiting:
        return
    places = queries.event_places(event_id, who)
    if places is None or (places.free >= number and not _is_first_for_others(event_id, places, who, number)):
        return
    if places.at_limit:
        raise MustWait(AT_LIMIT, field="affiliation")
    if places.kept:
        raise MustWait(KEPT)
    if 0 < places.free < number:
        raise MustWait(TOO_FEW, field="companions")
    raise MustWait(FULL if places.free <= 0 else FOR_A_GROUP)


def _is_first_for_others(event_id: int, places: queries.EventPlaces, who: Origin, number: int) -> bool:
    """Will those who wait take the places that have just been released? Nobody has served them yet."""
    is_kept = bool(places.waiting) and (
        queries.hall_of_event(event_id) is not None or queries.has_waiting_groups(event_id)
    )
    return is_kept and not queries.is_seat_left(event_id, who, number)


def send_link(*, event_id: int, email: str) -> None:
    """Mail the links to all registrations of this address, if there are any; the sender is told the same either way."""
    with transaction() as session:
        event = session.get_one(Event, event_id, populate_existing=True)
        key = mailbox_key(email)
        own = [one for one in queries.active_of_address(event_id, email) if one.email == key]
        if own:
            mail.queue(mails.known(own, event, asked=mails.asked_now()))
        for delegation in queries.delegations_of_mailbox(event_id, email) if event.takes_delegations else ():
            mail.queue(delegation_mails.news(delegation, event, "link", asked=mails.asked_now()))


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
    return Confirmed(registration.id, _token(registration, event), is_known, registration.status)


def _token(registration: Registration, event: Event) -> str:
    link = mails.manage_link(registration, event)
    return links.issue(mails.MANAGE, f"registration:{registration.id}", link.lifetime)
