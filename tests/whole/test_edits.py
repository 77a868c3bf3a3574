"""Who opens the form of a stored row and saves it untouched changes nothing, in whichever form of the portal."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask, before_render_template
from werkzeug.test import TestResponse

from portal.face.forms import Form, Versioned
from portal.ground.db import Model, db
from portal.membership.models import Question
from portal.pages.models import Operator
from portal.words.i18n import LANGUAGES, Localized
from tests.architecture.sources import python
from tests.whole.edits import FORMS, Opened

# Forms with a version in which nothing of the row can be changed.
ACTS = {"DecisionForm": "a message that is sent, with the version that was decided on"}
CASES = [pytest.param(name, make, id=f"{name}-{case}") for name, cases in FORMS.items() for case, make in cases.items()]
# What every saving moves, by table or column.
ALWAYS = frozenset({
    "audit_head", "audit_entry", "audit_detail", "limit_hit", "row_version", "updated_at", "organisation.confirmed_at",
    "search_document", "search_order", "organisation_listing", "sort_pl", "sort_bg", "sort_en",  # made anew from the rest
})  # fmt: skip


def edit_forms() -> set[str]:
    """The forms that show a stored row: with its version, made of a row, or opened on one."""
    for path in sorted(Path("portal").glob("*/forms.py")):
        importlib.import_module(f"portal.{path.parent.name}.forms")
    made = {form.__name__ for form in subclasses(Form) if issubclass(form, Versioned) or hasattr(form, "of")}
    return made | {name for source in python("portal") for name in opened_on_objects(source.tree)}


def subclasses(form: type[Any]) -> Iterator[type[Any]]:
    for one in form.__subclasses__():
        if one.__module__.startswith("portal.") and one is not Versioned:
            yield one
        yield from subclasses(one)


def opened_on_objects(tree: ast.AST) -> Iterator[str]:
    """`PersonForm(obj=person)`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and any(keyword.arg == "obj" for keyword in node.keywords):
            yield ast.unparse(node.func).rpartition(".")[2]


def test_every_edit_form_is_tried() -> None:
    assert edit_forms() == FORMS.keys() | ACTS.keys()


def test_form_opened_on_an_object_is_seen() -> None:
    assert list(opened_on_objects(ast.parse("form = forms.NoteForm(obj=note)"))) == ["NoteForm"]


def everything() -> dict[tuple[str, Any], dict[str, Any]]:
    """All rows of the database, by table and key."""
    db.session.rollback()
    found = {}
    for table in Model.metadata.sorted_tables:
        for row in db.session.execute(sa.select(table)).mappings():
            found[table.name, tuple(row[column.name] for column in table.primary_key)] = dict(row)
    db.session.rollback()
    return found


def changes(before: dict[Any, dict[str, Any]], after: dict[Any, dict[str, Any]], moves: frozenset[str]) -> list[str]:
    """`table(key).column: old -> new` for all that differs and is not in `moves`."""
    found = []
    for table, key in sorted(before.keys() | after.keys(), key=str):
        old, new = before.get((table, key), {}), after.get((table, key), {})
        for column in old.keys() | new.keys():
            if old.get(column) != new.get(column) and not {table, column, f"{table}.{column}"} & (ALWAYS | moves):
                found.append(f"{table}{key}.{column}: {old.get(column)!r} -> {new.get(column)!r}")
    return found


def gaps(opened: Opened) -> set[str]:
    """Columns of the row that hold nothing, or a text that is not in every language."""
    values = {column.name: getattr(opened.row, column.name) for column in sa.inspect(type(opened.row)).columns}
    texts = {name for name, value in values.items() if isinstance(value, Localized)}
    partly = {name for name in texts if set(values[name].languages) != set(LANGUAGES)}
    return partly | {name for name, value in values.items() if value in (None, "", (), False) and name not in texts}


def opened_by(browser: Any, opened: Opened) -> tuple[TestResponse, set[str]]:
    """The page with the form, and the names of the form's classes."""
    seen: set[str] = set()

    def note(_app: Flask, template: Any, context: dict[str, Any], **_more: Any) -> None:
        seen.update(one.__name__ for one in type(context.get("form")).__mro__)

    with before_render_template.connected_to(note):
        return browser.get(f"/pl/{opened.address}"), seen


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # no form has SQL of its own
@pytest.mark.parametrize(("name", "make"), CASES)
def test_saving_untouched_changes_nothing(name: str, make: Any, app: Flask, as_person: Any) -> None:
    opened: Opened = make()
    assert gaps(opened) == opened.empty, "the row is not full, so a forgotten field could not be seen"
    browser = as_person(opened.person)
    page, classes = opened_by(browser, opened)
    assert page.status_code == 200 and name in classes
    before = everything()
    saved = browser.submit(page, opened.fields)
    assert saved.status_code == 303, saved.text
    assert not changes(before, everything(), opened.moves)


def test_what_was_erased_and_what_is_not_full_is_seen() -> None:
    before = {("post", (1,)): {"lead": "a", "row_version": 1}, ("booking", (7,)): {"id": 7}}
    after = {("post", (1,)): {"lead": "", "row_version": 2}}
    assert changes(before, after, frozenset()) == ["booking(7,).id: 7 -> None", "post(1,).lead: 'a' -> ''"]
    assert gaps(Opened("", Operator(name="a", address=""))) >= {"address", "phone"}
    assert "text" in gaps(Opened("", Question(text=Localized.of("pl", "Po co?"))))
