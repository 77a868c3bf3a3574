"""Answers to what lower features did."""

from portal.accounts.facts import PeopleJoined
from portal.organisations.facts import LegalDetailsChanged, PublicationAsked
from portal.trust import services


def publication_asked(fact: PublicationAsked) -> None:
    services.check_support(fact.organisation_id)


def legal_details_changed(fact: LegalDetailsChanged) -> None:
    services.follow_legal_form(fact.organisation_id, was_informal=fact.was_informal)
    services.drop_checks(fact.organisation_id)


def people_joined(fact: PeopleJoined) -> None:
    services.hand_over(gone_id=fact.gone_id, kept_id=fact.kept_id)
