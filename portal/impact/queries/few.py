"""Numbers of people that are told to nobody: the small ones, and one more where a small one would follow from the sum.

Secondary suppression, as statistical offices do it (Handbook on Statistical Disclosure Control, ESSnet 2010, chapter 4): a sum
and all of its parts but one give that one away.
"""

from collections.abc import Mapping

import sqlalchemy as sa

from portal.ground.db import db
from portal.impact.indicators import BY_CODE, FEW, TOLD, Measure
from portal.impact.queries.counting import Period, Whose, counted, counts
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
    if not _follows(len(few), sum(few)):
        return None
    return next((number for number, people in rows if people >= FEW), None)


def _follows(few: int, together: int) -> bool:
    """Could so many small numbers, which are so many together, be worked out from the sum of all?"""
    return few == 1 or 0 < together < FEW


def reported(project_id: int, period: Period, versions: Mapping[str, int]) -> Mapping[str, int]:
    """What a report keeps of a period by these versions of the definitions: `counted`, and of people what may be told (0,
    where all of it would tell how few they were)."""
    amounts = dict(counted(project_id, period))
    for code in amounts:
        if BY_CODE[code].measure is Measure.PEOPLE and versions[code] >= TOLD:
            amounts[code] = people_told(project_id, period).get(project_id, 0)
    return amounts


def people_told(projects: Whose, period: Period) -> Mapping[int, int]:
    """How many people came to each of these projects in a period, made of nothing but numbers that are told anyway: so
    nothing follows from it, whatever else is told. Where all of its records lie in the period, that is what its card says
    (none, where they are fewer than FEW); else what its records say one by one."""
    small = Record.people < FEW
    place = sa.func.row_number().over(partition_by=Record.project_id, order_by=(small, Record.people, Record.id))
    one = (
        sa.select(
            Record.project_id, Record.people, small.label("small"), Record.day.between(*period).label("within"),
            place.label("place"),
        )
        .where(counts(projects), Record.people > 0)
        .subquery()
    )  # fmt: skip

    def added(
        *conditions: sa.ColumnElement[bool], value: sa.ColumnElement[int] = one.c.people
    ) -> sa.ColumnElement[int]:
        return sa.func.sum(sa.case((sa.and_(*conditions), value), else_=0))

    large = sa.not_(one.c.small)
    query = sa.select(
        one.c.project_id, sa.func.count(), added(one.c.within, value=sa.literal(1)), sa.func.sum(one.c.people),
        added(one.c.small, value=sa.literal(1)), added(one.c.small),
        added(one.c.within, large), added(one.c.within, large, one.c.place == 1),
    ).group_by(one.c.project_id)  # fmt: skip
    found = {}
    for number, records, within, people, few, together, told, beside in db.session.execute(query):
        if records == within:
            found[number] = int(people) if people >= FEW else 0
        else:
            found[number] = int(told - (beside if _follows(few, together) else 0))
    return found
