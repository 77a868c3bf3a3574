"""Faults of saved searches that `portal check` must find, and the one in which they are planted."""

from portal.accounts.models import Person
from tests.factories.saved import keep, searching

PLANTED: dict[str, tuple[str, ...]] = {
    "saved.told-unasked": ("{search}", "UPDATE saved_search SET confirmed_at = NULL, letters = 1 WHERE id = {search}"),
    "saved.confirmed-early": (
        "{search}", "UPDATE saved_search SET confirmed_at = '2001-01-01 00:00:00' WHERE id = {search}",
    ),
}  # fmt: skip


def things(person: Person) -> dict[str, object]:
    """A search that somebody keeps, by number."""
    return {"search": keep(person, searching("lipa")).id}
