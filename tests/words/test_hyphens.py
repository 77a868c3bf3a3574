"""Long words may be divided between syllables, short ones are left alone."""

import pytest

from portal.words.hyphens import SOFT, soft


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
