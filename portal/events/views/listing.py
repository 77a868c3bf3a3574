"""The list of events, and what it can be narrowed to: links with counts, the state in the address."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, request, url_for

from portal.events import queries
from portal.events.queries import Wanted
from portal.events.views.blueprint import bp
from portal.face.web import Option, Pagination, page
from portal.ground.authz import public
from portal.membership import queries as membership
from portal.registration import queries as registration
from portal.words.clean import one_line
from portal.words.i18n import LazyString, _l
from portal.words.vocabularies import label, vocabulary

LONGEST_WORDS = 200
LONGEST_CODE = 80
# name in the address -> (vocabulary, heading), in the order of the page
FACETS: Mapping[str, tuple[str, LazyString]] = {
    "kind": ("event_kind", _l("Kind of event")),
    "theme": ("icnpo", _l("Theme")),
    "region": ("regions", _l("Region")),
    "language": ("languages", _l("Language")),
    "access": ("venue_access", _l("Access to the venue")),
}


@bp.get("/events")
@public
def index() -> Response:
    past, wanted = request.args.get("when") == "past", _wanted()
    words = one_line(request.args.get("networks", ""), LONGEST_WORDS)
    query = {**wanted.said, **({"when": "past"} if past else {})}
    networks = membership.network_choices(queries.numbers_by_network(wanted, past=past), words, chosen=wanted.network)
    pages = Pagination.of_request(queries.number_listed(wanted, past=past))
    events = queries.listed(wanted, past=past, offset=pages.offset, limit=pages.size)
    places = registration.event_places_of([event.id for event in events if event.seats is not None])
    return page(
        "events/index.html", events=events, places=places, pages=pages, past=past, wanted=wanted, words=words,
        networks=networks, said={"when": "past"} if past else {}, query=query,
        facets=_facets(wanted, query, past=past), headings=FACETS, chosen=_chosen(query),
        calendar_url=url_for("events.network_calendar", slug=wanted.network)
        if wanted.network in {slug for slug, _name, _number in networks.options}
        else url_for("events.all_calendar"),
    )  # fmt: skip


def _wanted() -> Wanted:
    """What the address asks for; what is no code of its list is not asked for."""
    codes = {name: request.args.get(name, "") for name in FACETS}
    known = {
        name: code for name, code in codes.items() if any(term.code == code for term in vocabulary(FACETS[name][0]))
    }
    return Wanted(
        **known, network=request.args.get("network", "")[:LONGEST_CODE], online=request.args.get("online") == "1"
    )


def _facets(wanted: Wanted, said: Mapping[str, str], *, past: bool) -> Mapping[str, Sequence[Option]]:
    """The values of each facet that some event of the list has, in the order of its vocabulary; the chosen one always."""
    found: dict[str, list[Option]] = {}
    for name, numbers in queries.numbers_by_code(wanted, past=past).items():
        terms = [term for term in vocabulary(FACETS[name][0]) if term.code in numbers or term.code == said.get(name)]
        found[name] = [
            Option(term.label, numbers.get(term.code, 0), _url(said, name, term.code), said.get(name) == term.code)
            for term in terms
        ]
    return found


def _url(said: Mapping[str, str], name: str, code: str) -> str:
    """The list with this value, or without it where it is chosen already."""
    values: dict[str, Any] = {**said, name: None if said.get(name) == code else code}
    return url_for("events.index", **values)


def _chosen(said: Mapping[str, str]) -> Sequence[tuple[str, str]]:
    """(words, address without it) of each value that is chosen from a vocabulary."""
    return [(label(FACETS[name][0], said[name]), _url(said, name, said[name])) for name in FACETS if name in said]
