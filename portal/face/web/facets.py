"""What a list can be narrowed to, as its page shows it."""

from typing import NamedTuple

from portal.words.facets import Words


class Option(NamedTuple):
    """A value of a facet: its words, how long the list would be after the click, the address that the click leads to (without
    what is chosen already), and whether it is chosen."""

    words: Words
    number: int
    url: str
    is_chosen: bool
