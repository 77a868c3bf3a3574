"""Answers to what lower features did."""

from portal.accounts.facts import AddressChanged
from portal.organisations import services


def address_changed(fact: AddressChanged) -> None:
    services.follow_address(fact)
