"""What must be true of lists and of the profiles that were made of them."""

from collections.abc import Sequence
from functools import cache

import sqlalchemy as sa

from portal.ground.checks import Check, rows
from portal.imports.models import BatchState, Became, ImportBatch, ImportRow

_COUNTED = sa.select(sa.func.count()).where(ImportRow.batch_id == ImportBatch.id).scalar_subquery()
_BATCH_STATE = sa.select(ImportBatch.state).where(ImportBatch.id == ImportRow.batch_id).scalar_subquery()


@cache
def checks() -> Sequence[Check]:
    return (
        rows(
            "imports.rows", ImportBatch, "A list has another number of rows than its file had.",
            ImportBatch.state != BatchState.READING, ImportBatch.total != _COUNTED,
        ),
        rows(
            "imports.made-without-version", ImportRow, "A row made a profile and does not say in which version.",
            ImportRow.became == Became.MADE, ImportRow.version.is_(None),
        ),
        rows(
            "imports.kept-cells", ImportRow, "A list is done, and the cells of a row are still kept.",
            _BATCH_STATE.in_((BatchState.DONE, BatchState.UNDONE)), ImportRow.cells.is_not(None),
        ),
    )  # fmt: skip
