"""How views are written: thin, marked, and nothing is written on a GET."""

import ast
from collections.abc import Iterator

from tests.architecture.sources import ROOMS, Function, Source, python

LONGEST_VIEW = 28  # lines with the signature, without decorators and docstring: the house aims at 15
ROUTES = frozenset({"route", "get", "post"})


def view_sources() -> list[Source]:
    return [source for source in python("portal") if source.parts[1] not in ROOMS and "views" in source.name]


def routes(function: Function) -> Iterator[ast.Call]:
    """The route decorators of a function: `bp.route(...)`, `bp.get(...)`, `bp.post(...)`."""
    for decorator in function.decorator_list:
        if (
            isinstance(decorator, ast.Call)
            and isinstance(decorator.func, ast.Attribute)
            and decorator.func.attr in ROUTES
        ):
            yield decorator


def methods(function: Function) -> set[str]:
    found: set[str] = set()
    for route in routes(function):
        assert isinstance(route.func, ast.Attribute)
        given = next((keyword.value for keyword in route.keywords if keyword.arg == "methods"), None)
        if isinstance(given, ast.Name):
            found |= {"GET", "POST"}  # a constant of the module, such as FORM
        elif given is not None:
            found |= set(ast.literal_eval(given))
        else:
            found.add("POST" if route.func.attr == "post" else "GET")
    return found


def fat_views(source: Source) -> Iterator[str]:
    """Rule: a view is thin."""
    for function in source.functions():
        body = function.body[1:] if ast.get_docstring(function) else function.body
        if any(routes(function)) and body:
            length = (function.end_lineno or 0) - body[0].lineno + 2
            if length > LONGEST_VIEW:
                yield f"{source.name}:{function.lineno} {function.name} has {length} lines"


def writes_on_get(source: Source) -> Iterator[str]:
    """Rule: a GET changes nothing: a view calls services only where it knows that the request is a POST."""
    for function in source.functions():
        if not any(routes(function)) or "GET" not in methods(function):
            continue
        for node in _unguarded(function.body):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[0] in ("services", "transaction"):
                yield f"{source.name}:{node.lineno} {ast.unparse(node.func)}() in {function.name} on a GET"


def _unguarded(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """What runs without a test for POST before it."""
    for statement in body:
        if isinstance(statement, ast.If):
            test = ast.unparse(statement.test)
            if any(word in test for word in ("validate_on_submit", "is_submitted", "'POST'")):
                yield from ast.walk(statement.test)
                yield from _unguarded(statement.orelse)
                if "!=" in test and statement.body and isinstance(statement.body[-1], ast.Return):
                    return  # `if request.method != "POST": return page`: the rest is a POST
                continue
            if test.startswith("not ") and isinstance(statement.body[-1], ast.Return):
                yield from _unguarded(statement.body)
                continue
        yield from _walk(statement)


def _walk(statement: ast.stmt) -> Iterator[ast.AST]:
    blocks = [
        block for name in ("body", "orelse", "finalbody") if isinstance(block := getattr(statement, name, None), list)
    ]
    if not blocks:
        yield from ast.walk(statement)
        return
    for name, value in ast.iter_fields(statement):
        if name not in ("body", "orelse", "finalbody", "handlers"):
            for node in value if isinstance(value, list) else [value]:
                if isinstance(node, ast.AST):
                    yield from ast.walk(node)
    for block in blocks:
        yield from _unguarded(block)


def eager_addresses(source: Source) -> Iterator[str]:
    """Rule: an absolute address comes from the configured base address, never from the request."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in (
            "request.host",
            "request.host_url",
            "request.url_root",
            "request.base_url",
        ):
            yield f"{source.name}:{node.lineno} {ast.unparse(node)}"
        if isinstance(node, ast.keyword) and node.arg == "_external":
            yield f"{source.name}: _external"
