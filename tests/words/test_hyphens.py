"""Long words may be divided between syllables, short ones are left alone; no line ends behind a short beginning."""

import pytest

from portal.words.hyphens import JOINER, SOFT, joined, soft
from portal.words.i18n import Shown, _, _n, in_language
from portal.words.richtext import breakable, prose


@pytest.mark.parametrize(
    "parts",
    ["Między-po-ko-le-nio-wość", "najno-wo-cześ-niejszy", "poprze-sze-re-go-wanie", "Непро-ти-во-конс-ти-ту-цион-ност"],
)
def test_long_word_is_divided_between_syllables(parts: str) -> None:
    assert soft(parts.replace("-", "")) == parts.replace("-", SOFT)


@pytest.mark.parametrize(
    "text", ["", "Jak rozmawiać z urzędem gminy", "https://example.org/12345678901234567890", "bcdfghjklmnpqrstvw"]
)
def test_other_words_are_left_alone(text: str) -> None:
    assert soft(text) == text


@pytest.mark.parametrize("parts", ["adres e-|mail", "по-|добре, най-|малко", "10-|12 osób", "E-|mail.", "(e-|mailem)"])
def test_a_short_beginning_stays_with_its_word(parts: str) -> None:
    assert joined(parts.replace("|", "")) == parts.replace("|", JOINER)


@pytest.mark.parametrize(
    "text",
    ["2026-11-21", "so – so", "https://e-mail.example.org/na-dworze", "jan-nowak@example.org", "Bielsko-Biała",
     "społeczno-gospodarczy"],
)  # fmt: skip
def test_addresses_dates_and_long_beginnings_are_left_alone(text: str) -> None:
    assert joined(text) == text


def test_what_the_portal_says_is_joined_in_every_language() -> None:
    with in_language("pl"):
        assert f"e-{JOINER}mail" in _("E-mail address")
    with in_language("en"):
        assert _("E-mail address") == f"E-{JOINER}mail address"
        words = "%(n)s person has a place and will get an e-mail.", "%(n)s people have a place and will get an e-mail."
        assert _n(*words, 2).endswith(f"e-{JOINER}mail.")


def test_what_people_write_is_joined_but_not_the_addresses_in_it() -> None:
    assert breakable("Piszcie e-mail") == f"Piszcie e-{JOINER}mail"
    html = '<p><a href="/na-x">Piszcie e-mail</a></p>'
    assert prose(Shown(html, "pl", False, False, False)) == html.replace("e-mail", f"e-{JOINER}mail")
