"""What features declare, and that nothing below them knows one by name."""

import ast
import re
from collections.abc import Iterator

import pytest
from flask import Flask

from portal.declaration import join_features
from portal.features import FEATURES
from tests.architecture.sources import ROOMS, Source, python

NAMES = "|".join(feature.name for feature in FEATURES)
# An endpoint, a permission or a verb of a feature, such as `accounts.sign_in` or `news:edit`.
_OF_A_FEATURE = re.compile(rf"^({NAMES})[.:][a-z_]+$")
_SLUG = re.compile(r"<slug:\w+>")


def named_features(source: Source) -> Iterator[str]:
    """Rule: what lies below the features knows none of them, in strings neither."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _OF_A_FEATURE.match(node.value):
            yield f"{source.name}:{node.lineno} {node.value}"


def unreserved(rules: list[str], reserved: frozenset[str]) -> set[str]:
    """Rule: a word of ours that stands in an address where a slug could stand is reserved, so that no slug is it."""
    heads = {rule[: match.start()] for rule in rules for match in _SLUG.finditer(rule)}
    words = {rule[len(head) :].split("/")[0] for head in heads for rule in rules if rule.startswith(head)}
    return {word for word in words if word and "<" not in word and "." not in word} - reserved


def test_rooms_know_no_feature() -> None:
    found = [hit for room in (*ROOMS, "declaration") for source in _of(room) for hit in named_features(source)]
    assert not found, "\n".join(found)


def _of(room: str) -> list[Source]:
    return [source for source in python("portal") if source.parts[1] == room]


def test_words_of_addresses_are_reserved(app: Flask) -> None:
    reserved = frozenset(word for feature in FEATURES for word in feature.reserved)
    assert not unreserved([str(rule) for rule in app.url_map.iter_rules()], reserved)


def test_every_feature_is_declared_under_its_own_name() -> None:
    there = {source.parts[1] for source in python("portal") if source.parts[-1] == "feature.py"}
    assert there == {feature.name for feature in FEATURES}


def test_bad_examples_are_rejected() -> None:
    assert list(named_features(Source("portal/ground/x.py", 'url_for("accounts.sign_in")')))
    assert unreserved(["/<lang>/events/<slug:slug>", "/<lang>/events/calendar"], frozenset({"new"})) == {"calendar"}
    with pytest.raises(RuntimeError, match="organisation"):
        join_features(Flask("example"), [*FEATURES, next(one for one in FEATURES if one.name == "organisations")])
