"""The table of who may: one row for each permission and situation, written by the feature beside its tests.

`tests/<feature>/permission_table.py` has

    ROWS = [Row(Permission.EDIT, "draft", {"owner", "editor"}), ...]
    def situation(state: str) -> Situation: ...

    ROUTES = {"organisations.edit": Permission.EDIT, "organisations.index": PUBLIC, ...}

`ROUTES` has every route of the feature and who gets in: a permission, PUBLIC, SIGNED_IN or `link(purpose)`. `situation`
makes real rows: the object that the permission is about, and a person for each role that the table names. Every role of
ROLES that the situation has and the row does not name must be refused; `visitor` is always there.
"""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import ModuleType
from typing import Any

TESTS = Path(__file__).resolve().parents[1]
VISITOR = "visitor"
PUBLIC, SIGNED_IN = "everybody", "whoever is signed in"
Routes = Mapping[str, str]


@dataclass(frozen=True)
class Situation:
    """An object (or None) and the people who stand around it, by role."""

    obj: Any
    people: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """In this state exactly these roles have the permission."""

    permission: StrEnum
    state: str
    allowed: frozenset[str] | set[str]


def link(purpose: str) -> str:
    """For whoever holds a link of this purpose."""
    return f"whoever holds a link: {purpose}"


def tables() -> list[ModuleType]:
    names = sorted(path.parent.name for path in TESTS.glob("*/permission_table.py"))
    return [importlib.import_module(f"tests.{name}.permission_table") for name in names]
