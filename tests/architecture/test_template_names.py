"""The names of templates: nothing is imported, set or defined for nobody."""

from collections.abc import Callable, Iterator

import pytest

from tests.architecture import template_names, templates

Rule = Callable[[template_names.Sources], Iterator[str]]
PARTS = "{% macro tile(x) %}{{ x }}{% endmacro %}{% macro row(x) %}{{ tile(x) }}{% endmacro %}"
RULES: list[tuple[Rule, list[template_names.Sources]]] = [
    (
        template_names.unused_imports,
        [
            {"page": '{% from "parts" import row, tile %}{{ row(1) }}'},
            {"page": '{% from "parts" import row as line %}{{ row(1) }}'},
            {"page": '{% import "parts" as parts %}'},
        ],
    ),
    (
        template_names.uncalled_macros,
        [
            {"parts": PARTS},
            {"parts": PARTS, "page": '{% from "parts" import tile %}{{ tile(1) }}'},
            {"parts": PARTS, "page": '{% import "parts" as parts %}{{ parts.tile(1) }}'},
            {"parts": "{% macro turn(x) %}{{ turn(x) }}{% endmacro %}"},
        ],
    ),
    (
        template_names.unread_values,
        [
            {"page": "{% set name = 1 %}"},
            {"page": "{% set a, b = pair %}{{ a }}"},
            {"page": "{% set name %}words{% endset %}"},
            {"page": '{% extends "base" %}{% set other = 1 %}', "base": "{{ section }}"},
        ],
    ),
]


@pytest.mark.parametrize(("rule", "bad"), RULES, ids=lambda value: getattr(value, "__name__", ""))
def test_templates_keep_rule(rule: Rule, bad: list[template_names.Sources]) -> None:
    found = list(rule(dict(templates.all_templates())))
    assert not found, f"{rule.__doc__}\n" + "\n".join(found)


@pytest.mark.parametrize(("rule", "bad"), [(rule, bad) for rule, examples in RULES for bad in examples])
def test_rule_rejects_its_bad_example(rule: Rule, bad: template_names.Sources) -> None:
    assert list(rule(bad))


def test_rules_accept_a_good_example() -> None:
    good = {
        "parts": PARTS,
        "base": "{{ section }}",
        "page": '{% extends "base" %}{% from "parts" import row as line %}{% set section = 1 %}'
        "{% set a, b = pair %}{{ line(a ~ b) }}",
        "other": '{% import "parts" as parts %}{{ parts.row(1) }}',
    }
    assert [fault for rule, _ in RULES for fault in rule(good)] == []
