"""Closed lists of the directory: themes, legal forms as a country has them, and what else is said by codes."""

from collections.abc import Mapping, Sequence
from functools import cache

from portal.organisations.models import Scheme
from portal.words.text import in_order
from portal.words.vocabularies import Term, vocabulary

MOST_THEMES = 5
MOST_SUBGROUPS = 10
MOST_GOALS = 5
VOCABULARY_OF: Mapping[Scheme, str] = {
    Scheme.SUBGROUP: "icnpo",
    Scheme.ART4: "pl_public_task_spheres",
    Scheme.ART38: "bg_public_benefit_purposes",
    Scheme.SDG: "sdg",
    Scheme.TARGET_GROUP: "target_group",
    Scheme.SIZE: "org_size",
    Scheme.SETTLEMENT_TYPE: "settlement_type",
    Scheme.LANGUAGE: "languages",
    Scheme.VENUE_ACCESS: "venue_access",
}
# Institutions that take part in networks; they are the same in both countries.
INSTITUTIONS = ("xx-public", "xx-lgu", "xx-university", "xx-business")


@cache
def themes() -> Sequence[Term]:
    """The twelve groups of ICNPO: broad enough to browse by."""
    return tuple(term for term in vocabulary("icnpo") if not term.facts["parent"])


@cache
def subgroups() -> Sequence[Term]:
    """The subgroups of ICNPO, each below one of `themes`."""
    return tuple(term for term in vocabulary("icnpo") if term.facts["parent"])


def theme_of(subgroup: str) -> str:
    """The theme that a subgroup is part of."""
    return next(term.facts["parent"] for term in subgroups() if term.code == subgroup)


def terms(scheme: Scheme) -> Sequence[Term]:
    """What can be said of an organisation in a scheme, in the order of its list."""
    return subgroups() if scheme is Scheme.SUBGROUP else vocabulary(VOCABULARY_OF[scheme])


def languages() -> Sequence[Term]:
    """The languages that people speak or sign, in the order of the language of the page."""
    return in_order(terms(Scheme.LANGUAGE), lambda term: term.label)


@cache
def legal_forms(country: str, informal: bool | None = None) -> Sequence[Term]:
    """What an organisation of a country can be, registered, informal or both (None)."""
    return tuple(
        term
        for term in vocabulary("legal_forms")
        if (term.facts["country"] == country or term.code in INSTITUTIONS)
        and (informal is None or is_informal(term.code) is informal)
    )


def is_informal(legal_form: str) -> bool:
    """Is this a group without a number in a register?"""
    return legal_form in _informal()


@cache
def _informal() -> frozenset[str]:
    return frozenset(term.code for term in vocabulary("legal_forms") if term.facts["informal"] == "yes")
