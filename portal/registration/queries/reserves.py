"""Reads of reserves, and of the room that they leave: who sits there, and who could."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from portal.events.models import Event, ProgrammeSession
from portal.ground import clock
from portal.ground.db import db
from portal.organisations.models import Organisation
from portal.registration.models import (
    Booking,
    Delegation,
    DelegationSeat,
    EventSeats,
    Registration,
    SessionSeats,
)
from portal.registration.models.reserves import ReservedOrganisation, SeatReserve
from portal.registration.occupying import SEATED, SEATED_IN_SESSION, SEATED_SEAT, seats_of
from portal.registration.quotas import Origin, Reserve, Room
from portal.words.i18n import Localized
from portal.words.text import fold


@dataclass(frozen=True, slots=True)
class Kept:
    """A reserve as people read of it; `rule` decides."""

    rule: Reserve
    name: Localized
    event_id: int | None
    session_id: int | None

    @property
    def seats(self) -> int:
        return self.rule.seats

    @property
    def until(self) -> dt.datetime | None:
        return self.rule.release_at

    @property
    def is_released(self) -> bool:
        return not self.rule.keeps_at(clock.now())


@dataclass(frozen=True, slots=True)
class Hall:
    """The seats of an event or session with reserves or a limit of each organisation, and who has one of them now."""

    seats: int
    reserves: Sequence[Kept]
    seated: Mapping[Origin, int]
    cap: int | None = None

    @property
    def kept(self) -> Sequence[Kept]:
        """The reserves that still keep their seats."""
        return [one for one in self.reserves if not one.is_released]

    def room(self) -> Room:
        return Room(self.seats, [one.rule for one in self.kept], self.seated, cap=self.cap)

    def kept_from(self, who: Origin, free: int) -> int:
        """How many of so many free seats somebody like them cannot have."""
        return max(0, free - self.room().free_for(who))

    def changed(self, old: Origin, new: Origin, people: int = 1) -> "Hall":
        """The same with so many people who come from elsewhere."""
        seated = {**self.seated, old: self.seated.get(old, 0) - people}
        seated[new] = seated.get(new, 0) + people
        return replace(self, seated={who: number for who, number in seated.items() if number > 0})


_RESERVES = (
    sa.select(SeatReserve, ReservedOrganisation.organisation_id)
    .outerjoin(ReservedOrganisation, ReservedOrganisation.reserve_id == SeatReserve.id)
    .order_by(SeatReserve.id, ReservedOrganisation.organisation_id)
)
_OF_EVENTS = SeatReserve.event_id.in_(sa.bindparam("events", expanding=True))
_OF_SESSIONS = SeatReserve.session_id.in_(sa.bindparam("sessions", expanding=True))
_ORIGIN = (Registration.sector, Registration.organisation_id)
_ORIGIN_OF_DELEGATION = (Delegation.sector, Delegation.organisation_id, Delegation.affiliation)
_AT_EVENTS = (
    sa.select(Registration.event_id, *_ORIGIN, Registration.affiliation, seats_of())
    .where(Registration.event_id.in_(sa.bindparam("events", expanding=True)), SEATED)
    .group_by(Registration.event_id, *_ORIGIN, Registration.affiliation)
).union_all(
    sa.select(Delegation.event_id, *_ORIGIN_OF_DELEGATION, sa.func.count())
    .join(DelegationSeat, DelegationSeat.delegation_id == Delegation.id)
    .where(DelegationSeat.event_id.in_(sa.bindparam("events", expanding=True)), SEATED_SEAT)
    .group_by(Delegation.event_id, *_ORIGIN_OF_DELEGATION)
)
_IN_SESSIONS = (
    sa.select(Booking.session_id, *_ORIGIN, sa.literal(""), sa.func.count())
    .join(Registration, Registration.id == Booking.registration_id)
    .where(Booking.session_id.in_(sa.bindparam("sessions", expanding=True)), SEATED_IN_SESSION)
    .group_by(Booking.session_id, *_ORIGIN)
)


def origin(sector: str, organisation_id: int | None, affiliation: str = "") -> Origin:
    """Where somebody comes from who has said so. Names are compared whatever their case, their marks or their script."""
    return Origin(sector, organisation_id, "" if organisation_id else fold(affiliation))


def origin_of(registration: Registration) -> Origin:
    return origin(registration.sector, registration.organisation_id, registration.affiliation)


def _rows(statement: sa.Select[SeatReserve, int | None], **values: object) -> list[tuple[SeatReserve, list[int]]]:
    found: dict[int, tuple[SeatReserve, list[int]]] = {}
    for row, organisation in db.session.execute(statement, values):
        found.setdefault(row.id, (row, []))[1].extend([organisation] if organisation else [])
    return list(found.values())


def _kept(statement: sa.Select[SeatReserve, int | None], **values: object) -> list[Kept]:
    return [
        Kept(
            Reserve(row.id, row.seats, frozenset(filter(None, row.sectors.split(","))), frozenset(those), row.release_at),
            row.name, row.event_id, row.session_id,
        )
        for row, those in _rows(statement, **values)
    ]  # fmt: skip


def _seated(
    statement: sa.Select[int, str, int | None, str, int] | sa.CompoundSelect[int, str, int | None, str, int],
    **values: object,
) -> dict[int, dict[Origin, int]]:
    found: dict[int, dict[Origin, int]] = {}
    for scope, sector, organisation, affiliation, number in db.session.execute(
        statement, {**values, "now": clock.now()}
    ):
        who, these = origin(sector, organisation, affiliation), found.setdefault(scope, {})
        these[who] = these.get(who, 0) + number
    return found


def halls_of_events(seats: Mapping[int, int], caps: Mapping[int, int | None]) -> dict[int, Hall]:
    """Those of these events, with the number of `seats` of each: two statements, none for no event."""
    if not seats:
        return {}
    reserves, seated = _kept(_RESERVES.where(_OF_EVENTS), events=list(seats)), _seated(_AT_EVENTS, events=list(seats))
    return {
        number: Hall(
            many, [one for one in reserves if one.event_id == number], seated.get(number, {}), caps.get(number)
        )
        for number, many in seats.items()
    }


def halls_of_sessions(seats: Mapping[int, int]) -> dict[int, Hall]:
    """The same for sessions with reserves."""
    if not seats:
        return {}
    reserves = _kept(_RESERVES.where(_OF_SESSIONS), sessions=list(seats))
    seated = _seated(_IN_SESSIONS, sessions=list(seats))
    return {
        number: Hall(many, [one for one in reserves if one.session_id == number], seated.get(number, {}))
        for number, many in seats.items()
    }


_HALL = (
    sa.select(EventSeats.seats, EventSeats.reserved, Event.max_per_organisation)
    .join(Event, Event.id == EventSeats.event_id)
    .where(EventSeats.event_id == sa.bindparam("event"))
)


def hall_of_event(event_id: int) -> Hall | None:
    """That of an event; None where nothing is kept and no organisation is limited: whoever is first has the seat."""
    row = db.session.execute(_HALL, {"event": event_id}).first()
    if row is None or not (row.reserved or row.max_per_organisation):
        return None
    return halls_of_events({event_id: row.seats}, {event_id: row.max_per_organisation})[event_id]


def reserved_sessions(event_id: int, *, only: Collection[int] | None = None) -> dict[int, int]:
    """The sessions of an event in which seats are kept, with the number of all their seats; `only` some of them."""
    query = (
        sa.select(SessionSeats.session_id, SessionSeats.seats)
        .join(ProgrammeSession, ProgrammeSession.id == SessionSeats.session_id)
        .where(ProgrammeSession.event_id == event_id, SessionSeats.reserved > 0)
    )
    if only is not None:
        query = query.where(SessionSeats.session_id.in_(only))
    return {row[0]: row[1] for row in db.session.execute(query)}


def origins_of(registration_ids: Iterable[int]) -> dict[int, Origin]:
    """Where these come from; for reserves, which do not look at names."""
    rows = db.session.execute(sa.select(Registration.id, *_ORIGIN).where(Registration.id.in_(list(registration_ids))))
    return {row[0]: origin(*row[1:]) for row in rows}


@dataclass(frozen=True, slots=True)
class ReserveLine:
    """A reserve in the list of those who run the event: of the people who have a seat there, so many `belong` to it."""

    kept: Kept
    title: Localized | None  # of the session; None: of the event
    capacity: int
    belong: int


def reserve_lines(event_id: int) -> list[ReserveLine]:
    """Every reserve of an event and of its sessions: those of the event first, then by session."""
    own, seats = hall_of_event(event_id), reserved_sessions(event_id)
    named = sa.select(ProgrammeSession.id, ProgrammeSession.title).where(ProgrammeSession.id.in_(seats))
    titles: dict[int | None, Localized] = {row[0]: row[1] for row in db.session.execute(named)}
    halls = [*([(None, own)] if own else []), *halls_of_sessions(seats).items()]
    return [
        ReserveLine(
            kept, titles.get(number), hall.seats,
            sum(many for who, many in hall.seated.items() if kept.rule.is_for(who)),
        )
        for number, hall in halls
        for kept in hall.reserves
    ]  # fmt: skip


def kept_of_event(event_id: int) -> list[Kept]:
    """Every reserve of an event and of its sessions, in the order in which they were made."""
    return _kept(_RESERVES.where(_anywhere(event_id)))


def reserve_rows(event_id: int) -> list[tuple[SeatReserve, list[int]]]:
    """The same as they are stored, each with the numbers of its organisations."""
    return _rows(_RESERVES.where(_anywhere(event_id)).execution_options(populate_existing=True))


def _anywhere(event_id: int) -> sa.ColumnElement[bool]:
    own_sessions = sa.select(ProgrammeSession.id).where(ProgrammeSession.event_id == event_id)
    return sa.or_(SeatReserve.event_id == event_id, SeatReserve.session_id.in_(own_sessions))


@dataclass(frozen=True, slots=True)
class EventReserve:
    """A reserve with the event that it is of, or whose session it is of, and the organisations that it is for."""

    event: Event
    row: SeatReserve
    organisations: Sequence[Organisation]

    @property
    def id(self) -> int:
        return self.row.id


def reserve_of(slug: str, number: int) -> EventReserve | None:
    """A reserve of the event at this address or of one of its sessions, with the event and its host."""
    row = db.session.execute(
        sa.select(Event, SeatReserve)
        .join(SeatReserve, sa.true())
        .outerjoin(ProgrammeSession, ProgrammeSession.id == SeatReserve.session_id)
        .where(
            Event.slug == slug,
            SeatReserve.id == number,
            Event.id == sa.func.coalesce(SeatReserve.event_id, ProgrammeSession.event_id),
        )
        .options(joinedload(Event.network), selectinload(Event.organisation))
    ).first()
    return EventReserve(row[0], row[1], organisations_of(number)) if row else None


def organisations_of(reserve_id: int) -> Sequence[Organisation]:
    """For whose people a reserve keeps seats."""
    query = sa.select(Organisation).join(ReservedOrganisation, ReservedOrganisation.organisation_id == Organisation.id)
    return db.session.scalars(
        query.where(ReservedOrganisation.reserve_id == reserve_id).order_by(Organisation.id)
    ).all()


_OF_EVENT = sa.func.coalesce(SeatReserve.event_id, ProgrammeSession.event_id)


def due_releases() -> list[int]:
    """The events with a reserve whose release has come and was not served yet."""
    due = sa.select(_OF_EVENT).outerjoin(ProgrammeSession, ProgrammeSession.id == SeatReserve.session_id)
    return list(db.session.scalars(due.where(*_due()).distinct().order_by(_OF_EVENT)))


def due_reserves(event_id: int) -> list[SeatReserve]:
    """Those of one event, as they are now."""
    due = sa.select(SeatReserve).outerjoin(ProgrammeSession, ProgrammeSession.id == SeatReserve.session_id)
    mine = due.where(*_due(), _OF_EVENT.in_([event_id])).order_by(SeatReserve.id)
    return list(db.session.scalars(mine.execution_options(populate_existing=True)))


def _due() -> tuple[sa.ColumnElement[bool], ...]:
    return SeatReserve.release_at <= clock.now(), SeatReserve.released_at.is_(None)
