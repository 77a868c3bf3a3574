"""Periodic work of this feature."""

from portal.news import services


def index_due() -> None:
    """Every minute: search learns of the scheduled posts whose moment has come."""
    services.publish_due()
