"""What a row says of an organisation, and what is wrong with it. Nothing is asked of the database and nothing written."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from portal.ground.errors import Refusal
from portal.ground.mailboxes import NO_ADDRESS, normal_address
from portal.imports.columns import CONTACTS, READ, meant, terms
from portal.organisations.fields import ASKED, NUMBERS
from portal.organisations.identifiers import SCHEMES, normal
from portal.organisations.models import ContactKind
from portal.organisations.places import country_of
from portal.organisations.services import ready
from portal.organisations.themes import is_informal, legal_forms
from portal.words.fields import Field, Given, Kind
from portal.words.fields.cells import one_code, text, value
from portal.words.i18n import LANGUAGES, _l, in_language
from portal.words.phones import phone_address
from portal.words.text import fold
from portal.words.websites import as_opened, is_disguised, is_website

_BETWEEN = (";", "|", "\n", ",")


@dataclass(frozen=True, slots=True)
class Read:
    """A row as a profile: what is given for the service, numbers by scheme, contacts by kind, and every reason why it cannot
    be one."""

    name: str
    town: str
    country: str
    given: Given
    numbers: Mapping[str, str]
    contacts: Sequence[tuple[str, str]]
    faults: Sequence[Refusal]

    @property
    def key(self) -> str:
        """By what a double is found: the folded name and town."""
        return double_key(self.name, self.town)


def double_key(name: str, town: str) -> str:
    return f"{fold(name)}\x1f{fold(town)}"


def read(cells: Sequence[str], mapping: Mapping[str, int], starts: Mapping[str, str]) -> Read:
    """A row by its columns; where it says nothing of a field, `starts` does."""
    faults: list[Refusal] = []
    said = {name: cells[place] for name, place in mapping.items() if place < len(cells) and cells[place]}
    typed = {**{name: code for name, code in starts.items() if code}, **said}
    values = dict(_nothing())
    region = _value(READ["region"], typed.get("region", ""), "", faults)
    country = country_of(str(region)) if region else ""
    for field in READ:
        if field.name in typed and field.name in values and field.name != "region":
            values[field.name] = _value(field, typed[field.name], country, faults)
    values["region"] = region or ""
    contacts = [
        (kind, str(found))
        for name, kind in _REACHED.items()
        if (found := _value(CONTACTS[name], typed.get(name, ""), country, faults))
    ]
    numbers = _numbers(typed, country, values, faults)
    wrong = {fault.field for fault in faults}
    given, more = ready(values, country or "PL")
    faults += [
        fault for fault in more if fault.field not in wrong and (country or fault.field not in _FORM - {"region"})
    ]
    return Read(str(values["name"]), str(values["town"]), country, given, numbers, contacts, faults)


_REACHED = {"contact_email": ContactKind.EMAIL, "contact_phone": ContactKind.PHONE}
_FORM = frozenset({"legal_form", "region"})


@cache
def _nothing() -> Mapping[str, object]:
    """What a profile holds where nobody has said anything; also where somebody should."""
    said = ASKED.where(lambda field: field not in NUMBERS.fields)
    return {field.name: field.kind.nothing for field in said} | dict(said.nothing)


def _value(field: Field, typed: str, country: str, faults: list[Refusal]) -> object:
    """A cell as the value of a field; nothing when it cannot be one, and then why."""
    try:
        own = _VALUES.get(field.kind)
        return value(field, typed) if own is None else own(field, typed, country)
    except Refusal as fault:
        faults.append(Refusal(fault.reason, field=field.name))
        return field.kind.nothing


def _email(field: Field, typed: str, country: str) -> str:
    address = normal_address(text(field, typed))
    if typed and address is None:
        raise Refusal(NO_ADDRESS)
    return address or ""


def _url(field: Field, typed: str, country: str) -> str:
    url = as_opened(text(field, typed))
    if url and "//" not in url:
        url = f"https://{url}"
    if url and not is_website(url):
        raise Refusal(_l("Enter the whole address, for example https://example.org"))
    if url and is_disguised(url):
        raise Refusal(
            _l("The address has letters of another alphabet that look alike. Enter it again, on one keyboard layout.")
        )
    return url


def _phone(field: Field, typed: str, country: str) -> str:
    number = text(field, typed)
    if number and not phone_address(number):
        raise Refusal(_l("This does not look like a telephone number. Enter it in this form: +48 22 123 45 67"))
    return number


def _one(field: Field, typed: str, country: str) -> str:
    """A term by its code or its name in any language. One that two terms have is asked for by code."""
    codes = list(meant(field.name, typed))
    if field.name == "legal_form" and country:
        there = {term.code for term in legal_forms(country)}
        codes = [code for code in codes if code in there] or codes
    return one_code(field, typed, codes)


def _several(field: Field, typed: str, country: str) -> tuple[str, ...]:
    """Terms with semicolons between them, or with commas where no name of a term has one."""
    if fold(typed) in terms(field.name):
        return (_one(field, typed, country),)
    between = next((sign for sign in _BETWEEN if sign in typed), "\0")
    return tuple(dict.fromkeys(_one(field, part, country) for part in typed.split(between) if part.strip()))


_VALUES = {
    Kind.EMAIL: _email,
    Kind.URL: _url,
    Kind.PHONE: _phone,
    Kind.LIST: _one,
    Kind.RADIO: _one,
    Kind.SEVERAL: _several,
}


def _numbers(
    typed: Mapping[str, str], country: str, values: Mapping[str, object], faults: list[Refusal]
) -> dict[str, str]:
    """The numbers by scheme, checked. One of the other country is a fault: the region says where the organisation is."""
    found: dict[str, str] = {}
    for field in NUMBERS.fields:
        scheme, text = SCHEMES[field.name], typed.get(field.name, "")
        bare = re.sub(rf"^\s*{scheme}\s*[-:]?\s*", "", text, flags=re.IGNORECASE)
        if not bare.strip():
            continue
        try:
            if country and not scheme.startswith(country):
                raise Refusal(_l("This number belongs to the other country. Delete it or correct the region."))
            if is_informal(str(values["legal_form"])):
                raise Refusal(
                    _l("An informal group has no number. Leave this field empty or choose another legal form.")
                )
            found[scheme] = normal(field.name, bare)
        except Refusal as fault:
            faults.append(Refusal(fault.reason, field=field.name))
    return found


def sentences(faults: Sequence[Refusal]) -> dict[str, list[str]]:
    """What is to be done about a row, in every language: each with the field that it is about."""
    told: dict[str, list[str]] = {}
    for language in LANGUAGES:
        with in_language(language):
            told[language] = [_about(fault) for fault in faults]
    return told


def _about(fault: Refusal) -> str:
    if fault.field is None or fault.field not in READ:
        return str(fault.reason)
    return f"{READ[fault.field].label}: {fault.reason}"
