"""Reads of the whole portal for its first page."""

from collections.abc import Sequence

import sqlalchemy as sa

from portal.core.db import db
from portal.core.i18n import Localized
from portal.organisations.models import Organisation, OrganisationStatus


def woven_names(limit: int) -> Sequence[Localized]:
    """The names of the organisations that were added last: their motifs are the cloth of the first page."""
    return db.session.scalars(
        sa.select(Organisation.name)
        .where(Organisation.status == OrganisationStatus.PUBLISHED)
        .order_by(Organisation.id.desc())
        .limit(limit)
    ).all()
