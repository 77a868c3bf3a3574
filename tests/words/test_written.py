"""A text of which nobody has said the language: its letters say what they can."""

import pytest
from flask import Flask

from portal.words.i18n import in_language, names, written


@pytest.mark.parametrize(
    ("text", "likely", "page", "language"),
    [
        ("Клуб „Открита общност“", "pl", "pl", "bg"),
        ("Sala jest w remoncie.", "pl", "bg", "pl"),
        ("The hall is closed.", "bg", "pl", "pl"),  # nobody knows, so it is not marked
        ("The hall is closed.", "bg", "bg", "en"),
        ("Ремонт на „Hall A“ до май", "pl", "bg", "bg"),
        ("2027", "bg", "pl", "pl"),
        ("Sala jest w remoncie.", "", "bg", "bg"),
        ("", "bg", "pl", "pl"),
    ],
)
def test_language_of_a_text_by_its_letters_and_its_place(
    app: Flask, text: str, likely: str, page: str, language: str
) -> None:
    with in_language(page):
        said = written(text, likely)
    assert (said.text, said.lang, said.is_fallback) == (text, language, language != page)


def test_each_of_several_names_has_its_own_language(app: Flask) -> None:
    with in_language("pl"):
        found = names("Ралица Димчева, Jan Kos, ", "pl")
    assert [(name.text, name.lang) for name in found] == [("Ралица Димчева", "bg"), ("Jan Kos", "pl")]
