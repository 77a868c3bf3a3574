"""The history of a card: everything that is written on it, in all its languages."""

from collections.abc import Mapping

from portal.projects.fields import KEPT
from portal.revisions.history import History


def _codes(row: object) -> Mapping[str, object]:
    """What stands in one column with commas, code by code: so they are told, and offered again."""
    joined = [field for field in KEPT if field.joined]
    return {one.name: tuple(filter(None, getattr(row, one.stored).split(one.joined))) for one in joined}


PROJECT_HISTORY = History("project", KEPT, _codes)
