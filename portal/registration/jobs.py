"""What registration does by the clock."""

from portal.ground.batches import each
from portal.registration import services


def end_unconfirmed() -> int:
    """End forms that nobody confirmed within 48 hours; delete them, and what is kept of the people of past events, when their
    time has come.

    Returns how many rows that were.
    """
    ended = (services.expire, services.remove_old, services.remove_parties, services.expire_delegations)
    steps = (*ended, services.give_codes, services.purge, services.forget_notices)
    return each("old registrations", steps, lambda step: step())


def notices() -> int:
    """Tell people what has changed for them, and what is near: those with a place are reminded, or asked whether they come."""
    steps = (services.send_notices, services.remind, services.reconfirm, services.remind_of_names)
    return each("notices", steps, lambda step: step())


def sweep() -> int:
    """End the offers that have lapsed and open the reserves whose time has come, and give their places on; then serve every
    waiting list, which finds nothing."""
    return each("waiting lists", (services.end_offers, services.release_due, services.sweep), lambda step: step())
