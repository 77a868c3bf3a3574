"""Answers to what lower features did."""

from portal.accounts.facts import AddressChanged
from portal.areas.facts import AreasRenamed
from portal.organisations import services


def address_changed(fact: AddressChanged) -> None:
    services.follow_address(fact)
    services.follow_listed(fact)


def areas_renamed(fact: AreasRenamed) -> None:
    services.follow_names(fact)
