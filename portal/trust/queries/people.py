"""Who oversees the profile of an organisation: the coordinators of its networks, else the portal team."""

from collections.abc import Sequence

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.accounts.queries import administrators, is_administrator
from portal.ground.db import db
from portal.membership.models import Membership, MembershipStatus, Network, NetworkRole
from portal.membership.queries import is_coordinator, keepers
from portal.organisations.models import OrganisationRole, Role
from portal.organisations.queries import roles_in

Number = sa.SQLColumnExpression[int] | sa.SQLColumnExpression[int | None]


def networks_with(organisation_id: int) -> Sequence[Network]:
    """The networks in which an organisation is an active member, longest first."""
    return db.session.scalars(
        sa.select(Network)
        .join(Membership, Membership.network_id == Network.id)
        .where(Membership.organisation_id == organisation_id, Membership.status == MembershipStatus.ACTIVE)
        .order_by(Membership.decided_at, Membership.id)
    ).all()


def coordinated_with(person: Person | None, organisation_id: int) -> Network | None:
    """A network of an organisation that this person coordinates."""
    if person is None:
        return None
    return next((one for one in networks_with(organisation_id) if is_coordinator(person, one)), None)


def deciders(organisation_id: int) -> Sequence[Person]:
    """Coordinators of its networks who have no role in an organisation, else those of the portal team who have none."""
    free = db.session.scalars(
        sa.select(Person).where(Person.id.in_(_free_coordinators(sa.literal(organisation_id)))).order_by(Person.id)
    ).all()
    return free or team(organisation_id)


def team(organisation_id: int) -> Sequence[Person]:
    """Those of the portal team who have no role in an organisation."""
    return [person for person in administrators() if not roles_in(person, organisation_id)]


def is_decider(person: Person | None, organisation_id: int) -> bool:
    """Twin of `deciders`. Nobody decides on an organisation in which they have a role."""
    if person is None or roles_in(person, organisation_id):
        return False
    if coordinated_with(person, organisation_id) is not None:
        return True
    return is_administrator(person) and not db.session.scalar(
        sa.select(has_free_coordinator(sa.literal(organisation_id)))
    )


def oversees(person: Person | None, organisation_id: int) -> bool:
    """May this person look: whoever coordinates a network of the organisation, and the portal team."""
    return is_administrator(person) or coordinated_with(person, organisation_id) is not None


def owners(organisation_id: int) -> Sequence[Person]:
    """Who manages the profile, each once."""
    return keepers(organisation_id, (Role.OWNER,))


def has_free_coordinator(organisation_id: Number) -> sa.ColumnElement[bool]:
    """Has an organisation a coordinator without a role in it?"""
    return sa.exists(_free_coordinators(organisation_id))


def _free_coordinators(organisation_id: Number) -> sa.Select[int]:
    own = sa.exists().where(
        OrganisationRole.person_id == NetworkRole.person_id,
        OrganisationRole.organisation_id == organisation_id,
        OrganisationRole.is_open,
    )
    return (
        sa.select(NetworkRole.person_id)
        .join(Membership, Membership.network_id == NetworkRole.network_id)
        .where(Membership.organisation_id == organisation_id, Membership.status == MembershipStatus.ACTIVE)
        .where(NetworkRole.is_open, ~own)
    )
