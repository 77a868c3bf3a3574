"""When two people turn out to be one."""

import sqlalchemy as sa

from portal.ground.db import transaction
from portal.ground.memo import forget
from portal.membership.models import MembershipEvent, NetworkRole, Review

_TRACES = (
    NetworkRole.granted_by,
    NetworkRole.ended_by,
    MembershipEvent.actor_id,
    Review.requested_by,
    Review.decided_by,
)


def hand_over(*, gone_id: int, kept_id: int) -> None:
    """What one person did and coordinates is the other's from now on. A network that both coordinate keeps one role."""
    with transaction() as session:
        for column in _TRACES:
            session.execute(sa.update(column.class_).where(column == gone_id).values({column.key: kept_id}))
        mine = sa.select(NetworkRole.network_id).where(NetworkRole.person_id == kept_id, NetworkRole.is_open)
        both = sa.and_(NetworkRole.is_open, NetworkRole.network_id.in_(mine))
        doubled = session.scalars(sa.select(NetworkRole.id).where(NetworkRole.person_id == gone_id, both)).all()
        session.execute(sa.delete(NetworkRole).where(NetworkRole.id.in_(doubled)))
        session.execute(sa.update(NetworkRole).where(NetworkRole.person_id == gone_id).values(person_id=kept_id))
        forget()
