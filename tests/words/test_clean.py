"""Plain text is neutralised: nothing hidden, nothing turned, one line end, composed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.words.clean import MOST_MARKS, neutralise, one_line
from portal.words.richtext import clean


@pytest.mark.parametrize(
    ("raw", "expected"),
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
def test_neutralise(raw: str, expected: str) -> None:
    assert neutralise(raw) == expected


@given(st.text(alphabet=st.characters()))
def test_neutralise_is_idempotent_and_leaves_nothing_hidden(text: str) -> None:
    left = neutralise(text)
    assert neutralise(left) == left
    assert unicodedata.is_normalized("NFC", left)
    assert not {unicodedata.category(char) for char in left} & {"Cs", "Zl", "Zp"}
    assert all(char in "\n\t" or unicodedata.category(char) != "Cc" for char in left)
    left.encode("utf-8")


def test_one_line_is_folded_cut_and_reads_no_more_than_it_needs() -> None:
    assert one_line("  Sieć \n Sąsiedzka  ", 20) == "Sieć Sąsiedzka"
    assert one_line("ab" * 300, 5) == "ababa"
    assert one_line(" " * 24 + "word" * 50, 5) == "w"
    assert one_line(" " * 25 + "word", 5) == ""


def test_of_a_run_of_marks_the_first_stay() -> None:
    kept = neutralise("a" + "\u0301\u0316" * 400 + "b")
    assert kept.startswith(unicodedata.normalize("NFC", "a\u0301\u0316")[0]) and kept.endswith("b")
    assert len(kept) <= MOST_MARKS + 2


@pytest.mark.parametrize(
    "picture",
    [
        "👩\u200d👧\u200d👦",  # a family
        "👩🏽\u200d🌾",  # with a skin colour
        "🧑🏻\u200d🤝\u200d🧑🏿",
        "🏳\ufe0f\u200d🌈",
        "❤\ufe0f\u200d🔥",
        "🙂\u200d↔\ufe0f",
        "🇵🇱🇧🇬",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",  # Scotland
        "1\ufe0f\u20e3",
        "👍🏿",
    ],
)
def test_a_joined_picture_stays_whole(picture: str) -> None:
    assert neutralise(f"a{picture}b {picture}") == f"a{picture}b {picture}"
    assert clean(f"<p>{picture}</p>") == clean(picture) == f"<p>{picture}</p>"


@pytest.mark.parametrize(
    "raw", ["a\u200db", "👩\u200da", "a\u200d👩", "👩\u200d", "\u200d👩", "🏴\U000e0041\U000e007f", "👩\u200b\u200d👧"]
)
def test_what_joins_pictures_hides_in_no_other_place(raw: str) -> None:
    assert not set(neutralise(raw)) & {"\u200d", "\u200b", "\U000e0041", "\U000e007f"}


@given(st.text(alphabet="👩🏽❤↔☀🏴\u200d\ufe0f\u0338\u0301\u200b\U000e0067\U000e007fa"))
def test_joined_pictures_are_stable(text: str) -> None:
    assert neutralise(neutralise(text)) == neutralise(text)
