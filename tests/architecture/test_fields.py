"""What is written about a row is listed once, in the `fields.py` of its feature, and fits into its columns."""

import ast
import importlib
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from portal.words.fields import Field, FieldSet, Kind
from portal.words.i18n import LocalizedText
from tests.architecture.sources import ROOT, Source, python

FEATURES = sorted(path.parent.name for path in (ROOT / "portal").glob("*/fields.py"))
# Sets that are more than the columns of a row, with the reason.
MIXED = {
    "organisations.ASKED": "the form has numbers, lists and links too, and each of them is a row of its own",
    "organisations.OPEN": "the same as data",
}
# Fields that may stay empty while their columns may not, with the reason.
FILLED = {"events.SESSION": {"starts_at": "in a slot it is the slot's", "ends_at": "in a slot it is the slot's"}}
MOST = 3  # names of fields that may stand in a row: a rule can be about three of them, four are a list


def sets_of(feature: str) -> dict[str, FieldSet]:
    module = importlib.import_module(f"portal.{feature}.fields")
    return {name: value for name, value in vars(module).items() if isinstance(value, FieldSet)}


def repeated_lists(source: Source, names: set[str]) -> Iterator[str]:
    """Rule: the fields of a row are not listed a second time: not as names, not as fields of a form."""
    for node in ast.walk(source.tree):
        listed: list[str] = []
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            listed = [one.value for one in node.elts if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        elif isinstance(node, ast.Dict) and len(node.keys) * 2 > len(names):  # fewer are what a new row starts with
            listed = [one.value for one in node.keys if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        elif isinstance(node, ast.ClassDef) and "Form" in node.name:
            listed = [ast.unparse(one.targets[0]) for one in node.body if isinstance(one, ast.Assign)]
        elif isinstance(node, ast.FunctionDef):
            listed = [one.arg for one in (*node.args.args, *node.args.kwonlyargs)]
        if len(found := names & set(listed)) > MOST:
            yield f"{source.name}:{node.lineno} lists {', '.join(sorted(found))} again"


@pytest.mark.parametrize("feature", FEATURES)
def test_fields_are_listed_once(feature: str) -> None:
    said = ("fields.py", "models.py", "demo", "demo.py")  # what a demo holds is content
    parts = [source for source in python(f"portal/{feature}") if source.parts[2] not in said]
    for key, fields in sets_of(feature).items():
        names = set() if f"{feature}.{key}" in MIXED else {field.name for field in fields}
        assert not [fault for source in parts for fault in repeated_lists(source, names)]


@pytest.mark.parametrize(
    "bad",
    [
        "TEXTS = ('name', 'summary', 'town', 'region')",
        "x = {'name': 1, 'summary': 2, 'town': 3, 'region': 4}",
        "class NoteForm(Form):\n    name = a()\n    summary = b()\n    town = c()\n    region = d()",
        "def update(row, *, name, summary, town, region): pass",
    ],
)
def test_second_list_is_refused(bad: str) -> None:
    assert list(repeated_lists(Source("portal/news/services.py", bad), {"name", "summary", "town", "region"}))


def misfits(fields: FieldSet, table: sa.Table) -> Iterator[str]:
    """Fields without a column, and texts that are longer than theirs."""
    for field in fields:
        column = table.columns.get(field.stored)
        if column is None:
            yield f"{field.name} has no column"
        elif isinstance(column.type, LocalizedText) != field.translated:
            yield f"{field.name} is translated in one of both places"
        elif field.is_text and isinstance(column.type, sa.String) and _may_be_longer(field, column.type.length):
            yield f"{field.name} may be longer than its column"
        elif field.kind.nothing is None and not column.nullable and not field.needed:
            yield f"{field.name} may be empty, its column may not"


def _may_be_longer(field: Field, length: int | None) -> bool:
    return length is not None and not 0 < field.most <= length


@pytest.mark.parametrize("feature", FEATURES)
def test_fields_fit_their_columns(feature: str) -> None:
    module = importlib.import_module(f"portal.{feature}.models")
    tables = [one.__table__ for one in vars(module).values() if isinstance(one, type) and hasattr(one, "__table__")]
    for name, fields in sets_of(feature).items():
        known = FILLED.get(f"{feature}.{name}", {})
        rest = fields.where(lambda field, known=known: field.name not in known)
        faults = min((list(misfits(rest, table)) for table in tables), key=len)
        assert f"{feature}.{name}" in MIXED or not faults, f"{name}: {faults}"


@pytest.mark.parametrize(
    "bad",
    [
        Field("motto", Kind.LINE, "Motto", most=60),
        Field("town", Kind.LINE, "Town", most=121),
        Field("town", Kind.LINE, "Town"),
        Field("name", Kind.LINE, "Name", most=60),
        Field("town", Kind.LINE, "Town", most=60, translated=True),
    ],
)
def test_field_that_does_not_fit_is_seen(bad: Field) -> None:
    from portal.organisations.models import Organisation

    assert list(misfits(FieldSet(bad), Organisation.__table__))
