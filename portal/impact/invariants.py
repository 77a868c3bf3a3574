"""What must be true of figures: they are what their records say."""

from collections.abc import Iterator, Sequence
from functools import cache

import sqlalchemy as sa

from portal.ground.checks import Check
from portal.ground.db import db
from portal.impact import queries
from portal.impact.models import Figure, FigureOfYear
from portal.projects.models import Project, Record


def _apart() -> Iterator[object]:
    """Projects of which a figure is another one than their records say."""
    numbers = sa.union(*(sa.select(model.project_id) for model in (Figure, FigureOfYear, Record))).subquery()
    for number in db.session.scalars(
        sa.select(Project.id).where(Project.id.in_(sa.select(numbers))).order_by(Project.id)
    ):
        kept = {one.code: amount for one, amount in queries.figures_of(number)}
        if kept != queries.counted(number) or _beside(number) != (
            queries.identities(number),
            sorted(queries.counted_by_year(number)),
        ):
            yield number


def _beside(number: int) -> tuple[dict[str, bytes], list[tuple[str, int, int]]]:
    """What is kept beside the figures of a project: whom they count, and their parts by year."""
    who = sa.select(Figure.code, Figure.who).where(Figure.project_id == number, Figure.who.is_not(None))
    years = sa.select(FigureOfYear.code, FigureOfYear.year, FigureOfYear.amount).where(
        FigureOfYear.project_id == number
    )
    return (
        {row[0]: bytes(row[1] or b"") for row in db.session.execute(who)},
        sorted((row[0], row[1], row[2]) for row in db.session.execute(years)),
    )


@cache
def checks() -> Sequence[Check]:
    return (
        Check(
            "impact.figures-apart", "project",
            "A figure is another one than its records say (portal counters rebuild).", _apart, is_thorough=True,
        ),
    )  # fmt: skip
