"""Inviting people to register: each gets one message for each event, whoever asks and however often."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from portal import mail
from portal.accounts.facts import AddressChanged
from portal.accounts.models import Person
from portal.events import queries as events
from portal.events.models import Event
from portal.ground import audit, clock, links
from portal.ground.authz import demand
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal, TooMany
from portal.ground.locks import locked
from portal.ground.mailboxes import mailbox_key
from portal.ground.statements import in_batches
from portal.membership.publishers import publisher_of
from portal.registration import mails, queries
from portal.registration.invitees import Invitee
from portal.registration.models import Invitation
from portal.registration.policies import Permission
from portal.words.i18n import _l, _ln

DAY = dt.timedelta(days=1)
MANY = 500  # in a day, for one event; twice as many by one person
OFTEN, OFTEN_IN = 5, dt.timedelta(days=30)  # invitations that one mailbox gets, from whomever
BATCH = 50  # in a transaction: nobody waits long for the lock
SHUT = _l("Nobody can register for this event now, so nobody is invited. What you typed is still here.")


class Standing(StrEnum):
    """What an address of the list is: whoever is NEW gets an invitation."""

    NEW = "new"
    DOUBLE = "double"
    REGISTERED = "registered"
    INVITED = "invited"
    OFTEN = "often"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Judged:
    """An entry of the list and what it is; `language` is the one that its message is written in."""

    invitee: Invitee
    standing: Standing
    language: str
    first: int = 0  # of a DOUBLE, the line where the address stands already


def judge(event_id: int, invitees: Sequence[Invitee], language: str) -> list[Judged]:
    """What each entry of a list is at this moment, in its order; entries that say no language get this one."""
    keys = {one.key for one in invitees if one.problem is None}
    registered, invited = queries.already_registered(event_id, keys), queries.already_invited(event_id, keys)
    often = queries.often_invited(keys, since=clock.now() - OFTEN_IN, most=OFTEN)
    seen: dict[str, int] = {}
    found = []
    for one in invitees:
        if one.problem is not None:
            standing = Standing.PROBLEM
        elif one.key in seen:
            standing = Standing.DOUBLE
        elif one.key in registered:
            standing = Standing.REGISTERED
        elif one.key in invited:
            standing = Standing.INVITED
        else:
            standing = Standing.OFTEN if one.key in often else Standing.NEW
        first = seen.setdefault(one.key, one.line) if one.problem is None else 0
        found.append(Judged(one, standing, one.language or language, first))
    return found


def _check_number(event_id: int, by: Person, number: int) -> None:
    """Raises when so many invitations more are too many for today: TooMany when none is left, else with how many are."""
    since = clock.now() - DAY
    left = min(
        MANY - queries.invitations_since(since, event_id=event_id),
        2 * MANY - queries.invitations_since(since, by=by.id),
    )
    if number and left <= 0:
        raise TooMany(minutes=12 * 60)
    if number > left:
        raise Refusal(
            _ln(
                "Only %(n)s more person can be invited today. Keep one in the list and send the rest tomorrow.",
                "Only %(n)s more people can be invited today. Keep so many in the list and send the rest tomorrow.",
                left,
            ),
            field="people",
        )


def invite(event: Event, *, by: Person, invitees: Sequence[Invitee], language: str) -> int:
    """One message to everybody of the list who is new; returns how many. Sent twice it does nothing the second time.

    Fifty at a time: stopped in the middle, the same list goes on where it was.
    """
    sent, number = 0, event.id
    _check_number(number, by, sum(one.standing == Standing.NEW for one in judge(number, invitees, language)))
    for some in _batches(invitees):
        with transaction():
            current = _open(number, by)
            fresh = [one for one in judge(current.id, some, language) if one.standing == Standing.NEW]
            _check_number(current.id, by, len(fresh))
            _ask(current, by, fresh)
            if fresh:
                audit.record("event.people_invited", current, detail={"number": len(fresh)}, actor=by)
        sent += len(fresh)
    return sent


def _batches(invitees: Sequence[Invitee]) -> Iterator[Sequence[Invitee]]:
    for begin in range(0, len(invitees), BATCH):
        yield invitees[begin : begin + BATCH]


def _open(event_id: int, by: Person) -> Event:
    event = locked(Event, event_id)
    demand(Permission.INVITE, event, by=by)
    if not events.registration_now(event).takes:
        raise Conflict(SHUT)
    return event


def _ask(event: Event, by: Person, fresh: Sequence[Judged]) -> None:
    known = queries.people_of_mailboxes([one.invitee.key for one in fresh])
    host = publisher_of(events.find(event.id) or event)
    for one in fresh:
        invitation = Invitation(event_id=event.id, address=one.invitee.address, invited_by=by.id)
        db.session.add(invitation)
        db.session.flush()
        mail.queue(mails.invited(invitation, event, host, by, one.language, known.get(one.invitee.key)))


def withdraw_invitations(event_id: int) -> None:
    """Messages that are not sent yet are not sent any more (inside a transaction): the event is off."""
    mail.withdraw([mails.invited_key(number) for number in queries.invitations_of(event_id)])


def follow_invitations(fact: AddressChanged) -> None:
    """Who was invited at the old address is known as invited at the new one (inside a transaction).

    The links of those messages lie in a mailbox that is theirs no longer, so they end.
    """
    new = mailbox_key(fact.new)
    there = set(db.session.scalars(sa.select(Invitation.event_id).where(Invitation.email == new)))
    for invitation in db.session.scalars(sa.select(Invitation).where(Invitation.email == fact.old)).all():
        links.revoke(mails.INVITED, f"event-invitation:{invitation.id}")
        if invitation.event_id in there:
            db.session.delete(invitation)
        else:
            invitation.address = fact.new


def forget_inviter(person_id: int) -> None:
    """Take the name of whoever leaves out of the mails that bear it; who has not been written to is not invited (inside a
    transaction)."""
    for numbers in in_batches(queries.invitations_by(person_id), BATCH):
        keys = {mails.invited_key(number): number for number in numbers}
        unsent = [keys[key] for key in mail.waiting(list(keys))]
        mail.withdraw(list(keys))
        db.session.execute(sa.delete(Invitation).where(Invitation.id.in_(unsent)))
