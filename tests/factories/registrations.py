"""Registrations as the use-cases make them."""

from collections.abc import Sequence

import sqlalchemy as sa

from portal.events.models import Event
from portal.ground.db import db
from portal.registration import services
from portal.registration.models import Booking, Registration, SessionSeats
from portal.registration.services import Wish
from tests.factories.events import refreshed, unique

Wanted = Sequence[object]


def wishes(sessions: Wanted, *, waits: bool = False) -> list[Wish]:
    return [Wish(one.id, waits) for one in sessions]


def submit(
    event: Event,
    *sessions: object,
    email: str | None = None,
    name: str = "Anna Nowak",
    locale: str = "pl",
    **values: object,
) -> Registration:
    """A form that was sent and not confirmed yet (the registration that holds, if the same person sent it again)."""
    address = email or f"osoba{unique()}@example.org"
    services.submit(
        event_id=event.id, name=name, email=address, locale=locale, affiliation="", wanted=wishes(sessions, waits=True),
        **{"accepts_waiting": True, **values},
    )  # fmt: skip
    latest = sa.select(Registration).where(Registration.email == address).order_by(Registration.id.desc()).limit(1)
    return db.session.scalars(latest).one()


def confirmed(event: Event, *sessions: object, **values: object) -> Registration:
    """Somebody who sent the form and confirmed it: booked, or waiting."""
    registration = submit(event, *sessions, **values)
    done = services.confirm(registration.id)
    return db.session.get_one(Registration, done.registration_id, populate_existing=True)


def change(registration: Registration, *wanted: Wish, name: str = "Anna Nowak") -> None:
    """The holder makes these the workshops, from a page of this moment."""
    version = refreshed(registration).row_version
    services.change(registration.id, version=version, name=name, affiliation="", wanted=wanted)


def state(registration: Registration, session: object) -> str | None:
    """What a registration has in a session at last: "booked", "waiting", "wished", "released" or None."""
    return db.session.scalar(
        sa.select(Booking.status)
        .where(Booking.registration_id == registration.id, Booking.session_id == session.id)
        .order_by(Booking.id.desc())
        .limit(1)
    )


def taken(session: object) -> int:
    """The counter of a session."""
    counted = db.session.scalar(sa.select(SessionSeats.taken).where(SessionSeats.session_id == session.id))
    assert counted is not None
    return counted
