"""What freshness does by the clock."""

from portal.freshness import services


def ask_all() -> None:
    """Once an hour: whoever has to be asked on this day is asked on this day, also when the worker was away for a while."""
    services.ask_all()
