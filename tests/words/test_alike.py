"""Words that look as if they were of one alphabet, and names that join two where everybody sees it."""

import pytest

from portal.words.alike import LONGEST_SHOWN, disguised_word


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Fundаcja Lipa", "Fundаcja"),  # a Cyrillic а
        ("Koło Нadzieja", "Нadzieja"),
        ("Сдружeние „Извор“", "Сдружeние"),  # a Latin e
        ("Читалище Hадежда", "Hадежда"),
        ("Centrum-Οgród", "Οgród"),  # a Greek Ο
        ("Fundacja Рole i Lаs", "Рole"),  # the first of two
    ],
)
def test_word_that_only_looks_like_one_alphabet_is_named(text: str, word: str) -> None:
    assert disguised_word(text) == word


@pytest.mark.parametrize(
    "text",
    [
        "", "!!!", "Łódź, Стара Загора", "IT-академия", "TEDx София", "Фондация ДоброLab", "BGтуризъм", "E-помощ", "ОРА",
        "Grupa 7а", "Ženské združenie", "Сдружение „Óbuda“", "Ψυχή", "日本の会 Kraków", "e\u0301cole",
    ],
)  # fmt: skip
def test_alphabets_that_a_reader_tells_apart_may_stand_together(text: str) -> None:
    assert disguised_word(text) == ""


def test_word_without_end_is_cut_where_it_is_shown() -> None:
    assert len(disguised_word("a" * 100_000 + "а")) == LONGEST_SHOWN
