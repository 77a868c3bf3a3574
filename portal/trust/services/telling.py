"""Mails to several people."""

from collections.abc import Callable, Iterable

from portal import mail
from portal.accounts.models import Person


def tell(people: Iterable[Person], words: Callable[[Person], mail.Message]) -> None:
    """Queue a mail for each of these people who has an address (inside a transaction)."""
    for person in people:
        if person.email:
            mail.queue(words(person))
