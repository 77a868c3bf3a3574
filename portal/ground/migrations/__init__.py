"""The schema: bringing a database to a revision, and telling whether this code runs on it.

`chain` knows the migrations by their files, `running` carries them out, `checking` compares a database with the models,
`writing` makes a new migration from the difference.
"""

from portal.ground.migrations.chain import DIRECTORY, head, is_known, releases, runs_with
from portal.ground.migrations.checking import check, compare_options, leave_to, left_to_others, metadata, render_item
from portal.ground.migrations.notes import Note, note, take_note
from portal.ground.migrations.running import SchemaError, bring, current, downgrade, fits, opened, upgrade
from portal.ground.migrations.writing import write

__all__ = [
    "DIRECTORY",
    "Note",
    "SchemaError",
    "bring",
    "check",
    "compare_options",
    "current",
    "downgrade",
    "fits",
    "head",
    "is_known",
    "leave_to",
    "left_to_others",
    "metadata",
    "note",
    "opened",
    "releases",
    "render_item",
    "runs_with",
    "take_note",
    "upgrade",
    "write",
]
