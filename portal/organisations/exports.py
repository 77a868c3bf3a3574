"""The directory as files for programs and spreadsheets: a table, JSON, and JSON-LD of schema.org. Row by row: nothing is
held whole, and a new field of a profile is in all of them."""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice

from portal.ground import clock
from portal.organisations.fields import NUMBERS, OPEN
from portal.organisations.identifiers import SCHEMES
from portal.organisations.queries import Opened
from portal.organisations.words import ZONE, languages_written
from portal.words.fields import Field, Kind
from portal.words.i18n import Localized, _, current_language
from portal.words.tables import Cell, Column, Sheet
from portal.words.vocabularies import label

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
VERSION = 1  # of the keys and columns: grows when one goes or means something else
FEW = 20  # choices that a dictionary can name one by one
_AT_ONCE = 100  # organisations in one piece of a file
_SHORT = {Kind.NUMBER: 12, Kind.PHONE: 18, Kind.SEVERAL: 36}
_OTHERS = "xx-"  # legal forms of institutions and companies: they are organisations, and no NGO

Address = Callable[[str], str]  # the address of a profile by its slug


# --- a table --------------------------------------------------------------------------------------------------------------


def directory_table(found: Iterable[Opened], address: Address) -> Sheet:
    """One row for each organisation, in the language of the moment."""
    columns = [
        *(_column(field) for field in OPEN),
        Column(_("Country"), _("The country in which the organisation is registered or works."), "PL, BG", width=8),
        *(_number_column(field) for field in NUMBERS.fields),
        Column(_("Contact e-mail address"), _("Only what the organisation shows to everybody."), width=28),
        Column(_("Telephone number"), _("Only what the organisation shows to everybody."), width=18),
        Column(_("Languages"), _("The languages in which the profile can be read."), "bg, en, pl", width=12),
        Column(
            _("Confirmed"),
            _(
                "The day on which the organisation last said that its details are right (%(standard)s). Empty where it "
                "never did.",
                standard="HSDS: assured_date",
            ),
            _("Year, month and day"),
            width=12,
        ),
        Column(_("Profile"), _("The address of the profile in the portal."), width=48),
    ]  # fmt: skip
    return Sheet(_("Organisations"), columns, (_cells(one, address) for one in found))


def _column(field: Field) -> Column:
    meaning = _(
        "As the organisation wrote it in its profile. Empty where it says nothing, or does not show it to everybody."
    )
    values = _("Several values have semicolons between them.") if field.kind is Kind.SEVERAL else ""
    if field.choices is not None:
        meaning = _("One of the terms of a closed list of the portal.")
        known = [str(words) for _code, words in field.choices()]
        named = "; ".join(known) if len(known) <= FEW else _("The list is long: the form of a profile shows it")
        values = f"{named}. {values}" if values else named
    return Column(str(field.label), meaning, values, width=_SHORT.get(field.kind, 28))


def _number_column(field: Field) -> Column:
    scheme = SCHEMES[field.name]
    meaning = _("The number of the organisation in this register, with its scheme in front (org-id.guide).")
    return Column(str(field.label), meaning, f"{scheme}-…", width=24)


def _cells(one: Opened, address: Address) -> Sequence[Cell]:
    return (
        *(_cell(field, one.value(field)) for field in OPEN),
        one.row.country,
        *(_org_id(SCHEMES[field.name], one.numbers.get(SCHEMES[field.name])) for field in NUMBERS.fields),
        "; ".join(one.emails),
        "; ".join(one.phones),
        ", ".join(sorted(_languages(one))),
        _assured(one),
        address(one.row.slug),
    )


def _cell(field: Field, value: object) -> Cell:
    """A value as the column of its field holds it; codes by their labels."""
    if isinstance(value, Localized):
        return value.shown_in(current_language()).text
    if field.choices is not None:
        labels = _labels(field)
        return "; ".join(labels.get(code, code) for code in _codes(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value if isinstance(value, str | int | Decimal | dt.date) else None


def _labels(field: Field) -> Mapping[str, str]:
    return {code: str(words) for code, words in field.choices()} if field.choices else {}


def _codes(value: object) -> Sequence[str]:
    if isinstance(value, tuple):
        return value
    return [str(value)] if value else []


def _org_id(scheme: str, value: str | None) -> str | None:
    return f"{scheme}-{value}" if value else None


def _assured(one: Opened) -> dt.date | None:
    at = one.row.confirmed_at
    return clock.in_zone(at, ZONE).date() if at else None


def _languages(one: Opened) -> Sequence[str]:
    return languages_written(one.row.name, one.row.summary, one.row.description)


# --- JSON -----------------------------------------------------------------------------------------------------------------


def directory_json(found: Iterable[Opened], address: Address, page: str) -> Iterator[bytes]:
    """One object: what this is and under which licence, and `organisations`, each with the codes of closed lists and their
    labels in the language of the moment."""
    head = {
        "title": _("Organisations"),
        "version": VERSION,
        "language": current_language(),
        "licence": LICENCE,
        "source": page,
    }
    return _listed(head, "organisations", (_object(one, address) for one in found))


def _object(one: Opened, address: Address) -> Mapping[str, object]:
    assured = _assured(one)
    return {
        "url": address(one.row.slug),
        "identifiers": [_org_id(scheme, value) for scheme, value in one.numbers.items()],
        "assured_date": assured.isoformat() if assured else None,
        "languages": list(_languages(one)),
        "country": one.row.country,
        "emails": list(one.emails),
        "telephones": list(one.phones),
        **{field.name: json_value(field, one.value(field)) for field in OPEN},
    }


def json_value(field: Field, value: object) -> object:
    """What stands in a field, codes with their labels in the language of the moment, texts in all of theirs."""
    if isinstance(value, Localized):
        return {code: value.get(code) for code in value.languages}
    if field.choices is not None:
        labels = _labels(field)
        terms = [{"code": code, "label": labels.get(code, code)} for code in _codes(value)]
        return terms if field.kind is Kind.SEVERAL else next(iter(terms), None)
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value or (value if isinstance(value, bool | int) else None)


def _listed(head: Mapping[str, object], name: str, objects: Iterable[Mapping[str, object]]) -> Iterator[bytes]:
    """The text of one object whose last member is a long list, in pieces."""
    yield f"{_text(head)[:-1]},{_text(name)}:[".encode()
    rest, comma = iter(objects), ""
    while some := list(islice(rest, _AT_ONCE)):
        yield (comma + ",\n".join(map(_text, some))).encode()
        comma = ",\n"
    yield b"]}\n"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


# --- JSON-LD --------------------------------------------------------------------------------------------------------------


def directory_graph(found: Iterable[Opened], address: Address, page: str) -> Iterator[bytes]:
    """An ItemList of schema.org whose items are NGO, or Organization where a legal form is that of an institution."""
    head = {
        "@context": "https://schema.org", "@type": "ItemList", "@id": page, "name": _("Organisations"),
        "itemListOrder": "https://schema.org/ItemListOrderAscending",
    }  # fmt: skip
    items = (
        {"@type": "ListItem", "position": place, "item": _node(one, address)}
        for place, one in enumerate(found, start=1)
    )
    return _listed(head, "itemListElement", items)


def _node(one: Opened, address: Address) -> Mapping[str, object]:
    row, url = one.row, address(one.row.slug)
    node = {
        "@type": "Organization" if row.legal_form.startswith(_OTHERS) else "NGO",
        "@id": url,
        "url": url,
        "name": _texts(row.name),
        "description": _texts(row.summary),
        "address": {
            "@type": "PostalAddress", "addressLocality": row.town, "addressCountry": row.country,
            "addressRegion": label("regions", row.region),
        },
        "identifier": [
            {"@type": "PropertyValue", "propertyID": scheme, "value": value} for scheme, value in one.numbers.items()
        ],
        "foundingDate": str(row.founded_year) if row.founded_year else "",
        "sameAs": row.website,
        "email": list(one.emails),
        "telephone": list(one.phones),
        "license": LICENCE,
    }  # fmt: skip
    return {name: value for name, value in node.items() if value}


def _texts(text: Localized) -> list[Mapping[str, str]]:
    return [{"@language": code, "@value": text.get(code)} for code in text.languages if text.get(code)]
