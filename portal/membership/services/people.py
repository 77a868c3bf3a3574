"""When two people turn out to be one, and when somebody leaves."""

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.ground.authz import PORTAL
from portal.ground.db import transaction
from portal.ground.errors import Conflict
from portal.ground.locks import locked
from portal.ground.memo import forget
from portal.membership import queries
from portal.membership.models import MembershipEvent, Network, NetworkRole, Review
from portal.membership.services.networks import end_coordinator
from portal.words.i18n import _l

COORDINATES_ALONE = _l(
    "Nobody else coordinates these networks. First ask the portal team to name a second coordinator for each of them:"
)

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


def leave_all(person: Person) -> None:
    """End the roles of somebody who leaves (inside a transaction). Raises Conflict where nobody else would coordinate a
    network: the one of two who leaves second, when both do so at once."""
    roles = queries.open_roles_of(person.id)
    for role in roles:
        locked(Network, role.network_id)
    if queries.coordinated_by_nobody_else(person.id):
        raise Conflict(COORDINATES_ALONE)
    for role in roles:
        end_coordinator(role, by=PORTAL)
