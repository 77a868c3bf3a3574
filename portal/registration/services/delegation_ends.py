"""What happens to delegations by the team of the event and by the clock: answers, cancelling, reminders, old forms."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.events.models import Event
from portal.ground import clock
from portal.ground.authz import PORTAL, Portal, demand
from portal.ground.batches import each
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal
from portal.ground.locks import locked
from portal.ground.statements import changed_rows
from portal.ground.states import change_state
from portal.registration import delegates, mails, queries
from portal.registration.models import Delegation, DelegationStatus, SeatStatus
from portal.registration.policies import Permission
from portal.registration.services import delegation_seats, seats
from portal.registration.services.delegating import event_of, take_seats
from portal.registration.services.delegation_states import DELEGATIONS, NOT_PENDING, WHY_NOT
from portal.registration.services.serving import refill
from portal.words.i18n import _l

OVER = _l("The event is over or cancelled, so nothing about its delegations changes any more.")


def approve_delegation(delegation_id: int, *, by: Person | Portal) -> None:
    """Accept a delegation: it has its seats, or waits as of the moment at which it asked."""
    with transaction() as session:
        event, delegation = _pending(session, delegation_id, by)
        if event.ends_at <= clock.now():
            raise Conflict(OVER)
        change_state(DELEGATIONS, delegation, DelegationStatus.ACTIVE, by=by)
        take_seats(session, event, delegation)


def reject_delegation(delegation_id: int, *, reason: str, by: Person | Portal) -> None:
    """Do not accept it, with a reason that whoever asked reads."""
    with transaction() as session:
        event, delegation = _pending(session, delegation_id, by)
        change_state(DELEGATIONS, delegation, DelegationStatus.REJECTED, by=by, reason=reason)
        _end_all(session, event, delegation, "rejected")


def cancel_delegation(delegation_id: int, *, reason: str, by: Person | Portal) -> None:
    """End every seat of a delegation for which nobody is registered. Whoever was named stays: they are people now."""
    with transaction() as session:
        event = seats.lock_event(session, event_of(session, delegation_id))
        demand(Permission.DECIDE, event, by=by)
        if not reason.strip():
            raise Refusal(WHY_NOT, field="reason")
        delegation = locked(Delegation, delegation_id)
        change_state(DELEGATIONS, delegation, DelegationStatus.CANCELLED, by=PORTAL, reason=reason)
        _end_all(session, event, delegation, "cancelled")


def give_up_delegation(delegation_id: int) -> None:
    """End it for whoever coordinates it and leaves the portal. Whoever was named stays; what has ended already, too."""
    with transaction() as session:
        event = seats.lock_event(session, event_of(session, delegation_id))
        delegation = locked(Delegation, delegation_id)
        if delegation.status in queries.LIVE_DELEGATIONS:
            change_state(DELEGATIONS, delegation, DelegationStatus.CANCELLED, by=None)
            _end_seats(session, event, delegation)


def _end_seats(session: Session, event: Event, delegation: Delegation) -> int:
    """End every seat that nobody sits on, and give them to whoever waits; returns how many."""
    going = [one for one in queries.seats_of(delegation.id) if one.status in queries.OPEN_SEATS]
    delegation_seats.end(session, event, going, SeatStatus.RETURNED)
    session.flush()
    refill(session, event, session_ids=set())
    return len(going)


def _end_all(session: Session, event: Event, delegation: Delegation, news: str) -> None:
    delegation_seats.tell(event, delegation, news, _end_seats(session, event, delegation))


def _pending(session: Session, delegation_id: int, by: Person | Portal) -> tuple[Event, Delegation]:
    event = seats.lock_event(session, event_of(session, delegation_id))
    demand(Permission.DECIDE, event, by=by)
    delegation_seats.end_lapsed(session, event)
    delegation = locked(Delegation, delegation_id)
    if delegation.status != DelegationStatus.PENDING:
        raise Conflict(NOT_PENDING)
    session.refresh(delegation, ["event"])
    return event, delegation


def remind_of_names() -> int:
    """Write to those whose delegation has places without a name, twice before these go on; returns to how many."""
    now = clock.now()
    due = [
        one.id
        for one, _number in queries.to_remind_of_names()
        if delegates.reminders_due(one.names_due_at, now) > one.reminded
    ]
    return each("reminders of names", due, _remind)


def _remind(delegation_id: int) -> int:
    with transaction() as session:
        event = seats.lock_event(session, event_of(session, delegation_id))
        delegation = locked(Delegation, delegation_id)
        due = delegates.reminders_due(delegation.names_due_at, clock.now())
        unnamed = [one for one in queries.to_name(delegation_id) if one.status == SeatStatus.HELD]
        if due <= delegation.reminded or not unnamed:
            return 0
        delegation.reminded = due
        delegation_seats.tell(event, delegation, "remind", len(unnamed))
        return 1


def expire_delegations() -> int:
    """End the forms that nobody confirmed within 48 hours, and delete them with the names in them; returns how many."""
    old = sa.and_(
        Delegation.status == DelegationStatus.UNVERIFIED, Delegation.created_at < clock.now() - mails.UNCONFIRMED
    )
    if db.session.scalar(sa.select(Delegation.id).where(old).limit(1)) is None:
        return 0
    with transaction() as session:
        return changed_rows(session, sa.delete(Delegation).where(old))
