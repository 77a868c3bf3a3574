"""Figures as they are kept, what stands behind them, and reports."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from portal.ground.db import db
from portal.ground.statements import streamed
from portal.impact.indicators import INDICATORS, RECORDS, Indicator
from portal.impact.models import Aim, Erratum, Figure, Report
from portal.impact.queries.counting import counts, strengthening
from portal.impact.words import aim_said, is_few, said, unit_of, unit_words, value
from portal.organisations.models import PUBLIC, Organisation
from portal.projects.models import Project, Record, RecordParty
from portal.projects.words import CardFigure, Outcome
from portal.words.i18n import Localized, formats

REPORTS_SHOWN = 3
# A card asks these two, whoever reads it: they are built once.
_AIMED = sa.and_(Aim.project_id == Figure.project_id, Aim.code == Figure.code)
_KEPT = (
    sa.select(Figure.code, Figure.amount, Aim.target)
    .select_from(Figure)
    .outerjoin(Aim, _AIMED)
    .where(Figure.project_id == sa.bindparam("project"))
)
_LATEST = (
    sa.select(Report.id, Report.starts_on, Report.ends_on)
    .where(Report.project_id == sa.bindparam("project"))
    .order_by(Report.ends_on.desc(), Report.id.desc())
    .limit(REPORTS_SHOWN)
)


def figures_of(project_id: int) -> Sequence[tuple[Indicator, int]]:
    """(indicator, amount) of a project, in their order; what is nothing is not there."""
    amounts = _kept(project_id)
    return [(one, amounts[one.code][0]) for one in INDICATORS if one.code in amounts]


def _kept(project_id: int) -> dict[str, tuple[int, int | None]]:
    """(amount, target) by indicator."""
    return {row[0]: (row[1], row[2]) for row in db.session.execute(_KEPT, {"project": project_id})}


def aims_of(project_id: int) -> Mapping[str, Aim]:
    """What a project aims at, by indicator, in their order."""
    found = {aim.code: aim for aim in db.session.scalars(sa.select(Aim).where(Aim.project_id == project_id))}
    return {one.code: found[one.code] for one in INDICATORS if one.code in found}


def outcome_of(project: Project) -> Outcome:
    """What the card of a project says of its figures and reports."""
    amounts, figures = _kept(project.id), []
    for one in INDICATORS:
        if one.code not in amounts:
            continue
        amount, target = amounts[one.code]
        unit = unit_of(one, project)
        number = None if is_few(one, amount) else value(one, amount, unit)
        card = CardFigure(one.code, said(one, amount, unit), unit_words(one, unit), number)
        if target:
            card = card._replace(aim=aim_said(one, target, unit), target=value(one, target, unit))
        figures.append(card)
    latest = db.session.execute(_LATEST, {"project": project.id}) if amounts else ()
    reports = [(number, formats.date_range(first, last)) for number, first, last in latest]
    return Outcome(figures, amounts.get(RECORDS, (0, None))[0], reports)


def figure_of(project_id: int, code: str) -> int:
    """One of these amounts; 0 where it is nothing."""
    found = db.session.get(Figure, (project_id, code))
    return found.amount if found else 0


def years_of(project_id: int, indicator: Indicator) -> Sequence[tuple[int, int, int]]:
    """(year, records, minutes) of what an indicator counts, the first year first."""
    year = sa.extract("year", Record.day)
    query = sa.select(year, sa.func.count(), sa.func.sum(Record.minutes)).where(
        counts(project_id), Record.activity == indicator.activity
    )
    return [(int(row[0]), row[1], int(row[2] or 0)) for row in db.session.execute(query.group_by(year).order_by(year))]


def behind(
    project_id: int, indicator: Indicator, *, year: int | None = None, offset: int = 0, limit: int = 50
) -> Sequence[Record]:
    """The records that an indicator counts, of a year or of all, the latest first."""
    query = sa.select(Record).where(_counted(project_id, indicator, year))
    return db.session.scalars(query.order_by(Record.day.desc(), Record.id.desc()).offset(offset).limit(limit)).all()


def number_behind(project_id: int, indicator: Indicator, *, year: int | None = None) -> int:
    """How many `behind` has in all."""
    return db.session.scalar(sa.select(sa.func.count(Record.id)).where(_counted(project_id, indicator, year))) or 0


def number_counted(project_id: int) -> int:
    """How many records of a project are confirmed."""
    return db.session.scalar(sa.select(sa.func.count(Record.id)).where(counts(project_id))) or 0


def all_counted(project_id: int) -> Iterator[tuple[Record, int]]:
    """Every record that counts, the first day first, with the number of those who took part."""
    parties = sa.select(sa.func.count()).where(RecordParty.record_id == Record.id).scalar_subquery()
    query = sa.select(Record, parties).where(counts(project_id)).order_by(Record.day, Record.id)
    yield from ((row[0], row[1]) for row in streamed(query, 200))


def _counted(project_id: int, indicator: Indicator, year: int | None) -> sa.ColumnElement[bool]:
    which = Record.people > 0 if indicator.activity is None else Record.activity == indicator.activity
    period = None if year is None else (dt.date(year, 1, 1), dt.date(year, 12, 31))
    return sa.and_(counts(project_id, period), which)


def strengthened(
    project_id: int, indicator: Indicator, *, offset: int = 0, limit: int = 50
) -> Sequence[tuple[str, Localized | None, str]]:
    """(name as it was typed, name of the profile, its address) of each one that an indicator counts. A profile that is
    not public has no address and no name here."""
    rows = strengthening(project_id).subquery()
    profile = sa.and_(Organisation.id == rows.c.organisation_id, Organisation.status.in_(PUBLIC))
    query = (
        sa.select(rows.c.name, Organisation.name, Organisation.slug)
        .select_from(rows.outerjoin(Organisation.__table__, profile))
        .where(rows.c.kind == indicator.kind)
        .order_by(rows.c.organisation_id.is_(None), rows.c.organisation_id, rows.c.key)
    )
    return [(row[0], row[1], row[2] or "") for row in db.session.execute(query.offset(offset).limit(limit))]


def reports_of(project_id: int) -> Sequence[Report]:
    """All reports of a project, the latest period first."""
    query = sa.select(Report).where(Report.project_id == project_id)
    return db.session.scalars(query.order_by(Report.ends_on.desc(), Report.id.desc())).all()


def reports_on(project_id: int, code: str) -> Sequence[tuple[Report, Erratum | None]]:
    """The latest reports of a project, each with the erratum about a figure, if there is one."""
    about = sa.and_(Erratum.report_id == Report.id, Erratum.code == code)
    query = sa.select(Report, Erratum).outerjoin(Erratum, about).where(Report.project_id == project_id)
    latest = query.order_by(Report.ends_on.desc(), Report.id.desc()).limit(REPORTS_SHOWN)
    return [(row[0], row[1]) for row in db.session.execute(latest)]


def report_at(slug: str, number: int) -> Report | None:
    """A report of the project with this address, with the project, its organisation and network."""
    query = sa.select(Report).join(Report.project).where(Project.slug == slug, Report.id == number)
    project = contains_eager(Report.project)
    return db.session.scalar(
        query.options(project.joinedload(Project.organisation), project.joinedload(Project.network))
    )


def report_of(project_id: int, first: dt.date, last: dt.date) -> Report | None:
    """The report of exactly this period."""
    query = sa.select(Report).where(Report.project_id == project_id, Report.starts_on == first, Report.ends_on == last)
    return db.session.scalar(query)


def errata_of(report_id: int) -> Sequence[Erratum]:
    """The figures of a report that are others now, in the order in which they became so."""
    return db.session.scalars(sa.select(Erratum).where(Erratum.report_id == report_id).order_by(Erratum.id)).all()
