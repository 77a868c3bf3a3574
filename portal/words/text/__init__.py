"""Words of people in any script: folded for searching, ordered for lists, made into addresses. Pure functions."""

from portal.words.text.aliases import aliases
from portal.words.text.beginnings import capital, capital_pairs
from portal.words.text.collation import sort_key, sort_keys
from portal.words.text.folding import fold, words
from portal.words.text.ordering import in_order
from portal.words.text.skeleton import skeleton, skeletons, stem_word, stems
from portal.words.text.slugs import slug_candidates, slugify
from portal.words.text.transliteration import transliterate

__all__ = [
    "aliases",
    "capital",
    "capital_pairs",
    "fold",
    "in_order",
    "skeleton",
    "skeletons",
    "slug_candidates",
    "slugify",
    "sort_key",
    "sort_keys",
    "stem_word",
    "stems",
    "transliterate",
    "words",
]
