"""Who opens the form of a stored row and saves it untouched changes nothing, in whichever form of the portal."""

import ast
import contextlib
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask, before_render_template

from portal.face.forms import Form, Versioned
from portal.ground.db import Model, db
from portal.pages.models import Operator
from portal.questions.models import Question
from portal.words.i18n import LANGUAGES, Localized
from portal.words.search.models import SearchDocument
from portal.words.text import fold
from tests.architecture.sources import python
from tests.whole.edits import FORMS, Opened

# Forms with a version in which nothing of the row can be changed, and one that stands beside another on its page.
ACTS = {
    "ColumnsForm": "saved untouched in tests/imports/test_pages.py",
    "EditReserveForm": "shown with what it does before it is saved: tests/registration/test_reserve_pages.py",
    "DecisionForm": "a message that is sent, with the version that was decided on",
    "PasswordForm": "a password that is asked for again, with the code where the account has a second step",
    "BringBackForm": "an earlier version of a card that is brought back, with the version that it stood beside",
    "RestoreForm": "an earlier version that is brought back, with the version that it stood beside",
    "PostponeForm": "another day each time, with the version whose day was seen",
}
CASES = [pytest.param(name, make, id=f"{name}-{case}") for name, cases in FORMS.items() for case, make in cases.items()]
# Without "two versions" after a stale edit: no version, or an answer that is given anew to the question of the moment.
ALONE = {"LogoForm", "PersonForm", "AnswerForm", "ContactsForm"}  # the last: tests/organisations/test_contacts.py
NOT_STORED = {
    "csrf_token", "version", "agreed", "compared", "cover", "remove_cover", "file", "decorative", "is_another", "seat_words",
    "works_words", "asked", "words",
}  # fmt: skip
# Beside tests/whole/test_search_follows.py: the parts of an event, and networks.
FOUND_BY = {
    "EditSessionForm": "title", "TranslateSessionForm": "abstract", "NetworkEditForm": "summary",
    "TranslateNetworkForm": "summary",
}  # fmt: skip
# What every saving moves, by table or column.
ALWAYS = frozenset({
    "data_version", "audit_head", "audit_entry", "audit_detail", "limit_hit", "row_version", "updated_at",
    "organisation.confirmed_at",
    "directory_bitmap", "directory_change", "directory_mark", "directory_news", "directory_terms",
    "search_document", "search_order", "organisation_listing", "sort_pl", "sort_bg", "sort_en",  # made anew from the rest
})  # fmt: skip


def edit_forms() -> set[str]:
    """The forms that show a stored row: with its version, or opened on it."""
    for path in sorted(Path("portal").glob("*/forms*")):
        importlib.import_module(f"portal.{path.parent.name}.forms")
    versioned = {form.__name__ for form in subclasses(Versioned)}
    return versioned | {name for source in python("portal") for name in opened_on_rows(source.tree)}


def subclasses(form: type[Any]) -> Iterator[type[Any]]:
    for one in form.__subclasses__():
        if one.__module__.startswith("portal."):
            yield one
        yield from subclasses(one)


def opened_on_rows(tree: ast.AST) -> Iterator[str]:
    """`PersonForm.on(person, ...)`, `LogoForm.of(organisation)`, `PersonForm(obj=person)`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).split(".")
            if called[-1] in ("on", "of") and len(called) > 1 and called[-2].endswith("Form"):
                yield called[-2]
            elif any(keyword.arg == "obj" for keyword in node.keywords):
                yield called[-1]


def test_every_edit_form_is_tried() -> None:
    assert edit_forms() == FORMS.keys() | ACTS.keys()


def test_form_opened_on_a_row_is_seen() -> None:
    opened = "NoteForm(obj=note)\nforms.TagForm.on(tag, 'pl')\nLabelForm.of(label)\nLocalized.of('pl', '')"
    assert set(opened_on_rows(ast.parse(opened))) == {"NoteForm", "TagForm", "LabelForm"}


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


@contextlib.contextmanager
def forms_shown() -> Iterator[list[Any]]:
    """The forms of the pages that are made inside."""
    seen: list[Any] = []

    def note(_app: Flask, template: Any, context: dict[str, Any], **_more: Any) -> None:
        if isinstance(context.get("form"), Form):
            seen.append((context["form"], getattr(context["form"], "differences", [])))

    with before_render_template.connected_to(note):
        yield seen


@pytest.mark.parametrize(("name", "make"), CASES)
def test_saving_untouched_changes_nothing(name: str, make: Any, app: Flask, as_person: Any) -> None:
    opened: Opened = make()
    assert gaps(opened) == opened.empty, "the row is not full, so a forgotten field could not be seen"
    browser = as_person(opened.person)
    with forms_shown() as shown:
        page = browser.get(f"/pl/{opened.address}")
    assert page.status_code == 200 and name in [one.__name__ for one in type(shown[0][0]).__mro__]
    before = everything()
    with forms_shown() as shown:
        saved = browser.submit(page, opened.fields)
    assert saved.status_code == 303, [form.errors for form, _ in shown]
    assert not changes(before, everything(), opened.moves)


@pytest.mark.parametrize(("name", "make"), [case for case in CASES if case.values[0] not in ALONE])
def test_stale_edit_says_what_is_stored_in_every_field(name: str, make: Any, app: Flask, as_person: Any) -> None:
    opened: Opened = make()
    browser = as_person(opened.person)
    with forms_shown() as shown:
        answer = browser.submit(f"/pl/{opened.address}", {**opened.fields, "version": "0"})
    form, differences = shown[-1]
    assert answer.status_code == 409
    stored = {field.name for field in form if not field.name.startswith("new_")} - NOT_STORED
    assert stored == form.theirs.keys() and not differences


@pytest.mark.parametrize(("name", "make"), [case for case in CASES if case.values[0] in FOUND_BY])
def test_new_words_are_found(name: str, make: Any, app: Flask, as_person: Any) -> None:
    opened: Opened = make()
    saved = as_person(opened.person).submit(f"/pl/{opened.address}", {FOUND_BY[name]: "Kołowrotek"})
    assert saved.status_code == 303
    folds = db.session.scalars(sa.select(SearchDocument.fold)).all()
    assert any(fold("Kołowrotek") in words for words in folds)


def test_what_was_erased_and_what_is_not_full_is_seen() -> None:
    before = {("post", (1,)): {"lead": "a", "row_version": 1}, ("booking", (7,)): {"id": 7}}
    after = {("post", (1,)): {"lead": "", "row_version": 2}}
    assert changes(before, after, frozenset()) == ["booking(7,).id: 7 -> None", "post(1,).lead: 'a' -> ''"]
    assert gaps(Opened("", Operator(name="a", address=""))) >= {"address", "phone"}
    assert "text" in gaps(Opened("", Question(text=Localized.of("pl", "Po co?"))))
