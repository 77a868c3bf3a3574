"""Profiles of some age, and those who were asked about them."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.accounts.models import Person
from portal.freshness import services
from portal.freshness.models import Request
from portal.ground import clock
from portal.ground.db import db, transaction
from portal.ground.statements import table
from portal.organisations.models import Organisation
from tests.factories.organisations import fresh


def confirmed_at(organisation: Organisation, moment: dt.datetime) -> Organisation:
    """The same profile, as if its people had looked at it at that moment and never since."""
    rows = table(Organisation)
    with transaction() as session:
        session.execute(sa.update(rows).where(rows.c.id == organisation.id).values(confirmed_at=moment))
    return fresh(organisation)


def aged(organisation: Organisation, days: int) -> Organisation:
    """The same, so many days ago."""
    return confirmed_at(organisation, clock.now() - dt.timedelta(days=days))


def asked_request(organisation: Organisation, person: Person) -> Request:
    """What the calendar has asked a person about a profile that is almost a year old."""
    aged(organisation, 340)
    services.ask_all()
    db.session.rollback()
    return db.session.scalars(
        sa.select(Request)
        .where(Request.organisation_id == organisation.id, Request.person_id == person.id)
        .options(joinedload(Request.organisation), joinedload(Request.person))
    ).one()
