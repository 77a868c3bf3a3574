"""What registration does by the clock."""

from portal.ground.batches import each
from portal.registration import services


def end_unconfirmed() -> int:
    """End forms that nobody confirmed within 48 hours; delete them, the names of past events and the addresses of those who
    were invited, when their time has come.

    Returns how many rows that were.
    """
    steps = (services.expire, services.remove_old, services.forget, services.forget_invitations)
    return each("old registrations", steps, lambda step: step())


def sweep() -> int:
    """Serve every waiting list again; it should never find anything."""
    return services.sweep()
