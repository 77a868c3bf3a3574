"""Reads of the whole portal for its first page."""

from collections.abc import Sequence

import sqlalchemy as sa

from portal.core.db import db
from portal.core.i18n import Localized
from portal.organisations.models import Organisation, OrganisationStatus

_organisation = Organisation.__table__.c
_LATEST_NAMES = (
    sa.select(_organisation.name)
    .where(_organisation.status == OrganisationStatus.PUBLISHED)
    .order_by(_organisation.id.desc())
    .limit(sa.bindparam("most"))
)


def woven_names(limit: int) -> Sequence[Localized]:
    """The names of the organisations that were added last: their motifs are the cloth of the first page."""
    return db.session.scalars(_LATEST_NAMES, {"most": limit}).all()
