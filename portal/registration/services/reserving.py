"""Reserves, as the organisers of an event make, change and remove them; what that does is shown before, and served at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.events.models import Event, EventStatus, ProgrammeSession, SessionStatus
from portal.ground import audit, clock
from portal.ground.authz import PORTAL, Portal, demand
from portal.ground.batches import each
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, check_version
from portal.ground.locks import locked_if_there
from portal.registration import queries
from portal.registration.fields import RESERVE
from portal.registration.models.reserves import ReservedOrganisation, SeatReserve
from portal.registration.passing import serve
from portal.registration.policies import Permission
from portal.registration.queries import EventReserve, Kept
from portal.registration.quotas import Reserve
from portal.registration.services import filling, seats
from portal.registration.services.reserve_checks import Place, checked, counter_of, hall_of_place
from portal.registration.services.serving import refill
from portal.words.fields import Given
from portal.words.i18n import LANGUAGES, Localized, _l

OVER = _l("The event is over or cancelled. Its places stay as they were.")
CHANGED = _l("The reserve has changed in the meantime. Compare both versions and choose what stays.")


@dataclass(frozen=True, slots=True)
class Effect:
    """What a reserve does at this moment: of the people `seated`, how many `belong` to it, how many sit `beyond` what is
    left to them; of those who wait, how many are `admitted` at once; and how many places are `free` for everybody then."""

    seated: int
    belong: int
    beyond: int
    waiting: int
    admitted: int
    free: int


def reserve(
    event: Event, *, session: ProgrammeSession | None = None, organisations: Sequence[str] = (), by: Person | Portal,
    **values: object,
) -> None:  # fmt: skip
    """Keep seats, with the fields of RESERVE and the names of organisations of the directory."""
    given = RESERVE.given(values)
    with transaction() as store:
        event = _editable(store, event.id, by)
        if session is not None and (session.event_id != event.id or session.status != SessionStatus.SCHEDULED):
            raise Conflict(OVER)
        place = Place(event, session)
        counter = counter_of(place)
        given, found = checked(place, counter, given, organisations, None)
        row = SeatReserve(
            event_id=None if session else event.id, session_id=session.id if session else None,
            **RESERVE.new(given, event.title.original),
        )  # fmt: skip
        row.name = _name(given, event)
        store.add(row)
        store.flush()
        _write_organisations(store, row, found)
        _count(store, place, row.seats)
        _serve(store, place)
        audit.record("event.reserve_made", event, detail=_detail(row, found), actor=by)


def change_reserve(
    kept: EventReserve, *, version: int, organisations: Sequence[str] = (), by: Person | Portal, **values: object
) -> None:
    """Change a reserve. Whoever has a seat keeps it, also when the reserve becomes smaller than those who sit in it."""
    given = RESERVE.given(values)
    with transaction() as store:
        event = _editable(store, kept.event.id, by)
        row = locked_if_there(SeatReserve, kept.id)
        if row is None:
            raise Conflict(CHANGED)
        place = _place(event, row)
        check_version(row, version, RESERVE.read(row, event.title.original, event.timezone), reason=CHANGED)
        counter = counter_of(place)
        given, found = checked(place, counter, given, organisations, row)
        before, was = row.seats, row.release_at
        RESERVE.write(row, given, event.title.original)
        row.name = _name(given, event)
        if row.release_at != was:
            row.released_at = None
        store.flush()
        _write_organisations(store, row, found)
        _count(store, place, row.seats - before)
        _serve(store, place)
        audit.record("event.reserve_changed", event, detail=_detail(row, found), actor=by)


def remove_reserve(kept: EventReserve, *, by: Person | Portal) -> bool:
    """Open the seats of a reserve to everybody, and serve whoever waits. Removed before already, it is False."""
    with transaction() as store:
        event = _editable(store, kept.event.id, by)
        row = locked_if_there(SeatReserve, kept.id)
        if row is None:
            return False
        place, number = _place(event, row), row.seats
        counter_of(place)
        store.delete(row)
        store.flush()
        _count(store, place, -number)
        _serve(store, place)
        audit.record("event.reserve_removed", event, detail={"reserve": kept.id, "seats": number}, actor=by)
        return True


def effect(
    event: Event,
    session: ProgrammeSession | None,
    values: Mapping[str, object],
    organisations: Sequence[str],
    *,
    known: EventReserve | None = None,
) -> Effect:
    """What saving this reserve would do now. Raises everything that saving would refuse. Reads only."""
    place, given = Place(event, session), RESERVE.given(values)
    counter = counter_of(place, is_locked=False)
    given, found = checked(place, counter, given, organisations, known.row if known else None)
    number = known.id if known else 0
    rule = Reserve(
        number,
        given.number("seats") or 0,
        frozenset(given.codes("sectors")),
        frozenset(found),
        given.moment("release_at"),
    )
    hall = hall_of_place(place, counter)
    others = [one for one in hall.reserves if one.rule.id != number]
    new = replace(hall, reserves=[*others, Kept(rule, Localized(), None, None)])
    room = new.room()
    waiting = queries.turns(event.id) if session is None else []
    beyond, seated = room.excess, room.taken
    if session is None:
        admitted = sum(one.size for one in serve(room, waiting, clock.now()).turns)
        number_waiting = sum(one.size for one in waiting)
    else:
        number_waiting, admitted = filling.would_fill(db.session(), session.id, counter.seats - counter.taken, room)
    belong = sum(number for who, number in hall.seated.items() if rule.is_for(who))
    return Effect(seated, belong, beyond, number_waiting, admitted, room.free_for(queries.origin("", None)))


def release_due() -> int:
    """Give on the seats of reserves whose release has come; returns how many reserves that were."""
    return each("reserves", queries.due_releases(), _release)


def _release(event_id: int) -> int:
    with transaction() as store:
        event = seats.lock_event(store, event_id)
        due = queries.due_reserves(event_id)
        for row in due:
            row.released_at = clock.now()
            audit.record("event.reserve_released", event, detail={"reserve": row.id, "seats": row.seats}, actor=PORTAL)
        store.flush()
        refill(store, event, session_ids={row.session_id for row in due if row.session_id})
        return len(due)


def _editable(store: Session, event_id: int, by: Person | Portal) -> Event:
    event = seats.lock_event(store, event_id)
    demand(Permission.RESERVES, event, by=by)
    if event.status == EventStatus.CANCELLED or event.ends_at <= clock.now():
        raise Conflict(OVER)
    return event


def _place(event: Event, row: SeatReserve) -> Place:
    session = db.session.get(ProgrammeSession, row.session_id) if row.session_id else None
    return Place(event, session)


def _name(given: Given, event: Event) -> Localized:
    """The names, the original one in the language of the event where there is one."""
    names = {code: given.text(f"name_{code}") for code in LANGUAGES if given.text(f"name_{code}")}
    original = event.title.original if event.title.original in names else next(iter(names))
    return Localized.of(original, names.pop(original), **names)


def _write_organisations(store: Session, row: SeatReserve, found: Collection[int]) -> None:
    store.execute(sa.delete(ReservedOrganisation).where(ReservedOrganisation.reserve_id == row.id))
    store.add_all(ReservedOrganisation(reserve_id=row.id, organisation_id=number) for number in found)
    store.flush()


def _count(store: Session, place: Place, change: int) -> None:
    seats.count_kept(store, place.event.id, place.session.id if place.session else None, change)


def _serve(store: Session, place: Place) -> None:
    refill(store, place.event, session_ids={place.session.id} if place.session else set())


def _detail(row: SeatReserve, found: Collection[int]) -> dict[str, object]:
    return {
        "reserve": row.id, "session": row.session_id, "seats": row.seats, "sectors": row.sectors,
        "organisations": list(found), "until": row.release_at.isoformat() if row.release_at else None,
    }  # fmt: skip
