"""Networks, events and sessions: real rows, with the counters of seats that their services would have made."""

import datetime as dt
from typing import Any

from portal.accounts.models import Person
from portal.events import queries, services
from portal.events.facts import EventChanged, EventFrame, Placement, SessionChanged
from portal.events.models import Event, EventRole, EventStatus, ProgrammeSession, Room, SessionKind, Slot
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.ground.facts import announce
from portal.membership.models import Network, NetworkRole
from portal.organisations.models import Organisation
from portal.questions.models import QuestionKind
from portal.questions.queries import Asked
from portal.words.i18n import Localized
from tests.factories.people import make_person

HOUR = dt.timedelta(hours=1)
# What a coordinator types into the form of a new event.
NEW = {
    "language": "pl",
    "title": "Kongres Sąsiadek i Sąsiadów",
    "summary": "Dwa dni warsztatów.",
    "kind": "congress",
    "mode": "on-site",
    "description": "Pierwszy akapit.\n\nDrugi akapit.",
    "starts_at": "2026-12-04T09:00",
    "ends_at": "2026-12-05T17:00",
    "timezone": "Europe/Warsaw",
    "venue": "Dom Tkacza",
    "town": "Łódź",
    "seats": "120",
}
_number = 0


def unique() -> int:
    """A number that no other row of this process has."""
    global _number
    _number += 1
    return _number


def make_network(name: str = "Sieć Sąsiedzka", **values: Any) -> Network:
    with transaction() as session:
        network = Network(
            slug=values.pop("slug", f"siec-{unique()}"), name=Localized.of("pl", name),
            summary=Localized(), description=Localized(), **values,
        )  # fmt: skip
        session.add(network)
    return network


def make_event(
    network: Network | None = None, *, organisation: Organisation | None = None, seats: int | None = None, **values: Any
) -> Event:
    """A published event of two days, ten days from now: of a network, or of an organisation."""
    host = {"organisation_id": organisation.id} if organisation else {"network_id": (network or make_network()).id}
    starts = values.pop(
        "starts_at", clock.now().replace(hour=8, minute=0, second=0, microsecond=0) + dt.timedelta(days=10)
    )
    with transaction() as session:
        event = Event(**{
            "slug": f"kongres-{unique()}", **host, "status": EventStatus.PUBLISHED,
            "title": Localized.of("pl", "Kongres Sieci", bg="Конгрес на мрежата", en="Congress of the Network"),
            "summary": Localized.of("pl", "Dwa dni rozmów."), "description": Localized(),
            "venue": Localized.of("pl", "Dom Tkacza"), "town": "Łódź", "timezone": "Europe/Warsaw",
            "starts_at": starts, "ends_at": starts + dt.timedelta(hours=32), "seats": seats,
            "published_at": clock.now(), **values,
        })  # fmt: skip
        if event.status == EventStatus.CANCELLED:
            event.cancelled_at = event.cancelled_at or clock.now()
        session.add(event)
        session.flush()
        announce(EventChanged(event.id, None, EventFrame(event.starts_at, event.ends_at, "Łódź", seats)))
    return event


def make_team_member(event: Event, role: str) -> Person:
    """Somebody who does this for the event."""
    person = make_person()
    with transaction() as session:
        session.add(EventRole(event_id=event.id, person_id=person.id, role=role))
    return person


def make_slot(event: Event, hours: float = 2, length: float = 1.5) -> Slot:
    """A slot that begins so many hours after the event."""
    with transaction() as session:
        event = session.get_one(Event, event.id)
        starts = event.starts_at + hours * HOUR
        slot = Slot(event_id=event.id, name=None, starts_at=starts, ends_at=starts + length * HOUR)
        session.add(slot)
    return slot


def make_room(event: Event, name: str = "Sala Tkaczy") -> Room:
    with transaction() as session:
        room = Room(event_id=event.id, name=Localized.of("pl", name))
        session.add(room)
    return room


def make_session(
    event: Event,
    *,
    seats: int | None = 10,
    hours: float = 2,
    length: float = 1.5,
    slot: Slot | None = None,
    **values: Any,
) -> ProgrammeSession:
    """A workshop that begins so many hours after the event (or when its slot does)."""
    with transaction() as session:
        event = session.get_one(Event, event.id)
        if slot is not None:
            slot = session.get_one(Slot, slot.id)
        starts = slot.starts_at if slot else event.starts_at + hours * HOUR
        ends = slot.ends_at if slot else starts + length * HOUR
        one = ProgrammeSession(**{
            "event_id": event.id, "slot_id": slot.id if slot else None, "kind": SessionKind.WORKSHOP,
            "title": Localized.of("pl", f"Warsztat {unique()}"), "abstract": Localized(),
            "starts_at": starts, "ends_at": ends, "seats": seats, **values,
        })  # fmt: skip
        session.add(one)
        session.flush()
        announce(SessionChanged(event.id, one.id, None, Placement(one.starts_at, one.ends_at, one.room_id, seats)))
    return one


def ask(event: Event, text: str = "Skąd przyjedziesz?", *, kind: str = "text", **more: Any) -> Asked:
    """A question to those who register, in Polish; choices have two answers, o1 and o2, where no others are `added`."""
    wanted = QuestionKind(kind)
    if wanted.has_options:
        more.setdefault("added", ["Tak", "Nie"])
    made = services.add_question(event, kind=wanted, language="pl", text=text, by=PORTAL, **more)
    return next(one for one in queries.questions_of(event.id) if one.id == made.id)


def refreshed(row: Any) -> Any:
    """The row as it is in the database now."""
    return db.session.get(type(row), row.id, populate_existing=True)


def make_coordinator(network: Network, name: str = "Kora Koordynacka", **values: Any) -> Any:
    """Somebody with an account who coordinates the network."""
    from tests.factories.people import make_person

    person = make_person(name, **values)
    with transaction() as session:
        session.add(NetworkRole(network_id=network.id, person_id=person.id))
    return person
