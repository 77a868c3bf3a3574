"""Answers of news to what lower features did, in the same transaction."""

from portal.merging.facts import OrganisationsMerged
from portal.news import services
from portal.organisations.facts import PublicityChanged
from portal.words.i18n import LazyString, _ln


def publicity_changed(fact: PublicityChanged) -> None:
    """What an organisation wrote is found only while its profile is public."""
    services.follow_publisher(fact.organisation_id, is_public=fact.is_public)


def organisations_merged(fact: OrganisationsMerged) -> None:
    """What the lost one wrote, the kept one has written."""
    services.follow_merge(fact.lost_id, fact.kept_id)


def merge_preview(fact: OrganisationsMerged) -> list[LazyString]:
    """How many posts go over, before two profiles are merged."""
    n = services.going_over(fact.lost_id)
    return [_ln("%(n)s post goes over.", "%(n)s posts go over.", n)] if n else []
