"""Answers of events to what lower features did, in the same transaction."""

from portal.accounts.facts import PeopleJoined
from portal.events import services
from portal.merging.facts import OrganisationsMerged
from portal.organisations.facts import PublicityChanged
from portal.words.i18n import LazyString, _ln


def people_joined(fact: PeopleJoined) -> None:
    services.hand_over(gone_id=fact.gone_id, kept_id=fact.kept_id)


def publicity_changed(fact: PublicityChanged) -> None:
    """The events of an organisation are found only while its profile is public."""
    services.follow_host(fact.organisation_id, is_public=fact.is_public)


def organisations_merged(fact: OrganisationsMerged) -> None:
    """What the lost one ran, the kept one runs."""
    services.follow_merge(fact.lost_id, fact.kept_id)


def merge_preview(fact: OrganisationsMerged) -> list[LazyString]:
    """How many events go over, before two profiles are merged."""
    n = services.going_over(fact.lost_id)
    return [_ln("%(n)s event goes over.", "%(n)s events go over.", n)] if n else []
