"""The files of evidence of records."""

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from portal.ground.db import db
from portal.projects.models import RecordEvidence


def evidence_of(record_id: int) -> RecordEvidence | None:
    """The file of evidence of a record, where it has one."""
    query = sa.select(RecordEvidence).join(RecordEvidence.file).options(contains_eager(RecordEvidence.file))
    return db.session.scalar(query.where(RecordEvidence.record_id == record_id))
