"""Calls for everybody: the list of all operators, and the announcement of one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import Response, request, url_for

from portal.face.web import Option, Pagination, page
from portal.face.web.answers import private
from portal.grants import queries, words
from portal.grants.eligibility import answers
from portal.grants.forms import MayWeForm
from portal.grants.models import Applicant, Call, CallPhase, CallStatus
from portal.grants.policies import Permission
from portal.grants.queries import Wanted
from portal.grants.views.blueprint import bp
from portal.ground.authz import can, public, requires
from portal.organisations.facets import COUNTRIES
from portal.organisations.places import regions_by_name
from portal.words.i18n import LazyString, _l
from portal.words.vocabularies import label, pairs

PAGE = 20
# name in the address -> its heading, in the order of the page
HEADINGS: Mapping[str, LazyString] = {
    "phase": _l("Where the call stands"),
    "who": _l("Who may apply"),
    "region": _l("Region"),
}
PHASES = (CallPhase.OPEN, CallPhase.ANNOUNCED, CallPhase.CLOSED)


@bp.get("/grants")
@public
def index() -> Response:
    """The calls that everybody can read, narrowed to what the address says; the nearest deadline first."""
    wanted = _wanted()
    pages = Pagination.of_request(queries.number_listed(wanted), PAGE)
    calls = queries.listed_calls(wanted, offset=pages.offset, limit=pages.size) if pages.total else []
    nearest = calls[0] if calls and pages.page == 1 and calls[0].phase == CallPhase.OPEN else None
    return page(
        "grants/index.html", groups=_groups(calls), pages=pages, query=wanted.said, facets=_facets(wanted),
        headings=HEADINGS, chosen=_chosen(wanted), cleared=url_for("grants.index"), words=words, nearest=nearest,
    )  # fmt: skip


@bp.get("/grants/<slug:slug>")
@requires(Permission.SEE, on=queries.call_by_slug)
def show(call: Call) -> Response:
    """The announcement: who, where, how much, until when, and what follows."""
    if call.status == CallStatus.DRAFT or can(Permission.MANAGE, call):
        private()
    places = queries.places_of(call.id)
    form = MayWeForm.about(places) if call.phase in (CallPhase.ANNOUNCED, CallPhase.OPEN) else None
    asked = form.asked if form else None
    return page(
        "grants/show.html", call=call, programme=call.programme, operator=call.programme.organisation, words=words,
        may_we=form, answers=answers(call, places, asked) if asked else (), places=places,
        events=queries.events_of(call.id), languages=call.title.languages,
    )  # fmt: skip


def _groups(calls: Sequence[Call]) -> Sequence[tuple[CallPhase, Sequence[Call]]]:
    """What one page shows, by phase."""
    found = [(phase, [call for call in calls if call.phase == phase]) for phase in PHASES]
    return [(phase, of_it) for phase, of_it in found if of_it]


def _known(name: str) -> Iterable[tuple[str, str]]:
    """(code, words) of all that can be chosen in a facet, as a reader looks for it."""
    match name:
        case "phase":
            return [(code, label("call_phase", code)) for code in PHASES]
        case "who":
            return [(code, label("applicant_kind", code)) for code in Applicant]
        case _:
            return pairs(term for country in COUNTRIES for term in regions_by_name(country))


def _wanted() -> Wanted:
    """What the address asks for; what is no code of its list is not asked for."""
    asked = {name: request.args.get(name, "") for name in HEADINGS}
    return Wanted(**{name: code for name, code in asked.items() if code and code in dict(_known(name))})


def _facets(wanted: Wanted) -> Mapping[str, Sequence[Option]]:
    """The values of each facet that some call of the list has; the chosen one always."""
    numbers: dict[str, Mapping[str, int]] = {
        "phase": queries.numbers_by_phase(wanted),
        "who": queries.numbers_by_who(wanted, [*Applicant]),
        "region": queries.numbers_by_region(wanted),
    }
    return {
        name: [
            _option(wanted, name, code, shown, numbers[name].get(code, 0))
            for code, shown in _known(name)
            if numbers[name].get(code) or code == wanted.said.get(name)
        ]
        for name in HEADINGS
    }


def _option(wanted: Wanted, name: str, code: str, shown: str, number: int) -> Option:
    """What is chosen is taken away by a click, and counted so."""
    if wanted.said.get(name) == code:
        return Option(shown, queries.number_listed(wanted.but(name)), _url(wanted.but(name).said), True)
    return Option(shown, number, _url({**wanted.said, name: code}), False)


def _url(said: Mapping[str, str]) -> str:
    values: dict[str, Any] = {**said}
    return url_for("grants.index", **values)


def _chosen(wanted: Wanted) -> Sequence[tuple[str, str]]:
    """(words, address without it) of each value that is chosen."""
    return [(dict(_known(name))[code], _url(wanted.but(name).said)) for name, code in wanted.said.items()]
