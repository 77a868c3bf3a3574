"""Numbers of people that are told to nobody: the small ones, and one more where a small one would follow from the sum.

Secondary suppression, as statistical offices do it (Handbook on Statistical Disclosure Control, ESSnet 2010, chapter 4): a sum
and all of its parts but one give that one away.
"""

import sqlalchemy as sa

from portal.ground.db import db
from portal.impact.indicators import FEW
from portal.impact.queries.counting import counts
from portal.projects.models import Record


def is_untold(record: Record, beside: int | None) -> bool:
    """Is the number of people of this record told to nobody? `beside` is what `beside_few` says of its project."""
    return record.people is not None and (record.people < FEW or record.id == beside)


def beside_few(project_id: int) -> int | None:
    """The number of the smallest record with at least FEW people, where those with fewer could be worked out without it:
    there is only one of them, or they are fewer than FEW together."""
    query = (
        sa.select(Record.id, Record.people)
        .where(counts(project_id), Record.people > 0)
        .order_by(Record.people, Record.id)
        .limit(FEW + 1)
    )
    rows = [(number, people or 0) for number, people in db.session.execute(query)]
    few = [people for _number, people in rows if people < FEW]
    if not few or (len(few) > 1 and sum(few) >= FEW):
        return None
    return next((number for number, people in rows if people >= FEW), None)
