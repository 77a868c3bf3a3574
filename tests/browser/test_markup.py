"""The Nu checker finds no error and no warning in any page kind, in any language."""

import pytest

from tests.browser.conftest import Theatre
from tests.browser.kinds import KINDS
from tests.support import checkers, markup
from tests.support.markup import LANGUAGES


@pytest.mark.browser
def test_page_kinds_are_valid_html(theatre: Theatre) -> None:
    pages, found = {}, []
    for kind in KINDS:
        for language in LANGUAGES:
            answer, name = theatre.fetch(kind, language), f"{kind.name}-{language}"
            found += [] if answer.status == kind.status else [f"{name}: {answer.status}"]
            found += [f"{name}: {problem}" for problem in markup.problems(answer.html, answer.path)]
            pages[name] = answer.html
    assert [*found, *checkers.nu(pages)] == []
