"""Closed lists of the directory: themes, and legal forms as a country has them."""

from collections.abc import Sequence
from functools import cache

from portal.words.vocabularies import Term, vocabulary

MOST_THEMES = 5
# Institutions that take part in networks; they are the same in both countries.
_EVERYWHERE = ("xx-public", "xx-lgu", "xx-university", "xx-business")


@cache
def themes() -> Sequence[Term]:
    """The twelve groups of ICNPO: broad enough to browse by."""
    return tuple(term for term in vocabulary("icnpo") if not term.facts["parent"])


@cache
def legal_forms(country: str, informal: bool | None = None) -> Sequence[Term]:
    """What an organisation of a country can be, registered, informal or both (None)."""
    return tuple(
        term
        for term in vocabulary("legal_forms")
        if (term.facts["country"] == country or term.code in _EVERYWHERE)
        and (informal is None or is_informal(term.code) is informal)
    )


def is_informal(legal_form: str) -> bool:
    """Is this a group without a number in a register?"""
    return legal_form in _informal()


@cache
def _informal() -> frozenset[str]:
    return frozenset(term.code for term in vocabulary("legal_forms") if term.facts["informal"] == "yes")
