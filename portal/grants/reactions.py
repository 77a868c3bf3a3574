"""Answers of micro-grants to what lower features did, in the same transaction."""

from portal.accounts.facts import PeopleJoined
from portal.grants import queries, services
from portal.merging.facts import OrganisationsMerged
from portal.organisations.facts import OrganisationClosed
from portal.words.i18n import LazyString, _l


def people_joined(fact: PeopleJoined) -> None:
    services.hand_over(gone_id=fact.gone_id, kept_id=fact.kept_id)


def organisation_closed(fact: OrganisationClosed) -> None:
    services.follow_closing(fact.organisation_id)


def organisations_merged(fact: OrganisationsMerged) -> None:
    services.follow_merge(fact.lost_id, fact.kept_id)


def merge_preview(fact: OrganisationsMerged) -> list[LazyString]:
    """That the kept one will be an operator, before two profiles are merged."""
    return [_l("The right to give micro-grants goes over.")] if queries.is_operator(fact.lost_id) else []
