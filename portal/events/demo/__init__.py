"""The events of the demo: a congress of two days with 24 workshops, and meetings in every state."""

import datetime as dt
from functools import partial
from typing import Any

from portal.accounts.demo import Cast
from portal.accounts.models import Person
from portal.declaration import Demo
from portal.events.demo import working_days
from portal.events.demo.sizes import load_many
from portal.events.models import Event, ProgrammeSession, Room, Slot
from portal.events.queries import questions_of
from portal.events.services import (
    add_question,
    cancel_event,
    create_event,
    create_room,
    create_session,
    create_slot,
    publish_event,
)
from portal.ground import clock
from portal.ground.db import db
from portal.membership import queries as membership_queries
from portal.membership.publishers import Publisher
from portal.organisations import queries as organisation_queries
from portal.questions.demo import build
from portal.words.content import content, localized

CONGRESS = "kongres-wspolpracy-lokalnej"
SLOTS = ((0, 11, 30, 90), (0, 15, 0, 90), (1, 9, 30, 90), (1, 12, 0, 90))  # day, hour, minute, minutes


def entries() -> list[dict[str, Any]]:
    """What the content says of each meeting; registration reads there how many come."""
    meetings: list[dict[str, Any]] = content(__name__, "events")["event"]
    return meetings


def load(cast: Cast) -> None:
    _congress(cast)
    for entry in entries():
        day = working_days.next_working(_day(entry["starts_in_days"]))
        by = cast.people[entry.get("by", "coordinator")]
        with clock.frozen(clock.now() - dt.timedelta(days=60)):
            event = _event(cast, entry, _midnight(day))
            _one_session(event, entry["kind"], by)
            build(entry.get("questions", []), partial(add_question, event, by=by), partial(questions_of, event.id))
            publish_event(event, by=by)
        if entry.get("cancelled") and not entry.get("registrations"):
            cancel_event(event, reason=entry["cancelled"], by=by)


def _day(days: int) -> dt.date:
    """The day that is so many days from now."""
    return clock.now().date() + dt.timedelta(days=days)


def _midnight(day: dt.date) -> dt.datetime:
    """As wall time."""
    return dt.datetime.combine(day, dt.time())


def _event(cast: Cast, entry: dict[str, Any], day: dt.datetime) -> Event:
    texts = {key: localized(entry[f"{key}s"]) for key in ("title", "venue")}
    texts["summary"] = localized(entry["summaries"])
    texts["description"] = localized(entry["descriptions"])
    further = {"cost": "costs", "online_notes": "online_notes", "reminder_text": "reminder_text"}
    texts |= {name: localized(entry[key]) for name, key in further.items() if key in entry}
    starts = day + dt.timedelta(hours=entry.get("hour", 9))
    event = create_event(
        host=_host(entry.get("network", ""), entry.get("organisation", "")),
        language=texts["title"].original,
        title=texts["title"].source,
        summary=texts["summary"].source,
        description=texts["description"].source,
        venue=texts["venue"].source,
        town=entry["town"],
        timezone=entry["timezone"],
        starts_at=starts,
        ends_at=starts + dt.timedelta(hours=entry.get("hours", 34)),
        seats=entry.get("seats"),
        approval=entry.get("approval", False),
        reminder_days=tuple(entry.get("reminder_days", ())),
        reconfirm_days=entry.get("reconfirm_days"),
        reconfirm_releases="reconfirm_days" in entry,
        asks_organisation=entry.get("asks_organisation", False),
        **{name: entry.get(name) for name in ("offer_hours", "max_per_organisation", "max_companions")},
        takes_delegations=entry.get("takes_delegations", False),
        kind=entry["event_kind"],
        mode=entry.get("mode", "on-site"),
        region=entry.get("region", ""),
        themes=tuple(entry.get("themes", ())),
        languages=tuple(entry.get("languages", ())),
        access=tuple(entry.get("access", ())),
        online_url=entry.get("online_url", ""),
        by=cast.people[entry.get("by", "coordinator")],
    )
    event.slug = entry["slug"]
    cast.keep(event.slug, event)
    for key, text in texts.items():
        setattr(event, key, text)
    db.session.flush()
    return event


def _host(network: str, organisation: str) -> Publisher:
    """The network or the organisation that an event is of."""
    host = membership_queries.network_by_slug(network) or organisation_queries.by_slug(organisation)
    assert host is not None
    return host


def _one_session(event: Event, kind: str, by: Person) -> None:
    zone = event.timezone
    given: dict[str, Any] = {
        "kind": kind,
        "title": event.title.source,
        "starts_at": clock.to_wall(event.starts_at, zone),
        "ends_at": clock.to_wall(event.ends_at, zone),
        "languages": (event.title.original,),
    }
    made = create_session(event, by=by, **given)
    made.title = event.title
    db.session.flush()


def _congress(cast: Cast) -> None:
    entry = content(__name__, "events")["congress"]
    day = _midnight(working_days.next_congress(_day(entry["starts_in_days"])))
    with clock.frozen(clock.now() - dt.timedelta(days=45)):
        event = _event(cast, entry, day)
        rooms = [_room(cast, event, room) for room in entry["rooms"]]
        slots = [_slot(cast, event, day, *slot) for slot in SLOTS]
        for plenary in entry["plenaries"]:
            _plenary(cast, event, day, rooms[0], plenary)
        for number, workshop in enumerate(entry["workshops"]):
            _workshop(cast, event, slots[number // 6], rooms[1 + number % 6], workshop)
        publish_event(event, by=cast.people["coordinator"])


def _room(cast: Cast, event: Event, entry: dict[str, Any]) -> Room:
    name = localized(entry["names"])
    room = create_room(event, name=name.source, capacity=entry["capacity"], by=cast.people["coordinator"])
    room.name = name
    db.session.flush()
    return room


def _slot(cast: Cast, event: Event, day: dt.datetime, offset: int, hour: int, minute: int, minutes: int) -> Slot:
    starts = day + dt.timedelta(days=offset, hours=hour, minutes=minute)
    return create_slot(
        event, starts_at=starts, ends_at=starts + dt.timedelta(minutes=minutes), by=cast.people["coordinator"]
    )


def _plenary(cast: Cast, event: Event, day: dt.datetime, room: Room, entry: dict[str, Any]) -> None:
    title = localized(entry["titles"])
    hour, minute = map(int, entry["at"].split(":"))
    starts = day + dt.timedelta(days=entry["day"], hours=hour, minutes=minute)
    given: dict[str, Any] = {
        "kind": entry["kind"],
        "title": title.source,
        "room": room.id,
        "starts_at": starts,
        "ends_at": starts + dt.timedelta(minutes=entry["minutes"]),
        "languages": (title.original,),
    }
    create_session(event, by=cast.people["coordinator"], **given).title = title
    db.session.flush()


def _workshop(cast: Cast, event: Event, slot: Slot, room: Room, entry: dict[str, Any]) -> ProgrammeSession:
    title, abstract = localized(entry["titles"]), localized(entry["abstracts"])
    given: dict[str, Any] = {
        "kind": "workshop",
        "title": title.source,
        "abstract": abstract.source,
        "speakers": entry["speakers"],
        "languages": (title.original,),
        "slot": slot.id,
        "room": room.id,
        "seats": entry["seats"],
    }
    made = create_session(event, by=cast.people["coordinator"], **given)
    made.title, made.abstract = title, abstract
    db.session.flush()
    return made


DEMO = Demo(load=load, enlarge={"events": load_many})
