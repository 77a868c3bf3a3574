"""`portal projects`: figures and reports from the console."""

import datetime as dt
import json
import re
from typing import IO

import click
from flask.cli import with_appcontext

from portal.face.pdf import pdf_of
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.errors import Refusal
from portal.impact import queries, services, words
from portal.impact.paper import address_of, report_on_paper
from portal.projects import queries as projects_queries
from portal.projects.models import Project
from portal.words.i18n import LANGUAGES, in_language
from portal.words.vocabularies import label

_PART = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@click.group("projects")
def projects() -> None:
    """Figures of projects, and reports of them."""


@projects.command("figures")
@click.argument("slug")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", help="The language of the labels.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@with_appcontext
def figures(slug: str, lang: str, as_json: bool) -> None:
    """The figures of the project with this SLUG, as its card shows them."""
    project = _project(slug)
    with in_language(lang):
        found = [(one, amount, words.unit_of(one, project)) for one, amount in queries.figures_of(project.id)]
        if as_json:
            said = {
                one.code: {"value": float(words.value(one, amount, unit)), "unit": unit, "version": one.version}
                for one, amount, unit in found
            }
            click.echo(json.dumps({"project": slug, "figures": said}, ensure_ascii=False))
            return
        for one, amount, unit in found:
            click.echo(f"{words.said(one, amount, unit)}  {label('indicator', one.code)}")


@projects.command("freeze")
@click.argument("slug")
@click.option("--period", required=True, help="A year, a month, or two days: 2023, 2023-05, 2021-04-01..2023-09-30.")
@with_appcontext
def freeze(slug: str, period: str) -> None:
    """Keep the figures of the project with this SLUG for a period in a report that does not change."""
    first, last = _period(period)
    try:
        report = services.freeze(_project(slug), first, last, by=PORTAL)
    except Refusal as refusal:
        with in_language("en"):
            raise click.ClickException(str(refusal.reason)) from None
    click.echo(json.dumps({"report": report.id, "records": report.records, "sha256": report.checksum}))


@projects.command("report")
@click.argument("slug")
@click.option("--out", type=click.File("wb", lazy=True), required=True, help="Where to write the PDF file.")
@click.option("--period", help="Of which report: a period as for `freeze`; the latest one unless said.")
@click.option(
    "--lang", type=click.Choice(LANGUAGES), help="The language of the paper; that of the project unless said."
)
@with_appcontext
def report(slug: str, out: IO[bytes], period: str | None, lang: str | None) -> None:
    """Write a report of the project with this SLUG as a PDF file, as its page shows it."""
    project = _project(slug)
    if period is None:
        found = next(iter(queries.reports_of(project.id)), None)
    else:
        found = queries.report_of(project.id, *_period(period))
    kept = queries.report_at(slug, found.id) if found is not None else None
    if kept is None:
        raise click.ClickException("There is no such report. Make one: portal projects freeze SLUG --period P")
    with in_language(lang or project.title.original):
        out.write(pdf_of(report_on_paper(kept, queries.errata_of(kept.id), clock.now(), address=address_of(kept))))
    click.echo(json.dumps({"report": kept.id, "period": [kept.starts_on.isoformat(), kept.ends_on.isoformat()]}))


def _project(slug: str) -> Project:
    found = projects_queries.by_slug(slug)
    if found is None:
        raise click.ClickException(f"There is no project with this address: {slug}")
    return found


def _period(text: str) -> tuple[dt.date, dt.date]:
    begin, _dots, end = text.partition("..")
    try:
        return _day(begin, first=True), _day(end or begin, first=False)
    except ValueError:
        raise click.BadParameter("Give a year, a month, or two days: 2023, 2023-05, 2021-04-01..2023-09-30.") from None


def _day(text: str, *, first: bool) -> dt.date:
    """The first or the last day of a year, a month or a day."""
    found = _PART.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if day:
        return dt.date(year, month, day)
    if first:
        return dt.date(year, month or 1, 1)
    following = dt.date(year + 1, 1, 1) if month in (0, 12) else dt.date(year, month + 1, 1)
    return following - dt.timedelta(days=1)
