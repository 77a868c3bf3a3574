"""What people may decide and for whom they act. Rights follow from open roles; a membership never names a person."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager

from portal.accounts.models import Person
from portal.ground.db import db
from portal.ground.memo import remembered
from portal.membership.models import OPEN, Membership, MembershipStatus, Network, NetworkRole, Review
from portal.organisations.models import Organisation, OrganisationRole, OrganisationStatus, Role
from portal.organisations.nearness import Nearness
from portal.organisations.queries import roles_anywhere, roles_in
from portal.privacy import consents
from portal.privacy.consents import Purpose

ACTING = (Role.OWNER, Role.REPRESENTATIVE)  # who speaks for an organisation in a network
KEEPING = (Role.OWNER, Role.EDITOR)  # who is told what becomes of a profile


def coordinated_networks(person: Person | None) -> Sequence[Network]:
    """The networks that a person coordinates today, by number; asked once a request."""
    if person is None:
        return []
    return remembered(("coordinated", person.id), lambda: _coordinated(person.id))


def _coordinated(person_id: int) -> Sequence[Network]:
    return db.session.scalars(
        sa.select(Network)
        .join(NetworkRole, NetworkRole.network_id == Network.id)
        .where(NetworkRole.person_id == person_id, NetworkRole.is_open)
        .order_by(Network.id)
    ).all()


def is_coordinator(person: Person | None, network: Network | int | None) -> bool:
    """Does this person coordinate this network (or the one with this number)?"""
    number = network.id if isinstance(network, Network) else network
    return number is not None and any(number == known.id for known in coordinated_networks(person))


def coordinators(network_id: int | None) -> Sequence[Person]:
    """Who coordinates the network today, longest first."""
    return [person for _role, person in coordinator_roles(network_id)] if network_id is not None else []


NAMED = 6  # coordinators that the page of a network names


def coordinators_named(network_id: int) -> Sequence[tuple[str, str]]:
    """(name, address) of those who coordinate the network today, longest first, at most `NAMED`. The address is empty
    without the consent of its owner."""
    agreed = consents.holds(NetworkRole.person_id, Purpose.PUBLIC_PROFILE, f"network:{network_id}")
    rows = db.session.execute(
        sa.select(Person.name, sa.case((agreed, sa.func.coalesce(Person.typed_email, Person.email)), else_=""))
        .join(NetworkRole, NetworkRole.person_id == Person.id)
        .where(NetworkRole.network_id == network_id, NetworkRole.is_open, Person.name != "")
        .order_by(NetworkRole.granted_at, NetworkRole.id)
        .limit(NAMED)
    )
    return [(name, address or "") for name, address in rows]


def coordinator_roles(network_id: int | None, *, ended: bool = False) -> Sequence[tuple[NetworkRole, Person]]:
    """The roles in a network with their people: those of today, or those that have ended."""
    rows = db.session.execute(
        sa.select(NetworkRole, Person)
        .join(Person, Person.id == NetworkRole.person_id)
        .where(NetworkRole.network_id == network_id)
        .where(sa.not_(NetworkRole.is_open) if ended else NetworkRole.is_open)
        .order_by(NetworkRole.granted_at, NetworkRole.id)
    )
    return [(role, person) for role, person in rows]


def kept_organisations(person: Person | None) -> frozenset[int]:
    """The organisations for which `keeps` holds."""
    return frozenset(number for number in roles_anywhere(person) if keeps(person, number))


def keeps(person: Person | None, organisation_id: int) -> bool:
    """Is this person told of what happens between the organisation and networks?"""
    return bool(roles_in(person, organisation_id) & {*ACTING, *KEEPING})


def acting_for(person: Person | None, organisation_id: int) -> bool:
    """May this person speak for the organisation in a network?"""
    return bool(roles_in(person, organisation_id) & set(ACTING))


def coordinator_role(slug: str, number: int) -> NetworkRole | None:
    """An open role, by its number, in the network at this address, with the network."""
    return db.session.scalar(
        sa.select(NetworkRole)
        .join(NetworkRole.network)
        .where(Network.slug == slug, NetworkRole.id == number, NetworkRole.is_open)
        .options(contains_eager(NetworkRole.network))
    )


def keepers(organisation_id: int, roles: Collection[Role]) -> Sequence[Person]:
    """People with one of these roles in an organisation, each once."""
    return db.session.scalars(
        sa.select(Person)
        .where(
            Person.id.in_(
                sa.select(OrganisationRole.person_id).where(
                    OrganisationRole.organisation_id == organisation_id,
                    OrganisationRole.role.in_(roles),
                    OrganisationRole.is_open,
                )
            )
        )
        .order_by(Person.id)
    ).all()


def organisations_to_apply(person: Person, network: Network) -> Sequence[Organisation]:
    """Published organisations for which a person may apply to a network: not in it and without an open application."""
    speaks = sa.select(OrganisationRole.organisation_id).where(
        OrganisationRole.person_id == person.id, OrganisationRole.role.in_(ACTING), OrganisationRole.is_open
    )
    there = sa.select(Membership.organisation_id).where(
        Membership.network_id == network.id, Membership.status.in_(OPEN)
    )
    return db.session.scalars(
        sa.select(Organisation)
        .where(
            Organisation.id.in_(speaks),
            Organisation.id.not_in(there),
            Organisation.status == OrganisationStatus.PUBLISHED,
        )
        .order_by(Organisation.sort_en, Organisation.id)
    ).all()


def nearness_by_networks(person_id: int, organisation_id: int) -> Nearness:
    """How near its networks bring somebody with an account to an organisation; one query.

    Coordinators are near to whoever is in their network or has asked it for something; the people of an organisation that
    is active in a network, to every other that is active there.
    """
    near = db.session.scalar(_NEARNESS, {"person": person_id, "organisation": organisation_id})
    assert near is not None  # a query without a table has one row
    return Nearness(near)


def _nearness() -> sa.Select[int]:
    person: sa.BindParameter[int] = sa.bindparam("person")
    organisation: sa.BindParameter[int] = sa.bindparam("organisation")
    active = MembershipStatus.ACTIVE
    turned_to = sa.or_(
        NetworkRole.network_id.in_(
            sa.select(Membership.network_id).where(
                Membership.organisation_id == organisation, Membership.status.in_(OPEN)
            )
        ),
        NetworkRole.network_id.in_(
            sa.select(Review.network_id).where(Review.organisation_id == organisation, Review.decided_at.is_(None))
        ),
    )
    coordinates = sa.exists().where(NetworkRole.person_id == person, NetworkRole.is_open, turned_to)
    own, theirs = aliased(Membership), aliased(Membership)
    shares = (
        sa.select(sa.literal(1))
        .select_from(OrganisationRole)
        .join(own, sa.and_(own.organisation_id == OrganisationRole.organisation_id, own.status == active))
        .join(theirs, sa.and_(theirs.network_id == own.network_id, theirs.status == active))
        .where(OrganisationRole.person_id == person, OrganisationRole.is_open, theirs.organisation_id == organisation)
        .exists()
    )
    near = sa.case(
        (coordinates, int(Nearness.COORDINATORS)), (shares, int(Nearness.NETWORK)), else_=int(Nearness.REGISTERED)
    )
    return sa.select(near)


_NEARNESS = _nearness()
