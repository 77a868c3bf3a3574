"""What registration does by the clock."""

from portal.ground.batches import each
from portal.registration import services


def end_unconfirmed() -> int:
    """End forms that nobody confirmed within 48 hours; delete them, and the names of past events, when their time has come.

    Returns how many rows that were.
    """
    return each("old registrations", (services.expire, services.remove_old, services.forget), lambda step: step())


def sweep() -> int:
    """Serve every waiting list again; it should never find anything."""
    return services.sweep()
