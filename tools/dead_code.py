"""Code that nobody uses: `python -m tools.dead_code` lists it, and `make check` fails on it.

Vulture looks at names. What templates name counts as used; what only a library calls stands in OF_LIBRARIES.
"""

import keyword
import re
import sys
from pathlib import Path

from vulture import Vulture

ROOT = Path(__file__).resolve().parents[1]
LOOKED_AT = ("portal", "wsgi.py", "migrations", "tools", "bench")
# A function under one of these is called by whoever is decorated with.
CALLERS = [
    "@*.route", "@*.get", "@*.post", "@*.command", "@*.group", "@event.listens_for", "@validates", "@sa.event.listens_for",
    "@app.before_request", "@app.after_request", "@app.url_value_preprocessor", "@app.url_defaults",
    "@mail.attachment", "@attachment", "@before_commit", "@runtime_checkable",
]  # fmt: skip
OF_LIBRARIES = [
    "is_authenticated", "is_anonymous", "is_active", "get_id", "make_globals",  # Flask-Login, Jinja
    "process_bind_param", "process_result_value", "compare_values", "_teardown_session",  # SQLAlchemy, Flask-SQLAlchemy
    "process_data", "process_formdata", "pre_validate", "validate_*",  # WTForms
    "list_commands", "get_command", "handle_*", "get_timestamp",  # click, html.parser, itsdangerous
    "upgrade", "downgrade",  # Alembic
    "code_now",  # what an authenticator app shows: the tests act as one
]  # fmt: skip
# Not variables and attributes: columns, fields and members of enums are named by data.
KINDS = frozenset({"function", "method", "property", "class"})
_WORD = re.compile(r"[A-Za-z_]\w*")


def found() -> list[str]:
    """What is used nowhere, one line each."""
    vulture = Vulture(ignore_names=OF_LIBRARIES, ignore_decorators=CALLERS)
    vulture.scavenge([str(ROOT / name) for name in LOOKED_AT])
    vulture.scan(_names_of_templates(), filename="templates")
    return [
        f"{Path(item.filename).relative_to(ROOT)}:{item.first_lineno} {item.typ} {item.name}"
        for item in vulture.get_unused_code(min_confidence=60)
        if item.typ in KINDS
    ]


def _names_of_templates() -> str:
    """The words of all statements and expressions of the templates, as Python that names them."""
    words: set[str] = set()
    for path in (ROOT / "portal" / "templates").rglob("*"):
        if path.is_file():
            for part in re.findall(r"\{[{%].*?[}%]\}", path.read_text("utf-8"), re.DOTALL):
                words.update(_WORD.findall(part))
    return "".join(f"x.{word}\n" for word in sorted(words) if not keyword.iskeyword(word))


if __name__ == "__main__":
    rows = found()
    print("\n".join(rows))
    sys.exit(bool(rows))
