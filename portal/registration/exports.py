"""The list of participants as a table for a spreadsheet."""

from collections.abc import Iterator, Mapping, Sequence

from portal.events.models import Event
from portal.events.words import ZONES
from portal.ground import clock
from portal.registration.models import Registration
from portal.registration.queries import Place
from portal.words.i18n import _, _p, current_language
from portal.words.tables import Cell, Column, Sheet


def participants_table(event: Event, people: Sequence[Registration], held: Mapping[int, Sequence[Place]]) -> Sheet:
    """One row for each registration, in the order of confirming; the workshops in the language of the page."""
    confirmed = _("Confirmed on (%(zone)s)", zone=ZONES.get(event.timezone, event.timezone))
    states = ", ".join(state_words(status) for status in ("confirmed", "waiting"))
    columns = [
        Column(
            _("First and last name"),
            _("As it was typed in the registration. Empty once the portal has deleted it after the event."),
            width=28,
        ),
        Column(_("E-mail address"), _("Where the messages about this registration go. People may share one."), width=32),
        Column(
            _("Organisation, group or town"), _("What the person wrote about it, in their own words."), width=32
        ),
        Column(_("State"), _("Whether the person has a place at the event or waits for one."), states, width=20),
        Column(
            confirmed,
            _("When the person confirmed the registration. Whoever waits is served in this order."),
            _("Year, month, day, hour and minute"),
            width=20,
        ),
        Column(
            _("Places in workshops"), _("In which workshops the person has a place."), _("Titles, with commas between"),
            width=44,
        ),
        Column(
            _("On waiting lists"), _("For which workshops the person waits."), _("Titles, with commas between"), width=44
        ),
    ]  # fmt: skip
    return Sheet(_("Participants"), columns, _rows(event, people, held))


def _rows(
    event: Event, people: Sequence[Registration], held: Mapping[int, Sequence[Place]]
) -> Iterator[Sequence[Cell]]:
    for one in people:
        places = held.get(one.id, ())
        moment = clock.to_wall(one.confirmed_at, event.timezone) if one.confirmed_at else None
        yield (
            one.name, one.address, one.affiliation, state_words(one.status), moment,
            _titles(places, "booked"), _titles(places, "waiting"),
        )  # fmt: skip


def state_words(status: str) -> str:
    """The state of a registration; the noun is neuter in Polish and Bulgarian."""
    words = {
        "unverified": _p("registration", "awaiting e-mail confirmation"),
        "confirmed": _p("registration", "confirmed"),
        "waiting": _p("registration", "on the waiting list"),
        "cancelled": _p("registration", "cancelled"),
        "expired": _p("registration", "expired"),
    }
    return words[status]


def _titles(places: Sequence[Place], status: str) -> str:
    return ", ".join(place.title.shown_in(current_language()).text for place in places if place.status == status)
