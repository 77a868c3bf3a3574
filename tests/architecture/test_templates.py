"""The templates: no inline code, no other host, tokens in forms, every word translated, texts with their language."""

from collections.abc import Callable, Iterator

import jinja2
import pytest

from portal.words.i18n import Localized
from tests.architecture import templates

Rule = Callable[[str, str], Iterator[str]]
RULES: list[tuple[Rule, list[str]]] = [
    (templates.inline_code, ['<p style="x">', "<style>p{}</style>", "<script>f()</script>", '<a onclick="f()">']),
    (templates.other_hosts, ['<link href="https://fonts.example.com/x.css">']),
    (
        templates.forms_without_token,
        [
            '<form method="post"><button>Go</button></form>',
            '<form class="a" method="post" action="{{ url_for("x") }}">',
        ],
    ),
    (templates.untranslated_words, ["<p>Save changes</p>", '<img alt="A picture">', "{{ _('ok') }} and more"]),
    (
        templates.bare_texts,
        ["<p>{{ organisation.name.shown() }}</p>", "<p>{{ organisation.name.shown_in('pl').text }}</p>"],
    ),
    (templates.long_lines, [f"<p>{{{{ {'a' * 160} }}}}</p>"]),
    (templates.unescaped, ["{{ post.body|safe }}", "{% autoescape false %}"]),
]


@pytest.mark.parametrize(("rule", "bad"), RULES, ids=lambda value: getattr(value, "__name__", ""))
def test_templates_keep_rule(rule: Rule, bad: list[str]) -> None:
    found = [fault for name, text in templates.all_templates() for fault in rule(name, text)]
    assert not found, f"{rule.__doc__}\n" + "\n".join(found)


@pytest.mark.parametrize(("rule", "bad"), [(rule, bad) for rule, examples in RULES for bad in examples])
def test_rule_rejects_its_bad_example(rule: Rule, bad: str) -> None:
    assert list(rule("news/show.html", bad))


@pytest.mark.parametrize(
    "good",
    [
        "{% block title %}{{ post.title.shown() }}{% endblock %}",
        '<img alt="{{ post.alt.shown() }}">',
        '<h1>{{ text(post.title) }}</h1><p>{{ _("Save changes") }}</p>',
        '<form method="post">{{ hidden_fields(form) }}</form>',
        "{# a remark #}{% if a > b %}{{ n }}{% endif %}&nbsp;·",
    ],
)
def test_rules_accept_a_good_example(good: str) -> None:
    assert [fault for rule, _ in RULES for fault in rule("news/show.html", good)] == []


def test_text_of_people_printed_bare_is_refused() -> None:
    environment = jinja2.Environment(autoescape=True)
    with pytest.raises(TypeError):
        environment.from_string("{{ name }}").render(name=Localized.of("pl", "Sieć"))
