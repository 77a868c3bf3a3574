"""Whom a network can write to: the numbers of people, asked at the moment of sending."""

from collections.abc import Collection

import sqlalchemy as sa

from portal.membership.models import WAITING, Membership, MembershipStatus
from portal.organisations.models import OrganisationRole, Role

IN_CHARGE = (Role.OWNER, Role.EDITOR, Role.REPRESENTATIVE)  # those who are told of what happens with a network


def member_owners(network_id: int) -> sa.Select[int]:
    """Owners of the organisations that are in the network today."""
    return _people(network_id, (MembershipStatus.ACTIVE,), (Role.OWNER,))


def member_people(network_id: int) -> sa.Select[int]:
    """Everybody in charge of an organisation that is in the network today."""
    return _people(network_id, (MembershipStatus.ACTIVE,), IN_CHARGE)


def applicants(network_id: int) -> sa.Select[int]:
    """Those in charge of organisations whose application waits for an answer, of the network or of their own."""
    return _people(network_id, WAITING, IN_CHARGE)


def _people(network_id: int, statuses: Collection[MembershipStatus], roles: Collection[Role]) -> sa.Select[int]:
    return (
        sa.select(OrganisationRole.person_id)
        .join(Membership, Membership.organisation_id == OrganisationRole.organisation_id)
        .where(
            Membership.network_id == network_id,
            Membership.status.in_(statuses),
            OrganisationRole.role.in_(roles),
            OrganisationRole.is_open,
        )
    )
