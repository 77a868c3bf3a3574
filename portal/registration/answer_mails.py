"""The mails of yes and no: to whoever asks a team for a place, and to whoever is offered one from the waiting list."""

from collections.abc import Sequence

from portal.events.models import Event
from portal.mail import Message
from portal.registration.mails import message, place_facts
from portal.registration.models import Booking, Registration
from portal.registration.queries import Place
from portal.words.i18n import Localized


def requested(registration: Registration, event: Event) -> Message:
    """The address is confirmed and the team decides: nobody has a place yet."""
    return message("requested", registration, event, "", context={"keeps": registration.holds_seat})


def rejected(registration: Registration, event: Event) -> Message:
    """The team has not accepted the request, and says why in its own words."""
    return message("rejected", registration, event, "", context={"reason": registration.reason})


def offered(registration: Registration, event: Event, places: Sequence[Place]) -> Message:
    """Places in these sessions, or (when there are none) at the event, are kept until the instants that it says."""
    until = min((place.until for place in places if place.until), default=registration.offer_ends_at)
    return message(
        "offered", registration, event, f"{until}",
        context={"until": until, "offered": [{**place_facts(place), "until": place.until} for place in places]},
    )  # fmt: skip


def lapsed(registration: Registration, event: Event) -> Message:
    """Nobody took the place at the event that was kept until now; it has gone to the next person."""
    return message("lapsed", registration, event, "", context={"title": None})


def place_lapsed(registration: Registration, event: Event, booking: Booking, title: Localized) -> Message:
    """The same for a place in a session."""
    return message("lapsed", registration, event, f"{booking.id}", context={"title": title})
