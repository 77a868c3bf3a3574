"""Where organisations are: regions of a country, and towns as a reader can read them."""

from collections.abc import Sequence
from functools import cache, lru_cache

from markupsafe import Markup, escape

from portal.words.i18n import Localized, Shown, current_language
from portal.words.text import in_order, transliterate
from portal.words.vocabularies import Term, label, vocabulary

ZONE_OF = {"PL": "Europe/Warsaw", "BG": "Europe/Sofia"}  # in which the people of a country say when
LANGUAGE_OF = {"PL": "pl", "BG": "bg"}
_ZONES_OF_BULGARIA = ("Europe/Sofia",)


@cache
def regions(country: str) -> Sequence[Term]:
    """Voivodeships of Poland or oblasti of Bulgaria, in the order of their table."""
    return tuple(term for term in vocabulary("regions") if term.code.startswith(f"{country}-"))


def regions_by_name(country: str) -> Sequence[Term]:
    """The same as a reader looks for them: in the order of the language of the page."""
    return _regions_in(country, current_language())


@cache
def _regions_in(country: str, language: str) -> Sequence[Term]:
    return tuple(in_order(regions(country), lambda term: term.labels[language]))


def country_of(region: str) -> str:
    """PL for PL-10."""
    return region.partition("-")[0]


def language_of_zone(zone: str) -> str:
    """The language of the towns that live by the clock of `zone`."""
    return "bg" if zone in _ZONES_OF_BULGARIA else "pl"


@lru_cache(maxsize=4096)
def town_text(town: str, language: str) -> Localized:
    """A town as a text: in the `language` of its country, and a Bulgarian one in Latin letters for the other readers."""
    if language == "bg":
        latin = transliterate(town)
        return Localized.of("bg", town, pl=latin, en=latin)
    return Localized.of(language, town)


def town_shown(town: str, region: str) -> Shown:
    """A town as it is spelt there, with that language; Bulgarian ones in Latin letters for readers of other languages.

    The official transliteration is how a Bulgarian town is called in them, so it needs no mark of its own.
    """
    own, here = LANGUAGE_OF[country_of(region)], current_language()
    if own == "bg" and here != "bg":
        return Shown(transliterate(town), here, is_fallback=False, is_outdated=False, is_original=False)
    return Shown(town, own, is_fallback=own != here, is_outdated=False, is_original=True)


def place_shown(town: str, region: str) -> Markup:
    """Town and region for a line of a page; where both are called the same, once. A foreign town says its language."""
    words, area = town_shown(town, region), label("regions", region)
    is_same = words.text.casefold() == area.casefold()
    if words.is_fallback:
        town_marked = f'<span lang="{words.lang}">{escape(words.text)}</span>'
        rest = "" if is_same else f", {escape(area)}"
        return Markup(town_marked + rest)  # noqa: S704  (escaped piece by piece: Markup.format is slow)
    return escape(words.text if is_same else f"{words.text}, {area}")
