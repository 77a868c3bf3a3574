"""What somebody who leaves the portal leaves behind in organisations."""

from collections.abc import Sequence

import sqlalchemy as sa

from portal.ground.db import db
from portal.organisations.models import Invitation, Organisation, OrganisationRole, OrganisationStatus, Role

_OPEN_ROLE = OrganisationRole.is_open


def open_roles_of(person_id: int) -> Sequence[OrganisationRole]:
    """The open roles of a person, by organisation."""
    return db.session.scalars(
        sa.select(OrganisationRole)
        .where(OrganisationRole.person_id == person_id, _OPEN_ROLE)
        .order_by(OrganisationRole.organisation_id, OrganisationRole.id)
    ).all()


def with_role(person_id: int) -> Sequence[Organisation]:
    """The organisations in which a person has a role."""
    return _organisations(Organisation.id.in_(_numbers(OrganisationRole.person_id == person_id)))


def drafts_of_nobody_else(person_id: int) -> Sequence[Organisation]:
    """Profiles that were never public and that nobody but this person looks after."""
    return _organisations(
        Organisation.status == OrganisationStatus.DRAFT,
        Organisation.published_at.is_(None),
        Organisation.id.in_(_numbers(OrganisationRole.person_id == person_id, _managing())),
        Organisation.id.not_in(_numbers(OrganisationRole.person_id != person_id)),
    )


def managed_by_nobody_else(person_id: int) -> Sequence[Organisation]:
    """Profiles that others rely on and that only this person manages: public or once public, or shared with others."""
    only = _organisations(
        Organisation.id.in_(_numbers(OrganisationRole.person_id == person_id, _managing())),
        Organisation.id.not_in(_numbers(OrganisationRole.person_id != person_id, _managing())),
    )
    drafts = {draft.id for draft in drafts_of_nobody_else(person_id)}
    return [organisation for organisation in only if organisation.id not in drafts]


def invitations_by(person_id: int, *, open_only: bool = True) -> Sequence[Invitation]:
    """The invitations that a person has sent: those that nobody has accepted or withdrawn, or all."""
    query = sa.select(Invitation).where(Invitation.invited_by == person_id).order_by(Invitation.id)
    if open_only:
        query = query.where(Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None))
    return db.session.scalars(query).all()


def _managing() -> sa.ColumnElement[bool]:
    return OrganisationRole.role == Role.OWNER


def _numbers(*conditions: sa.ColumnElement[bool]) -> sa.Select[int]:
    return sa.select(OrganisationRole.organisation_id).where(_OPEN_ROLE, *conditions)


def _organisations(*conditions: sa.ColumnElement[bool]) -> Sequence[Organisation]:
    query = sa.select(Organisation).where(*conditions).order_by(Organisation.sort_en, Organisation.id)
    return db.session.scalars(query).all()
