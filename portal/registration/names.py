"""Whose name is it? A mailbox may serve several people, so a person is known by address and name. A pure module."""

from portal.words.text import fold


def is_same(one: str, other: str) -> bool:
    """Do two names mean one person? Order, accents, capitals and the alphabet make no difference."""
    return _key(one) == _key(other)


def _key(name: str) -> list[str]:
    return sorted(fold(name).split()) or [name.casefold()]
