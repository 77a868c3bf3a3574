"""Where somebody stands in the waiting list of an event."""

import sqlalchemy as sa

from portal.ground.db import db
from portal.registration.models import Delegation, DelegationSeat, Registration, RegistrationStatus, SeatStatus
from portal.registration.occupying import seats_of


def event_position(registration: Registration) -> int:
    """The place of a waiting registration in the waiting list of its event, from 1: people count, with who comes along, and seats
    of delegations."""
    before = sa.or_(
        Registration.queue_at < registration.queue_at,
        sa.and_(Registration.queue_at == registration.queue_at, Registration.id < registration.id),
    )
    seats = (
        sa.select(sa.func.count())
        .select_from(DelegationSeat)
        .join(Delegation, Delegation.id == DelegationSeat.delegation_id)
        .where(
            DelegationSeat.event_id == registration.event_id,
            DelegationSeat.status == SeatStatus.WAITING,
            Delegation.queue_at < registration.queue_at,
        )
    ).scalar_subquery()
    return int(
        db.session.scalar(
            sa.select(seats_of() + seats + 1).where(
                Registration.event_id == registration.event_id,
                Registration.status == RegistrationStatus.WAITING,
                before,
            )
        )
        or 0
    )
