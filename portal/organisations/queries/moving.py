"""What goes over when a profile is merged into another one."""

from dataclasses import dataclass

import sqlalchemy as sa

from portal.ground.db import db
from portal.organisations.models import FormerSlug, Identifier, Invitation, Organisation, OrganisationRole


@dataclass(frozen=True, slots=True)
class Moving:
    """How much of a profile goes over to another one."""

    people: int
    invitations: int
    numbers: int
    addresses: int


def moving(lost: Organisation) -> Moving:
    """What `services.absorb` would take over. Reads only."""

    return Moving(
        people=_count(
            OrganisationRole.person_id, OrganisationRole.organisation_id == lost.id, OrganisationRole.ended_at.is_(None)
        ),
        invitations=_count(
            Invitation.id, Invitation.organisation_id == lost.id, Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
        ),
        numbers=_count(Identifier.id, Identifier.organisation_id == lost.id, sa.not_(Identifier.retired)),
        addresses=1
        + _count(FormerSlug.slug, FormerSlug.organisation_id == lost.id)
        + _count(Organisation.id, Organisation.merged_into_id == lost.id),
    )  # fmt: skip


def _count(column: sa.SQLColumnExpression[int] | sa.SQLColumnExpression[str], *where: sa.ColumnElement[bool]) -> int:
    return db.session.scalar(sa.select(sa.func.count(column.distinct())).where(*where)) or 0
