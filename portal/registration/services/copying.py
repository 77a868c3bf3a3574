"""The reserves of an event go along into its copies."""

import datetime as dt
from collections import Counter

from portal.events.facts import EventCopied
from portal.events.models import Event
from portal.events.services.copying import moved_to
from portal.ground.db import transaction
from portal.registration import queries
from portal.registration.fields import RESERVE
from portal.registration.models.reserves import ReservedOrganisation, SeatReserve
from portal.registration.services import seats


def copy_reserves(fact: EventCopied) -> None:
    """Keep the same places in the copy, for the same people, in the order in which they were kept; those of a session that
    does not take place stay behind. All of them are opened to everybody as many days before, also those that are open here
    by now."""
    with transaction() as store:
        zone = store.get_one(Event, fact.copy_id).timezone
        made = []
        for row, organisations in queries.reserve_rows(fact.event_id):
            if row.session_id is None or row.session_id in fact.sessions:
                made.append((_copy(row, fact, zone), organisations))
        store.add_all(row for row, _organisations in made)
        store.flush()
        store.add_all(
            ReservedOrganisation(reserve_id=row.id, organisation_id=number)
            for row, organisations in made
            for number in organisations
        )
        kept = Counter[int | None]()
        for row, _organisations in made:
            kept[row.session_id] += row.seats
        for session_id, number in kept.items():
            seats.count_kept(store, fact.copy_id, session_id, number)


def _copy(row: SeatReserve, fact: EventCopied, zone: str) -> SeatReserve:
    values = {name: getattr(row, name) for name in RESERVE.columns}
    if row.release_at is not None:
        values["release_at"] = moved_to(fact.day, row.release_at, dt.timedelta(days=fact.days), zone)
    return SeatReserve(
        event_id=fact.copy_id if row.session_id is None else None,
        session_id=None if row.session_id is None else fact.sessions[row.session_id],
        **values,
    )
