"""The list of whom an organisation names: pasted or from a file, in any of its usual shapes."""

import codecs

import pytest

from portal.registration import delegates
from portal.registration.delegates import FILE, Fault
from portal.words.tables import NoTable, read_file


def people(text: str) -> list[tuple[str, str, str]]:
    return [(one.name, one.address, one.language) for one in delegates.read(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Anna Lipa\tanna@example.org\tpolski\nЕва Бук\teva@example.org\tbg",
        "Anna Lipa;anna@example.org;pl\nЕва Бук;eva@example.org;български",
        "anna@example.org,pl,Anna Lipa\neva@example.org,bg,Ева Бук",
        "Imię i nazwisko\tE-mail\tJęzyk\nAnna Lipa\tanna@example.org\tpl\nЕва Бук\teva@example.org\tbg",
        "Lp.;Nazwisko;Imię;Adres e-mail;Język;Uwagi\n1;Lipa;Anna;anna@example.org;pl;x\n2;Бук;Ева;eva@example.org;bg;y",
        "Anna\tLipa\tanna@example.org\tpl\nЕва\tБук\teva@example.org\tbg",
    ],
)
def test_shapes_of_a_list(text: str) -> None:
    assert people(text) == [("Anna Lipa", "anna@example.org", "pl"), ("Ева Бук", "eva@example.org", "bg")]


def test_name_with_the_address_in_angle_brackets() -> None:
    assert people('"Anna Lipa" <anna@example.org>') == [("Anna Lipa", "anna@example.org", "")]


def test_one_mailbox_of_several_people_is_fine_and_the_same_person_twice_is_not() -> None:
    found = delegates.read("Anna Lipa\tb@example.org\nJan Lipa\tb@example.org\nANNA  LIPA\tB@example.org\nJan Lipa")
    assert [one.fault for one in found] == [None, None, Fault.DOUBLE, None]


def test_what_cannot_be_used_is_said_at_its_line() -> None:
    found = delegates.read("Anna Lipa\n\tx@example.org\nJan Lipa\tjan@\n")
    assert [(one.line, one.fault) for one in found] == [(1, None), (2, Fault.NAME), (3, Fault.ADDRESS)]


def test_two_hundred_rows_with_doubles() -> None:
    found = delegates.read("\n".join(f"Osoba {number % 150}\to{number % 150}@example.org" for number in range(200)))
    assert (len(found), sum(one.fault is Fault.DOUBLE for one in found)) == (200, 50)


def test_too_long_a_list_is_refused_before_it_is_read() -> None:
    with pytest.raises(NoTable):
        delegates.read("x\n" * 501)


@pytest.mark.parametrize("data", ["cp1250", "utf-16", "utf-8-sig"])
def test_files_of_any_program(data: str) -> None:
    text = "Imię;Nazwisko;E-mail\nŁucja;Żółć;lucja@example.org\n=1+1;Gęś;ges@example.org\n"
    raw = text.encode(data) if data != "utf-16" else codecs.BOM_UTF16_LE + text.encode("utf-16-le")
    assert people(delegates.kept(read_file(raw, FILE))) == [
        ("Łucja Żółć", "lucja@example.org", ""),
        ("=1+1 Gęś", "ges@example.org", ""),
    ]
