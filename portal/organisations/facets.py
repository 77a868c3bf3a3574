"""The facets that organisations themselves have. One more is one more line of FACETS, with its words in the catalogues."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache, partial

import sqlalchemy as sa

from portal.areas import queries as areas
from portal.areas.models import MUNICIPALITIES, Area
from portal.ground import clock
from portal.ground.db import db
from portal.organisations.models import Organisation, OrganisationArea, OrganisationTerm, Scheme
from portal.organisations.places import country_of, regions_by_name
from portal.organisations.themes import terms, themes
from portal.organisations.words import ZONE
from portal.words.facets import Facet, Words
from portal.words.i18n import LANGUAGES, LazyString, _l
from portal.words.vocabularies import label, vocabulary

COUNTRIES = {"BG": _l("Bulgaria"), "PL": _l("Poland")}
KINDS = {"registered": _l("Registered organisations"), "informal": _l("Informal groups")}
THIS_YEAR = {"year": _l("In the last 12 months")}
REGIONS = 28  # of Bulgaria: a country has all its regions in view

Codes = Callable[[Organisation], Collection[str]]


def _each(codes: Codes, organisations: Sequence[Organisation]) -> Mapping[int, Collection[str]]:
    return {one.id: codes(one) for one in organisations}


def of(codes: Codes) -> Callable[[Sequence[Organisation]], Mapping[int, Collection[str]]]:
    """The codes of many organisations, each by its own columns."""
    return partial(_each, codes)


def named(known: Mapping[str, Words]) -> Callable[[Collection[str]], Mapping[str, Words]]:
    """The labels of a few codes that stand in the code."""
    return lambda codes: {code: words for code, words in known.items() if code in codes}


def terms_of(name: str) -> Callable[[Collection[str]], Mapping[str, Words]]:
    """The labels of the codes of a vocabulary, in the order of its table."""
    return lambda codes: {term.code: term.label for term in vocabulary(name) if term.code in codes}


def _regions(codes: Collection[str]) -> Mapping[str, Words]:
    return {term.code: term.label for country in COUNTRIES for term in regions_by_name(country) if term.code in codes}


def _themes(codes: Collection[str]) -> Mapping[str, Words]:
    return {term.code: term.label for term in themes() if term.code in codes}


def _languages(codes: Collection[str]) -> Mapping[str, Words]:
    return {code: label("languages", code) for code in LANGUAGES if code in codes}


def confirmed_codes(organisation: Organisation) -> Sequence[str]:
    """The month and the day on which its people last said that everything is right: `2026-11`, `2026-11-29`."""
    if organisation.confirmed_at is None:
        return ()
    day = clock.in_zone(organisation.confirmed_at, ZONE).date().isoformat()
    return (day[:7], day)


def in_the_last_year() -> Mapping[str, Callable[[str], bool]]:
    """The months after the one of a year ago, and of that one the days after it: as the dates on profiles count."""
    today = clock.today(ZONE)
    day = f"{today.year - 1:04}-{today.month:02}-{today.day:02}"

    def is_within(code: str) -> bool:
        return (
            code > day
            if len(code) == len(day) and code[:7] == day[:7]
            else len(code) == len("2026-11") and code > day[:7]
        )

    return {"year": is_within}


_SAID = sa.select(OrganisationTerm.organisation_id, OrganisationTerm.code).where(
    OrganisationTerm.scheme == sa.bindparam("scheme"),
    OrganisationTerm.organisation_id.in_(sa.bindparam("numbers", expanding=True)),
)
_MUNICIPALITIES = (
    sa.select(OrganisationArea.organisation_id, Area.code)
    .join(Area, Area.id == OrganisationArea.area_id)
    .where(
        Area.kind.in_(MUNICIPALITIES),
        OrganisationArea.organisation_id.in_(sa.bindparam("numbers", expanding=True)),
    )
)


def _grouped(rows: sa.Result[int, str]) -> Mapping[int, Collection[str]]:
    found: dict[int, set[str]] = {}
    for number, code in rows:
        found.setdefault(number, set()).add(code)
    return found


def _said(scheme: Scheme, organisations: Sequence[Organisation]) -> Mapping[int, Collection[str]]:
    numbers = [one.id for one in organisations]
    return _grouped(db.session.execute(_SAID, {"scheme": scheme.value, "numbers": numbers}))


def _labels_of(scheme: Scheme) -> Callable[[Collection[str]], Mapping[str, Words]]:
    return lambda codes: {term.code: term.label for term in terms(scheme) if term.code in codes}


def said(name: str, heading: LazyString, scheme: Scheme) -> Facet:
    """What organisations say of themselves by the codes of a list."""
    return Facet(name, heading, partial(_said, scheme), _labels_of(scheme))


def _municipalities(organisations: Sequence[Organisation]) -> Mapping[int, Collection[str]]:
    """Where each has its seat or works, as exactly as it says."""
    return _grouped(db.session.execute(_MUNICIPALITIES, {"numbers": [one.id for one in organisations]}))


def _places(codes: Collection[str]) -> Mapping[str, Words]:
    found = areas.by_codes(sorted(codes)) if codes else {}
    return {code: place.words for code, place in sorted(found.items(), key=lambda one: one[1].text)}


def _region_of(municipality: str) -> str:
    """Both official lists begin a code with that of the region."""
    return _regions_by_code().get(municipality[:2]) or _regions_by_code().get(municipality[:3], "")


@cache
def _regions_by_code() -> Mapping[str, str]:
    return {str(term.facts["code"]): term.code for term in vocabulary("regions")}


FACETS = (
    Facet("country", _l("Country"), of(lambda one: (one.country,)), named(COUNTRIES)),
    Facet(
        "region", _l("Region"), of(lambda one: (one.region,)), _regions, within="country", parent=country_of, most=REGIONS,
        headings={"PL": _l("Voivodeship"), "BG": _l("Oblast")},
    ),
    Facet(
        "municipality", _l("Municipality"), _municipalities, _places, within="region", parent=_region_of, by_parent=True,
    ),
    Facet("theme", _l("Theme"), of(lambda one: one.themes), _themes),
    Facet("kind", _l("Kind"), of(lambda one: ("informal" if one.informal else "registered",)), named(KINDS)),
    Facet("form", _l("Legal form"), of(lambda one: (one.legal_form,)), terms_of("legal_forms")),
    said("group", _l("Whom it works for"), Scheme.TARGET_GROUP),
    said("size", _l("Size"), Scheme.SIZE),
    said("settlement", _l("Village, town or city"), Scheme.SETTLEMENT_TYPE),
    said("art4", _l("Public task (Poland)"), Scheme.ART4),
    said("art38", _l("Purpose of public benefit (Bulgaria)"), Scheme.ART38),
    said("sdg", _l("Sustainable Development Goal"), Scheme.SDG),
    said("access", _l("Access to the place"), Scheme.VENUE_ACCESS),
    said("spoken", _l("Language spoken there"), Scheme.LANGUAGE),
    Facet("language", _l("Language of the profile"), of(lambda one: one.languages), _languages),
    Facet("confirmed", _l("Details confirmed"), of(confirmed_codes), named(THIS_YEAR), unions=in_the_last_year),
)  # fmt: skip
