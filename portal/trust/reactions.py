"""Answers to what lower features did."""

from portal.accounts.facts import PeopleJoined
from portal.merging.facts import OrganisationsMerged
from portal.organisations.facts import LegalDetailsChanged, PublicationAsked
from portal.trust import services
from portal.words.i18n import LazyString, _ln


def publication_asked(fact: PublicationAsked) -> None:
    services.check_support(fact.organisation_id)


def legal_details_changed(fact: LegalDetailsChanged) -> None:
    services.follow_legal_form(fact.organisation_id, was_informal=fact.was_informal)
    services.drop_checks(fact.organisation_id)


def organisations_merged(fact: OrganisationsMerged) -> None:
    services.follow_merge(fact.lost_id, fact.kept_id)


def merge_preview(fact: OrganisationsMerged) -> list[LazyString]:
    """How many vouches and patrons go over, before two profiles are merged."""
    n = services.going_over(fact.lost_id)
    words = _ln(
        "%(n)s vouch or patronage goes over. Of two that say the same, one stays.",
        "%(n)s vouches or patronages go over. Of two that say the same, one stays.",
        n,
    )
    return [words] if n else []


def people_joined(fact: PeopleJoined) -> None:
    services.hand_over(gone_id=fact.gone_id, kept_id=fact.kept_id)
