"""The last part of an address: ASCII, readable, never empty."""

import re
from collections.abc import Iterator

from portal.words.text.folding import fold
from portal.words.text.transliteration import transliterate

LONGEST = 80


def slugify(text: str, *, fallback: str = "untitled") -> str:
    """`text` as [a-z0-9-]+ of at most 80 characters, cut between words where that is possible."""
    return _cut(fold(transliterate(text)).replace(" ", "-"), LONGEST) or fallback


def slug_candidates(text: str, *, fallback: str = "untitled") -> Iterator[str]:
    """The slug of `text`, then the same with -2, -3 ...: `free_slug` takes the first that nobody has."""
    slug = slugify(text, fallback=fallback)
    yield slug
    number = 2
    while True:
        ending = f"-{number}"
        yield _cut(slug, LONGEST - len(ending)) + ending
        number += 1


def _cut(slug: str, longest: int) -> str:
    if len(slug) <= longest:
        return slug
    whole_words = re.match(rf".{{1,{longest}}}(?=-)", slug)
    return whole_words.group() if whole_words else slug[:longest]
