"""The code of the release before runs on the new schema, so that nodes are exchanged one by one.

A migration adds: what it adds may be NULL or has a server default. What it takes away or makes narrower was last used by
a release before (`last_used`), and a release that no longer uses it is out.
"""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from portal.ground.migrations import chain
from portal.ground.migrations.chain import Chain, Step

NARROWING = frozenset(
    "drop_column drop_table rename_table create_check_constraint create_unique_constraint create_foreign_key "
    "create_exclude_constraint create_primary_key".split()
)
NARROWING_SQL = ("DROP COLUMN", "DROP TABLE", "RENAME", "NOT NULL", "ADD CONSTRAINT")
# CHECKs of columns that old code writes, and why it always holds them.
HELD = {
    "ck_event_offer_hours": "the release before does not know the column and leaves it empty",
    "ck_registration_offered": "the release before offers nothing",
    "ck_registration_holds_seat": "the release before leaves the new column at its default",
    "ck_booking_offered": "the release before offers nothing",
    "ck_booking_off_day": "the release before leaves the new column at its default, and a released place is what it was for good",
    "ck_event_max_per_organisation": "the release before does not know the column and leaves it empty",
    "ck_deletion_category": "it is made wider, and the release before writes what it always wrote",
    "ck_event_max_companions": "the release before does not know the column and leaves it empty",
    "ck_registration_companions": "the release before leaves the new column at its default: nobody comes along",
    "ck_registration_passed": "the release before leaves the new column at its default",
    "ck_event_names_due_days": "the release before does not know the column and leaves it empty",
    "ck_event_seats_reserved": "the release before leaves the new column at its default: nothing is kept yet",
    "ck_session_seats_reserved": "the release before leaves the new column at its default: nothing is kept yet",
    "ck_project_hour": "the release before leaves the new column at its default",
    "ck_impact_figure_who": "the release before does not know the column and leaves it empty",
    "ck_event_one_host": "the release before names a network in each event, and never an organisation",
}
HARMLESS_CHANGES = frozenset({"existing_type", "existing_nullable", "existing_server_default", "server_default"})


def upgrade_of(tree: ast.Module) -> ast.FunctionDef:
    return next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "upgrade")


def calls(tree: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(upgrade_of(tree)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node


def named(call: ast.Call) -> str:
    """What is called: `add_column` of `table.add_column(...)`."""
    assert isinstance(call.func, ast.Attribute)
    return call.func.attr


def words(call: ast.Call) -> Mapping[str, ast.expr]:
    return {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}


def is_true(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


def strict_columns(tree: ast.Module) -> Iterator[str]:
    """Rule: a column that is added may be NULL or has a server default: old code does not name it."""
    for call in calls(tree):
        if named(call) != "add_column":
            continue
        column = next(one for one in call.args if isinstance(one, ast.Call))
        given = words(column)
        if not is_true(given.get("nullable")) and "server_default" not in given:
            yield f"line {call.lineno}: {ast.unparse(column)}"


def widened(tree: ast.Module) -> set[str]:
    """The CHECKs that are made anew: the same name is dropped before. What old code writes they hold by the next rule."""
    return {name for call in calls(tree) if named(call) == "drop_constraint" for name in said(call)}


def said(call: ast.AST) -> set[str]:
    return {part.value for part in ast.walk(call) if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def added_columns(tree: ast.Module) -> set[str]:
    return {
        column.args[0].value
        for other in calls(tree)
        if named(other) == "add_column"
        for column in other.args
        if isinstance(column, ast.Call)
    }


def on_new_column(tree: ast.Module, call: ast.Call) -> bool:
    """Is it a CHECK or a key on nothing but a column that this migration adds, which old code does not name?"""
    added = added_columns(tree)
    if named(call) == "create_foreign_key":
        columns = next((one for one in call.args if isinstance(one, ast.List)), None)
        return columns is not None and said(columns) <= added
    texts = [part for part in said(call) if " IN (" in part]
    return bool(texts) and all(text.partition(" ")[0] in added for text in texts)


def new_tables(tree: ast.Module) -> set[str]:
    """The tables that this migration makes: old code writes nothing into them."""
    made = (call.args[0] for call in calls(tree) if named(call) == "create_table")
    return {str(name.value) for name in made if isinstance(name, ast.Constant)}


def narrowing(tree: ast.Module) -> Iterator[str]:
    """What takes something away that old code uses, or refuses something that it writes."""
    anew, new = widened(tree), new_tables(tree)
    for call in calls(tree):
        if named(call) in ("create_check_constraint", "create_foreign_key") and (
            anew & said(call) or on_new_column(tree, call) or HELD.keys() & said(call)
        ):
            continue
        name, given = named(call), words(call)
        changes = given.keys() - HARMLESS_CHANGES - ({"nullable"} if is_true(given.get("nullable")) else set())
        text = " ".join(
            part.value for part in ast.walk(call) if isinstance(part, ast.Constant) and isinstance(part.value, str)
        )
        if (
            name in NARROWING
            or (name == "alter_column" and changes)
            or (
                name == "create_index"
                and is_true(given.get("unique"))
                and not new & said(call)
                and not (anew & said(call) and {"sqlite_where", "postgresql_where"} <= given.keys())  # refuses less
            )
            or (name in ("execute", "exec_driver_sql", "text") and any(sql in text.upper() for sql in NARROWING_SQL))
        ):
            yield f"line {call.lineno}: {ast.unparse(call)}"


def too_early(tree: ast.Module, step: Step, known: Chain) -> Iterator[str]:
    """Rule: what is taken away was last used by a release, and one that does without it is out."""
    found = list(narrowing(tree))
    if found and step.last_used is None:
        yield from (f"{one} needs last_used" for one in found)
    if step.last_used is not None and known.free_of(step) is None:
        yield f"no release after {step.last_used} is out before {step.revision}"


def since_the_first_release() -> Iterator[tuple[Path, Step, Chain]]:
    known = chain.chain()
    old = set(known.line(next(iter(known.releases.values()))))
    for path in sorted((chain.DIRECTORY / "versions").glob("*.py")):
        step = next(
            step for step in known.steps.values() if f'revision = "{step.revision}"' in path.read_text().split("\n")
        )
        if step.revision not in old:
            yield path, step, known


@pytest.mark.parametrize(
    ("path", "step", "known"), list(since_the_first_release()), ids=lambda one: getattr(one, "stem", "-")
)
def test_migration_expands_or_says_what_it_contracts(path: Path, step: Step, known: Chain) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert [*strict_columns(tree), *too_early(tree, step, known)] == []


def test_migrations_are_one_line() -> None:
    known = chain.chain()
    assert set(known.line(known.head)) == known.steps.keys()


THREE = Chain(
    steps={
        "a": Step("a", None),
        "b": Step("b", "a"),
        "c": Step("c", "b"),
        "d": Step("d", "c", last_used="1"),
        "e": Step("e", "d"),
    },
    releases={"1": "a", "2": "b", "3": "c"},
)


def test_schema_runs_with_the_code_back_to_what_it_contracted() -> None:
    assert THREE.runs_with("a") == ["a"]
    assert THREE.runs_with("c") == ["c", "b", "a"]
    assert THREE.runs_with("e") == ["e", "d", "c", "b"]


def parsed(body: str) -> ast.Module:
    return ast.parse(f"def upgrade():\n    {body}\n")


@pytest.mark.parametrize(
    "bad",
    [
        'op.add_column("room", sa.Column("floor", sa.Integer(), nullable=False))',
        'op.add_column("room", sa.Column("floor", sa.Integer()))',
        'batch_op.add_column(sa.Column("floor", sa.Integer(), nullable=False))',
    ],
)
def test_strict_column_is_rejected(bad: str) -> None:
    assert list(strict_columns(parsed(bad)))


@pytest.mark.parametrize(
    "good",
    [
        'op.add_column("room", sa.Column("floor", sa.Integer(), nullable=True))',
        'op.add_column("room", sa.Column("floor", sa.Integer(), nullable=False, server_default="0"))',
        'op.create_table("floor", sa.Column("id", sa.Integer(), nullable=False))',
        'op.alter_column("room", "floor", existing_type=sa.Integer(), nullable=True)',
        'op.create_index("ix_room_floor", "room", ["floor"], unique=False)',
        'op.execute("UPDATE room SET floor = 1")',
    ],
)
def test_expansion_is_accepted(good: str) -> None:
    assert not list(strict_columns(parsed(good)))
    assert not list(too_early(parsed(good), Step("e", "d"), THREE))


BAD = [
    'op.drop_column("room", "capacity")',
    'batch_op.drop_column("capacity")',
    'op.drop_table("room")',
    'op.rename_table("room", "hall")',
    'op.alter_column("room", "capacity", new_column_name="places")',
    'op.alter_column("room", "capacity", nullable=False)',
    'op.alter_column("room", "capacity", type_=sa.String(2))',
    'op.create_check_constraint("capacity", "room", "capacity > 0")',
    'op.create_index("uq_room", "room", ["name"], unique=True)',
    'op.execute("ALTER TABLE room DROP COLUMN capacity")',
    'connection.execute(sa.text("alter table room alter capacity set not null"))',
]


@pytest.mark.parametrize("bad", BAD)
def test_contraction_without_its_marker_is_rejected(bad: str) -> None:
    assert list(too_early(parsed(bad), Step("e", "d"), THREE))


def test_what_is_made_anew_or_stands_on_a_new_column_is_accepted() -> None:
    anew = 'table.drop_constraint("ck_room_state")\n    table.create_check_constraint("ck_room_state", f"state IN ({STATES})")'
    new = (
        'op.add_column("room", sa.Column("floor", sa.Text(), nullable=True))\n'
        "    op.create_check_constraint('floor', 'room', 'floor IN (1, 2)')"
    )
    other = new.replace("floor IN", "capacity IN")
    key = (
        'table.add_column(sa.Column("floor_id", sa.Integer(), nullable=True))\n'
        '    table.create_foreign_key("fk_room_floor_id", "floor", ["floor_id"], ["id"])'
    )
    assert not list(too_early(parsed(key), Step("e", "d"), THREE))
    assert list(too_early(parsed(key.replace('["floor_id"], [', '["capacity"], [')), Step("e", "d"), THREE))
    index = "op.create_table('floor')\n    op.create_index('uq_floor', 'floor', ['name'], unique=True)"
    assert not list(too_early(parsed(index), Step("e", "d"), THREE))
    weaker = (
        "table.drop_constraint('uq_room')\n"
        "    op.create_index('uq_room', 'room', ['name'], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)"
    )
    assert not list(too_early(parsed(weaker), Step("e", "d"), THREE))
    assert list(too_early(parsed(weaker.replace(", sqlite_where=OPEN", "")), Step("e", "d"), THREE))
    assert not list(too_early(parsed(anew), Step("e", "d"), THREE))
    assert not list(too_early(parsed(new), Step("e", "d"), THREE))
    assert list(too_early(parsed(other), Step("e", "d"), THREE))


def test_contraction_waits_for_a_release_without_what_it_takes() -> None:
    drop = parsed(BAD[0])
    assert not list(too_early(drop, Step("d", "c", last_used="1"), THREE))
    assert list(too_early(drop, Step("d", "c", last_used="3"), THREE)), "no release after 3 is out"
    assert list(too_early(drop, Step("b", "a", last_used="1"), THREE)), "2 comes after this migration"
    assert list(too_early(drop, Step("d", "c", last_used="0.9"), THREE)), "there is no such release"
