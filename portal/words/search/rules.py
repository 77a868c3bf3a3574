"""The rules by which words are folded and ordered, as one digest: when it changes, what was stored by them is old."""

import ast
import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

WORDS = Path(__file__).resolve().parents[1]
_CODE = ("text/*.py", "search/terms.py", "search/indexing.py")
_TABLES = ("data/*.csv",)


def digest(more: Iterable[Path] = ()) -> str:
    """A digest of the rules and of `more` modules that say what is found; remarks and layout do not count."""
    whole = hashlib.sha256()
    for part in (*_modules(more), *_tables(), version("anyascii"), unicodedata.unidata_version):
        whole.update(part.encode() + b"\0")
    return whole.hexdigest()


def _modules(more: Iterable[Path]) -> Iterator[str]:
    own = [path for pattern in _CODE for path in sorted(WORDS.glob(pattern))]
    return (_meaning(path.read_text("utf-8")) for path in (*own, *sorted(more)))


def _tables() -> Iterator[str]:
    return (path.read_text("utf-8") for pattern in _TABLES for path in sorted(WORDS.glob(pattern)))


def _meaning(source: str) -> str:
    """Code without comments, docstrings and layout."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)
