"""Imports stand at the head of a file. One inside a function has its reason here, and each reason its import."""

import ast
from collections.abc import Iterator

from tests.architecture.sources import Source, python

FORK = "`portal serve` loads the portal once, where its forks share it; the command line before it must not"
MEMORY = "a process that never needs it keeps less memory and starts sooner"
QUEUE = "a queue brings all its storages along; a portal loads the one that its settings name"
MIGRATION = "Alembic is needed by a migration alone, and every web process asks for the revision at its start"
REASONS = {
    ("portal/cli.py", "portal.app"): FORK,
    ("portal/cli.py", "portal.features"): FORK,
    ("portal/cli.py", "portal.ground"): FORK,
    ("portal/cli.py", "portal.ground.errors"): FORK,
    ("portal/cli.py", "portal.start"): FORK,
    ("portal/cli.py", "sqlalchemy.exc"): FORK,
    ("portal/commands/serving.py", "wsgi"): FORK,
    ("portal/commands/serving.py", "granian.cli"): FORK,
    ("portal/commands/serving.py", "portal"): FORK,
    ("portal/commands/serving.py", "portal.ground"): FORK,
    ("portal/commands/serving.py", "portal.ground.jobs"): FORK,
    ("portal/commands/serving.py", "portal.periodic"): FORK,
    ("portal/commands/serving.py", "portal.start"): FORK,
    ("portal/ground/jobs/queue.py", "huey"): QUEUE,
    ("portal/ground/jobs/queue.py", "redis"): QUEUE,
    ("portal/ground/jobs/queue.py", "psycopg"): QUEUE,
    ("portal/ground/limits.py", "redis"): QUEUE,
    ("portal/ground/redis_client.py", "redis"): QUEUE,
    ("portal/face/web/page_store.py", "redis"): QUEUE,
    ("portal/ground/migrations/checking.py", "alembic.autogenerate"): MIGRATION,
    ("portal/ground/migrations/checking.py", "alembic.runtime.migration"): MIGRATION,
    ("portal/ground/migrations/running.py", "alembic"): MIGRATION,
    ("portal/ground/migrations/running.py", "alembic.config"): MIGRATION,
    ("portal/ground/migrations/writing.py", "alembic"): MIGRATION,
    ("portal/face/media/images.py", "PIL"): MEMORY,
    ("portal/words/tables/unpacking.py", "python_calamine"): MEMORY,
    ("portal/words/tables/writing.py", "xlsxwriter"): MEMORY,
    ("portal/events/calendar.py", "icalendar"): MEMORY,
    ("portal/events/zones.py", "icalendar"): MEMORY,
    ("portal/registration/calendars.py", "icalendar"): MEMORY,
    ("portal/face/qr.py", "qrcode.constants"): MEMORY,
    ("portal/face/qr.py", "qrcode.main"): MEMORY,
    ("portal/ground/working_days.py", "holidays"): MEMORY,
    ("portal/words/richtext/cleaning.py", "bleach"): MEMORY,
    ("portal/words/richtext/cleaning.py", "bleach.linkifier"): MEMORY,
    ("portal/words/richtext/cleaning.py", "nh3"): MEMORY,
}


def inline_imports(source: Source) -> Iterator[tuple[str, str]]:
    """(file, module) of every import inside a function."""
    for function in source.functions():
        for node in ast.walk(function):
            if isinstance(node, ast.ImportFrom) and node.module:
                yield source.name, node.module
            if isinstance(node, ast.Import):
                yield from ((source.name, alias.name) for alias in node.names)


def test_every_inline_import_has_its_reason() -> None:
    found = {pair for source in python("portal") for pair in inline_imports(source)}
    assert found - REASONS.keys() == set(), "say why, or move it to the head of the file"
    assert REASONS.keys() - found == set(), "these reasons have no import any more"


def test_bad_example_is_rejected() -> None:
    assert list(inline_imports(Source("portal/x.py", "def f():\n    import json\n"))) == [("portal/x.py", "json")]
