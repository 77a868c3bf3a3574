"""The list of participants as a file for a spreadsheet.

UTF-8 with a byte order mark and semicolons, which is what Excel opens rightly in Polish and Bulgarian. A text that a
spreadsheet would take for a formula gets an apostrophe in front.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from portal.events.models import Event
from portal.events.words import ZONES
from portal.ground import clock
from portal.registration.models import Registration
from portal.registration.queries import Place
from portal.words.i18n import _, _p, current_language, formats

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text: str) -> str:
    """A text that no spreadsheet runs."""
    return f"'{text}" if text.startswith(FORMULA) else text


def plain_spaces(cells: Iterable[str]) -> list[str]:
    """Cells without no-break spaces: whoever looks for a column types a plain one."""
    return [cell.replace(formats.NBSP, " ") for cell in cells]


def participants_csv(event: Event, people: Sequence[Registration], held: Mapping[int, Sequence[Place]]) -> bytes:
    """One row for each registration, in the order of confirming; the workshops in the language of the page."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    confirmed = _("Confirmed on (%(zone)s)", zone=ZONES.get(event.timezone, event.timezone))
    writer.writerow(plain_spaces(
        [_("First and last name"), _("E-mail address"), _("Organisation, group or town"), _("State"), confirmed,
         _("Places in workshops"), _("On waiting lists")]
    ))  # fmt: skip
    for one in people:
        places = held.get(one.id, ())
        writer.writerow(plain_spaces(harmless(text) for text in (
            one.name, one.address, one.affiliation, state_words(one.status),
            f"{clock.to_wall(one.confirmed_at, event.timezone):%Y-%m-%d %H:%M}" if one.confirmed_at else "",
            _titles(places, "booked"), _titles(places, "waiting"),
        )))  # fmt: skip
    return ("\ufeff" + stream.getvalue()).encode()


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
