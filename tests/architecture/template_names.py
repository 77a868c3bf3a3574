"""The names of templates: what a template imports, sets or defines is used by somebody."""

from collections.abc import Iterator
from functools import cache

from jinja2 import Environment, nodes

Sources = dict[str, str]  # name of the template -> its text
FROM_PYTHON: frozenset[str] = frozenset()  # macros that only a module calls, each with its reason


@cache
def parsed(text: str) -> nodes.Template:
    return Environment(extensions=["jinja2.ext.do"]).parse(text)


def read_names(tree: nodes.Node) -> set[str]:
    return {name.name for name in tree.find_all(nodes.Name) if name.ctx == "load"}


def imported(tree: nodes.Node) -> Iterator[tuple[str, str, str]]:
    """(template, name there or "" for all of it, name here) of every import."""
    for found in tree.find_all(nodes.FromImport):
        for name in found.names:
            there, here = name if isinstance(name, tuple) else (name, name)
            yield _constant(found.template), there, here
    for whole in tree.find_all(nodes.Import):
        yield _constant(whole.template), "", whole.target


def unused_imports(sources: Sources) -> Iterator[str]:
    """Rule: a template imports nothing that it does not use."""
    for name, text in sources.items():
        tree = parsed(text)
        for template, _there, here in imported(tree):
            if here not in read_names(tree):
                yield f"{name}: {here} of {template}"


def uncalled_macros(sources: Sources) -> Iterator[str]:
    """Rule: every macro is called in its own template or imported by another one."""
    wanted = {
        (template, there or whole)
        for text in sources.values()
        for template, there, here in imported(parsed(text))
        for whole in ({""} if there else _attributes(parsed(text), here))
    }
    for name, text in sources.items():
        tree = parsed(text)
        for macro in tree.find_all(nodes.Macro):
            called = macro.name in _read_outside(tree, macro) or (name, macro.name) in wanted
            if not called and f"{name}: {macro.name}" not in FROM_PYTHON:
                yield f"{name}: {macro.name}"


def unread_values(sources: Sources) -> Iterator[str]:
    """Rule: what is set is read, here or in the template that this one extends or includes."""
    for name, text in sources.items():
        tree = parsed(text)
        read = read_names(tree) | _read_by_others(tree, sources)
        for value in (*tree.find_all(nodes.Assign), *tree.find_all(nodes.AssignBlock)):
            targets = [value.target, *value.target.find_all(nodes.Name)]
            yield from (
                f"{name}: {one.name}" for one in targets if isinstance(one, nodes.Name) and one.name not in read
            )


def _read_by_others(tree: nodes.Template, sources: Sources) -> set[str]:
    others = (*tree.find_all(nodes.Extends), *tree.find_all(nodes.Include))
    read: set[str] = set()
    for other in others:
        text = sources.get(_constant(other.template))
        if text is not None:
            read |= read_names(parsed(text)) | _read_by_others(parsed(text), sources)
    return read


def _read_outside(tree: nodes.Template, macro: nodes.Macro) -> set[str]:
    """The names read anywhere but in this macro: one that only calls itself is called by nobody."""
    inside = {id(name) for name in macro.find_all(nodes.Name)}
    return {name.name for name in tree.find_all(nodes.Name) if name.ctx == "load" and id(name) not in inside}


def _attributes(tree: nodes.Template, whole: str) -> set[str]:
    return {
        found.attr
        for found in tree.find_all(nodes.Getattr)
        if isinstance(found.node, nodes.Name) and found.node.name == whole
    }


def _constant(template: nodes.Expr) -> str:
    assert isinstance(template, nodes.Const), "a template is named by a plain string"
    return str(template.value)
