"""Who does what for an organisation, and who was asked to."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from portal.accounts.models import Person
from portal.accounts.queries import open_roles
from portal.ground import clock
from portal.ground.db import db
from portal.ground.links import LinkToken
from portal.ground.memo import remembered
from portal.organisations.models import Invitation, Organisation, OrganisationRole, Role

INVITATIONS_KEPT = dt.timedelta(days=30)  # from the day they are sent; their links end before
FEW = 5  # invitations in this time from somebody of whose profiles none was ever published


def roles_in(person: Person | None, organisation: Organisation | int) -> frozenset[str]:
    """What a person does for an organisation today. All their organisations are asked for at once, once a request."""
    number = organisation if isinstance(organisation, int) else organisation.id
    return roles_anywhere(person).get(number, frozenset())


def roles_anywhere(person: Person | None) -> Mapping[int, frozenset[str]]:
    """The open roles of a person, by organisation."""
    if person is None:
        return {}
    number = person.id
    return remembered(
        ("organisation roles", number), lambda: open_roles(number, OrganisationRole, OrganisationRole.organisation_id)
    )


def people_of(organisation: Organisation) -> Sequence[tuple[OrganisationRole, Person]]:
    """The open roles of an organisation with their people, longest first."""
    rows = db.session.execute(
        sa.select(OrganisationRole, Person)
        .join(Person, Person.id == OrganisationRole.person_id)
        .where(OrganisationRole.organisation_id == organisation.id, OrganisationRole.is_open)
        .order_by(OrganisationRole.granted_at, OrganisationRole.id)
    )
    return [(role, person) for role, person in rows]


def owners_of(organisation: Organisation) -> Sequence[Person]:
    """Who manages the profile today."""
    return [person for role, person in people_of(organisation) if role.role == Role.OWNER]


def organisations_of(person: Person, roles: Collection[str] = (Role.OWNER,)) -> Sequence[Organisation]:
    """The organisations in which a person has one of these roles, whatever their state, in the order of their names."""
    wanted = set(roles)
    numbers = [number for number, held in roles_anywhere(person).items() if held & wanted]
    query = sa.select(Organisation).where(Organisation.id.in_(numbers)).order_by(Organisation.sort_en, Organisation.id)
    return db.session.scalars(query).all()


def open_role(slug: str, number: int) -> OrganisationRole | None:
    """An open role, by its number, in the organisation at this address."""
    return db.session.scalar(
        sa.select(OrganisationRole)
        .join(Organisation, Organisation.id == OrganisationRole.organisation_id)
        .where(Organisation.slug == slug, OrganisationRole.id == number, OrganisationRole.is_open)
        .options(contains_eager(OrganisationRole.organisation))
    )


_OPEN = (Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None))


def open_invitations(organisation: Organisation) -> Sequence[Invitation]:
    """Invitations that nobody has accepted or withdrawn, oldest first."""
    return db.session.scalars(
        sa.select(Invitation)
        .where(Invitation.organisation_id == organisation.id, *_OPEN)
        .order_by(Invitation.invited_at, Invitation.id)
    ).all()


def open_invitations_to(email: str) -> Sequence[tuple[Invitation, Organisation, Person]]:
    """Open invitations to the mailbox with this key, each locked, with its organisation and whoever sent it."""
    rows = db.session.execute(
        sa.select(Invitation, Organisation, Person)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .join(Person, Person.id == Invitation.invited_by)
        .where(Invitation.email == email, *_OPEN)
        .order_by(Invitation.id)
        .with_for_update(of=Invitation)
        .execution_options(populate_existing=True)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def invitations_to(email: str) -> int:
    """How many open invitations wait for the mailbox with this key."""
    query = sa.select(sa.func.count()).where(Invitation.email == email, *_OPEN)
    return int(db.session.scalar(query) or 0)


def invitations_sent(person_id: int, since: dt.datetime) -> int:
    """How many invitations a person has sent since, whatever became of them and whichever profile they were to."""
    query = sa.select(sa.func.count()).where(Invitation.invited_by == person_id, Invitation.invited_at > since)
    return int(db.session.scalar(query) or 0)


def invitations_left(person_id: int) -> int | None:
    """How many more somebody may send who has published nothing yet; None for somebody who has."""
    if has_published(person_id):
        return None
    return max(0, FEW - invitations_sent(person_id, clock.now() - INVITATIONS_KEPT))


def has_published(person_id: int) -> bool:
    """Was a profile that this person manages ever published, so that somebody else has looked at it?"""
    query = (
        sa.select(OrganisationRole.id)
        .join(Organisation, Organisation.id == OrganisationRole.organisation_id)
        .where(
            OrganisationRole.person_id == person_id,
            OrganisationRole.role == Role.OWNER,
            OrganisationRole.is_open,
            Organisation.published_at.is_not(None),
        )
    )
    return db.session.scalar(query.limit(1)) is not None


def invitation(slug: str, number: int) -> Invitation | None:
    """An open invitation, by its number, of the organisation at this address."""
    return db.session.scalar(
        sa.select(Invitation)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .where(Organisation.slug == slug, Invitation.id == number, *_OPEN)
        .options(contains_eager(Invitation.organisation))
    )


def invitation_of(link: LinkToken) -> Invitation | None:
    """The open invitation behind a link, with its organisation."""
    return db.session.scalar(
        sa.select(Invitation)
        .where(Invitation.id == link.subject_id, *_OPEN)
        .options(joinedload(Invitation.organisation))
    )
