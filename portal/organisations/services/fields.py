"""What a profile is made of when it comes from a form, and what must be true of it."""

import re
from collections.abc import Iterator, Mapping

from portal.ground import clock
from portal.ground.errors import Refusal, Refusals
from portal.organisations import queries
from portal.organisations.fields import NUMBERS, PROFILE
from portal.organisations.identifiers import FIELDS_OF, SCHEMES, normal
from portal.organisations.models import ContactVisibility
from portal.organisations.places import regions
from portal.organisations.themes import MOST_THEMES, is_informal, legal_forms, themes
from portal.words.fields import Given
from portal.words.i18n import LANGUAGES, Localized, _l
from portal.words.text import sort_key

EARLIEST_YEAR = 1800


def profile_given(values: Mapping[str, object], *, new: bool = False) -> tuple[Given, dict[str, str]]:
    """What was given for a profile, in its own language, and its numbers by field, as they were typed."""
    numbers = {field.name: str(values[field.name]) for field in NUMBERS.fields if field.name in values}
    rest = {name: value for name, value in values.items() if name not in numbers}
    return PROFILE.given_new(rest) if new else PROFILE.given(rest), numbers


def check(given: Given, numbers: Mapping[str, str], country: str, owner_of: int | None) -> None:
    """Raises Refusals with every fault at once, before anything is locked."""
    faults = list(faults_of(given, country))
    try:
        numbers_of(numbers, country, informal=is_informal(given.text("legal_form")), owner_of=owner_of)
    except Refusal as fault:
        faults.extend(fault.parts)
    given.check(*faults)


def sort_keys(name: Localized) -> dict[str, bytes]:
    """Where a name stands in each alphabet: by the words that a reader of that language sees."""
    return {f"sort_{language}": sort_key(name.shown_in(language).text, language) for language in LANGUAGES}


def numbers_of(
    typed: Mapping[str, str], country: str, *, informal: bool, owner_of: int | None = None
) -> dict[str, str]:
    """The typed numbers by scheme, checked. Raises Refusals with everything that is to be corrected.

    `owner_of` is the organisation that may have them already.
    """
    found: dict[str, str] = {}
    faults: list[Refusal] = []
    for field in FIELDS_OF[country]:
        if not typed.get(field):
            continue
        try:
            found[SCHEMES[field]] = _free_number(field, typed[field], informal, owner_of)
        except Refusal as fault:
            faults.append(fault)
    if faults:
        raise Refusals(faults)
    return found


def _free_number(field: str, typed: str, informal: bool, owner_of: int | None) -> str:
    if informal:
        raise Refusal(
            _l("An informal group has no number. Leave this field empty or choose another legal form."), field=field
        )
    value = normal(field, typed)
    if queries.with_identifier(SCHEMES[field], value) not in (None, owner_of):
        raise Refusal(
            _l(
                "Another profile has this number already. Find it in the directory and ask its people for an invitation."
            ),
            field=field,
        )
    return value


def faults_of(given: Given, country: str) -> Iterator[Refusal]:
    """What no form of ours would send together: a region of the other country, a year to come."""
    if not given.text("name").strip():
        yield Refusal(_l("Enter the name of the organisation or group."), field="name")
    elif not re.search(r"\w", given.text("name")):
        yield Refusal(_l("The name needs at least one letter or digit."), field="name")
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
    if given["contact_visibility"] not in tuple(ContactVisibility):
        yield Refusal(_l("Choose who sees these details."), field="contact_visibility")
