"""Many people without accounts at once: for a large demo."""

from collections.abc import Iterable

from portal.accounts.models import Person
from portal.ground.db import transaction
from portal.ground.statements import in_batches, insert_rows

BATCH = 1000


def bulk_create_people(rows: Iterable[tuple[str, str, str]]) -> list[int]:
    """Make people of (name, address, language), addresses that nobody has; returns their numbers in the same order.

    There is no audit entry: nobody did this.
    """
    numbers: list[int] = []
    for batch in in_batches(rows, BATCH):
        with transaction():
            people = [Person(name=name, email=address, locale=locale) for name, address, locale in batch]
            insert_rows(people)
            numbers += [person.id for person in people]
    return numbers
