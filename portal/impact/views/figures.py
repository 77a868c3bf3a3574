"""What stands behind a number of a card, for everybody who can read the card."""

from collections.abc import Sequence

from flask import Response, request, url_for

from portal.face.web import Pagination, page, table_file
from portal.ground.authz import requires
from portal.impact import queries, words
from portal.impact.indicators import BY_CODE, FEW, Indicator, Measure
from portal.impact.tables import records_table
from portal.impact.views.blueprint import bp
from portal.projects import queries as projects
from portal.projects.models import HourLength, Project
from portal.projects.policies import Permission
from portal.projects.queries import numbers_of_parties
from portal.words.i18n import _

PAGE = 20


def _with_figure(slug: str, code: str) -> Project | None:
    """The project, if there is an indicator of this code and it is not nothing there."""
    project = projects.by_slug(slug) if code in BY_CODE else None
    return project if project is not None and queries.figure_of(project.id, code) else None


@bp.get("/projects/<slug:slug>/figures/<code>")
@requires(Permission.SEE, on=_with_figure)
def figure(project: Project) -> Response:
    """The number, how it is counted, its years and reports, and the records or the organisations that it counts."""
    code = (request.view_args or {})["code"]
    indicator = BY_CODE[code]
    amount, unit = queries.figure_of(project.id, code), words.unit_of(indicator, project)
    records, strengthened = [], []
    years = _years(project, indicator)
    year = next((one for one, _amount in years if str(one) == request.args.get("year")), None)
    if indicator.measure is Measure.PARTIES:
        pages = Pagination.of_request(amount, PAGE)
        strengthened = [*queries.strengthened(project.id, indicator, offset=pages.offset, limit=pages.size)]
    else:
        pages = Pagination.of_request(queries.number_behind(project.id, indicator, year=year), PAGE)
        records = [*queries.behind(project.id, indicator, year=year, offset=pages.offset, limit=pages.size)]
    return page(
        "impact/figure.html", project=project, indicator=indicator, amount=amount, unit=unit, pages=pages, words=words,
        records=records, strengthened=strengthened, years=words.bars(years), year=year, few=FEW,
        tabs_of_years=_tabs(project, code, [one for one, _amount in years], year),
        parties=numbers_of_parties([one.id for one in records]), hour=_minutes(indicator, unit),
        languages=project.title.languages, beside=queries.beside_few(project.id) if records else None,
        aim=queries.aims_of(project.id).get(code),
        reports=words.told_in(queries.reports_on(project.id, code), indicator),
    )  # fmt: skip


def _years(project: Project, indicator: Indicator) -> list[tuple[int, int]]:
    """(year, amount), of what adds up the records of one kind of activity."""
    found = queries.years_of(project.id, indicator) if indicator.activity else ()
    is_time = indicator.measure is Measure.MINUTES
    return [(year, minutes if is_time else number) for year, number, minutes in found]


def _tabs(project: Project, code: str, years: Sequence[int], chosen: int | None) -> list[tuple[str, str, bool]]:
    """(words, address, is chosen) of all years together, and of each."""

    def url(year: int | None) -> str:
        return url_for("impact.figure", slug=project.slug, code=code, year=year)

    return [(_("all years"), url(None), chosen is None), *((str(one), url(one), one == chosen) for one in years)]


@bp.get("/projects/<slug:slug>/records.csv")
@requires(Permission.SEE, on=projects.by_slug)
def records_csv(project: Project) -> Response:
    """The records behind the figures as a file: the columns that everybody may read."""
    return _file(project, "csv")


@bp.get("/projects/<slug:slug>/records.xlsx")
@requires(Permission.SEE, on=projects.by_slug)
def records_xlsx(project: Project) -> Response:
    """The same as a workbook, with what the columns mean."""
    return _file(project, "xlsx")


def _file(project: Project, ending: str) -> Response:
    return table_file(records_table(project), ending, project.slug, _("Records"))


def _minutes(indicator: Indicator, unit: str) -> int:
    """By how many minutes the sum is divided; 0 for what tells no hours."""
    return HourLength(unit).minutes if indicator.measure is Measure.MINUTES else 0
