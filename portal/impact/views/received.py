"""The sheet of what an organisation received, for those who look after it."""

from collections.abc import Sequence

from flask import Response, url_for

from portal.face.look import ProfilePart
from portal.face.web import Pagination, page, table_file
from portal.face.web.answers import private
from portal.ground.authz import can, requires
from portal.impact import queries, words
from portal.impact.indicators import BY_CODE
from portal.impact.policies import Permission
from portal.impact.tables import received_table
from portal.impact.views.blueprint import bp
from portal.organisations import queries as organisations
from portal.organisations.models import Organisation
from portal.words.i18n import _

PAGE = 50


@bp.get("/organisations/<slug:slug>/received")
@requires(Permission.SEE_RECEIVED, on=organisations.by_slug)
def received(organisation: Organisation) -> Response:
    """Training, advice and other support: each record of a public project that names the organisation."""
    private()
    pages = Pagination.of_request(queries.number_received(organisation.id), PAGE)
    sums = [
        (BY_CODE[f"{activity}-hours"], minutes, hour)
        for activity, hour, minutes in queries.minutes_received(organisation.id)
    ]
    return page(
        "impact/received.html", organisation=organisation, pages=pages, sums=sums, words=words,
        lines=queries.received(organisation.id, offset=pages.offset, limit=pages.size),
    )  # fmt: skip


@bp.get("/organisations/<slug:slug>/received.csv")
@requires(Permission.SEE_RECEIVED, on=organisations.by_slug)
def received_csv(organisation: Organisation) -> Response:
    """The whole sheet as a file."""
    return _file(organisation, "csv")


@bp.get("/organisations/<slug:slug>/received.xlsx")
@requires(Permission.SEE_RECEIVED, on=organisations.by_slug)
def received_xlsx(organisation: Organisation) -> Response:
    """The same as a workbook, with what the columns mean."""
    return _file(organisation, "xlsx")


def profile_parts(organisation: Organisation) -> Sequence[ProfilePart]:
    """On the overview of a profile: the way to the sheet."""
    if not can(Permission.SEE_RECEIVED, organisation):
        return []
    url = url_for("impact.received", slug=organisation.slug)
    return [ProfilePart(_("Support received"), url, says=_("Training and advice, as projects wrote it down"), place=55)]


def _file(organisation: Organisation, ending: str) -> Response:
    private()
    return table_file(received_table(organisation), ending, organisation.slug, _("Support received"))
