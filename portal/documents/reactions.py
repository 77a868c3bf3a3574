"""Answers to what lower features did."""

from portal.documents import queries, services
from portal.merging.facts import OrganisationsMerged
from portal.words.i18n import LazyString, _ln


def organisations_merged(fact: OrganisationsMerged) -> None:
    services.follow_merge(fact.lost_id, fact.kept_id)


def merge_preview(fact: OrganisationsMerged) -> list[LazyString]:
    """How many documents go over, before two profiles are merged."""
    n = queries.number_of_documents(fact.lost_id)
    return [_ln("%(n)s document goes over.", "%(n)s documents go over.", n)] if n else []
