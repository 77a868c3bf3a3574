"""The time of a group: its end, and its way to a registered organisation."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.ground.db import db
from portal.organisations.models import Organisation, OrganisationStatus
from portal.trust.models import GroupLife, Registering


def life_of(organisation_id: int) -> GroupLife | None:
    """What a group said about its time, if anything."""
    return db.session.get(GroupLife, organisation_id)


def end_left_behind(lost_id: int, kept_id: int) -> dt.date | None:
    """The last day of a group that would not be that of the profile that stays, where that is a group, too."""
    found = db.session.execute(
        sa.select(Organisation.id, GroupLife.ends_on)
        .outerjoin(GroupLife, GroupLife.organisation_id == Organisation.id)
        .where(Organisation.id.in_((lost_id, kept_id)), Organisation.informal)
    )
    days = {row.id: row.ends_on for row in found}
    return days[lost_id] if days.keys() == {lost_id, kept_id} and days[lost_id] != days[kept_id] else None


def ending(by: dt.date) -> Sequence[int]:
    """The public groups that end until this day and whose people were not reminded of it."""
    query = (
        sa.select(GroupLife.organisation_id)
        .join(Organisation, Organisation.id == GroupLife.organisation_id)
        .where(GroupLife.ends_on <= by, GroupLife.ends_on.is_distinct_from(GroupLife.told_of))
        .where(Organisation.informal, Organisation.status == OrganisationStatus.PUBLISHED)
    )
    return db.session.scalars(query.order_by(GroupLife.organisation_id)).all()


def registering(number: int) -> Registering | None:
    """One request of a group that is registered now, decided or not, with the group."""
    return db.session.scalar(
        sa.select(Registering).where(Registering.id == number).options(joinedload(Registering.organisation))
    )


def open_registering(organisation_id: int) -> Registering | None:
    """The request of a group that waits for a decision."""
    return db.session.scalar(
        sa.select(Registering).where(Registering.organisation_id == organisation_id, Registering.decided_at.is_(None))
    )


def was_accepted(organisation: Organisation) -> bool:
    """Was it accepted that this organisation has the legal form that it has, here or of a profile that became one with it?"""
    asked = sa.exists().where(
        Registering.organisation_id == organisation.id,
        Registering.accepted,
        Registering.legal_form == organisation.legal_form,
    )
    taken_in = sa.exists().where(
        Organisation.merged_into_id == organisation.id,
        Organisation.published_at.is_not(None),
        Organisation.legal_form == organisation.legal_form,
    )
    return bool(db.session.scalar(sa.select(sa.or_(asked, taken_in))))
