"""Words of people in any script: folded for searching, ordered for lists, made into addresses. Pure functions."""

from portal.core.text.aliases import aliases
from portal.core.text.collation import sort_key, sort_keys
from portal.core.text.folding import fold, words
from portal.core.text.skeleton import skeleton
from portal.core.text.slugs import slug_candidates, slugify
from portal.core.text.transliteration import transliterate

__all__ = [
    "aliases",
    "fold",
    "skeleton",
    "slug_candidates",
    "slugify",
    "sort_key",
    "sort_keys",
    "transliterate",
    "words",
]
