"""Totals of all public projects of a network or an organisation, what makes them up, and the same as files."""

from flask import Response, abort, jsonify, request, url_for

from portal.face.web import Pagination, absolute_url, page, table_file
from portal.face.web.answers import private
from portal.ground.authz import public, requires
from portal.impact import exports, queries, words
from portal.impact.indicators import BY_CODE
from portal.impact.queries import Whose
from portal.impact.tables import totals_table
from portal.impact.views.blueprint import bp
from portal.membership import queries as membership
from portal.membership.findable import languages_of
from portal.membership.models import Network
from portal.organisations import queries as organisations
from portal.organisations.models import PUBLIC, Organisation
from portal.organisations.policies import Permission as OfOrganisations
from portal.words.i18n import _

PAGE = 50
FRAMES = 5  # of funders, that the totals name


@bp.get("/networks/<slug:slug>/figures")
@public
def network_totals(slug: str) -> Response:
    """The figures of all public projects that work for a network."""
    network = _network(slug)
    return _totals(network, queries.of_network(network.id), "network", languages_of(network))


@bp.get("/networks/<slug:slug>/figures/<code>")
@public
def network_total(slug: str, code: str) -> Response:
    """One of them: its years, and the projects that make it up."""
    network = _network(slug)
    return _total(network, queries.of_network(network.id), code, "network", languages_of(network))


@bp.get("/networks/<slug:slug>/figures.csv")
@public
def network_totals_csv(slug: str) -> Response:
    return _file(_network(slug), "csv")


@bp.get("/networks/<slug:slug>/figures.xlsx")
@public
def network_totals_xlsx(slug: str) -> Response:
    """The same as a workbook, with what the columns mean."""
    return _file(_network(slug), "xlsx")


@bp.get("/networks/<slug:slug>/figures.json")
@public
def network_totals_json(slug: str) -> Response:
    """The same as one object of JSON."""
    network = _network(slug)
    return jsonify(
        exports.totals(
            network.name, queries.totals(queries.of_network(network.id)),
            own=absolute_url("impact.network_totals", slug=slug),
            of=lambda code: absolute_url("impact.network_total", slug=slug, code=code),
        )
    )  # fmt: skip


@bp.get("/organisations/<slug:slug>/figures")
@requires(OfOrganisations.SEE, on=organisations.by_slug)
def organisation_totals(organisation: Organisation) -> Response:
    """What an organisation gave: the figures of the public projects that it runs."""
    whose = _run_by(organisation)
    return _totals(organisation, whose, "organisation", organisation.languages)


def _with_code(slug: str, code: str) -> Organisation | None:
    return organisations.by_slug(slug) if code in BY_CODE else None


@bp.get("/organisations/<slug:slug>/figures/<code>")
@requires(OfOrganisations.SEE, on=_with_code)
def organisation_total(organisation: Organisation) -> Response:
    """One of them: its years, and the projects that make it up."""
    code, whose = (request.view_args or {})["code"], _run_by(organisation)
    return _total(organisation, whose, code, "organisation", organisation.languages)


def _network(slug: str) -> Network:
    return membership.network_by_slug(slug) or abort(404)


def _run_by(organisation: Organisation) -> Whose:
    if organisation.status not in PUBLIC:
        private()
    return queries.of_organisation(organisation.id)


def _totals(owner: Network | Organisation, whose: Whose, kind: str, languages: tuple[str, ...]) -> Response:
    return page(
        "impact/totals.html", owner=owner, kind=kind, back=_back(kind, owner.slug), totals=queries.totals(whose), words=words,
        languages=languages, frames=queries.frames_of(owner.id, drafts=False)[:FRAMES] if kind == "network" else (),
    )  # fmt: skip


def _total(
    owner: Network | Organisation, whose: Whose, code: str, kind: str, languages: tuple[str, ...]
) -> Response:  # fmt: skip
    rows = queries.totals(whose).of(code)
    if not rows:
        abort(404)
    indicator, years = BY_CODE[code], queries.years_of_total(whose, code)
    pages = Pagination.of_request(sum(row.projects for row in rows), PAGE)
    return page(
        "impact/total.html", owner=owner, kind=kind, back=_back(kind, owner.slug), indicator=indicator, rows=rows, words=words,
        years={unit: words.bars(found) for unit, found in years.items()}, pages=pages, languages=languages,
        projects=queries.behind_total(whose, code, offset=pages.offset, limit=pages.size),
        most=max(row.most for row in rows),
    )  # fmt: skip


def _back(kind: str, slug: str) -> str:
    return url_for("membership.show" if kind == "network" else "organisations.show", slug=slug)


def _file(network: Network, ending: str) -> Response:
    sheet = totals_table(network.name, queries.totals(queries.of_network(network.id)))
    return table_file(sheet, ending, network.slug, _("Figures"))
