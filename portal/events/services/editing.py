"""What all use-cases of events share: locking, wall times, stale edits, consent to changes that touch people."""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum

from portal.accounts.models import Person
from portal.events import queries
from portal.events.facts import EventFrame, Placement
from portal.events.findable import document
from portal.events.models import KIND, Event, EventStatus, ProgrammeSession
from portal.events.policies import Permission
from portal.ground import clock
from portal.ground.authz import Portal, demand
from portal.ground.db import db
from portal.ground.errors import Refusal, Refusals
from portal.ground.facts import preview
from portal.ground.locks import locked_if_there
from portal.words import search
from portal.words.fields import FieldSet, Given, Kind
from portal.words.i18n import LazyString, _l
from portal.words.moments import instant

HOW = _l("Choose how it is to be saved.")
LONGEST_EVENT = dt.timedelta(days=60)
LONGEST_SESSION = dt.timedelta(hours=24)
END_FIRST = _l("The end comes before the beginning. Choose a later end.")


class Telling(StrEnum):
    """What a coordinator says when a change reaches people: nothing yet, write to them, or it is too small for that."""

    ASK = ""
    TELL = "tell"
    QUIET = "quiet"


class Touches(Refusal):
    """The change reaches people who have booked. Its reason says whom; saving again with an answer goes through. `ask` says
    what is to be answered."""

    def __init__(self, sentences: Sequence[LazyString | str], ask: LazyString = HOW) -> None:
        super().__init__(LazyString(_together, (*sentences, ask)), field="agreed")


def _together(sentences: Sequence[LazyString | str]) -> str:
    return " ".join(str(sentence) for sentence in sentences)


def locked_event(number: int) -> Event:
    """The event under lock: always the first lock of a use-case of its programme."""
    event = locked_if_there(Event, number)
    if event is None:
        raise Refusal(_l("This event no longer exists."))
    return event


def editable_event(number: int, *, by: Person | Portal, permission: Permission = Permission.EDIT_PROGRAMME) -> Event:
    """The event under lock, refused when it is cancelled, and to whoever may not change this of it at this moment."""
    event = locked_event(number)
    if event.status == EventStatus.CANCELLED:
        raise Refusal(_l("This event is cancelled. Its programme stays as it was."))
    demand(permission, event, by=by)
    return event


def instants(fields: FieldSet, given: Given, zone: str, refused: list[Refusal]) -> dict[str, dt.datetime | None]:
    """The instants of all wall times among the values."""
    moments = [field.name for field in fields if field.kind is Kind.MOMENT]
    return {name: instant(given.moment(name), zone, name, refused) for name in moments}


def moved(moment: dt.datetime, days: dt.timedelta, zone: str) -> dt.datetime:
    """The same wall time so many days later or earlier. Raises ValueError for an hour that does not exist there."""
    return clock.from_wall(clock.to_wall(moment, zone) + days, zone)


def raise_all(refused: Sequence[Refusal]) -> None:
    """All refusals at once."""
    if refused:
        raise Refusals(refused)


def consent(fact: object, agreed: str) -> None:
    """Ask before people who have booked are touched; `agreed` is a Telling."""
    ask_before(preview(fact), agreed)


def ask_before(sentences: Sequence[LazyString | str], agreed: str) -> None:
    """Raises Touches when there is something to say and nobody has said yet whether people are told."""
    if sentences and agreed not in (Telling.TELL, Telling.QUIET):
        raise Touches(sentences)


def placement(session: ProgrammeSession) -> Placement:
    return Placement(session.starts_at, session.ends_at, session.room_id, session.seats)


def frame(event: Event) -> EventFrame:
    place = ", ".join(filter(None, (event.venue.source, event.town)))
    return EventFrame(
        event.starts_at, event.ends_at, place, event.seats, event.online_url, event.offer_hours,
        event.max_per_organisation, event.asks_organisation, event.takes_delegations,
    )  # fmt: skip


def reindex(event: Event) -> None:
    """Keep search in step with what is public; the event of a host that is hidden is not found, nor one of the invited."""
    if queries.is_findable(event):
        db.session.flush()
        search.index([document(event, queries.sessions(event.id))])
    elif event.invited_only:
        search.remove(KIND, event.id)
