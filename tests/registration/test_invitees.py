"""Whom a list names, in every shape that people paste."""

import pytest

from portal.registration.invitees import FILE, Problem, kept, named
from portal.words.tables import read_file
from tests.support.workbooks import workbook

SHAPES = {
    "an address a line": "a@x.pl\nb@x.pl\n",
    "semicolons": "a@x.pl; b@x.pl",
    "commas": "a@x.pl, b@x.pl",
    "blanks": "a@x.pl b@x.pl",
    "as mail programs write": "Ala <a@x.pl>, Jan Kowalski <b@x.pl>",
    "names with commas": '"Kowalska, Ala" <a@x.pl>; "Kowalski, Jan" <b@x.pl>',
    "mixed in one line": "a@x.pl; Jan <b@x.pl>",
    "plain before brackets": "a@x.pl Jan <b@x.pl>",
    "links": "mailto:a@x.pl\n<mailto:b@x.pl>",
    "with dots and brackets around": "(a@x.pl),\n„b@x.pl”.",
    "numbered": "1.\ta@x.pl\n2.\tb@x.pl",
    "capitals": "A@X.PL\nb@x.pl",
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
def test_usual_shapes(text: str) -> None:
    found = named(text)
    assert [one.problem for one in found] == [None, None]
    assert [one.key for one in found] == ["a@x.pl", "b@x.pl"]


def test_names_are_those_beside_the_address() -> None:
    text = '"Kowalska, Ala" <a@x.pl>\nJan Kowalski <b@x.pl>\nЯна Иванова\tc@x.pl\nd@x.pl\n'
    assert [one.name for one in named(text)] == ["Kowalska, Ala", "Jan Kowalski", "Яна Иванова", ""]


@pytest.mark.parametrize(
    "head", ["Imię i nazwisko\tAdres e-mail\tJęzyk", "Име и фамилия\tИмейл\tЕзик", "Name\tEmail address\tLanguage", ""]
)
def test_columns_with_and_without_a_header(head: str) -> None:
    text = "\n".join(filter(None, [head, "Ala\ta@x.pl\tpolski", "Яна\tb@x.pl\tBG", "Ann\tc@x.pl\tEnglish"]))
    assert [(one.name, one.address, one.language) for one in named(text)] == [
        ("Ala", "a@x.pl", "pl"), ("Яна", "b@x.pl", "bg"), ("Ann", "c@x.pl", "en"),
    ]  # fmt: skip
    assert [one.line for one in named(text)] == ([2, 3, 4] if head else [1, 2, 3])


def test_order_of_columns_does_not_matter() -> None:
    assert [(one.name, one.language) for one in named("en;a@x.pl;Ann\npl;b@x.pl;Ala")] == [("Ann", "en"), ("Ala", "pl")]


def test_what_is_no_address_is_said_with_its_line_and_nothing_is_dropped(app) -> None:
    found = named("a@x.pl\n\nJan Kowalski\nb@@x.pl\nc@\nжан@x.pl\n" + "d" * 400 + "@x.pl\n")
    assert [(one.line, one.problem) for one in found] == [
        (1, None), (3, Problem.EMPTY), (4, Problem.ADDRESS), (5, Problem.ADDRESS), (6, Problem.UNREACHABLE),
        (7, Problem.ADDRESS),
    ]  # fmt: skip
    assert found[1].address == "Jan Kowalski"


def test_file_is_kept_without_what_nobody_asked_for_and_reads_as_the_file_did() -> None:
    rows = [
        ["Lp.", "Imię i nazwisko", "Telefon", "Adres e-mail", "Uwagi"],
        [1, "Ala Kowalska", "+48 22 123 45 67", "a@x.pl", "alergia"],
        [],
        [2, 'Jan "Kot" Nowak', "", "b@x.pl", ""],
        [3, "Bez Adresu", "1", "", ""],
    ]
    text = kept(read_file(workbook(rows), FILE))
    assert "alergia" not in text and "123" not in text
    assert [(one.line, one.name, one.address, one.problem) for one in named(text)] == [
        (2, "Ala Kowalska", "a@x.pl", None), (4, 'Jan "Kot" Nowak', "b@x.pl", None),
        (5, "", "Bez Adresu", Problem.EMPTY),
    ]  # fmt: skip


def test_file_without_a_header_keeps_addresses_one_name_and_the_language() -> None:
    text = kept(read_file(b"Ala;a@x.pl;pl;ul. Polna 5\nBez adresu;;;tajne\n", FILE))
    assert text == "Ala\ta@x.pl\tpl\nBez adresu\n"
