"""Faults of this feature that `portal check` must find, and the things in which they are planted."""

from portal.organisations.models import Organisation
from tests.factories.grants import make_operator

PLANTED: dict[str, tuple[str, ...]] = {
    "grants.operator-gone": (
        "{operator}", "UPDATE organisation SET status = 'merged' WHERE id = {organisation}",
    ),
}  # fmt: skip


def things(organisation: Organisation) -> dict[str, object]:
    """An operator of micro-grants, by number."""
    return {"operator": make_operator(of=organisation).id}
