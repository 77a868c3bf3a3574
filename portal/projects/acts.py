"""Which projects and records an organisation may read the audit trail of: its own, called by their titles."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from portal.declaration import Acts
from portal.ground.db import db
from portal.projects.models import Project, Record
from portal.words.i18n import Localized


def _names(numbers: Sequence[int]) -> Mapping[int, Localized]:
    found = db.session.execute(sa.select(Project.id, Project.title).where(Project.id.in_(numbers)))
    return {row[0]: row[1] for row in found}


ACTS = Acts(Project, lambda number: sa.select(Project.id).where(Project.organisation_id == number), _names)


def _titles(numbers: Sequence[int]) -> Mapping[int, Localized]:
    found = db.session.execute(sa.select(Record.id, Record.title).where(Record.id.in_(numbers)))
    return {row[0]: row[1] for row in found}


RECORD_ACTS = Acts(
    Record,
    lambda number: sa.select(Record.id).join(Record.project).where(Project.organisation_id == number),
    _titles,
)
