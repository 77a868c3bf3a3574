"""What the tests of telling share."""

import sqlalchemy as sa

from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.mail import Kind, Mail
from portal.organisations import services as profiles
from portal.organisations.models import Organisation, OrganisationStatus
from tests.factories.organisations import fresh

S = OrganisationStatus
LETTERS = sa.select(Mail).where(Mail.kind == Kind.SAVED_SEARCH).order_by(Mail.id)


def letters() -> list[Mail]:
    """The mails of saved searches that were queued."""
    db.session.rollback()
    return list(db.session.scalars(LETTERS))


def set_status(organisation: Organisation, status: OrganisationStatus) -> None:
    profiles.change_status(fresh(organisation), status, by=PORTAL)
