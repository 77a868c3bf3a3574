"""Figures follow from records: counted again in the transaction that changes a record, never while a page is read."""

from collections.abc import Mapping

import sqlalchemy as sa

from portal.ground import clock
from portal.ground.db import db
from portal.ground.derived import Derived
from portal.ground.locks import locked_if_there
from portal.impact import queries
from portal.impact.indicators import NEWEST, RECORDS
from portal.impact.models import Erratum, Figure, FigureOfYear, Report
from portal.projects.models import Project


def recount(project_id: int) -> None:
    """Make the figures of a project anew, and note in its reports what is another figure now (inside a transaction, which
    holds the project from here on). Nothing is done for one that is gone."""
    session = db.session
    session.flush()
    if locked_if_there(Project, project_id) is None:
        return
    for model in (Figure, FigureOfYear):
        session.execute(sa.delete(model).where(model.project_id == project_id))
    amounts = dict(queries.counted(project_id))
    if amounts:
        amounts[RECORDS] = queries.number_counted(project_id)
        _keep(project_id, amounts)
    for report in queries.reports_of(project_id):
        _correct(report)
    session.flush()


def _keep(project_id: int, amounts: Mapping[str, int]) -> None:
    """What is counted, whom it counts, and its parts by year."""
    session, who, years = db.session, queries.identities(project_id), queries.counted_by_year(project_id)
    figures = [
        {"project_id": project_id, "code": code, "amount": amount, "who": who.get(code)}
        for code, amount in amounts.items()
    ]
    session.execute(sa.insert(Figure), figures)
    if years:
        parts = [{"project_id": project_id, "code": code, "year": year, "amount": part} for code, year, part in years]
        session.execute(sa.insert(FigureOfYear), parts)


def _correct(report: Report) -> None:
    """One erratum for each figure that is another one than the report says, and none for what is right again."""
    session = db.session
    kept = {code: int(said["amount"]) for code, said in report.figures.items()}
    versions = {**NEWEST, **{code: int(said["version"]) for code, said in report.figures.items()}}
    now = queries.reported(report.project_id, (report.starts_on, report.ends_on), versions)
    errata = {one.code: one for one in queries.errata_of(report.id)}
    for code in sorted(kept.keys() | now.keys() | errata.keys()):
        was, is_now, known = kept.get(code, 0), now.get(code, 0), errata.get(code)
        if was == is_now:
            if known is not None:
                session.delete(known)
        elif known is None:
            session.add(Erratum(report_id=report.id, code=code, was=was, now=is_now))
        elif known.now != is_now:
            known.now, known.at = is_now, clock.now()


def hand_over(*, gone_id: int, kept_id: int) -> None:
    """What one person froze was frozen by the one with whom they turned out to be the same."""
    query = sa.update(Report).where(Report.frozen_by == gone_id)
    db.session.execute(query.values(frozen_by=kept_id))


FIGURES = Derived("figures of projects", (sa.select(Project.id),), recount)
