"""The code that templates become prints what Jinja's own would, and calls what it would call."""

from pathlib import Path

import pytest
from flask import Flask
from jinja2 import DictLoader, Environment, UndefinedError
from markupsafe import Markup, escape

from portal.face.compiled import CompiledTemplates, escaped
from portal.face.templating import PageEnvironment
from portal.words.i18n import Localized


class Emphasised:
    """What knows its own HTML."""

    def __init__(self, words: str) -> None:
        self.words = words

    def __html__(self) -> str:
        return f"<em>{self.words}</em>"


class Word(str):
    """A word of a closed list is still a word."""


PARTS = {
    "parts.html": (
        "{% macro tag(words, kind='x') %}<b class={{ kind }}>{{ words }}{{ varargs|length }}{{ kwargs.a }}"
        "{% if caller %}{{ caller() }}{% endif %}</b>{% endmacro %}"
    ),
    "base.html": "<title>{% block title %}{% endblock %}</title>{{ self.title() }}{% block body %}{{ bad }}{% endblock %}",
}
SAME = [
    "{{ bad }} {{ good }} {{ own }} {{ 3 }} {{ none }} {{ bad|upper }} {{ good ~ bad }} {{ bad|safe }} {{ bad|e }}",
    "{% set part %}<i>{{ bad }}</i>{% endset %}{{ part }}{{ part|length }}{{ part ~ bad }}{{ part|replace('i', bad) }}",
    "{% from 'parts.html' import tag %}{{ tag(bad) }}{{ tag(good, kind=bad, a=own) }}{{ tag(bad, 'y', 1, 2) }}",
    "{% from 'parts.html' import tag %}{% call tag(bad) %}{{ bad }}{% endcall %}{{ tag(tag(bad))|length }}",
    "{% from 'parts.html' import tag %}{{ tag(*[bad, 'z'], **{'a': bad}) }}{{ tag(words=bad, **{'class': 1}) }}",
    "{% extends 'base.html' %}{% block title %}{{ bad }}{% endblock %}{% block body %}{{ super() }}!{% endblock %}",
    "{% for item in [[1, [[2, []]]]] recursive %}{{ loop.index }}{{ item[0] }}{{ loop(item[1]) }}{% endfor %}",
    "{% autoescape false %}{{ bad }}{{ good }}{{ twice(bad) }}{% endautoescape %}{{ twice(bad) }}{{ twice(good) }}",
    "{% filter upper %}{{ bad }}{% endfilter %}{{ '%s, %s'|format(bad, good) }}{{ [bad, good]|join(bad) }}",
    "{{ bad.upper() }}{{ {'a': bad}.get('a') }}{{ rows[0](bad) }}{{ range(3)|list }}{{ cycler(bad, good).next() }}",
]
VALUES = {
    "bad": "<a href='x'>\"&\"</a>",
    "good": Markup("<br>"),
    "own": Emphasised("own"),
    "twice": lambda words: words + words,
    "rows": [len],
}


@pytest.mark.parametrize("source", SAME)
def test_page_is_the_one_that_jinja_itself_would_make(source: str) -> None:
    loader = DictLoader(PARTS | {"page.html": source})
    usual, ours = (
        Environment(loader=loader, autoescape=True),
        PageEnvironment(Flask("any"), loader=loader, autoescape=True),
    )
    assert ours.get_template("page.html").render(VALUES) == usual.get_template("page.html").render(VALUES)


@pytest.mark.parametrize(
    "value", ["<&>'\"", "plain", "", Markup("<br>"), Emphasised("x"), Word("<i>"), None, 0, 1.5, [("<", 1)]]
)
def test_whatever_is_printed_is_escaped_as_ever(value: object) -> None:
    assert escaped(value) == str(escape(value))


def test_what_has_no_html_on_purpose_is_not_printed() -> None:
    with pytest.raises(TypeError, match="language must be said"):
        escaped(Localized.of("pl", "Sieć"))


def test_a_name_that_nobody_gave_is_not_called(app: Flask) -> None:
    with pytest.raises(UndefinedError, match="'nobody' is undefined"):
        app.jinja_env.from_string("{{ nobody(1) }}").render()


def test_no_callable_of_a_page_waits_for_the_context(app: Flask) -> None:
    """It would not get it: `PageCode` hands over the arguments and nothing else."""
    with app.test_request_context():
        asking = [name for name, one in app.jinja_env.globals.items() if hasattr(one, "jinja_pass_arg")]
    assert asking == []


def test_code_of_another_generator_is_not_run(tmp_path: Path) -> None:
    """An update meets the directory of the release before, and a return to that one meets ours."""
    environment = PageEnvironment(Flask("any"), loader=DictLoader({"a.html": "{{ len(x) }}"}))
    environment.bytecode_cache = CompiledTemplates(tmp_path)
    assert environment.get_template("a.html").render(len=len, x="ab") == "2"
    names = [path.name for path in tmp_path.iterdir()]
    assert names and all(name.startswith("page_") and name.endswith(".code") for name in names)
