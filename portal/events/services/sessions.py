"""Use-cases of a session of the programme."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from portal.events.facts import Placement, SessionCancelled, SessionChanged
from portal.events.models import Event, EventStatus, ProgrammeSession, Room, SessionKind, SessionStatus, Slot
from portal.events.services import common
from portal.events.services.places import span_refusals
from portal.ground import audit, clock
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal, check_version
from portal.ground.facts import announce, preview
from portal.words.i18n import LazyString, Localized, _l


@dataclass(frozen=True, slots=True)
class SessionInput:
    """A session as a coordinator describes it. With a slot its times are the slot's, else `starts_at` and `ends_at`
    as wall times of the event. `seats` None: nobody books, everybody may come; 0: nobody.
    """

    kind: str
    title: str
    abstract: str = ""
    speakers: str = ""
    languages: tuple[str, ...] = ()
    slot_id: int | None = None
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    room_id: int | None = None
    seats: int | None = None


def create_session(event: Event, given: SessionInput, *, by: Any) -> ProgrammeSession:
    """A session of the programme, in the original language of its event."""
    with transaction() as session:
        event = common.editable_event(event.id)
        place = _placed(event, given)
        language = event.title.original
        one = ProgrammeSession(
            event_id=event.id, kind=given.kind, title=Localized.of(language, given.title), slot_id=given.slot_id,
            abstract=Localized.of(language, given.abstract), speakers=given.speakers,
            languages=",".join(given.languages), room_id=place.room_id, starts_at=place.starts_at,
            ends_at=place.ends_at, seats=place.seats,
        )  # fmt: skip
        session.add(one)
        session.flush()
        announce(SessionChanged(event.id, one.id, None, place))
        common.reindex(event)
        audit.record("session.created", one, actor=by)
    return one


def update_session(
    session: ProgrammeSession, given: SessionInput, *, version: int, agreed: bool = False, by: Any
) -> None:
    """Change a session, its texts in their original language.

    When the event is public and the time, room or seats change for people who have booked, it refuses with `Touches`
    unless `agreed`.
    """
    with transaction() as store:
        event = common.editable_event(session.event_id)
        session = store.get_one(ProgrammeSession, session.id, with_for_update=True, populate_existing=True)
        check_version(session, version, as_form(session, event.timezone))
        if session.status == SessionStatus.CANCELLED:
            raise Conflict(_l("This session is cancelled and stays as it was."))
        old, new = common.placement(session), _placed(event, given)
        session.kind, session.speakers = given.kind, given.speakers
        session.languages, session.slot_id = ",".join(given.languages), given.slot_id
        session.title = session.title.with_text(session.title.original, given.title)
        session.abstract = session.abstract.with_text(session.abstract.original, given.abstract)
        session.starts_at, session.ends_at = new.starts_at, new.ends_at
        session.room_id, session.seats = new.room_id, new.seats
        if new != old:
            _tell(event, session, SessionChanged(event.id, session.id, old, new), agreed)
        common.reindex(event)
        audit.record("session.changed", session, detail={"moved": new != old}, actor=by)


def _tell(event: Event, session: ProgrammeSession, fact: SessionChanged, agreed: bool) -> None:
    if event.status == EventStatus.PUBLISHED:
        common.consent(fact, agreed)
        session.sequence += 1
    db.session.flush()
    announce(fact)


def translate_session(
    session: ProgrammeSession, *, version: int, language: str, title: str, abstract: str, by: Any
) -> None:
    """Set title and abstract in a language that is not the original one; an empty text removes the translation."""
    with transaction() as store:
        event = common.editable_event(session.event_id)
        session = store.get_one(ProgrammeSession, session.id, with_for_update=True, populate_existing=True)
        theirs = {"title": session.title.get(language), "abstract": session.abstract.get(language)}
        check_version(session, version, theirs)
        session.title = session.title.with_translation(language, title)
        if session.abstract:
            session.abstract = session.abstract.with_translation(language, abstract)
        common.reindex(event)
        audit.record("session.translated", session, detail={"language": language}, actor=by)


def touched_by_cancelling(session: ProgrammeSession) -> list[LazyString | str]:
    """Whom cancelling would touch, in sentences for the coordinator."""
    return preview(SessionCancelled(session.event_id, session.id, common.placement(session), ""))


def delete_session(session: ProgrammeSession, *, by: Any) -> None:
    """Delete a session of a draft. Refuses once the event was published: then it is cancelled instead."""
    with transaction() as store:
        event = common.locked_event(session.event_id)
        if event.status != EventStatus.DRAFT:
            raise Refusal(_l("The event is public, so this session stays. It can be cancelled."))
        session = store.get_one(ProgrammeSession, session.id, populate_existing=True)
        audit.record("session.deleted", session, detail={"title": session.title.source}, actor=by)
        store.flush()
        store.delete(session)


def as_form(session: ProgrammeSession, zone: str) -> dict[str, Any]:
    """The stored values, by field of the form: texts in their original language, times of the wall."""
    return {
        "kind": session.kind,
        "title": session.title.source,
        "abstract": session.abstract.source,
        "speakers": session.speakers,
        "languages": [code for code in session.languages.split(",") if code],
        "slot": str(session.slot_id or ""),
        "starts_at": clock.to_wall(session.starts_at, zone),
        "ends_at": clock.to_wall(session.ends_at, zone),
        "room": str(session.room_id or ""),
        "seats": session.seats,
    }


def _placed(event: Event, given: SessionInput) -> Placement:
    """When and where, checked: inside the event, an end after the beginning, slot and room of this very event."""
    refused: list[Refusal] = []
    slot = _own(Slot, given.slot_id, event, "slot", refused)
    _own(Room, given.room_id, event, "room", refused)
    if slot is not None:
        starts, ends = slot.starts_at, slot.ends_at
    else:
        starts = _needed(given.starts_at, event, "starts_at", refused)
        ends = _needed(given.ends_at, event, "ends_at", refused)
        refused += span_refusals(event, starts, ends)
    if given.kind == SessionKind.BREAK and given.seats is not None:
        refused.append(Refusal(_l("Nobody books a break. Leave the number of places empty."), field="seats"))
    common.raise_all(refused)
    return Placement(starts, ends, given.room_id, given.seats)


def _needed(wall: dt.datetime | None, event: Event, field: str, refused: list[Refusal]) -> Any:
    if wall is None and not any(part.field == "slot" for part in refused):
        refused.append(Refusal(_l("Choose a slot or enter the time."), field=field))
    return common.instant(wall, event.timezone, field, refused)


def _own(model: Any, number: int | None, event: Event, field: str, refused: list[Refusal]) -> Any:
    if number is None:
        return None
    row = db.session.get(model, number)
    if row is None or row.event_id != event.id:
        refused.append(Refusal(_l("Choose one of the answers."), field=field))
        return None
    return row
