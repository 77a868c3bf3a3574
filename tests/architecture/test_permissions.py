"""Who may: every permission stands in the table, and the table tells the truth."""

from types import ModuleType
from typing import Any

import pytest
from flask import Flask

from portal.ground import authz
from portal.ground.authz import can
from tests.support import permissions
from tests.support.permissions import VISITOR, Row, Situation

ROWS = [(table, row) for table in permissions.tables() for row in table.ROWS]


def missing_rows(rules: dict[str, Any], rows: list[Row]) -> set[str]:
    """Permissions that no row is about."""
    return set(rules) - {str(row.permission) for row in rows}


def wrong_answers(row: Row, situation: Situation) -> list[str]:
    """Roles that get another answer than the row says."""
    people = {VISITOR: None, **situation.people}
    unknown = set(row.allowed) - set(people)
    found = [f"{role} does not stand in this situation" for role in sorted(unknown)]
    for role, person in people.items():
        if can(row.permission, situation.obj, person=person) != (role in row.allowed):
            found.append(f"{role} {'may not' if role in row.allowed else 'may'}")
    return found


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_every_permission_has_its_row(app: Flask) -> None:
    rules = authz.RULES.of(app)
    assert not missing_rows(rules, [row for _, row in ROWS])
    asked = {view.access.permission for view in app.view_functions.values() if view.access.permission}
    assert asked <= set(rules)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("table", "row"), ROWS, ids=lambda value: f"{value.permission}-{value.state}" if isinstance(value, Row) else ""
)
def test_row_holds(app: Flask, table: ModuleType, row: Row) -> None:
    assert not wrong_answers(row, table.situation(row.state))


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_table_rejects_bad_examples(app: Flask) -> None:
    """A permission without a row, a row that says too much, and one that says too little."""
    assert missing_rows({"news:edit": None}, []) == {"news:edit"}
    permission, predicate = next(iter(authz.RULES.of(app).items()))
    authz.RULES.of(app)["example:see"] = lambda person, obj: person is not None
    try:
        class_row = Row("example:see", "any", {VISITOR})
        assert wrong_answers(class_row, Situation(None, {"owner": object()})) == ["visitor may not", "owner may"]
    finally:
        del authz.RULES.of(app)["example:see"]
    assert authz.RULES.of(app)[permission] is predicate
