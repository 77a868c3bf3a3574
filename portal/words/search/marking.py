"""Showing what was found: the words of a text that a query hit, in their original spelling."""

import re

from markupsafe import Markup, escape

from portal.words.search.terms import Term, parsed
from portal.words.text import fold, skeletons, stems

_WORD = re.compile(r"[^\W_][\w'\u2019\u0300-\u036f]*")


def marked(text: str, query: str) -> Markup:
    """`text`, escaped, with <mark> around each word that `query` finds."""
    terms = parsed(query)
    parts, end = [], 0
    for match in _WORD.finditer(text):
        if any(_is_in(term, match.group()) for term in terms):
            parts += [escape(text[end : match.start()]), Markup("<mark>"), escape(match.group()), Markup("</mark>")]
            end = match.end()
    return Markup("").join([*parts, escape(text[end:])])


def _is_in(term: Term, word: str) -> bool:
    if _has(fold(word), term.fold):
        return True
    keys = [*skeletons(word).split(), *stems(word).split()]
    return any(_has(key, term.skeleton) for key in keys) or (term.stem != "" and term.stem in keys)


def _has(key: str, part: str) -> bool:
    return key.startswith(part) if len(part) < 3 else part in key
