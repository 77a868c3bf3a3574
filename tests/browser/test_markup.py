"""What every page kind owes to programs that read it: valid HTML, and texts that say their language."""

from collections.abc import Mapping

import pytest

from portal.app import create_app
from portal.ground.config import Config
from tests.browser.conftest import Theatre
from tests.browser.kinds import KINDS
from tests.support import checkers, markup, tongues
from tests.support.markup import LANGUAGES
from tests.support.visitor import Answer

Answers = Mapping[str, Answer]
# The refusal of a name that another organisation has names that one and its town: refusals are plain words in a form.
NAMES_ANOTHER = ("organisation-names-double",)


@pytest.fixture(scope="module")
def answers(theatre: Theatre) -> Answers:
    """Every page kind in every language, each asked for once."""
    return {f"{kind.name}-{language}": theatre.fetch(kind, language) for kind in KINDS for language in LANGUAGES}


@pytest.mark.browser
def test_page_kinds_are_valid_html(answers: Answers) -> None:
    """The Nu checker finds no error and no warning in any page kind, in any language."""
    found = []
    for kind in KINDS:
        for language in LANGUAGES:
            name = f"{kind.name}-{language}"
            answer = answers[name]
            found += [] if answer.status == kind.status else [f"{name}: {answer.status}"]
            found += [f"{name}: {problem}" for problem in markup.problems(answer.html, answer.path)]
    assert [*found, *checkers.nu({name: answer.html for name, answer in answers.items()})] == []


@pytest.mark.browser
def test_texts_of_people_on_page_kinds_say_their_language(theatre: Theatre, answers: Answers) -> None:
    """Also on the pages of logs, of work and of refusals, which `tests/whole/test_tongues.py` does not open."""
    with create_app(Config.from_environment(theatre.portal.environ)).app_context():
        texts = tongues.texts_of_people()
    assert len(texts) > 500
    found = [
        f"{name} {answer.path}: {fault}"
        for name, answer in answers.items()
        if not name.startswith(NAMES_ANOTHER)
        for fault in tongues.bare_in_page(answer.html, texts)
    ]
    assert not found, "\n".join(found)
