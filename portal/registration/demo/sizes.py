"""One event with any number of registrations, made up from a seed: the last of them wait."""

import datetime as dt
import random
from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from portal.events.models import Event
from portal.events.queries import by_slug, sessions
from portal.events.services import BulkEvent, bulk_create_events
from portal.ground import clock
from portal.ground.db import db
from portal.membership.models import Network
from portal.registration.models import Registration
from portal.registration.services import BulkRegistration, bulk_register
from portal.words.i18n import Localized
from portal.words.text import slugify

_TITLE = "Zjazd wszystkich sieci"
BIG = slugify(_TITLE)
_GIVEN = ("Iga", "Leon", "Мира", "Ivo", "Нели", "Ola", "Rafał", "Stoyan", "Weronika", "Ясен", "Żaneta", "Борис", "Ewa")
_FAMILY = (
    "Brzęczyk",
    "Долинова",
    "Kalinowa-Sarna",
    "Лозев",
    "Mokradło",
    "Petrowa",
    "Wrzos",
    "Градев",
    "Ćwikła",
    "Dudek",
)
_WORKSHOPS = 8
_HAVE_SEATS = 0.9  # of those who come


def load_many(size: int, seed: int) -> int:
    """Make up registrations for the big event until it has `size`; returns how many were added. There must be a network."""
    event_id = _big_event(size)
    known = db.session.scalar(sa.select(sa.func.count()).where(Registration.event_id == event_id)) or 0
    workshops = [session.id for session in sessions(event_id) if session.seats is not None]
    db.session.rollback()
    return bulk_register(event_id, _rows(known, size, workshops, seed))


def _big_event(size: int) -> int:
    event: Event | None = by_slug(BIG)
    if event is not None:
        return event.id
    network = db.session.scalars(sa.select(Network.id).order_by(Network.id).limit(1)).one()
    db.session.rollback()
    starts = clock.now().replace(hour=8, minute=0, second=0, microsecond=0) + dt.timedelta(days=60)
    seats = max(1, int(size * _HAVE_SEATS))
    (number,) = bulk_create_events([
        BulkEvent(
            network_id=network,
            title=Localized.of("pl", _TITLE),
            summary=Localized.of("pl", "Raz w roku wszyscy w jednym miejscu."),
            venue=Localized.of("pl", "Hala targowa"),
            town="Łódź",
            timezone="Europe/Warsaw",
            starts_at=starts,
            ends_at=starts + dt.timedelta(hours=8),
            published_at=clock.now() - dt.timedelta(days=90),
            seats=seats,
            workshops=[max(1, seats // _WORKSHOPS)] * _WORKSHOPS,
        )
    ])  # fmt: skip
    return number


def _rows(known: int, size: int, workshops: Sequence[int], seed: int) -> Iterator[BulkRegistration]:
    chance = random.Random(seed + known)  # noqa: S311  (a repeatable demo, no secret)
    began = clock.now() - dt.timedelta(days=60)
    for number in range(known, size):
        yield BulkRegistration(
            name=f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)}",
            email=f"visitor{number}@example.org",
            locale=chance.choice(("pl", "bg", "en")),
            confirmed_at=began + dt.timedelta(seconds=10 * number),
            wanted=(chance.choice(workshops),),
        )
