"""Answers of micro-grants to what lower features did, in the same transaction."""

from portal.accounts.facts import PeopleJoined
from portal.grants import queries, services
from portal.merging.facts import OrganisationsMerged
from portal.organisations.facts import OrganisationClosed, PublicityChanged
from portal.words.i18n import LazyString, _l, _ln


def people_joined(fact: PeopleJoined) -> None:
    services.hand_over(gone_id=fact.gone_id, kept_id=fact.kept_id)


def publicity_changed(fact: PublicityChanged) -> None:
    """The calls of an operator are found only while its profile is public."""
    services.follow_publicity(fact.organisation_id, is_public=fact.is_public)


def organisation_closed(fact: OrganisationClosed) -> None:
    services.stop_closing(fact.organisation_id)
    services.follow_closing(fact.organisation_id)


def organisations_merged(fact: OrganisationsMerged) -> None:
    services.follow_merge(fact.lost_id, fact.kept_id)


def merge_preview(fact: OrganisationsMerged) -> list[LazyString]:
    """That the kept one will be an operator and how many calls go over, before two profiles are merged."""
    n = services.going_over(fact.lost_id)
    calls = _ln("%(n)s call for micro-grants goes over.", "%(n)s calls for micro-grants go over.", n)
    right = _l("The right to give micro-grants goes over.")
    return [*([right] if queries.is_operator(fact.lost_id) else []), *([calls] if n else [])]
