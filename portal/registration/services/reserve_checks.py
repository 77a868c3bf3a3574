"""What a reserve must be: for somebody, with a name of its own, of no more seats than can still be kept."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from portal.events.models import Event, ProgrammeSession
from portal.events.services.editing import instants
from portal.ground import clock
from portal.ground.db import db
from portal.ground.errors import Refusal
from portal.ground.locks import locked_if_there
from portal.organisations.queries import called
from portal.registration import queries
from portal.registration.fields import RESERVE
from portal.registration.models import EventSeats, SessionSeats
from portal.registration.models.reserves import SeatReserve
from portal.registration.queries import Hall, Kept
from portal.words.clean import one_line
from portal.words.fields import Given
from portal.words.i18n import LANGUAGES, LazyString, _l, _ln
from portal.words.text import fold

Counter = EventSeats | SessionSeats
MOST = 20  # reserves of one event or session
MOST_ORGANISATIONS = 50
SHOWN = 80  # letters of a name that is not understood
NAMELESS = _l("Give the reserve a name that people understand, in at least one language.")
FOR_NOBODY = _l("Choose at least one sector or enter an organisation.")
NOT_ASKED = _l(
    "The form of this event does not ask for the organisation and its sector. Tick in the settings that it does."
)
UNLIMITED = _l("As many people may come as like, so nothing has to be kept. Enter first how many places there are.")
TOO_EARLY = _l("This moment is over. Choose a later one, or leave it empty.")
TOO_LATE = _l("Choose a moment before it begins.")
NAME_TAKEN = _l("Another reserve here has this name. Choose one that tells the two apart.")


@dataclass(frozen=True, slots=True)
class Place:
    """Where seats are kept: in an event as a whole, or in one of its sessions."""

    event: Event
    session: ProgrammeSession | None = None

    @property
    def starts_at(self) -> dt.datetime:
        return self.session.starts_at if self.session else self.event.starts_at


def counter_of(place: Place, *, is_locked: bool = True) -> Counter:
    """The counter of the seats. Raises Refusal where there is no number of them."""
    model, number = (SessionSeats, place.session.id) if place.session else (EventSeats, place.event.id)
    found = locked_if_there(model, number) if is_locked else db.session.get(model, number)
    if not isinstance(found, EventSeats | SessionSeats):
        raise Refusal(UNLIMITED)
    return found


def hall_of_place(place: Place, counter: Counter) -> Hall:
    if place.session is not None:
        return queries.halls_of_sessions({place.session.id: counter.seats})[place.session.id]
    number = place.event.id
    return queries.halls_of_events({number: counter.seats}, {number: place.event.max_per_organisation})[number]


def checked(
    place: Place, counter: Counter, given: Given, names: Sequence[str], known: SeatReserve | None
) -> tuple[Given, list[int]]:
    """The values with the instant of the release, and the organisations; all refusals at once."""
    event, refused = place.event, list[Refusal]()
    release_at = instants(RESERVE, given, event.timezone, refused)["release_at"]
    found = _organisations(names, event.title.original, refused)
    if not event.asks_organisation:
        refused.append(Refusal(NOT_ASKED))
    if not given.codes("sectors") and not names:
        refused.append(Refusal(FOR_NOBODY, field="sectors"))
    if release_at and not (known and known.release_at == release_at):
        if release_at >= place.starts_at:
            refused.append(Refusal(TOO_LATE, field="release_at"))
        elif release_at <= clock.now():
            refused.append(Refusal(TOO_EARLY, field="release_at"))
    others = [one for one in hall_of_place(place, counter).reserves if known is None or one.rule.id != known.id]
    left = counter.seats - sum(one.seats for one in others)
    if (given.number("seats") or 0) > left:
        refused.append(Refusal(_too_many(left), field="seats"))
    if len(others) >= MOST:
        refused.append(Refusal(_l("No more reserves are possible here: there are %(n)s already.", n=MOST)))
    refused += _check_name(given, event, others)
    return given.check(*refused).replaced({"release_at": release_at}), found


def _too_many(left: int) -> LazyString:
    return _ln(
        "%(n)s place can still be kept here. Enter no more than that.",
        "%(n)s places can still be kept here. Enter no more than that.",
        max(0, left),
    )


def _check_name(given: Given, event: Event, others: Sequence[Kept]) -> list[Refusal]:
    languages = [code for code in LANGUAGES if given.text(f"name_{code}")]
    if not languages:
        return [Refusal(NAMELESS, field=f"name_{event.title.original}")]
    taken = {(code, fold(one.name.get(code))) for one in others for code in LANGUAGES if one.name.get(code)}
    doubles = [code for code in languages if (code, fold(given.text(f"name_{code}"))) in taken]
    return [Refusal(NAME_TAKEN, field=f"name_{code}") for code in doubles]


def _organisations(names: Sequence[str], language: str, refused: list[Refusal]) -> list[int]:
    """The numbers of organisations of the directory, one of each name."""
    if len(names) > MOST_ORGANISATIONS:
        refused.append(Refusal(_l("Enter at most %(n)s organisations.", n=MOST_ORGANISATIONS), field="organisations"))
        return []
    found = list[int]()
    for name in names:
        numbers = called(name, language)
        if len(numbers) == 1:
            found.append(numbers[0])
            continue
        shown = one_line(name, SHOWN)
        reason = (
            _l(
                "Several organisations in the directory are called “%(name)s”. Enter a name that only one has.",
                name=shown,
            )
            if numbers
            else _l("The directory has no organisation that is called “%(name)s”.", name=shown)
        )
        refused.append(Refusal(reason, field="organisations"))
    return list(dict.fromkeys(found))
