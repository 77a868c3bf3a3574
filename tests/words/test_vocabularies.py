"""Every list has unique codes and a name for each of them in each language."""

import re

import pytest

from portal.words.i18n import LANGUAGES, in_language
from portal.words.vocabularies import label, names, term, vocabulary


@pytest.mark.parametrize("name", names())
def test_every_term_has_a_code_and_a_label_in_each_language(name: str) -> None:
    terms = vocabulary(name)
    assert len({entry.code for entry in terms}) == len(terms) > 0
    for entry in terms:
        assert entry.code == entry.code.strip() != ""
        for language in LANGUAGES:
            words = label(name, entry.code, language)
            assert words.strip() == words != ""
            assert not re.search(r"\b(?=\w*[a-z])(?=\w*[а-я])\w+", words.lower()), f"two scripts in one word: {words}"


def test_label_is_in_the_current_language() -> None:
    with in_language("pl"):
        assert label("languages", "bg") == "bułgarski"
    with in_language("bg"):
        assert label("languages", "bg") == "български"
        assert dict(vocabulary("languages"))["pl"] == "полски"


def test_legal_forms_say_which_are_informal() -> None:
    assert term("legal_forms", "pl-informal").facts["informal"] == "yes"
    assert term("legal_forms", "bg-informal").facts["country"] == "BG"
    assert term("legal_forms", "pl-foundation").facts["informal"] == "no"


def test_regions_are_the_voivodeships_and_oblasts() -> None:
    assert len(vocabulary("regions")) == 16 + 28
    assert label("regions", "BG-24", "pl") == "Stara Zagora"
    assert label("regions", "PL-10", "bg") == "Лодзко"


def test_unknown_code_and_list_are_named() -> None:
    with pytest.raises(KeyError, match=r"org_status.*nonsense"):
        label("org_status", "nonsense", "en")
    with pytest.raises(KeyError, match="no vocabulary 'nonsense'"):
        vocabulary("nonsense")
