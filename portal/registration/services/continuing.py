"""The calendar of somebody who comes, also again, and of several people with one address."""

import secrets
from collections.abc import Sequence

from portal.registration import names
from portal.registration.models import Registration


def continue_calendar(registration: Registration, known: Sequence[Registration]) -> None:
    """The SEQUENCE of a UID never falls (RFC 5545, 3.8.7.4), also when somebody comes back who had cancelled.

    Another person with the same address gets UIDs of their own: in a calendar that the two share, what one of them gives
    up must not take away what the other keeps. So does whoever has no address.
    """
    earlier = [one for one in known if one is not registration and one.email == registration.email]
    own = [one for one in earlier if names.is_same(one.name, registration.name)]
    if own:
        registration.calendar = own[-1].calendar
        registration.sequence = 1 + max(one.sequence for one in own if one.calendar == registration.calendar)
    elif earlier or not registration.email:
        registration.calendar = secrets.token_hex(4)
