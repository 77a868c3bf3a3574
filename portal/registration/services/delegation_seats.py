"""The seats of delegations beside the counter of their event: moved many at once, counted, ended by the clock."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import mail
from portal.events.models import Event
from portal.ground import clock
from portal.ground.db import db
from portal.ground.locks import locked, locked_if_there
from portal.registration import delegation_mails, mails, queries
from portal.registration.models import Delegation, DelegationSeat, EventSeats, SeatStatus
from portal.registration.occupying import KEPT
from portal.registration.services import seats
from portal.registration.services.delegation_states import DELEGATION_SEATS

_UNSYNCED = {"synchronize_session": False}


def move(
    session: Session, numbers: Collection[int], before: Sequence[SeatStatus], to: SeatStatus, **values: object
) -> None:
    """Take these seats, all of which are in one of these states, to another one."""
    if numbers:
        moving = DELEGATION_SEATS.moving(before, to).where(DelegationSeat.id.in_(numbers))
        seats.hit(session, moving.values(**values), rows=len(numbers))


def end(session: Session, event: Event, found: Sequence[DelegationSeat], to: SeatStatus) -> None:
    """End these seats, under the lock of the event; names that stand there go with them. Does not refill."""
    kept = [one for one in found if one.status in KEPT]
    states = sorted({SeatStatus(one.status) for one in found})
    move(session, [one.id for one in found], states, to, name="", email="", typed_email=None)
    give_back(session, event, len(kept))


def give_back(session: Session, event: Event, number: int) -> None:
    """So many seats of the event are free again."""
    if number and locked_if_there(EventSeats, event.id) is not None:
        seats.count_event(session, event.id, -number)


def end_lapsed(session: Session, event: Event) -> None:
    """End the seats of delegations whose time is over, and tell who coordinates them.

    Called under the lock of the event, before anything is given to anybody.
    """
    if not event.takes_delegations:
        return
    session.flush()
    lapsed = queries.lapsed_seats(event.id)
    if not lapsed:
        return
    numbers = Counter(one.delegation_id for one in lapsed)
    end(session, event, lapsed, SeatStatus.LAPSED)
    for number, many in sorted(numbers.items()):
        tell(event, locked(Delegation, number), "lapsed", many)


def tell(event: Event, delegation: Delegation, news: str, number: int = 0) -> None:
    """One mail to whoever coordinates a delegation: what has just become of it."""
    mail.queue(delegation_mails.news(delegation, event, news, number, asked=mails.asked_now()))


def promote(
    session: Session, event: Event, numbers: Collection[int], until: dt.datetime | None, *, acting: int | None
) -> None:
    """Seats that waited are there: kept until names are due, or (`until`) until somebody has said that they take them, but
    not beyond the moment at which names are due.

    `acting` is the delegation whose coordinator asks at this moment: it has said yes, and reads it from the use-case.
    """
    session.flush()
    found: dict[int, list[int]] = {}
    for seat, of in session.execute(
        sa.select(DelegationSeat.id, DelegationSeat.delegation_id).where(DelegationSeat.id.in_(numbers))
    ):
        found.setdefault(of, []).append(seat)
    for number, mine in sorted(found.items()):
        if number == acting or until is None:
            move(session, mine, [SeatStatus.WAITING], SeatStatus.HELD)
        else:
            due = session.get_one(Delegation, number).names_due_at
            ends = min(until, due) if due > clock.now() else until
            move(session, mine, [SeatStatus.WAITING], SeatStatus.OFFERED, until=ends)
        if number != acting:
            tell(event, locked(Delegation, number), "promoted" if until is None else "offered", len(mine))


def note_groups(session: Session, event_id: int, groups: Mapping[int, tuple[int, dt.datetime | None]]) -> None:
    """Keep how often groups that wait were passed, and until when seats are kept for them now."""
    for number, (passed, until) in groups.items():
        session.execute(
            sa.update(Delegation)
            .where(Delegation.id == number, Delegation.event_id == event_id)
            .values(passed=passed, kept_until=until),
            execution_options=_UNSYNCED,
        )


def tell_all(event: Event, news: str) -> None:
    """The same to whoever coordinates a delegation that holds."""
    here = sa.and_(Delegation.event_id == event.id, Delegation.status.in_(queries.LIVE_DELEGATIONS))
    for number in queries.delegations_about(here):
        tell(event, locked(Delegation, number), news)


def keep_before(event: Event) -> None:
    """Names are due before the event, also when it begins earlier than it did."""
    session = db.session()
    late = (Delegation.event_id == event.id, Delegation.names_due_at > event.starts_at)
    session.execute(
        sa.update(Delegation).where(*late).values(names_due_at=event.starts_at), execution_options=_UNSYNCED
    )
    session.execute(
        sa.update(DelegationSeat)
        .where(DelegationSeat.event_id == event.id, DelegationSeat.until > event.starts_at)
        .values(until=event.starts_at),
        execution_options=_UNSYNCED,
    )


def note_completed(session: Session, event: Event, registration_id: int) -> None:
    """Whoever was named has said what is to be said."""
    if not event.takes_delegations:
        return
    session.execute(
        sa.update(DelegationSeat)
        .where(DelegationSeat.registration_id == registration_id, DelegationSeat.completed_at.is_(None))
        .values(completed_at=clock.now()),
        execution_options=_UNSYNCED,
    )
