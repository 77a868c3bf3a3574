"""What the address of the directory says was chosen, and the links that choose more or less."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote_plus

from flask import request, url_for
from markupsafe import Markup, escape

from portal.face.look import lang_of, spoken
from portal.membership.queries import NetworkChoices
from portal.organisations.places import country_of, regions, regions_by_name
from portal.organisations.queries import Counts, Filters
from portal.organisations.themes import themes
from portal.words.clean import one_line
from portal.words.i18n import Localized, Shown, _
from portal.words.vocabularies import label

FACETS = ("country", "region", "theme", "kind", "network")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
KINDS = {"registered": False, "informal": True}
COUNTRIES = ("BG", "PL")
NETWORKS = "facet-network"  # the facet in which one can search
FEW = 8  # regions, while no country is chosen
LONGEST_QUERY = 200

Option = tuple[str | Localized, int | None, str, bool]


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice for each facet; an empty text is none. What the address says and no facet has is left out."""

    path: str
    q: str = ""
    country: str = ""
    region: str = ""
    theme: str = ""
    kind: str = ""
    network: str = ""
    networks: str = ""  # words that a network to choose is looked for by

    @classmethod
    def of_request(cls) -> "Choice":
        asked = {name: request.args.get(name, "") for name in FACETS}
        region = asked["region"] if asked["region"] in {t.code for c in COUNTRIES for t in regions(c)} else ""
        country = country_of(region) or (asked["country"] if asked["country"] in COUNTRIES else "")
        return cls(
            path=url_for("organisations.index"),
            q=one_line(request.args.get("q", ""), LONGEST_QUERY),
            country=country,
            region=region,
            theme=asked["theme"] if asked["theme"] in {term.code for term in themes()} else "",
            kind=asked["kind"] if asked["kind"] in KINDS else "",
            network=asked["network"] if SLUG.fullmatch(asked["network"]) else "",
            networks=one_line(request.args.get("networks", ""), LONGEST_QUERY),
        )

    @property
    def filters(self) -> Filters:
        return Filters(self.q, self.country, self.region, self.theme, KINDS.get(self.kind))

    @property
    def parts(self) -> dict[str, str]:
        """The facets that were chosen, without the words; a region says its country."""
        return {
            name: value for name in FACETS if (value := getattr(self, name)) and not self._is_said(name, self.region)
        }

    @property
    def beside_networks(self) -> dict[str, str]:
        """What the form that looks for a network has to keep."""
        return {**({"q": self.q} if self.q else {}), **self.parts}

    def url(self, **changes: str) -> str:
        """The address with other choices; it always leads to the first page. Codes and slugs need no quoting."""
        region = changes.get("region", self.region)
        parts = [
            f"{name}={value}"
            for name in FACETS
            if (value := changes.get(name, getattr(self, name))) and not self._is_said(name, region)
        ]
        if query := changes.get("q", self.q):
            parts.insert(0, f"q={quote_plus(query)}")
        return f"{self.path}?{'&'.join(parts)}" if parts else self.path

    @staticmethod
    def _is_said(name: str, region: str) -> bool:
        return name == "country" and region != ""


def chosen(choice: Choice, networks: NetworkChoices) -> list[tuple[str, str]]:
    """(words, address without it) of every chosen facet."""
    without = {"region": {"region": "", "country": ""}}
    return [
        (_words(name, value, networks), choice.url(**without.get(name, {name: ""})))
        for name, value in choice.parts.items()
    ]


def _words(name: str, value: str, networks: NetworkChoices) -> str:
    if name == "region":
        return _("Region: %(name)s", name=label("regions", value))
    if name == "theme":
        return _("Theme: %(name)s", name=label("icnpo", value))
    if name == "network":
        known = {slug: words.shown() for slug, words, _count in networks.options}
        return _network_words(known.get(value) or spoken(value))
    return _country(value) if name == "country" else _kind(value)


def _network_words(name: Shown) -> Markup:
    """The name with its language where that is not the one of the page."""
    marked = Markup("<span{}>{}</span>").format(lang_of(name), name.text) if name.is_fallback else escape(name.text)
    return Markup(_("Network: %(name)s", name=marked))  # noqa: S704  (our sentence around an escaped name)


def groups(choice: Choice, counts: Counts, networks: NetworkChoices) -> list[tuple[str, str, list[Option]]]:
    """(id, heading, options) of each facet. An option that was chosen leads away from itself."""
    found = [
        ("facet-country", _("Country"), list(_countries(choice, counts.regions))),
        ("facet-region", _region_heading(choice.country), list(_regions(choice, counts.regions))),
        ("facet-theme", _("Theme"), list(_themes(choice, counts.themes))),
        ("facet-kind", _("Kind"), list(_kinds(choice, counts.kinds))),
        (NETWORKS, _("Network"), list(_networks(choice, networks))),
    ]
    return [group for group in found if group[2] or (group[0] == NETWORKS and choice.networks)]


def _countries(choice: Choice, counts: Mapping[str, int] | None) -> Iterator[Option]:
    for code in COUNTRIES:
        count = None if counts is None else sum(n for region, n in counts.items() if country_of(region) == code)
        is_chosen = choice.country == code
        if count != 0 or is_chosen:
            yield _country(code), count, choice.url(country="" if is_chosen else code, region=""), is_chosen


def _regions(choice: Choice, counts: Mapping[str, int] | None) -> Iterator[Option]:
    """All regions of the chosen country by name; without one those with most organisations."""
    if choice.country:
        codes = [term.code for term in regions_by_name(choice.country)]
    elif counts is None:
        return
    else:
        codes = sorted(counts, key=lambda code: (-counts[code], code))[:FEW]
    for code in codes:
        count = None if counts is None else counts.get(code, 0)
        is_chosen = choice.region == code
        if count != 0 or is_chosen:
            yield label("regions", code), count, choice.url(region="" if is_chosen else code), is_chosen


def _themes(choice: Choice, counts: Mapping[str, int] | None) -> Iterator[Option]:
    for term in themes():
        count = None if counts is None else counts.get(term.code, 0)
        is_chosen = choice.theme == term.code
        if count != 0 or is_chosen:
            yield term.label, count, choice.url(theme="" if is_chosen else term.code), is_chosen


def _kinds(choice: Choice, counts: Mapping[bool, int] | None) -> Iterator[Option]:
    for code, informal in KINDS.items():
        count = None if counts is None else counts.get(informal, 0)
        is_chosen = choice.kind == code
        if count != 0 or is_chosen:
            yield _kind(code), count, choice.url(kind="" if is_chosen else code), is_chosen


def _networks(choice: Choice, networks: NetworkChoices) -> Iterator[Option]:
    """The largest networks, or those looked for, with all their members: beside other filters a number would promise too
    much, so there is none."""
    alone = not choice.q and not {**choice.parts, "network": ""}.keys() - {"network"}
    for slug, name, count in networks.options:
        is_chosen = choice.network == slug
        if count or is_chosen:
            yield name, count if alone else None, choice.url(network="" if is_chosen else slug), is_chosen


def _country(code: str) -> str:
    return _("Poland") if code == "PL" else _("Bulgaria")


def _kind(code: str) -> str:
    return _("Informal groups") if code == "informal" else _("Registered organisations")


def _region_heading(country: str) -> str:
    return {"PL": _("Voivodeship"), "BG": _("Oblast")}.get(country, _("Region"))
