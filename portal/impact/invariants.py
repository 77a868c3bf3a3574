"""What must be true of figures: they are what their records say."""

from collections.abc import Iterator, Sequence
from functools import cache

import sqlalchemy as sa

from portal.ground.checks import Check
from portal.ground.db import db
from portal.impact import queries
from portal.impact.models import Figure
from portal.projects.models import Project, Record


def _apart() -> Iterator[object]:
    """Projects of which a figure is another one than their records say."""
    numbers = sa.select(Figure.project_id).union(sa.select(Record.project_id)).subquery()
    for number in db.session.scalars(
        sa.select(Project.id).where(Project.id.in_(sa.select(numbers))).order_by(Project.id)
    ):
        kept = {one.code: amount for one, amount in queries.figures_of(number)}
        if kept != queries.counted(number):
            yield number


@cache
def checks() -> Sequence[Check]:
    return (
        Check(
            "impact.figures-apart", "project",
            "A figure is another one than its records say (portal counters rebuild).", _apart, is_thorough=True,
        ),
    )  # fmt: skip
