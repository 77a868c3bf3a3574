"""Requests to publish profiles, and their decisions."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.ground.db import db
from portal.membership.models import Review
from portal.organisations.models import Organisation

_WHOLE = (joinedload(Review.organisation).joinedload(Organisation.logo), joinedload(Review.network))


def review(number: int) -> Review | None:
    """One review with its organisation and the network that was named."""
    return db.session.scalar(sa.select(Review).where(Review.id == number).options(*_WHOLE))


def open_review(organisation_id: int) -> Review | None:
    """The request of an organisation that waits for a decision, if any."""
    return db.session.scalar(
        sa.select(Review).where(Review.organisation_id == organisation_id, Review.decided_at.is_(None)).options(*_WHOLE)
    )


def reviews_of(organisation_id: int) -> Sequence[Review]:
    """All requests of an organisation, newest first."""
    return db.session.scalars(
        sa.select(Review).where(Review.organisation_id == organisation_id).order_by(Review.id.desc()).options(*_WHOLE)
    ).all()


def open_review_at(slug: str) -> Review | None:
    """The request that waits of the organisation at this address."""
    return db.session.scalar(
        sa.select(Review)
        .join(Organisation, Organisation.id == Review.organisation_id)
        .where(Organisation.slug == slug, Review.decided_at.is_(None))
        .options(*_WHOLE)
    )
