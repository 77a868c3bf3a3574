"""The directory as a map: regions with their counts, drawn and as a list of the same links."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import Response, url_for

from portal.declaration import Words, facets
from portal.face.web import page
from portal.ground.authz import public
from portal.organisations import queries
from portal.organisations.facets import COUNTRIES
from portal.organisations.outlines import Drawing, Outline, drawing
from portal.organisations.places import regions_by_name
from portal.organisations.views.blueprint import bp
from portal.organisations.views.facets import Choice, chips
from portal.words.i18n import _
from portal.words.vocabularies import label

STEPS = 3  # shades for regions that have any


@dataclass(frozen=True, slots=True)
class Region:
    """A region of the map. `url` is the directory with it chosen, or empty where nobody is; `step` is its shade."""

    code: str
    name: str
    count: int
    url: str
    step: int
    is_chosen: bool
    outline: Outline


@dataclass(frozen=True, slots=True)
class Map:
    """The map of a country, its regions in the alphabet of the page."""

    country: str
    name: Words
    heading: str
    drawing: Drawing
    regions: Sequence[Region]


@bp.get("/map")
@public
def regions_map() -> Response:
    choice = Choice.of_request().at(url_for("organisations.regions_map"))
    found = queries.Found(choice.filters)
    known = {facet.name: facet for facet in facets()}
    counts = found.counts(known["region"])
    countries = known["country"].labels(COUNTRIES)
    wanted = choice.chosen.get("country") or tuple(reversed(COUNTRIES))
    return page(
        "organisations/regions_map.html",
        choice=choice,
        chosen=[(chip.words, chip.url) for chip in chips(choice, found)],
        maps=[_map(country, countries[country], choice, counts) for country in wanted],
    )


def _map(country: str, name: Words, choice: Choice, counts: Mapping[str, int]) -> Map:
    heading = _("Voivodeships") if country == "PL" else _("Oblasts")
    return Map(country, name, heading, drawing(country), list(_regions(country, choice, counts)))


def _regions(country: str, choice: Choice, counts: Mapping[str, int]) -> Iterator[Region]:
    outlines, directory = drawing(country).outlines, choice.at(url_for("organisations.index"))
    most = max([0, *(count for code, count in counts.items() if code in outlines)])
    for term in regions_by_name(country):
        count, is_chosen = counts.get(term.code, 0), term.code in choice.chosen.get("region", ())
        yield Region(
            code=term.code,
            name=label("regions", term.code),
            count=count,
            url=""
            if count == 0 and not is_chosen
            else directory.url
            if is_chosen
            else directory.toggled("region", [term.code])[0],
            step=-(-STEPS * count // most) if count else 0,
            is_chosen=is_chosen,
            outline=outlines[term.code],
        )
