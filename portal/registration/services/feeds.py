"""The address of a calendar to subscribe to: whoever has it reads, so it is random, and a new one ends the one before."""

import datetime as dt

from portal.ground import clock, links
from portal.ground.db import transaction
from portal.ground.errors import Busy
from portal.ground.locks import locked_if_there
from portal.registration import queries
from portal.registration.models import Registration
from portal.registration.queries.calendars import FEED, Whose, subject
from portal.registration.services.purging import DETAILS_KEPT

LIFETIME = dt.timedelta(days=3650)  # of an account's: it ends with the account, or when its owner says so


def make_feed(whose: Whose) -> str:
    """The token of a new address. It is stored hashed, so nobody can be shown it again. The one before has ended."""
    model, number, name = type(whose), whose.id, subject(whose)
    with transaction():
        if locked_if_there(model, number) is None:  # of two who ask at once the later one's address opens
            raise Busy()
        lifetime = _of_registration(number) if model is Registration else LIFETIME
        return links.issue(FEED, name, lifetime, single=True)


def _of_registration(number: int) -> dt.timedelta:
    """Until its name is forgotten."""
    registration = queries.with_event(number)
    assert registration is not None  # it is locked
    return max(registration.event.ends_at - clock.now(), dt.timedelta()) + DETAILS_KEPT


def end_feed(whose: Whose) -> None:
    """The address opens nothing any more, whoever has it."""
    with transaction():
        links.revoke(FEED, subject(whose))
