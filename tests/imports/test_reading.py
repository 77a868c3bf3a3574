"""What a row says, whatever its shape, and the sentence that tells what to do where it cannot be read."""

import datetime as dt
from decimal import Decimal

import pytest

from portal.ground.errors import Refusal
from portal.imports.columns import CONTACTS, READ, guessed
from portal.imports.reading import Read, _value, read, sentences
from portal.organisations.fields import ASKED
from portal.words.fields import Field, Kind
from portal.words.i18n import LANGUAGES, in_language

FULL = {
    "name": "Lipa", "legal_form": "stowarzyszenie", "town": "Zgierz", "region": "łódzkie", "themes": "1",
}  # fmt: skip


def of(**cells: str) -> Read:
    """A row with these cells, beside those that every profile needs."""
    said = {**FULL, **cells}
    return read(list(said.values()), {name: place for place, name in enumerate(said)}, {})


def why(**cells: str) -> list[str]:
    return sentences(of(**cells).faults)["en"]


def test_full_row_is_a_profile() -> None:
    found = of(krs="PL-KRS-0000123456", nip="123-456-32-18", website="www.lipa.example", founded_year="2012")
    assert not found.faults
    assert found.numbers == {"PL-KRS": "0000123456", "PL-NIP": "1234563218"}
    assert (found.country, found.given["region"], found.given["legal_form"]) == ("PL", "PL-10", "pl-assoc")
    assert (found.given["website"], found.given["founded_year"]) == ("https://www.lipa.example", 2012)


def test_contacts_of_a_list_are_no_part_of_the_public_profile() -> None:
    found = of(contact_email="biuro@lipa.example", contact_phone="601 602 603")
    assert [kind for kind, _value_ in found.contacts] == ["email", "phone"]
    assert not {name for name in found.given if name.startswith("contact")}, "nobody of them has agreed"


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("region", "PL-10", "PL-10"), ("region", "woj. Łódzkie", "PL-10"), ("region", "województwo łódzkie", "PL-10"),
        ("legal_form", "FUNDACJA", "pl-foundation"), ("legal_form", "KGW", "pl-kgw"),
        ("legal_form", "foundation", "pl-foundation"),
        ("themes", "Kultura i rekreacja", ("1",)), ("themes", "1; 5", ("1", "5")),
        ("themes", "Culture and recreation, Health", ("1", "3")),
    ],
)  # fmt: skip
def test_terms_are_known_by_code_and_by_name_in_every_language(field: str, typed: str, code: object) -> None:
    found = of(**{field: typed})
    assert not found.faults and found.given[field] == code


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"krs": "1234563218"}, "KRS number: This looks like a NIP. Enter it in the field “NIP”."),
        ({"nip": "0000123456"}, "NIP: This looks like a KRS number. Enter it in the field “KRS number”."),
        ({"nip": "1234563219"}, "NIP: The last digit does not match."),
        ({"eik": "000703415"}, "EIK: This number belongs to the other country."),
        ({"legal_form": "zespół"}, "Legal form: The portal does not know “zespół” here."),
        ({"region": "София", "legal_form": "читалище"}, "“София” can mean several things. Write one of these codes: BG-22 ("),
        ({"region": ""}, "Region: Choose a region from the list."),
        ({"name": ""}, "Enter the name of the organisation or group."),
        ({"town": ""}, "Enter the town or village."),
        ({"name": "a" * 201}, "The text is longer than 200 characters. Shorten it."),
        ({"themes": "nic takiego"}, "Themes: The portal does not know “nic takiego” here."),
        ({"themes": "1;2;3;4;5;6"}, "Themes: Choose one to five themes."),
        ({"founded_year": "dawno"}, "Enter a whole number, in digits only."),
        ({"founded_year": "3000"}, "Enter a year that has begun, with four digits."),
        ({"contact_email": "nobody"}, "This does not look like an e"),
        ({"contact_phone": "zadzwoń"}, "This does not look like a telephone number."),
        ({"website": "http://exаmple.org"}, "letters of another alphabet that look alike"),
        ({"website": "nie mamy"}, "Enter the whole address"),
        ({"legal_form": "grupa nieformalna", "krs": "123"}, "An informal group has no number."),
        ({"size": "nobody at all"}, "The portal does not know “nobody at all” here."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_what_to_do(cells: dict[str, str], words: str) -> None:
    told = why(**cells)
    assert len(told) == 1 and words in told[0], told


def test_every_fault_is_told_at_once_in_every_language() -> None:
    faults = of(legal_form="zespół", contact_email="nobody", krs="x").faults
    told = sentences(faults)
    assert set(told) == set(LANGUAGES) and all(len(words) == len(faults) == 3 for words in told.values()), told


def test_row_that_says_nothing_starts_with_what_the_list_says() -> None:
    cells = ["Lipa", "", "Zgierz", ""]
    mapping = {"name": 0, "legal_form": 1, "town": 2, "themes": 3}
    found = read(cells, mapping, {"region": "PL-10", "legal_form": "pl-assoc", "themes": "5"})
    assert not found.faults and found.given["themes"] == ("5",)
    assert (
        read(["Lipa", "fundacja", "Zgierz", "1"], mapping, {"region": "PL-10"}).given["legal_form"] == "pl-foundation"
    )


def test_formulas_and_markup_are_texts() -> None:
    found = of(name="=HYPERLINK(1)", summary="<script>alert(1)</script>")
    assert not found.faults and found.given["name"] == "=HYPERLINK(1)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_own_labels_are_found_in_every_language(language: str) -> None:
    """A file that the portal gave out comes back, and a new field needs no line here."""
    with in_language(language):
        labels = [str(field.label) for field in READ]
    assert guessed(labels) == {field.name: place for place, field in enumerate(READ)}
    assert {field.name for field in ASKED} | CONTACTS.keys() == {field.name for field in READ}


@pytest.mark.parametrize(
    ("heads", "found"),
    [
        (["NAZWA:", "Miasto", "Forma prawna*", "e-mail"], {"name": 0, "town": 1, "legal_form": 2, "contact_email": 3}),
        (["Наименование", "Област", "ЕИК/БУЛСТАТ"], {"name": 0, "region": 1, "eik": 2}),
        (["Name", "Name", "County"], {"name": 0}),
        (["", "x" * 5000], {}),
    ],
)
def test_columns_are_guessed_by_what_people_call_them(heads: list[str], found: dict[str, int]) -> None:
    assert guessed(heads) == found


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (Kind.DECIMAL, "1 234,5", Decimal("1234.50")), (Kind.DECIMAL, "dużo", None),
        (Kind.DAY, "2026-11-28", dt.date(2026, 11, 28)), (Kind.DAY, "wczoraj", None),
        (Kind.YES, "tak", True), (Kind.YES, "не", False), (Kind.YES, "może", False),
    ],
)  # fmt: skip
def test_fields_to_come_are_read_by_their_kind(kind: Kind, typed: str, value: object) -> None:
    faults: list[Refusal] = []
    assert _value(Field("new", kind, "New"), typed, "PL", faults) == value
    assert bool(faults) is (typed in ("dużo", "wczoraj", "może"))
