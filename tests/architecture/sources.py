"""The source files of the portal, parsed, for rules about how they are written."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("ground", "words", "face", "mail", "privacy")  # below the features, which they do not know
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
GETTEXT = frozenset({"_", "_n", "_p", "_np", "gettext", "ngettext", "pgettext"})
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file: `name` is its path below the repository."""

    name: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def parts(self) -> tuple[str, ...]:
        return Path(self.name).parts

    def functions(self) -> Iterator[Function]:
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """(dotted name, node) of every call."""
        return ((ast.unparse(node.func), node) for node in ast.walk(self.tree) if isinstance(node, ast.Call))


def python(*folders: str) -> list[Source]:
    """Every Python file below these folders."""
    return [
        Source(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
    ]


def long_parts(source: Source) -> Iterator[str]:
    """Rule: a file holds at most 300 lines and a function at most 40, its decorators and docstring not counted."""
    if (lines := source.text.count("\n")) > LONGEST_FILE:
        yield f"{source.name} has {lines} lines"
    for function in source.functions():
        body = function.body
        first = body[0]
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and len(body) > 1:
            body = body[1:]
        length = (function.end_lineno or 0) - body[0].lineno + 1
        if length > LONGEST_FUNCTION:
            yield f"{source.name}:{function.lineno} {function.name} has {length} lines"


def eager_gettext(source: Source) -> Iterator[str]:
    """Rule: at import nothing is translated for good; there only the lazy functions are called."""
    for node in _outside_functions(source.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in GETTEXT:
            yield f"{source.name}:{node.lineno} {ast.unparse(node)[:60]}"


def _outside_functions(tree: ast.AST) -> Iterator[ast.AST]:
    """What runs at import: module and class bodies, decorators and defaults, but no function bodies."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Lambda):
            continue
        if isinstance(node, Function):
            for part in (*node.decorator_list, *node.args.defaults, *node.args.kw_defaults):
                if part is not None:
                    yield part
                    yield from _outside_functions(part)
            continue
        yield node
        yield from _outside_functions(node)


def environment_reads(source: Source) -> Iterator[str]:
    """Rule: settings come from Config; only `portal/ground/config.py` reads the environment."""
    if source.name == "portal/ground/config.py":
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("os.environ", "os.getenv", "os.putenv"):
            yield f"{source.name}:{node.lineno} {ast.unparse(node)}"
        from_os = isinstance(node, ast.ImportFrom) and node.module == "os" and {alias.name for alias in node.names}
        if from_os and from_os & {"environ", "getenv"}:
            yield f"{source.name}:{node.lineno} imports the environment"


def other_clocks(source: Source) -> Iterator[str]:
    """Rule: the time is asked of `ground.clock` only (a monotonic clock measures, it does not tell the time)."""
    if source.name == "portal/ground/clock.py":
        return
    for name, node in source.calls():
        owner, _, method = name.rpartition(".")
        told = method in ("now", "utcnow", "today") and owner.rpartition(".")[2] in ("datetime", "date")
        if told or name in ("time.localtime", "time.gmtime", "sa.func.now", "func.now"):
            yield f"{source.name}:{node.lineno} {name}()"


def commits(source: Source) -> Iterator[str]:
    """Rule: only `ground.db.transaction()` commits, and only services open it."""
    if source.name == "portal/ground/db.py":
        return
    for name, node in source.calls():
        if name.endswith(("session.commit", "session.flush_and_commit")):
            yield f"{source.name}:{node.lineno} {name}()"
        if (
            name == "transaction"
            and source.parts[1] not in ROOMS
            and _kind(source) in ("views", "queries", "policies", "models", "forms")
        ):
            yield f"{source.name}:{node.lineno} opens a transaction"


def mass_assignment(source: Source) -> Iterator[str]:
    """Rule: the values of a form are named by the service that takes them."""
    for name, node in source.calls():
        if name.endswith(".populate_obj"):
            yield f"{source.name}:{node.lineno} {name}()"


def unversioned_edits(source: Source) -> Iterator[str]:
    """Rule: the form of a row that two people can change at once carries its version, so that the second sees both."""
    for node in ast.walk(source.tree):
        is_edit = isinstance(node, ast.ClassDef) and _EDIT.search(node.name)
        if is_edit and not any(ast.unparse(base) == "Versioned" for base in node.bases):
            yield f"{source.name}:{node.lineno} {node.name} is not Versioned"


_EDIT = re.compile(r"^(Edit|Translate|Change)\w*Form$|(Edit|Translation)Form$")


def untidy_names(source: Source) -> Iterator[str]:
    """Rule: a module says what it is about; there is no drawer for the rest."""
    if {_kind(source), source.parts[-1].removesuffix(".py")} & {"util", "utils", "helpers", "common", "misc"}:
        yield f"{source.name} is a drawer"
    for number, line in enumerate(source.text.splitlines(), 1):
        if any(word in line for word in ("TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error")):
            yield f"{source.name}:{number} is unfinished"


def _kind(source: Source) -> str:
    """`views` for portal/news/views.py and for portal/news/views/public.py."""
    return source.parts[2].removesuffix(".py") if len(source.parts) > 2 else source.parts[-1].removesuffix(".py")


def untyped_places(source: Source) -> Iterator[str]:
    """Rule: what an application keeps has a typed place (`ground.appvar`), not a string that only its writer knows."""
    if source.name == "portal/ground/appvar.py":
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr == "extensions":
            yield f"{source.name}:{node.lineno} {ast.unparse(node)}"
