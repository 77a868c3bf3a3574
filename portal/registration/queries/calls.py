"""Whom the team of an event has to call: people without a mailbox for whom there is something to say."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from portal import mail
from portal.ground.db import db
from portal.ground.statements import in_batches
from portal.mail import Mail
from portal.registration.models import Delegation, DelegationSeat, Registration

OFFER = "registration/mail/offered"  # what somebody has to answer before it goes to the next
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody to call, and the mails that they would have got, the oldest first."""

    registration: Registration
    mails: Sequence[Mail]
    coordinator: Delegation | None = None  # through whom, where nobody has told a telephone number

    @property
    def is_urgent(self) -> bool:
        """Is a place kept for them, for a while?"""
        return any(one.template == OFFER for one in self.mails)

    @property
    def until(self) -> int:
        """The number of the latest."""
        return max(one.id for one in self.mails)


def calls(event_id: int) -> list[Call]:
    """Who has to be called, for whom a place is kept first, then whoever has waited longest."""
    mails: dict[int, list[Mail]] = {}
    for one in mail.untold(mail.concern("event", event_id)):
        mails.setdefault(_registration(one), []).append(one)
    people: dict[int, Registration] = {}
    for numbers in in_batches(list(mails), AT_ONCE):
        query = sa.select(Registration).where(Registration.id.in_(numbers), Registration.event_id == event_id)
        people |= {one.id: one for one in db.session.scalars(query)}
    through = _delegations([number for number, one in people.items() if not one.phone])
    found = [Call(people[number], own, through.get(number)) for number, own in mails.items() if number in people]
    return sorted(found, key=lambda call: (not call.is_urgent, call.mails[0].id))


def _delegations(numbers: Sequence[int]) -> dict[int, Delegation]:
    """The delegations that have named these people; of several the latest."""
    found: dict[int, Delegation] = {}
    for some in in_batches(numbers, AT_ONCE):
        query = sa.select(DelegationSeat.registration_id, Delegation).join(DelegationSeat.delegation)
        rows = db.session.execute(query.where(DelegationSeat.registration_id.in_(some)).order_by(Delegation.id))
        found |= {row[0]: row[1] for row in rows if row[0] is not None}
    return found


def _registration(one: Mail) -> int:
    """Whose mail it is: its key says the registration."""
    number = one.dedupe_key.split(":")[1]
    return int(number) if number.isdecimal() else 0
