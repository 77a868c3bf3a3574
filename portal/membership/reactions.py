"""Answers to what lower features did."""

from portal.accounts.facts import PeopleJoined
from portal.membership import services
from portal.organisations.facts import PublicityChanged


def people_joined(fact: PeopleJoined) -> None:
    services.hand_over(gone_id=fact.gone_id, kept_id=fact.kept_id)


def publicity_changed(fact: PublicityChanged) -> None:
    services.follow_publicity(fact.organisation_id, is_public=fact.is_public)
