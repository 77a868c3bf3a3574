"""The directory of projects: words, and links with counts that narrow it; the state stands in the address."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import Response, request, url_for

from portal.face.web import Option, Pagination, page
from portal.ground.authz import public
from portal.membership import queries as membership
from portal.organisations.facets import COUNTRIES
from portal.organisations.places import regions_by_name
from portal.projects import queries
from portal.projects.queries import Counted, Wanted
from portal.projects.views.blueprint import bp
from portal.words.clean import one_line
from portal.words.facets import Words
from portal.words.i18n import LazyString, Localized, _l
from portal.words.vocabularies import pairs, vocabulary

LONGEST_WORDS = 200
LONGEST_SLUG = 80
PAGE = 20
# name in the address -> its heading, in the order of the page; networks follow, which are found by their names
HEADINGS: Mapping[str, LazyString] = {
    "area": _l("Area of support"),
    "status": _l("Status"),
    "region": _l("Region of the organisation"),
    "year": _l("Year"),
}
FOLDED = frozenset({"region", "year"})


@bp.get("/projects")
@public
def index() -> Response:
    """The cards that everybody can read, narrowed to what the address says."""
    wanted, found = _wanted(), one_line(request.args.get("networks", ""), LONGEST_WORDS)
    counted = queries.counted(wanted)
    pages = Pagination.of_request(counted.total, PAGE)
    projects = queries.listed(wanted, offset=pages.offset, limit=pages.size) if counted.total else []
    numbers = {int(number): n for number, n in counted.codes["network"].items()}
    choices = membership.network_choices(numbers, found, chosen=wanted.network)
    networks = [_option(wanted, counted, "network", slug, name, number) for slug, name, number in choices.options]
    return page(
        "projects/index.html", projects=projects, pages=pages, wanted=wanted, query=wanted.said,
        facets=_facets(wanted, counted), headings=HEADINGS, folded=FOLDED, networks=networks, found=found,
        is_more=choices.is_more, chosen=_chosen(wanted, networks),
        cleared=_url({}), wordless=_url(wanted.said, but="q"),
    )  # fmt: skip


def _known(name: str) -> Iterable[tuple[str, str]]:
    """(code, words) of all that can be chosen in a facet, as a reader looks for it."""
    match name:
        case "area":
            return pairs(vocabulary("area_of_support"))
        case "status":
            return pairs(vocabulary("project_status"))
        case "region":
            return pairs(term for country in COUNTRIES for term in regions_by_name(country))
        case _:
            return ((str(year), str(year)) for year in queries.years())


def _wanted() -> Wanted:
    """What the address asks for; what is no code of its list is not asked for."""
    asked = {name: request.args.get(name, "") for name in HEADINGS}
    known = {name: code for name, code in asked.items() if code and any(code == one for one, _ in _known(name))}
    words = one_line(request.args.get("q", ""), LONGEST_WORDS)
    named = {name: one_line(request.args.get(name, ""), LONGEST_SLUG) for name in ("network", "organisation")}
    return Wanted(**known, **named, q=words)


def _facets(wanted: Wanted, counted: Counted) -> Mapping[str, Sequence[Option]]:
    """The values of each facet that some project of the list has; the chosen one always."""
    return {
        name: [
            _option(wanted, counted, name, code, words, counted.codes[name].get(code, 0))
            for code, words in _known(name)
            if code in counted.codes[name] or code == wanted.said.get(name)
        ]
        for name in HEADINGS
    }


def _option(
    wanted: Wanted, counted: Counted, name: str, code: str, words: str | Localized, number: int
) -> Option:  # fmt: skip
    """What is chosen is taken away by a click, and counted so."""
    if wanted.said.get(name) == code:
        return Option(words, counted.without[name], _url(wanted.said, but=name), True)
    return Option(words, number, _url({**wanted.said, name: code}), False)


def _url(said: Mapping[str, str], but: str = "") -> str:
    """The list with what is said `but` one thing."""
    values: dict[str, Any] = {name: code for name, code in said.items() if name != but}
    return url_for("projects.index", **values)


def _chosen(wanted: Wanted, networks: Sequence[Option]) -> Sequence[tuple[Words, str]]:
    """(words, address without it) of each value that is chosen; a network or organisation that is not there by its address."""
    found: list[tuple[Words, str]] = []
    for name in HEADINGS:
        code = wanted.said.get(name)
        found += [(words, _url(wanted.said, but=name)) for one, words in _known(name) if one == code]
    if wanted.network:
        called = next((one.words for one in networks if one.is_chosen), wanted.network)
        found.append((called, _url(wanted.said, but="network")))
    if wanted.organisation:
        whose = queries.name_of(wanted.organisation) or wanted.organisation
        found.append((whose, _url(wanted.said, but="organisation")))
    return found
