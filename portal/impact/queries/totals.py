"""Totals: the figures of several public projects together, added up from what is kept of each.

Nothing is counted here from records, so a network of 200 projects costs little more than one. Hours of different lengths
stand apart; who was strengthened counts once in all; of people, projects with fewer than 5 are left out, since what is
told of the others would give them away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from portal.ground.db import db
from portal.ground.statements import table
from portal.impact.identities import unpacked
from portal.impact.indicators import BY_CODE, FEW, INDICATORS, RECORDS, Indicator, Measure
from portal.impact.models import Figure, FigureOfYear
from portal.impact.queries.counting import once
from portal.impact.words import said, unit_words, value
from portal.organisations.models import Organisation
from portal.projects.models import HourLength, Project
from portal.projects.queries import public_condition
from portal.projects.words import CardFigure
from portal.words.i18n import Localized

HEADLINES = ("training-hours", "advice-hours", "mini-projects", "organisations-strengthened")
Whose = sa.ColumnElement[bool]
_NOTHING = (0, 0, 0)
_who = table(Organisation).alias("who")  # whose condition asks the table itself
_PEOPLE = [one.code for one in INDICATORS if one.measure is Measure.PEOPLE]
_DISTINCT = [one.code for one in INDICATORS if one.kind]


@dataclass(frozen=True, slots=True)
class Total:
    """What an indicator says of several projects: `amount` in `unit`, of how many `projects`. `parts` is what their own
    figures add up to, which is more where somebody was strengthened in several of them, and `most` the largest of these."""

    indicator: Indicator
    unit: str
    amount: int
    projects: int
    parts: int
    most: int


class Totals(NamedTuple):
    """All of them in the order of the indicators, hours of 60 minutes before those of 45; over how many projects and records."""

    rows: Sequence[Total] = ()
    projects: int = 0
    records: int = 0

    def of(self, code: str) -> Sequence[Total]:
        """What one indicator says: a row for each unit."""
        return [row for row in self.rows if row.indicator.code == code]

    @property
    def measures(self) -> frozenset[Measure]:
        """What is added up in them."""
        return frozenset(row.indicator.measure for row in self.rows)

    @property
    def is_mixed(self) -> bool:
        """Are there hours of both lengths of one indicator?"""
        return len({row.indicator.code for row in self.rows}) < len(self.rows)


class Behind(NamedTuple):
    """A project behind a total, who runs it, and its part."""

    slug: str
    title: Localized
    organisation: Localized
    unit: str
    amount: int


def of_network(network_id: int) -> Whose:
    """The public projects that work for a network."""
    return sa.and_(Project.network_id == network_id, public_condition())


def of_organisation(organisation_id: int) -> Whose:
    """The public projects that an organisation runs."""
    return sa.and_(Project.organisation_id == organisation_id, public_condition())


def totals(whose: Whose) -> Totals:
    """Two statements, over rows of which each project has a dozen."""
    query = (
        sa.select(Figure.code, Project.hour, sa.func.sum(Figure.amount), sa.func.count(), sa.func.max(Figure.amount))
        .join(Project, Project.id == Figure.project_id)
        .where(whose, _told())
    )
    amounts: dict[tuple[str, str], tuple[int, int, int]] = {}
    for code, hour, amount, projects, most in db.session.execute(query.group_by(Figure.code, Project.hour)):
        key = (code, _unit(BY_CODE.get(code), hour))
        before = amounts.get(key, _NOTHING)
        amounts[key] = (before[0] + int(amount), before[1] + projects, max(before[2], most))
    once = _once(whose) if any(code in _DISTINCT for code, _hour in amounts) else {}
    rows = []
    for one in INDICATORS:
        for unit in [one.unit] if one.unit else HourLength:
            parts, projects, most = amounts.get((one.code, unit), _NOTHING)
            if projects:
                rows.append(Total(one, unit, once.get(one.code, parts), projects, parts, most))
    records, projects, _most = amounts.get((RECORDS, ""), _NOTHING)
    return Totals(rows, projects, records)


def _once(whose: Whose) -> Mapping[str, int]:
    """How many identities were strengthened in at least one of the projects, by indicator."""
    query = sa.select(Figure.code, Figure.who).join(Project, Project.id == Figure.project_id)
    found: dict[str, set[int]] = {}
    for code, who in db.session.execute(query.where(whose, Figure.who.is_not(None))):
        found.setdefault(code, set()).update(unpacked(who or b""))
    return once(found)


def headlines(whose: Whose, most: int = 4) -> Sequence[CardFigure]:
    """The few figures that say most, as a page shows them; one with hours of both lengths is there twice."""
    rows = sorted(totals(whose).rows, key=lambda row: row.indicator.code not in HEADLINES)
    shown = list(dict.fromkeys(row.indicator.code for row in rows))[:most]
    rows = [row for row in rows if row.indicator.code in shown]
    return [
        CardFigure(
            row.indicator.code, said(row.indicator, row.amount, row.unit), unit_words(row.indicator, row.unit),
            value(row.indicator, row.amount, row.unit),
        )
        for row in rows
    ]  # fmt: skip


def behind_total(whose: Whose, code: str, *, offset: int = 0, limit: int = 50) -> Sequence[Behind]:
    """The projects that make a total up, those with most first, apart for each unit."""
    apart = () if BY_CODE[code].unit else (Project.hour,)
    query = (
        sa.select(Project.slug, Project.title, _who.c.name, Project.hour, Figure.amount)
        .select_from(Figure)
        .join(Project, Project.id == Figure.project_id)
        .join(_who, _who.c.id == Project.organisation_id)
        .where(whose, Figure.code == code, _told())
        .order_by(*apart, Figure.amount.desc(), Project.id)
    )
    rows = db.session.execute(query.offset(offset).limit(limit))
    return [Behind(slug, title, name, _unit(BY_CODE[code], hour), amount) for slug, title, name, hour, amount in rows]


def years_of_total(whose: Whose, code: str) -> Mapping[str, Sequence[tuple[int, int]]]:
    """(year, amount) by unit, the first year first; nothing where years cannot be added up."""
    query = (
        sa.select(Project.hour, FigureOfYear.year, sa.func.sum(FigureOfYear.amount))
        .join(Project, Project.id == FigureOfYear.project_id)
        .where(whose, FigureOfYear.code == code)
        .group_by(Project.hour, FigureOfYear.year)
    )
    found: dict[str, dict[int, int]] = {}
    for hour, year, amount in db.session.execute(query):
        years = found.setdefault(_unit(BY_CODE[code], hour), {})
        years[year] = years.get(year, 0) + int(amount)
    return {unit: sorted(years.items()) for unit, years in found.items()}


def has_totals(whose: Whose) -> bool:
    """Is there a figure at all?"""
    query = sa.select(Figure.project_id).join(Project, Project.id == Figure.project_id).where(whose)
    return db.session.scalar(query.limit(1)) is not None


def _told() -> sa.ColumnElement[bool]:
    return sa.or_(Figure.code.not_in(_PEOPLE), Figure.amount >= FEW)


def _unit(indicator: Indicator | None, hour: str) -> str:
    """Of what is no indicator: none."""
    return "" if indicator is None else indicator.unit or hour
