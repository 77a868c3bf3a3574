"""Several people of one mailbox who register together: one form, one link that confirms all, a registration for each.

They come only if there is a place for everybody, or as many as can: that is said before. Each is served like anybody who
comes alone, from the same queues and under the same lock of the event.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import mail
from portal.events.models import Event
from portal.ground import clock, links
from portal.ground.authz import PORTAL
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal, Refusals
from portal.ground.locks import locked
from portal.ground.mailboxes import mailbox_key
from portal.ground.statements import changed_rows
from portal.questions.services import Filled
from portal.registration import mails, names, party_mails, queries
from portal.registration.models import Party, Registration, RegistrationStatus
from portal.registration.services import answering, belonging, registering, roles, seats, wishes
from portal.registration.services.states import ENDED, REGISTRATIONS
from portal.registration.services.wishes import Wish
from portal.words.i18n import _l

MOST_TOGETHER = 10  # people of one form
KEPT = dt.timedelta(days=30)  # how long a party is kept of which no registration is left
DOUBLE = _l("Somebody with this name stands in the form already. Add what tells the two apart.")
TOO_MANY = _l("At most 10 people can be registered with one form. Send this one, and then another.")
TOO_FEW = _l("There are not enough places for everybody now. You can take the places that there are.")
NOT_ALL = _l("There are not enough places for everybody any more, so nobody has been registered. Nothing is lost.")


class NotAll(Conflict):
    """They come only together, and there is no place for one of them."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person of the form: who they are and what they ask for."""

    name: str
    wanted: Sequence[Wish] = ()
    filled: Filled | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What all of them share: their mailbox and language, who they come for, and what to do where places are few."""

    event_id: int
    key: str
    email: str
    locale: str
    affiliation: str
    sector: str | None = None
    whole: bool = False
    accepts_waiting: bool = False

    @property
    def mark(self) -> str:
        """By which this form is known: its key with its event and mailbox, so that no other mailbox opens it with the key."""
        said = f"{self.event_id} {mailbox_key(self.email)} {self.key}"
        return hashlib.sha256(said.encode()).hexdigest()[:32]


def submit_together(asked: Asked, people: Sequence[Somebody]) -> None:
    """Keep a form until its address is confirmed: one mail with one link. It takes no seat.

    Whoever of them takes part already is left out; the mail names them. The same form sent twice is one. What is wrong is
    raised all at once, each with the number of the person (`0.name`).
    """
    with transaction() as session:
        event = seats.lock_event(session, asked.event_id)
        if queries.party_with_key(asked.mark) is not None:
            return
        registering.check_open(event)
        others = queries.active_of_address(event.id, asked.email)
        fresh = [one for one in people if registering.same(others, one.name) is None]
        _check(event, asked, people, fresh)
        if not fresh:
            mail.queue(mails.known(others, event, asked=mails.asked_now(), is_form=True))
            return
        party = _party(session, asked, people)
        made = [_unverified(session, event, party, asked, one) for one in fresh]
        until = mails.confirm_by(event)
        mail.queue(party_mails.confirm_together(party, made, event, until, beside=[one.name for one in others]))


def register_together(asked: Asked, people: Sequence[Somebody]) -> str:
    """The form of somebody whose address is confirmed: books or queues at once. Returns a token to the page of them all.

    Where they come only together, a place that is gone is raised at its person, and nobody is registered.
    """
    with transaction() as session:
        event = seats.lock_event(session, asked.event_id)
        known = queries.party_with_key(asked.mark)
        if known is not None:
            return _token(known, event)
        registering.check_open(event)
        others = queries.active_of_address(event.id, asked.email)
        _check(event, asked, people, [one for one in people if registering.same(others, one.name) is None])
        seats.lock_seats(session, [wish.session_id for one in people for wish in one.wanted])
        party = _party(session, asked, people)
        for number, one in enumerate(people):
            with _of_person(number):
                _register(asked, party, one)
        _check_whole(session, party)
        return _token(party, event)


def confirm_together(party_id: int, *, possible: bool = False) -> str:
    """The address is confirmed: all of them are, as of this moment. Returns a token to the page of them all.

    Idempotent. Raises NotAll, and changes nothing, where they come only together and one of them would have to wait;
    `possible`: they now take what there is.
    """
    with transaction() as session:
        event = seats.lock_event(session, _event_of(session, party_id))
        party = locked(Party, party_id)
        members = queries.of_party(party_id)
        if not any(one.status in (*queries.ACTIVE, RegistrationStatus.UNVERIFIED) for one in members):
            raise Conflict(ENDED)
        for number in [one.id for one in members if one.status == RegistrationStatus.UNVERIFIED]:
            registering.confirm(number)
        if possible:
            party.whole = False
        _check_whole(session, party)
        return _token(party, event)


def add_to_party(
    party_id: int, *, name: str, locale: str, affiliation: str, wanted: Sequence[Wish], accepts_waiting: bool,
    filled: Filled | None = None, role: str | None = None, sector: str | None = None, drops_waits: bool = False,
    companions: int = 0,
) -> registering.Confirmed:  # fmt: skip
    """One more person of the mailbox, who books or queues at once: whoever holds the link of them all has the mailbox."""
    with transaction() as session:
        event = seats.lock_event(session, _event_of(session, party_id))
        members = queries.of_party(party_id)
        if not members:
            raise Conflict(ENDED)
        done = registering.register(
            event_id=event.id, email=members[0].address, name=name, locale=locale, affiliation=affiliation, wanted=wanted,
            accepts_waiting=accepts_waiting, filled=filled, role=role, sector=sector, drops_waits=drops_waits,
            companions=companions,
        )  # fmt: skip
        locked(Registration, done.registration_id).party_id = party_id
        return done


def open_party(party_id: int, number: int) -> registering.Confirmed | None:
    """A token to the registration of one of them, for whoever holds the link of them all; None where it is none of these."""
    with transaction():
        found = next((one for one in queries.of_party(party_id) if one.id == number and one.confirmed_at), None)
        return None if found is None else registering.open_own(found.id)


def remove_parties() -> int:
    """Delete what is kept of people who registered together when no registration of theirs is left."""
    theirs = sa.select(Registration.id).where(Registration.party_id == Party.id).exists()
    with transaction() as session:
        return changed_rows(session, sa.delete(Party).where(Party.created_at < clock.now() - KEPT, ~theirs))


def _event_of(session: Session, party_id: int) -> int:
    return session.scalars(sa.select(Party.event_id).where(Party.id == party_id)).one()


def _party(session: Session, asked: Asked, people: Sequence[Somebody]) -> Party:
    waits = sorted({wish.session_id for one in people for wish in one.wanted if wish.waits})
    party = Party(
        event_id=asked.event_id, key=asked.mark, whole=asked.whole, accepts_waiting=asked.accepts_waiting,
        waits=",".join(map(str, waits)),
    )  # fmt: skip
    session.add(party)
    session.flush()
    return party


def _unverified(session: Session, event: Event, party: Party, asked: Asked, one: Somebody) -> Registration:
    made = Registration(
        event_id=event.id, name=one.name, address=asked.email, locale=asked.locale, party_id=party.id,
        status=REGISTRATIONS.born(RegistrationStatus.UNVERIFIED),
        answer_set_id=answering.keep(event, one.filled, by=PORTAL), role=roles.of_form(event, one.role),
        **belonging.of_form(event, asked.affiliation, asked.sector, locale=asked.locale),
    )  # fmt: skip
    session.add(made)
    session.flush()
    registering.insert_wishes(session, made, wishes.sessions(one.wanted))
    return made


def _register(asked: Asked, party: Party, one: Somebody) -> None:
    """Where they take what there is, a place that is gone becomes a turn in its waiting list."""
    wanted = one.wanted if asked.whole else [replace(wish, waits=True) for wish in one.wanted]
    done = registering.register(
        event_id=asked.event_id, email=asked.email, name=one.name, locale=asked.locale, affiliation=asked.affiliation,
        wanted=wanted, accepts_waiting=asked.accepts_waiting or not asked.whole, filled=one.filled, role=one.role,
        sector=asked.sector,
    )  # fmt: skip
    locked(Registration, done.registration_id).party_id = party.id


def _check(event: Event, asked: Asked, people: Sequence[Somebody], fresh: Sequence[Somebody]) -> None:
    """Everything that is wrong with the form as it stands now."""
    if len(people) > MOST_TOGETHER:
        raise Refusal(TOO_MANY)
    faults: list[Refusal] = [
        Refusal(DOUBLE, field=f"{number}.name")
        for number, one in enumerate(people)
        if any(names.is_same(one.name, other.name) for other in people[:number])
    ]
    said = belonging.of_form(event, asked.affiliation, asked.sector, locale=asked.locale)
    who = queries.origin(said["sector"], said["organisation_id"], said["affiliation"])
    offered = queries.workshops(event.id, who=who)
    left = {one.id: one.free for one in offered}
    for number, one in enumerate(people):
        try:
            with _of_person(number):
                wishes.check(offered, one.wanted, now_free=True)
                _check_left(offered, left, one, asked)
        except Refusal as refusal:
            faults += refusal.parts
    places = queries.event_places(event.id, who)
    if places is not None and not asked.accepts_waiting:
        if places.free <= 0:
            faults.append(Refusal(registering.FULL))
        elif asked.whole and places.free < len(fresh):
            faults.append(Refusal(TOO_FEW, field="whole"))
    if faults:
        raise Refusals(faults)


def _check_left(offered: Sequence[queries.Workshop], left: dict[int, int], one: Somebody, asked: Asked) -> None:
    """Where they come only together, each place goes to one of them: `left` are those of the ones before."""
    booked = {wish.session_id for wish in one.wanted if not wish.waits}
    for number in booked:
        left[number] -= 1
    if asked.whole and (gone := [workshop for workshop in offered if workshop.id in booked and left[workshop.id] < 0]):
        raise Refusals(wishes.gone(gone))


def _check_whole(session: Session, party: Party) -> None:
    """Raises NotAll where one of those who come only together has got less than they asked for."""
    if not party.whole:
        return
    session.flush()
    members = [one for one in queries.of_party(party.id) if one.status in queries.ACTIVE]
    waits = {int(number) for number in party.waits.split(",") if number}
    outside = not party.accepts_waiting and any(one.status == RegistrationStatus.WAITING for one in members)
    if outside or seats.waits_of(session, [one.id for one in members]) - waits:
        raise NotAll(NOT_ALL)


@contextmanager
def _of_person(number: int) -> Iterator[None]:
    """What is refused inside is about this person of the form."""
    try:
        yield
    except Refusal as refusal:
        if not any(part.field for part in refusal.parts):
            raise
        parts = [Refusal(part.reason, field=f"{number}.{part.field or 'name'}") for part in refusal.parts]
        raise Refusals(parts) from refusal


def _token(party: Party, event: Event) -> str:
    return links.issue(party_mails.PARTY, f"party:{party.id}", mails.lifetime(event))
