"""What saved searches do by the clock."""

from portal.saved import services


def tell() -> int:
    """Every five minutes: whatever is new is told to the searches that it fits. Returns how many mails there are."""
    return services.tell_all()


def tidy() -> None:
    """Once an hour: what nobody confirmed, readers who keep nothing, changes that everybody was told of."""
    services.remove_old()
    services.forget_news()
