"""Which page an event has for those who take part."""

from portal.events.models import Event


def event_page(event: Event) -> tuple[str, dict[str, object]]:
    """The page to send them to, with its values: that of an event of the invited opens for its team alone."""
    return ("registration.mine", {}) if event.invited_only else ("events.show", {"slug": event.slug})
