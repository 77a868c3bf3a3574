"""Use-cases of a session of the programme."""

import datetime as dt
from typing import TypeVar

from portal.accounts.models import Person
from portal.events.facts import SessionCancelled, SessionChanged
from portal.events.fields import SESSION
from portal.events.models import Event, EventStatus, ProgrammeSession, Room, SessionKind, SessionStatus, Slot
from portal.events.policies import Permission
from portal.events.services import editing
from portal.events.services.places import span_refusals
from portal.ground import audit
from portal.ground.authz import Portal, demand
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal, check_version
from portal.ground.facts import announce, preview
from portal.ground.locks import locked
from portal.words import moments
from portal.words.fields import Given
from portal.words.i18n import LazyString, _l

PlaceKind = TypeVar("PlaceKind", Slot, Room)


def create_session(event: Event, *, by: Person | Portal, **values: object) -> ProgrammeSession:
    """A session of the programme with the fields of SESSION, in the original language of its event.

    In a slot its times are the slot's, else wall times of the event. Without `seats` nobody books and everybody may come;
    with 0 nobody can.
    """
    given = SESSION.given_new(values)
    with transaction() as session:
        event = editing.editable_event(event.id, by=by)
        placed = _placed(event, given)
        one = ProgrammeSession(event_id=event.id, **SESSION.new(placed, event.title.original))
        session.add(one)
        session.flush()
        announce(SessionChanged(event.id, one.id, None, editing.placement(one)))
        editing.reindex(event)
        audit.record("session.created", one, actor=by)
    return one


def update_session(
    session: ProgrammeSession, *, version: int, agreed: str = "", by: Person | Portal, **values: object
) -> None:  # fmt: skip
    """Change a session, its texts in their original language.

    When the event is public and the time, room or seats change for people who have booked, it refuses with `Touches`
    until `agreed` (a Telling) says whether they are told.
    """
    given = SESSION.given(values)
    with transaction():
        event = editing.editable_event(session.event_id, by=by)
        session = locked(ProgrammeSession, session.id)
        language = session.title.original
        check_version(session, version, SESSION.read(session, language, event.timezone))
        if session.status == SessionStatus.CANCELLED:
            raise Conflict(_l("This session is cancelled and stays as it was."))
        old = editing.placement(session)
        SESSION.write(session, _placed(event, given), language)
        new = editing.placement(session)
        if new != old:
            quiet = agreed == editing.Telling.QUIET
            _tell(event, session, SessionChanged(event.id, session.id, old, new, quiet), agreed)
        editing.reindex(event)
        audit.record("session.changed", session, detail={"moved": new != old}, actor=by)


def _tell(event: Event, session: ProgrammeSession, fact: SessionChanged, agreed: str) -> None:
    if event.status == EventStatus.PUBLISHED:
        editing.consent(fact, agreed)
        session.sequence += fact.old is not None and fact.new.is_elsewhere(fact.old)
    db.session.flush()
    announce(fact)


def translate_session(
    session: ProgrammeSession, *, version: int, language: str, by: Person | Portal, **texts: object
) -> None:
    """Set the texts in a language that is not the original one; an empty text removes the translation."""
    given = SESSION.texts.given(texts)
    with transaction():
        event = editing.editable_event(session.event_id, by=by)
        session = locked(ProgrammeSession, session.id)
        check_version(session, version, SESSION.texts.read(session, language))
        SESSION.texts.translate(session, given, language)
        editing.reindex(event)
        audit.record("session.translated", session, detail={"language": language}, actor=by)


def touched_by_cancelling(session: ProgrammeSession) -> list[LazyString | str]:
    """Whom cancelling would touch, in sentences for the coordinator."""
    return preview(SessionCancelled(session.event_id, session.id, editing.placement(session), ""))


def delete_session(session: ProgrammeSession, *, by: Person | Portal) -> None:
    """Delete a session of a draft. Refuses once the event was published: then it is cancelled instead."""
    with transaction() as store:
        event = editing.locked_event(session.event_id)
        if event.status != EventStatus.DRAFT:
            raise Refusal(_l("The event is public, so this session stays. It can be cancelled."))
        session = store.get_one(ProgrammeSession, session.id, populate_existing=True)
        demand(Permission.DELETE_SESSION, session, by=by)
        audit.record("session.deleted", session, detail={"title": session.title.source}, actor=by)
        store.flush()
        store.delete(session)


def _placed(event: Event, given: Given) -> Given:
    """The values with the instants of its times: inside the event, an end after the beginning, slot and room of this
    very event."""
    refused: list[Refusal] = []
    slot = _own(Slot, given.number("slot"), event, "slot", refused)
    _own(Room, given.number("room"), event, "room", refused)
    starts: dt.datetime | None
    ends: dt.datetime | None
    if slot is not None:
        starts, ends = slot.starts_at, slot.ends_at
    else:
        starts = _needed(given.moment("starts_at"), event, "starts_at", refused)
        ends = _needed(given.moment("ends_at"), event, "ends_at", refused)
        refused += span_refusals(event, starts, ends)
    if given["kind"] == SessionKind.BREAK and given["seats"] is not None:
        refused.append(Refusal(_l("A break cannot be booked. Leave the number of places empty."), field="seats"))
    return given.check(*refused).replaced({"starts_at": starts, "ends_at": ends})


def _needed(wall: dt.datetime | None, event: Event, field: str, refused: list[Refusal]) -> dt.datetime | None:
    if wall is None and not any(part.field == "slot" for part in refused):
        refused.append(Refusal(_l("Choose a slot or enter the time."), field=field))
    return moments.instant(wall, event.timezone, field, refused)


def _own(
    model: type[PlaceKind], number: int | None, event: Event, field: str, refused: list[Refusal]
) -> PlaceKind | None:
    if number is None:
        return None
    row = db.session.get(model, number)
    if row is None or row.event_id != event.id:
        refused.append(Refusal(_l("Choose one of the answers."), field=field))
        return None
    return row
