"""Registrations as the use-cases make them."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from portal.events.models import Event, ProgrammeSession
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.registration import services
from portal.registration.models import Booking, Need, Registration, SessionSeats
from portal.registration.notices import QUIET
from portal.registration.services import Wish
from tests.factories.events import make_team_member, refreshed, unique

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
        event_id=event.id, name=name, email=address, locale=locale, wanted=wishes(sessions, waits=True),
        **{"accepts_waiting": True, "affiliation": "", **values},
    )  # fmt: skip
    latest = sa.select(Registration).where(Registration.email == address).order_by(Registration.id.desc()).limit(1)
    return db.session.scalars(latest).one()


def confirmed(event: Event, *sessions: object, **values: object) -> Registration:
    """Somebody who sent the form and confirmed it: booked, or waiting."""
    registration = submit(event, *sessions, **values)
    done = services.confirm(registration.id)
    return db.session.get_one(Registration, done.registration_id, populate_existing=True)


def make_need(event: Event, kind: str = "captions") -> Need:
    """Somebody who takes part needs something, and somebody of the team reads it."""
    make_team_member(event, "access")
    registration = confirmed(event)
    services.ask(registration.id, kinds=[kind], note="", agrees=True)
    return db.session.scalars(sa.select(Need).where(Need.registration_id == registration.id)).one()


def keep(event: Event, seats: int, *sectors: str, session: ProgrammeSession | None = None, **more: Any) -> None:
    """So many seats are for these sectors, or for the organisations with these names."""
    values = {
        "name_pl": f"Pula {unique()}", "name_bg": "", "name_en": "", "sectors": sectors, "seats": seats, "release_at": None,
        **more,
    }  # fmt: skip
    services.reserve(event, session=session, by=PORTAL, **values)


def change(
    registration: Registration, *wanted: Wish, name: str = "Anna Nowak", affiliation: str = "", **more: Any
) -> None:
    """The holder makes these the workshops, from a page of this moment."""
    version = refreshed(registration).row_version
    services.change(registration.id, version=version, name=name, affiliation=affiliation, wanted=wanted, **more)


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


def tell_changes() -> int:
    """What the worker does when nobody has changed the programme for a while."""
    with clock.frozen(clock.now() + QUIET):
        return services.send_notices()
