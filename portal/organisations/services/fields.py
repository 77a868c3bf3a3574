"""What a profile is made of when it comes from a form, and what must be true of it."""

from collections.abc import Sequence
from typing import NotRequired, TypedDict

from portal.ground import clock
from portal.ground.errors import Refusal, Refusals
from portal.organisations import queries
from portal.organisations.identifiers import FIELDS_OF, SCHEMES, normal
from portal.organisations.models import ContactVisibility
from portal.organisations.places import regions
from portal.organisations.themes import MOST_THEMES, is_informal, legal_forms, themes
from portal.words.i18n import LANGUAGES, Localized, _l
from portal.words.text import sort_key

EARLIEST_YEAR = 1800


class Fields(TypedDict):
    """The words are in the profile's own language; numbers as they were typed."""

    name: str
    summary: str
    description: str
    legal_form: str
    town: str
    region: str
    themes: Sequence[str]
    founded_year: int | None
    website: str
    contact_email: str
    contact_phone: str
    contact_visibility: str
    krs: NotRequired[str]
    nip: NotRequired[str]
    regon: NotRequired[str]
    eik: NotRequired[str]


def sort_keys(name: Localized) -> dict[str, bytes]:
    """Where a name stands in each alphabet: by the words that a reader of that language sees."""
    return {f"sort_{language}": sort_key(name.shown_in(language).text, language) for language in LANGUAGES}


def numbers_of(fields: Fields, country: str, *, owner_of: int | None = None) -> dict[str, str]:
    """The typed numbers by scheme, checked. Raises Refusals with everything that is to be corrected.

    `owner_of` is the organisation that may have them already.
    """
    found: dict[str, str] = {}
    faults: list[Refusal] = []
    for field in FIELDS_OF[country]:
        typed = str(fields.get(field) or "")
        if not typed:
            continue
        try:
            found[SCHEMES[field]] = _free_number(field, typed, is_informal(fields["legal_form"]), owner_of)
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


def check(fields: Fields, country: str) -> None:
    """Refuse what no form of ours would send together: a region of the other country, a year to come."""
    faults: list[Refusal] = []
    if fields["legal_form"] not in {term.code for term in legal_forms(country)}:
        faults.append(Refusal(_l("Choose a legal form from the list."), field="legal_form"))
    if fields["region"] not in {term.code for term in regions(country)}:
        faults.append(Refusal(_l("Choose a region from the list."), field="region"))
    chosen = set(fields["themes"])
    if not chosen or len(chosen) > MOST_THEMES or not chosen <= {term.code for term in themes()}:
        faults.append(Refusal(_l("Choose one to five themes."), field="themes"))
    year = fields["founded_year"]
    if year is not None and not EARLIEST_YEAR <= year <= clock.today("Europe/Sofia").year:
        faults.append(Refusal(_l("Enter a year that has begun, with four digits."), field="founded_year"))
    if fields["contact_visibility"] not in tuple(ContactVisibility):
        faults.append(Refusal(_l("Choose who sees these details."), field="contact_visibility"))
    if faults:
        raise Refusals(faults)
