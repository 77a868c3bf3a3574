"""Lists in the order in which their reader looks for a word."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from portal.words.i18n import current_language
from portal.words.text.collation import sort_key

T = TypeVar("T")


def in_order(items: Iterable[T], words: Callable[[T], str]) -> list[T]:
    """What is chosen from, sorted by its words as the language of the page sorts them."""
    language = current_language()
    return sorted(items, key=lambda item: sort_key(words(item), language))
