"""What the team of an event does for whoever calls: adding them, cancelling, another address, the link once more.

The event is locked first, like in every use-case about seats. Nothing here knows a way past the rules of the form: who is
added queues from this moment, and gets the mail that everybody gets.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from portal import mail
from portal.accounts.models import Person
from portal.accounts.services import person_of
from portal.events.models import Event
from portal.ground import audit, clock, limits, links
from portal.ground.authz import demand
from portal.ground.batches import each
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal, TooMany, check_version
from portal.ground.locks import locked
from portal.ground.mailboxes import mailbox_key
from portal.questions.services import Filled
from portal.registration import mails, names, queries
from portal.registration.models import Registration, RegistrationStatus
from portal.registration.policies import Permission
from portal.registration.services import seats
from portal.registration.services.changing import cancel
from portal.registration.services.people import write_again
from portal.registration.services.registering import Confirmed, register
from portal.registration.services.states import ENDED
from portal.registration.services.wishes import Wish
from portal.words.i18n import _l

OVER = _l("The event is over, so nothing about its registrations changes any more.")
THERE = _l("Somebody with this name is registered with this address already.")
NO_WAY = _l("Enter an e-mail address or a telephone number: the person has to hear of changes.")
NO_MAILBOX = _l("This person has no e-mail address, so there is nowhere to send a link.")
CHANGED = _l("The registration has changed in the meantime. Compare both versions and choose what stays.")


def add(
    event: Event,
    *,
    by: Person,
    name: str,
    email: str,
    locale: str,
    affiliation: str,
    wanted: Sequence[Wish],
    accepts_waiting: bool,
    filled: Filled | None = None,
    role: str | None = None,
    sector: str | None = None,
    drops_waits: bool = False,
    phone: str = "",
    companions: int = 0,
) -> Confirmed:
    """Register somebody who has called, as of now. Their address is taken as it was said, so their mailbox counts as no
    more than that: nobody has confirmed it. Without one (`email` is empty) there is a `phone`, and the team tells them what
    a mail would say. Raises Refusal where there is neither."""
    if not email and not phone:
        raise Refusal(NO_WAY, field="email")
    with transaction() as session:
        event = seats.lock_event(session, event.id)
        demand(Permission.ACT_FOR_PEOPLE, event, by=by)
        done = register(
            event_id=event.id, email=email, name=name, locale=locale, affiliation=affiliation, wanted=wanted,
            accepts_waiting=accepts_waiting, person=person_of(email, name, locale) if email else None, filled=filled,
            role=role, sector=sector, drops_waits=drops_waits, phone=phone, companions=companions,
        )  # fmt: skip
        if not done.is_known:
            audit.record("registration.added", locked(Registration, done.registration_id), actor=by)
        return done


def cancel_for(registration_id: int, *, by: Person) -> bool:
    """Cancel for somebody who asks for it. What has ended already changes nothing: False."""
    with transaction() as session:
        event = seats.lock_event_of(session, registration_id)
        demand(Permission.ACT_FOR_PEOPLE, event, by=by)
        _check_running(event)
        return cancel(registration_id, by=by)


def correct_address(registration_id: int, *, version: int, email: str, by: Person) -> bool:
    """Give a registration another address: what was sent to the old one opens nothing any more, and a link goes to the new
    one. The address that it has already changes nothing: False."""
    with transaction() as session:
        event = seats.lock_event_of(session, registration_id)
        demand(Permission.ACT_FOR_PEOPLE, event, by=by)
        registration = locked(Registration, registration_id)
        _check_alive(event, registration)
        check_version(registration, version, {"email": registration.address}, reason=CHANGED)
        if registration.address == email.strip():
            return False
        _move(registration, event, email)
        asked = mails.asked_now()
        write_again(registration, event, asked, mails.link(registration, event, asked=asked, is_corrected=True))
        audit.record("registration.address_corrected", registration, actor=by)
        return True


def send_link_to(registration_id: int, *, by: Person) -> None:
    """Mail somebody the link to their registration once more, or the mail to confirm it."""
    with transaction() as session:
        event = seats.lock_event_of(session, registration_id)
        demand(Permission.ACT_FOR_PEOPLE, event, by=by)
        registration = locked(Registration, registration_id)
        _check_alive(event, registration)
        if not registration.email:
            raise Conflict(NO_MAILBOX)
        asked = mails.asked_now()
        write_again(registration, event, asked, mails.link(registration, event, asked=asked))
        audit.record("registration.link_sent", registration, actor=by)


@dataclass(frozen=True, slots=True)
class Linked:
    """Of several people: to how many a link goes now, whose registration has ended, who got several just now, who has no
    mailbox, and whose mail could not be written."""

    done: int = 0
    ended: int = 0
    lately: int = 0
    unreached: int = 0
    failed: int = 0


def send_links(event: Event, numbers: Sequence[int], *, by: Person) -> Linked:
    """Mail these people of the event the link to their registration once more, each by itself, so that none stops another."""
    ended = lately = unreached = 0
    chosen = queries.Chosen(state=queries.ALL, people=tuple(numbers[: queries.MOST_TICKED]))
    addresses = {one.id: one.address for one in queries.people(event, chosen).rows()} if chosen.people else {}

    def one(number: int) -> int:
        nonlocal ended, lately, unreached
        if not addresses[number]:
            unreached += 1
            return 0
        try:
            limits.check("mail", address=addresses[number])
            send_link_to(number, by=by)
        except TooMany:
            lately += 1
        except Conflict:
            ended += 1
        else:
            return 1
        return 0

    done = each("links", addresses, one)
    failed = len(addresses) - done - ended - lately - unreached
    return Linked(done, ended, lately, unreached, failed)


def _check_running(event: Event) -> None:
    if event.ends_at <= clock.now():
        raise Conflict(OVER)


def _check_alive(event: Event, registration: Registration) -> None:
    """Raises unless the registration holds, waits, or can still be confirmed."""
    _check_running(event)
    unconfirmed = registration.status == RegistrationStatus.UNVERIFIED
    if unconfirmed and mails.confirm_by(event, sent=registration.created_at) <= clock.now():
        raise Conflict(ENDED)
    if not unconfirmed and registration.status not in queries.ACTIVE:
        raise Conflict(ENDED)


def _move(registration: Registration, event: Event, email: str) -> None:
    """The registration is of the person of another address, unless that one takes part already: then of nobody, like those
    of all who share a mailbox."""
    is_confirmed, old = registration.status in queries.ACTIVE, registration.address
    person = person_of(email, registration.name, registration.locale) if is_confirmed else None
    known = queries.ever_of_address(event.id, email, person.id if person else None)
    others = [one for one in known if one is not registration and one.email == mailbox_key(email)]
    active = [one for one in known if one is not registration and one.status in queries.ACTIVE]
    if any(names.is_same(one.name, registration.name) for one in active):
        raise Refusal(THERE, field="email")
    registration.address, registration.party_id = email, None  # the link of the party went to the old mailbox
    if person is not None:
        registration.person_id = None if any(one.person_id == person.id for one in active) else person.id
    if any(one.calendar == registration.calendar for one in others):
        registration.calendar = secrets.token_hex(4)  # in a shared calendar each has UIDs of their own
    _end_old_links(registration, event, old)


def _end_old_links(registration: Registration, event: Event, old: str) -> None:
    """Links that were sent end, and none goes to the old mailbox any more: what waits follows the registration."""
    for purpose in (mails.CONFIRM, mails.MANAGE, queries.FEED):
        links.revoke(purpose, f"registration:{registration.id}")
    mail.follow(mails.own_keys(registration.id), registration.address)
    if old:
        mail.withdraw_at(old, mails.KNOWN, mail.concern("event", event.id))
