"""States: one door, tables that say all, codes that people can read, and pictures that are true."""

import ast
import importlib
import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any

import pytest
import sqlalchemy as sa

from portal.ground.states import START, Side, States, Step
from portal.news.models import Post, PostStatus
from portal.words.vocabularies import names, vocabulary
from tests.architecture.sources import Source, python
from tools.states import PAGE, TABLES, page

ALL = [table for _, table in TABLES]
IDS = [title for title, _ in TABLES]
COLUMNS = frozenset(table.column for table in ALL)
MODELS = frozenset(table.model.__name__ for table in ALL)
ENUMS = frozenset(table.enum.__name__ for table in ALL)
DOOR = "portal/ground/states.py"

# Words of a vocabulary that no row has: named already, stored by what will be built.
NOT_STORED = {
    "org_status": {"dormant"},
    "membership_status": {"draft", "recommended", "accepted", "grace", "expired", "suspended", "excluded"},
    "post_status": {"review", "archived", "rejected"},
    "claim_status": {"open"},
    "call_status": {"suspended", "archived"},
    "session_status": {"draft"},
    "booking_status": {"forfeited"},
    "need_status": {"withdrawn"},
}
# States that no page names: the mails of the outbox, which the console lists.
NOT_READ = {"outbox_mail.state"}


def other_doors(source: Source) -> Iterator[str]:
    """Rule: only `change_state`, `begin`, `moving` and `born` of ground.states set the column of a state."""
    if source.name == DOOR or source.parts[1] == "face":  # the face knows no model; its forms have an HTTP status
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del) and node.attr in COLUMNS:
            yield f"{source.name}:{node.lineno} sets {ast.unparse(node)}"
        if isinstance(node, ast.Call):
            yield from (f"{source.name}:{node.lineno} {fault}" for fault in _written(node))
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            yield from (f"{source.name}:{node.lineno} {fault}" for key, value in pairs for fault in _stated(key, value))


def _written(call: ast.Call) -> Iterator[str]:
    name = ast.unparse(call.func)
    if name.rpartition(".")[2] == "setattr" and len(call.args) > 1 and _text(call.args[1]) in COLUMNS:
        yield f"sets a state by {ast.unparse(call)}"
    if name in MODELS or name.endswith(".values"):
        for keyword in call.keywords:
            if keyword.arg in COLUMNS and not _is_born(keyword.value):
                yield f"gives {ast.unparse(keyword)} to {name[-40:]}"


def _stated(key: ast.expr | None, value: ast.expr) -> Iterator[str]:
    """A row of an INSERT, and values of an UPDATE by name."""
    is_state = isinstance(value, ast.Attribute) and ast.unparse(value.value) in ENUMS
    if is_state and (_text(key) in COLUMNS or isinstance(key, ast.Attribute)):
        yield f"writes {ast.unparse(value)}"


def _is_born(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and ast.unparse(value.func).endswith(".born")


def _text(node: ast.expr | None) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def test_only_one_door_sets_a_state() -> None:
    found = [fault for source in python("portal") for fault in other_doors(source)]
    assert not found, f"{other_doors.__doc__}\n" + "\n".join(found)


@pytest.mark.parametrize(
    "bad",
    [
        "def f(post):\n    post.status = 'draft'",
        "def f(post, to):\n    was, post.status = post.status, to",
        "def f(row):\n    row.outcome: str = 'published'",
        "def f(post):\n    setattr(post, 'status', 'draft')",
        "Post(title=t, status=PostStatus.PUBLISHED)",
        "sa.update(Booking).where(x).values(status=BookingStatus.BOOKED)",
        "sa.update(Booking).values({Booking.status: BookingStatus.BOOKED})",
        "rows = [{'session_id': 1, 'status': BookingStatus.WAITING}]",
    ],
)
def test_the_rule_rejects_another_door(bad: str) -> None:
    assert list(other_doors(Source("portal/news/services/example.py", bad)))


def test_the_rule_accepts_a_beginning_of_the_table() -> None:
    good = "Post(status=POSTS.born(S.DRAFT))\nrows = [{'status': BOOKINGS.born(S.WAITING)}]\nif post.status == S.DRAFT: pass"
    assert not list(other_doors(Source("portal/news/services/example.py", good)))


def states_of(check: sa.CheckConstraint, column: str) -> set[str] | None:
    """The codes of a CHECK that lists what its column may hold."""
    match = re.fullmatch(rf"{column} IN \(([^()]*)\)", str(check.sqltext))
    return {part.strip().strip("'") for part in match[1].split(",")} if match else None


@pytest.mark.parametrize("table", ALL, ids=IDS)
def test_enum_check_and_vocabulary_hold_the_same_codes(table: States[Any, Any]) -> None:
    codes = {str(state) for state in table.enum}
    rows = table.model.__table__
    assert isinstance(rows, sa.Table)
    checks = [states_of(one, table.column) for one in rows.constraints if isinstance(one, sa.CheckConstraint)]
    assert [found for found in checks if found is not None] == [codes]
    if not table.vocabulary:
        assert f"{rows.name}.{table.column}" in NOT_READ
        return
    words = {term.code for term in vocabulary(table.vocabulary)}
    assert codes - {""} == words - NOT_STORED.get(
        table.vocabulary, set()
    )  # "" is a review that is open: it has no word
    assert NOT_STORED.get(table.vocabulary, set()) <= words


def test_no_list_of_words_not_stored_is_out_of_date() -> None:
    assert set(NOT_STORED) <= {table.vocabulary for table in ALL} <= {*names(), ""}


def unreachable(table: States[Any, Any]) -> set[str]:
    """The states that no way leads to from the beginning."""
    reached: set[str | None] = {START}
    while more := {step.to for step in table.steps if step.before in reached} - reached:
        reached |= more
    return {str(state) for state in table.enum} - reached


def twice(steps: Sequence[Step[Any, Any]]) -> list[tuple[str | None, str, str]]:
    """Steps of the same side on the same way: the second is never taken."""
    ways = [(step.before, step.to, step.who.name) for step in steps]
    return [way for way in set(ways) if ways.count(way) > 1]


@pytest.mark.parametrize("table", ALL, ids=IDS)
def test_every_state_is_reached_by_steps_between_its_states(table: States[Any, Any]) -> None:
    states = {START, *table.enum}
    assert not unreachable(table)
    assert not twice(table.steps)
    assert {step.before for step in table.steps} | {step.to for step in table.steps} <= states
    default = getattr(table.model, table.column).property.columns[0].default.arg
    assert any(table.ways(START, default)), f"a row is made as {default!r}, which the table does not know"


def test_bad_tables_are_rejected() -> None:
    side: Side[Any, Any] = Side("editor", lambda by, post: True)
    lonely = Step(START, PostStatus.DRAFT, side)
    table = States(Post, "status", PostStatus, "post_status", (lonely, lonely), otherwise="No.")
    assert unreachable(table) == {"scheduled", "published", "unpublished"}
    assert twice(table.steps) == [(START, "draft", "editor")]
    assert states_of(sa.CheckConstraint("status IN ('a', 'b')"), "status") == {"a", "b"}
    assert states_of(sa.CheckConstraint("status NOT IN ('a') OR x IS NOT NULL"), "status") is None


def enums_of_models() -> Iterator[type[StrEnum]]:
    """The enums of columns that look like states."""
    for source in python("portal"):
        if source.parts[1:] and re.search(r"class \w*(Status|State|Outcome)\(StrEnum\)", source.text):
            module = importlib.import_module(source.name.removesuffix(".py").replace("/", "."))
            for value in vars(module).values():
                is_enum = isinstance(value, type) and issubclass(value, StrEnum) and value.__module__ == module.__name__
                if is_enum and re.search(r"(Status|State|Outcome)$", value.__name__):
                    yield value


def test_every_enum_of_states_has_its_table_and_every_table_its_picture() -> None:
    derived = {"portal.events.registration_state.State"}  # from the clock and the event, never stored
    enums = {f"{one.__module__}.{one.__name__}" for one in enums_of_models()} - derived
    assert enums == {f"{table.enum.__module__}.{table.enum.__name__}" for table in ALL}
    known = {id(table) for table in ALL}
    for source in python("portal"):
        if re.search(r"\bStates\(", source.text) and source.name != DOOR:
            module = importlib.import_module(source.name.removesuffix(".py").replace("/", "."))
            assert {id(value) for value in vars(module).values() if isinstance(value, States)} <= known, source.name


def test_the_pictures_are_what_the_tables_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tools.states draws docs/states.md anew"
