"""Who may: every permission stands in the table, and the table tells the truth."""

import re
from collections.abc import Iterable, Mapping, Sequence
from types import ModuleType
from typing import Any

import pytest
from flask import Flask

from portal.ground import authz
from portal.ground.authz import Access, can
from tests.architecture.sources import Source, python
from tests.architecture.templates import all_templates
from tests.support import permissions
from tests.support.permissions import PUBLIC, SIGNED_IN, VISITOR, Row, Situation, link

IMPORTED = re.compile(r"^from portal\.(\w+)\.policies import .*?\bPermission(?: as (\w+))?", re.M)
ROWS = [(table, row) for table in permissions.tables() for row in table.ROWS]


def said(access: Access) -> str:
    """The mark of a view in the words of the table."""
    if access.kind == "requires":
        return str(access.permission)
    return (
        link(str(access.purpose))
        if access.kind == "by_link"
        else {"public": PUBLIC, "signed_in": SIGNED_IN}[access.kind]
    )


def faults_of_routes(served: Mapping[str, Access], rows: Sequence[tuple[str, str]]) -> list[str]:
    """Where the table of routes and the routes differ, either way."""
    table = {endpoint: str(who) for endpoint, who in rows}
    twice = {endpoint for endpoint, _ in rows if [other for other, _ in rows].count(endpoint) > 1}
    return [
        *(f"{endpoint} has two rows" for endpoint in sorted(twice)),
        *(f"{endpoint} has no row" for endpoint in sorted(set(served) - set(table))),
        *(f"{endpoint} has a row and no route" for endpoint in sorted(set(table) - set(served))),
        *(
            f"{endpoint} is for {said(served[endpoint])}, the table says {table[endpoint]}"
            for endpoint in sorted(set(table) & set(served))
            if said(served[endpoint]) != table[endpoint]
        ),
    ]


def asked_for(sources: Iterable[Source], templates: Iterable[str]) -> set[str]:
    """Permissions that some code outside the policies, or a template, asks for: `feature:action`."""
    found = set(re.findall(r"""can\(["'](\w+:\w+)["']""", "\n".join(templates)))
    for source in sources:
        if source.parts[-1] == "policies.py":
            continue
        for feature, alias in re.findall(
            r"^from portal\.(\w+)\.policies import .*?\bPermission(?: as (\w+))?", source.text, re.M
        ):
            names = re.findall(rf"\b{alias or 'Permission'}\.([A-Z_]+)\b", source.text)
            found |= {f"{feature}:{name.lower()}" for name in names}
    return found


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
    assert {str(row.permission) for _, row in ROWS} <= set(rules)
    asked = {view.access.permission for view in app.view_functions.values() if view.access.permission}
    assert asked <= set(rules)


def test_every_permission_is_asked_for_somewhere() -> None:
    """A row that no route, service or template asks for guards nothing."""
    asked = asked_for(python("portal"), [text for _, text in all_templates()])
    assert {str(row.permission) for _, row in ROWS} <= asked


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_every_route_has_its_row_and_every_row_its_route(app: Flask) -> None:
    served = {endpoint: view.access for endpoint, view in app.view_functions.items()}
    assert not faults_of_routes(served, [row for table in permissions.tables() for row in table.ROUTES.items()])


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([], "news.edit has no row"),
        ([("news.edit", "news:edit"), ("news.old", PUBLIC)], "news.old has a row and no route"),
        ([("news.edit", PUBLIC)], "news.edit is for news:edit, the table says everybody"),
        ([("news.edit", "news:edit"), ("news.edit", "news:edit")], "news.edit has two rows"),
    ],
)
def test_table_of_routes_rejects_bad_examples(rows: list[tuple[str, str]], fault: str) -> None:
    assert faults_of_routes({"news.edit": Access("requires", permission="news:edit")}, rows) == [fault]


def test_permission_that_nobody_asks_for_is_seen() -> None:
    view = "from portal.news.policies import Permission as News\n@requires(News.EDIT)\ndef edit(): pass\n"
    asked = asked_for([Source("portal/news/views.py", view)], ['{% if can("news:delete", post) %}'])
    assert asked == {"news:edit", "news:delete"}


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
