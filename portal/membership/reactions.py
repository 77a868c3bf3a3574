"""Answers to what lower features did."""

from portal.accounts.facts import PeopleJoined
from portal.membership import services
from portal.merging.facts import OrganisationsMerged
from portal.organisations.facts import OrganisationClosed, PublicityChanged
from portal.words.i18n import LazyString, _ln


def people_joined(fact: PeopleJoined) -> None:
    services.hand_over(gone_id=fact.gone_id, kept_id=fact.kept_id)


def publicity_changed(fact: PublicityChanged) -> None:
    services.follow_publicity(fact.organisation_id, is_public=fact.is_public)


def organisation_closed(fact: OrganisationClosed) -> None:
    services.end_all(fact.organisation_id, reason=fact.reason)


def organisations_merged(fact: OrganisationsMerged) -> None:
    services.follow_merge(fact.lost_id, fact.kept_id)


def merge_preview(fact: OrganisationsMerged) -> list[LazyString]:
    """How many memberships go over, before two profiles are merged."""
    n = services.going_over(fact.lost_id)
    words = _ln(
        "%(n)s membership or application goes over. In a network where both are, the better one stays.",
        "%(n)s memberships or applications go over. In a network where both are, the better one stays.",
        n,
    )
    return [words] if n else []
