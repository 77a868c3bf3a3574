"""Faults of this feature that `portal check` must find, and the things in which they are planted."""

from portal.imports import queries
from tests.factories.imports import carry_out, make_batch

PLANTED: dict[str, tuple[str, ...]] = {
    "imports.rows": ("{list}", "UPDATE import_batch SET total = total + 1 WHERE id = {list}"),
    "imports.made-without-version": ("{line}", "UPDATE import_row SET version = NULL WHERE id = {line}"),
    "imports.kept-cells": ("{line}", "UPDATE import_row SET cells = '[\"x\"]' WHERE id = {line}"),
}


def things() -> dict[str, object]:
    """A list of which profiles were made, and one of its lines, by number."""
    batch = make_batch()
    carry_out(batch)
    return {"list": batch.id, "line": next(one.id for one in queries.rows_of(batch.id))}
