"""Answers of news to what lower features did, in the same transaction."""

from portal.news import services
from portal.organisations.facts import PublicityChanged


def publicity_changed(fact: PublicityChanged) -> None:
    """What an organisation wrote is found only while its profile is public."""
    services.follow_publisher(fact.organisation_id, is_public=fact.is_public)
