"""All page templates: which macros print blocks, and the check that a template sends what it sent before."""

import re
from collections.abc import Callable
from pathlib import Path

from tools.templates.layout import formatted
from tools.templates.scan import Token, tokens
from tools.templates.spaces import Spaces
from tools.templates.tags import on_one_line

TEMPLATES = Path(__file__).resolve().parents[2] / "portal" / "templates"
IMPORTED = re.compile(r"from \"([^\"]+)\" import (.+)", re.S)


class Library:
    """The templates by name, and the macros of theirs that print blocks or nothing."""

    def __init__(self, sources: dict[str, str]) -> None:
        self.sources = sources
        self.tokens = {name: tokens(source) for name, source in sources.items()}
        self.blocks: set[tuple[str, str]] = set()
        while found := self._further():
            self.blocks |= found

    def is_block_call(self, template: str) -> Callable[[str], bool]:
        names = {token.parts[0].text.split()[1].partition("(")[0]: template for token in _macros(self.tokens[template])}
        known = {name: (place, name) for name, place in names.items()} | imports(self.tokens[template])
        return lambda name: known.get(name) in self.blocks

    def _further(self) -> set[tuple[str, str]]:
        found = set()
        for name, there in self.tokens.items():
            spaces = Spaces(there, self.is_block_call(name))
            for macro in _macros(there):
                start = there.index(macro)
                key = (name, macro.parts[0].text.split()[1].partition("(")[0])
                inside = (start + 1, macro.partner)
                if key not in self.blocks and spaces.starts_block(*inside) and spaces.ends_block(*inside):
                    found.add(key)
        return found


def _macros(there: list[Token]) -> list[Token]:
    return [token for token in there if token.kind == "begin" and token.name == "macro"]


def imports(there: list[Token]) -> dict[str, tuple[str, str]]:
    """What a template calls a macro -> (template, macro)."""
    found = {}
    for token in there:
        match = IMPORTED.fullmatch(token.parts[0].text) if token.name == "from" else None
        for part in match[2].split(",") if match else ():
            name, _as, alias = part.strip().partition(" as ")
            found[alias.strip() or name] = (match[1], name)
    return found


def meaning(source: str, is_block_call: Callable[[str], bool]) -> list[str]:
    """The tokens of a template and the white space between them that counts."""
    there = tokens(source)
    spaces = Spaces(there, is_block_call)
    found = []
    for at, token in enumerate(there):
        space = "" if spaces.is_free(at) else " " * token.space
        found += [space, on_one_line(token)]
    return found


def format_all(*, write: bool) -> list[Path]:
    """The templates that are not written as the formatter would; with `write` they are, from then on."""
    paths = sorted(TEMPLATES.rglob("*.html"))
    library = Library({str(path.relative_to(TEMPLATES)): path.read_text("utf-8") for path in paths})
    changed = []
    for path in paths:
        name = str(path.relative_to(TEMPLATES))
        before, call = library.sources[name], library.is_block_call(name)
        after = formatted(before, call)
        if meaning(after, call) != meaning(before, call):
            raise AssertionError(f"{name}: the formatter would change what it sends")
        if after != before:
            changed.append(path)
            if write:
                path.write_text(after, "utf-8")
    return changed
