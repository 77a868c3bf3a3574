"""What a reader or a program would stumble over in the table of words is found and named."""

import tracemalloc

import pytest

from portal.words import vocabularies
from portal.words.data import rows
from portal.words.vocabulary_faults import faults

GOOD = {"vocabulary": "states", "code": "draft", "pl": "wersja robocza", "bg": "чернова", "en": "draft"}
OTHER = {"vocabulary": "states", "code": "sent", "pl": "wysłany", "bg": "изпратена", "en": "sent"}


def says(*table: dict[str, str | None]) -> list[tuple[str, str]]:
    return [(fault.lang, fault.says) for fault in faults(table)]  # type: ignore[arg-type]


def test_the_words_of_the_portal_have_none() -> None:
    table = rows("vocab")
    assert len(table) > 750
    assert list(faults(table)) == []


def test_good_words_have_none() -> None:
    assert says(GOOD, OTHER) == []
    assert says({**GOOD, "pl": "Facebook", "bg": "Facebook", "en": "Facebook"}) == []
    assert says({**GOOD, "pl": "osoby głuche", "bg": "глухи хора", "en": "Deaf people"}) == []
    assert says({**GOOD, "en": "an organisation's own"}) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"pl": ""}, "It has no name."),
        ({"bg": " "}, "It has no name."),
        ({"bg": "чернова "}, "It begins or ends with a blank."),
        ({"pl": "wersja  robocza"}, "It has two blanks."),
        ({"pl": "w\u00a0pracy"}, "It has a blank that does not break."),
        ({"pl": 'tak zwana "wersja"'}, "It has a straight quotation mark."),
        ({"pl": "d'Arc"}, "It has a straight apostrophe."),
        ({"en": "draft - old"}, "It has a hyphen as a dash."),
        ({"en": "draft!"}, "It has three dots or an exclamation mark."),
        ({"en": "{n} draft"}, "It has several forms in one term."),
        ({"pl": "wersja | wersje"}, "It has several forms in one term."),
        ({"pl": "uczestnik/-a"}, "It has a gender behind a stroke or in brackets."),
        ({"bg": "поканен(а)"}, "It has a gender behind a stroke or in brackets."),
        ({"en": "draft\u200b"}, "It has an invisible sign."),
        ({"pl": "o\u0301smy"}, "Its letters are composed in another way (NFC)."),
        ({"pl": "wersja чернова"}, "It has letters of another script."),
        ({"bg": "draft"}, "It has no letter of its script."),
        ({"bg": "чеpнова"}, "A word has letters of two scripts."),
        ({"pl": "Wersja robocza"}, "It begins with a capital where English does not."),
        ({"code": "Draft"}, "A code is small letters, digits and strokes."),
        ({"en": None}, "The row has other columns than the head."),
    ],
)
def test_a_fault_is_named(changed: dict[str, str | None], expected: str) -> None:
    assert expected in [words for _lang, words in says({**GOOD, **changed})]


def test_doubles_are_named() -> None:
    assert says(GOOD, {**OTHER, "code": "draft"}) == [("", "The code is there twice.")]
    assert says(GOOD, {**OTHER, "bg": "Чернова".lower()}) == [("bg", "It is called like draft.")]
    late = {"vocabulary": "states", "code": "old", "pl": "dawny", "bg": "стара", "en": "old"}
    assert says(GOOD, {**OTHER, "vocabulary": "roles"}, late) == [("", "The list goes on after another one.")]


def test_words_that_nobody_asks_for_stay_lines() -> None:
    """Terms are made of the list that somebody asks for: the others cost their letters and no more."""
    vocabularies._small.cache_clear()
    vocabularies._terms.cache_clear()
    tracemalloc.start()
    try:
        assert vocabularies.label("org_status", "draft", "en") == "draft"
        used, _peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert used < 250_000
    assert len(vocabularies.vocabulary("application_status")) == 24
