"""Answers to what lower features did."""

from portal.accounts.facts import AddressChanged
from portal.organisations.facts import DirectoryChanged
from portal.saved import services


def address_changed(fact: AddressChanged) -> None:
    services.follow_address(fact)


def directory_changed(fact: DirectoryChanged) -> None:
    services.note(fact.organisation_ids)
