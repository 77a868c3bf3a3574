"""Plain text is neutralised: nothing hidden, nothing turned, one line end, composed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.words.clean import MOST_MARKS, neutralise, one_line


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Ana\x00 Nowak", "Ana Nowak"),
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("a\u2028b\u2029c\x85d", "a\nb\nc\nd"),
        ("tab\tstays", "tab\tstays"),
        ("zero\u200bwidth\ufeff\u2060\u200d", "zerowidth"),
        ("\u202egnp.exe\u202c \u2066x\u2069", "gnp.exe x"),
        ("\x1b[31mred\x7f\x9b", "[31mred"),
        ("и\u0306", "й"),
        ("z\u0307o\u0301\u200bł", "żół"),
        ("half \ud83d pair", "half  pair"),
        ("\U000e0041hidden\ufffe", "hidden"),
        ("Łódź, Стара Загора 🌍", "Łódź, Стара Загора 🌍"),
        ("x" * 10_000, "x" * 10_000),
    ],
)
def test_neutralise(raw: str, clean: str) -> None:
    assert neutralise(raw) == clean


@given(st.text(alphabet=st.characters()))
def test_neutralise_is_idempotent_and_leaves_nothing_hidden(text: str) -> None:
    clean = neutralise(text)
    assert neutralise(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)
    assert not {unicodedata.category(char) for char in clean} & {"Cs", "Zl", "Zp"}
    assert all(char in "\n\t" or unicodedata.category(char) != "Cc" for char in clean)
    clean.encode("utf-8")


def test_one_line_is_folded_cut_and_reads_no_more_than_it_needs() -> None:
    assert one_line("  Sieć \n Sąsiedzka  ", 20) == "Sieć Sąsiedzka"
    assert one_line("ab" * 300, 5) == "ababa"
    assert one_line(" " * 24 + "word" * 50, 5) == "w"
    assert one_line(" " * 25 + "word", 5) == ""


def test_of_a_run_of_marks_the_first_stay() -> None:
    kept = neutralise("a" + "\u0301\u0316" * 400 + "b")
    assert kept.startswith(unicodedata.normalize("NFC", "a\u0301\u0316")[0]) and kept.endswith("b")
    assert len(kept) <= MOST_MARKS + 2
