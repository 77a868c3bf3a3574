"""Rules about who acts: a service that takes `by` asks whether that person may, and few places act as the portal."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from tests.architecture.sources import Function, Source, python

ASKS = "demand"
# The doors between states: their tables of steps say who may take each.
DOORS = frozenset({"change_state", "change_status", "begin"})


def services() -> list[Source]:
    return [source for source in python("portal") if source.parts[2:3] in (("services",), ("services.py",))]


def unasked(sources: Iterable[Source]) -> set[str]:
    """Public services, as feature.name, that take `by` and ask nobody whether that person may.

    It asks who calls `demand(..., by=by)`, or takes a step of a state, or hands `by` to a function of its feature that
    does one of these.
    """
    functions: dict[str, dict[str, Function]] = defaultdict(dict)
    for source in sources:
        functions[source.parts[1]] |= {node.name: node for node in source.tree.body if isinstance(node, Function)}
    return {
        f"{feature}.{name}"
        for feature, known in functions.items()
        for name in {name for name, node in known.items() if _takes_by(node)} - _asking(known)
        if not name.startswith("_")
    }


def _asking(known: Mapping[str, Function]) -> set[str]:
    asking = {name for name in known if name in DOORS}
    while True:
        found = {name for name, node in known.items() if any(_hands_on(node, asking | DOORS | {ASKS}))}
        if found <= asking:
            return asking
        asking |= found


def _takes_by(node: Function) -> bool:
    return "by" in {arg.arg for arg in (*node.args.args, *node.args.kwonlyargs)}


def _hands_on(node: Function, asking: set[str]) -> Iterator[ast.Call]:
    """Calls of these functions that are given the very `by`."""
    for call in (part for part in ast.walk(node) if isinstance(part, ast.Call)):
        given = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "by")]
        handed = any(isinstance(value, ast.Name) and value.id == "by" for value in given)
        if handed and ast.unparse(call.func).rpartition(".")[2] in asking:
            yield call


def early(source: Source) -> Iterator[str]:
    """Rule: what a service demands, it demands inside its transaction, where the row is locked."""
    for node in source.tree.body:
        if not isinstance(node, Function) or node.name.startswith("_"):
            continue
        inside = {
            id(part)
            for block in ast.walk(node)
            if isinstance(block, ast.With) and any(ast.unparse(i.context_expr) == "transaction()" for i in block.items)
            for part in ast.walk(block)
        }
        opens = any(isinstance(part, ast.With) for part in ast.walk(node))
        for call in _hands_on(node, {ASKS}):
            if opens and id(call) not in inside:
                yield f"{source.name}:{call.lineno} {ast.unparse(call)}"


def acts_as_portal(sources: Iterable[Source]) -> set[str]:
    """Files in which something is done in the name of the portal itself."""
    return {source.name for source in sources if any(_means_portal(node) for node in ast.walk(source.tree))}


def _means_portal(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom) and node.module == "portal.ground.authz":
        return "PORTAL" in {alias.name for alias in node.names}
    return isinstance(node, ast.Attribute) and ast.unparse(node) == "authz.PORTAL"
