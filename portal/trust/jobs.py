"""What the worker does about trust by the clock, every hour: each step once, however often it runs."""

from portal.trust import services


def remind() -> int:
    """Shortages of groups, ends of groups, claims to which nobody objected, and checks that end; returns how many."""
    return services.watch() + services.remind_of_ends() + services.remind_of_claims() + services.remind_of_checks()
