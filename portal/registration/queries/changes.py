"""What has changed for whom, beside what there is now."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from portal.events import queries as events
from portal.events.models import Event, EventStatus, ProgrammeSession, SessionStatus
from portal.ground import clock
from portal.ground.db import db
from portal.registration.models import Booking, BookingStatus, Notice, Registration, RegistrationStatus
from portal.registration.queries.places import Place, Workshop, places, workshops
from portal.registration.queries.registrations import with_event
from portal.registration.queries.reserves import origin_of
from portal.registration.queries.wishes import wishes_by_person
from portal.registration.quotas import NOBODY, Origin
from portal.registration.seating import Span, overlaps
from portal.words.i18n import Localized

# Who has something of their own to keep or to give up: not whoever asks, or has not said yes.
ANSWERING = (RegistrationStatus.CONFIRMED, RegistrationStatus.WAITING)


def due_notices(now: dt.datetime) -> dict[int, list[int]]:
    """Who is to be told something now: registrations by event."""
    rows = db.session.execute(
        sa.select(Registration.event_id, Registration.id)
        .join(Notice, Notice.registration_id == Registration.id)
        .where(Notice.told_at.is_(None), Notice.due_at <= now)
        .distinct()
        .order_by(Registration.event_id, Registration.id)
    )
    found: dict[int, list[int]] = {}
    for event_id, registration_id in rows:
        found.setdefault(event_id, []).append(registration_id)
    return found


def untold(registration_ids: Collection[int]) -> dict[int, list[Notice]]:
    """What each of these is still to be told, by time."""
    return _by_person(Notice.registration_id.in_(registration_ids), Notice.told_at.is_(None))


def unanswered(registration_id: int) -> list[Notice]:
    """What somebody was told of a session and has not answered, by time."""
    told = (Notice.registration_id == registration_id, Notice.told_at.is_not(None), Notice.session_id.is_not(None))
    return _by_person(*told).get(registration_id, [])


def _by_person(*conditions: sa.ColumnElement[bool]) -> dict[int, list[Notice]]:
    rows = sa.select(Notice).where(*conditions).order_by(Notice.starts_at, Notice.id)
    found: dict[int, list[Notice]] = {}
    for one in db.session.scalars(rows.execution_options(populate_existing=True)):
        found.setdefault(one.registration_id, []).append(one)
    return found


@dataclass(frozen=True, slots=True)
class Change:
    """A session that is not as somebody last knew it.

    `now` is None when it does not take place. `place` is what they have in it, None when that ended with it: whoever
    `is_displaced` had a place, and did not only wait for one. `clashing` are their other places at its new time, `others`
    what else can be booked at the earlier one.
    """

    notice: Notice
    session: ProgrammeSession
    was_in: Localized | None
    now: Span | None
    place: Place | None
    clashing: Sequence[Place] = field(default=())
    others: Sequence[Workshop] = field(default=())
    is_displaced: bool = False

    @property
    def was(self) -> Span:
        return Span(self.notice.starts_at, self.notice.ends_at)

    @property
    def free(self) -> int:
        """How many of the others have free places."""
        return len([one for one in self.others if one.free > 0])


@dataclass(frozen=True, slots=True)
class Programme:
    """An event as it is now, with what some people have in it."""

    event: Event
    sessions: Mapping[int, ProgrammeSession]
    rooms: Mapping[int, Localized]
    held: Mapping[int, Sequence[Place]]
    bookable: Sequence[Workshop]
    displaced: Collection[tuple[int, int]]  # (registration, session)

    @property
    def is_running(self) -> bool:
        return self.event.status == EventStatus.PUBLISHED and self.event.ends_at > clock.now()

    def change(self, notice: Notice) -> Change | None:
        """What is noted, as it stands now; None when it is of no use any more: the session is over, or as it was, or the
        person has left it."""
        assert notice.session_id is not None
        session, held = self.sessions[notice.session_id], self.held.get(notice.registration_id, ())
        was = Span(notice.starts_at, notice.ends_at)
        was_in = self.rooms.get(notice.room_id or 0)
        beside = [one for one in held if one.session_id != session.id]
        known = {session.id, *(one.session_id for one in beside)}
        others = [one for one in self.bookable if one.id not in known and overlaps(one.span, was)]
        if session.status == SessionStatus.CANCELLED:
            is_displaced = (notice.registration_id, session.id) in self.displaced
            over = notice.starts_at <= clock.now()
            return None if over else Change(notice, session, was_in, None, None, (), others, is_displaced)
        place = next((one for one in held if one.session_id == session.id), None)
        is_same = (was.starts, was.ends, notice.room_id) == (session.starts_at, session.ends_at, session.room_id)
        if is_same or place is None or session.ends_at <= clock.now():
            return None
        now = Span(session.starts_at, session.ends_at)
        clashing = [one for one in beside if one.status == BookingStatus.BOOKED and overlaps(one.span, now)]
        return Change(notice, session, was_in, now, place, clashing, others)


def programme_of(event: Event, notices: Mapping[int, Sequence[Notice]], who: Origin = NOBODY) -> Programme:
    """What the notices of these registrations are compared with; free is what somebody who comes from there can have."""
    numbers = {one.session_id for theirs in notices.values() for one in theirs if one.session_id is not None}
    held: dict[int, list[Place]] = {}
    for place in [*places(notices), *_asked_for(notices)]:
        held.setdefault(place.registration_id, []).append(place)
    return Programme(
        event,
        events.sessions_by_id(numbers),
        {room.id: room.name for room in events.rooms(event.id)},
        held,
        workshops(event.id, who=who) if numbers else [],
        _displaced(notices, numbers),
    )


def _asked_for(registration_ids: Collection[int]) -> list[Place]:
    """What requests that the team has not answered ask for."""
    return [
        Place(one.booking_id, person, one.session_id, one.booking_status, one.title, one.room, one.span, None)
        for person, wishes in wishes_by_person(registration_ids).items()
        for one in wishes
    ]


def _displaced(registration_ids: Collection[int], session_ids: Collection[int]) -> set[tuple[int, int]]:
    """Who of these had a place in which of these sessions until it was said that they do not take place."""
    query = sa.select(Booking.registration_id, Booking.session_id).where(
        Booking.registration_id.in_(registration_ids),
        Booking.session_id.in_(session_ids),
        Booking.status == BookingStatus.DISPLACED,
    )
    return {(row[0], row[1]) for row in db.session.execute(query)}


def changes_of(registration_id: int) -> list[Change]:
    """The changes that somebody who takes part or waits was told of and has not answered, as they stand now."""
    notices = unanswered(registration_id)
    if not notices:
        return []
    registration = with_event(registration_id)
    assert registration is not None
    if registration.status not in ANSWERING:
        return []
    programme = programme_of(registration.event, {registration_id: notices}, origin_of(registration))
    return [found for one in notices if programme.is_running and (found := programme.change(one))]
