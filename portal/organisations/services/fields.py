"""What a profile is made of when it comes from a form, and what must be true of it."""

import re
from collections.abc import Iterator, Mapping
from typing import cast

from portal.ground import clock
from portal.ground.errors import Refusal
from portal.organisations import bank, identifiers, queries, websites
from portal.organisations.fields import ASKED, LINK_FIELDS, SCHEME_OF, applies
from portal.organisations.identifiers import FIELDS_OF, SCHEMES
from portal.organisations.models import Scheme
from portal.organisations.places import regions
from portal.organisations.themes import (
    MOST_GOALS,
    MOST_SUBGROUPS,
    MOST_THEMES,
    is_informal,
    legal_forms,
    terms,
    theme_of,
    themes,
)
from portal.words.alike import disguised_word
from portal.words.fields import Given
from portal.words.i18n import LANGUAGES, LazyString, Localized, _l
from portal.words.text import sort_key
from portal.words.vocabularies import label

EARLIEST_YEAR = 1800
TAKEN = _l("Another profile has this number already. Find it in the directory and ask its people for an invitation.")
OF_A_GROUP = _l("An informal group has no number. Remove the number or choose another legal form.")
UNKNOWN = _l("Choose from the list.")
NO_KRS = _l("Without a KRS number nobody can give 1.5 per cent of tax. First add it under “Numbers in registers”.")
MOST = {
    Scheme.SUBGROUP: (MOST_SUBGROUPS, _l("Choose at most ten.")),
    Scheme.SDG: (MOST_GOALS, _l("Choose at most five goals.")),
}


def given_of(values: Mapping[str, object]) -> Given:
    """Values for some fields of a profile: of the right kinds, rich text clean. TypeError for what is no field."""
    return ASKED.where(lambda field: field.name in values).given(values)


def completed(given: Given, stored: Mapping[str, object]) -> Given:
    """The whole profile as it will be: what is given, and what is stored where nothing is."""
    return Given({**stored, **given}, given.faults)


def normalised(whole: Given, country: str, stored: Mapping[str, object], owner_of: int | None = None) -> Given:
    """The profile as it is kept: numbers and account in their normal form, addresses checked.

    Raises Refusals with every fault at once. `owner_of` is the organisation that may have the numbers already.
    """
    faults = list(faults_of(whole, country, stored))
    kept: dict[str, object] = {}
    for name in (*FIELDS_OF[country], "iban"):
        try:
            kept[name] = _normal(name, whole, country, owner_of)
        except Refusal as fault:
            faults.append(fault)
    whole.check(*faults)
    return whole.replaced(kept)


def sort_keys(name: Localized) -> dict[str, bytes]:
    """Where a name stands in each alphabet: by the words that a reader of that language sees."""
    return {f"sort_{language}": sort_key(name.shown_in(language).text, language) for language in LANGUAGES}


def numbers_of(whole: Given) -> dict[str, str]:
    """Numbers in registers by scheme."""
    return {scheme: whole.text(field) for field, scheme in SCHEMES.items() if whole.text(field)}


def terms_of(whole: Given) -> set[tuple[str, str]]:
    """(scheme, code) of everything that is said by codes."""
    return {(scheme.value, code) for field, scheme in SCHEME_OF.items() for code in _codes(whole[field])}


def links_of(whole: Given) -> dict[str, str]:
    """Addresses by kind of link."""
    return {kind: whole.text(kind) for kind in LINK_FIELDS if whole.text(kind)}


def _codes(value: object) -> tuple[str, ...]:
    return cast("tuple[str, ...]", value) if isinstance(value, tuple) else (str(value),) if value else ()


def _normal(name: str, whole: Given, country: str, owner_of: int | None) -> str:
    typed = whole.text(name)
    if not typed:
        return ""
    if name == "iban":
        return bank.normal(typed, country)
    if is_informal(whole.text("legal_form")):
        raise Refusal(OF_A_GROUP, field=name)
    value = identifiers.normal(name, typed)
    if queries.with_identifier(SCHEMES[name], value) not in (None, owner_of):
        raise Refusal(TAKEN, field=name)
    return value


def faults_of(given: Given, country: str, stored: Mapping[str, object]) -> Iterator[Refusal]:
    """What no form of ours would send together: a region of the other country, a year to come."""
    if not given.text("name").strip():
        yield Refusal(_l("Enter the name of the organisation or group."), field="name")
    elif not re.search(r"\w", given.text("name")):
        yield Refusal(_l("The name needs at least one letter or digit."), field="name")
    elif given.text("name") != stored.get("name"):
        yield from disguised(given.text("name"))
    if given["legal_form"] not in {term.code for term in legal_forms(country)}:
        yield Refusal(_l("Choose a legal form from the list."), field="legal_form")
    if given["region"] not in {term.code for term in regions(country)}:
        yield Refusal(_l("Choose a region from the list."), field="region")
    chosen = set(given.codes("themes"))
    if not chosen or len(chosen) > MOST_THEMES or not chosen <= {term.code for term in themes()}:
        yield Refusal(_l("Choose one to five themes."), field="themes")
    year = given.number("founded_year")
    if year is not None and not EARLIEST_YEAR <= year <= clock.today("Europe/Sofia").year:
        yield Refusal(_l("Enter a year that has begun, with four digits."), field="founded_year")
    yield from _faults_of_terms(given, country)
    for name in ("website", *LINK_FIELDS):
        try:
            websites.checked(name, given.text(name), str(stored.get(name, "")))
        except Refusal as fault:
            yield fault
    if given["public_benefit"] and not given["krs"]:
        yield Refusal(NO_KRS, field="public_benefit")


def disguised(name: str, *, field: str = "name") -> Iterator[Refusal]:
    """What is said to a name with a word of two alphabets that looks as if it were of one."""
    if word := disguised_word(name):
        yield Refusal(
            _l(
                "The word “%(word)s” has letters of two alphabets that look alike. Type it again on one keyboard layout, or "
                "put a hyphen between the alphabets.",
                word=word,
            ),
            field=field,
        )


def _faults_of_terms(given: Given, country: str) -> Iterator[Refusal]:
    """Codes of another list or country, too many of them, and subgroups of themes that were not chosen."""
    informal = is_informal(given.text("legal_form"))
    for field, scheme in SCHEME_OF.items():
        codes = _codes(given[field])
        most, sentence = MOST.get(scheme, (len(codes), UNKNOWN))
        if not set(codes) <= {term.code for term in terms(scheme)} or (codes and not applies(field, country, informal)):
            yield Refusal(UNKNOWN, field=field)
        elif len(codes) > most:
            yield Refusal(sentence, field=field)
        elif scheme is Scheme.SUBGROUP:
            missing = {theme_of(code) for code in codes} - set(given.codes("themes"))
            if missing:
                yield Refusal(_other_themes(sorted(missing, key=int)), field=field)


def _other_themes(themes: list[str]) -> LazyString:
    names = LazyString(lambda: ", ".join(label("icnpo", theme) for theme in themes))
    return _l(
        "Some of these belong to themes that the profile does not have: %(themes)s. Add the themes first.", themes=names
    )
