"""A workshop that moves: who waits is told as who has a place, the coordinator reads the same list, nobody is double-booked."""

from typing import Any

import pytest
from flask import Flask

from portal.events.facts import EventChanged, EventFrame, Placement, SessionCancelled, SessionChanged
from portal.events.models import Event, ProgrammeSession
from portal.ground.db import db, transaction
from portal.ground.facts import preview
from portal.mail import Mail
from portal.registration import services
from portal.registration.services import Wish
from tests.factories.events import HOUR, make_event, make_room, make_session, refreshed
from tests.factories.registrations import change, confirmed, state, tell_changes
from tests.fixtures.pages import FrozenClock, Outbox
from tests.registration.test_following import becomes, cancelled, event_becomes


def placed(session: ProgrammeSession, *, hours: float = 0, **values: Any) -> Placement:
    row = refreshed(session)
    return Placement(**{
        "starts_at": row.starts_at + hours * HOUR, "ends_at": row.ends_at + hours * HOUR, "room_id": row.room_id,
        "seats": row.seats, **values,
    })  # fmt: skip


def later(session: ProgrammeSession, hours: float, **values: Any) -> dict[str, Any]:
    row = refreshed(session)
    return {"starts_at": row.starts_at + hours * HOUR, "ends_at": row.ends_at + hours * HOUR, **values}


def told(outbox: Outbox) -> list[str]:
    """Who got a mail, at once or when the quiet period is over."""
    tell_changes()
    return sorted(str(message["To"]) for message in outbox.deliver())


def test_who_waits_is_told_that_the_workshop_moved_and_keeps_the_turn(app: Flask, outbox: Outbox) -> None:
    event = make_event()
    session = make_session(event, seats=1)
    confirmed(event, session)
    waits = confirmed(event, session)
    outbox.deliver()
    becomes(session, **later(session, 3))
    tell_changes()
    (message,) = [one for one in outbox.deliver() if one["To"] == waits.email]
    text = outbox.text(message)
    assert "na który czekasz" in text and "Pozycja na liście oczekujących: 1" in text
    assert state(waits, session) == "waiting"


def test_who_waits_is_not_booked_into_an_hour_at_which_they_have_something(app: Flask, outbox: Outbox) -> None:
    """Neither by the move itself nor when a place becomes free after it; and the mail says why."""
    event = make_event()
    session, other = make_session(event, seats=1, hours=2), make_session(event, seats=5, hours=6)
    holder = confirmed(event, session)
    waits = confirmed(event, session, other)
    outbox.deliver()
    becomes(session, starts_at=other.starts_at, ends_at=other.ends_at, seats=2)
    tell_changes()
    (message,) = [one for one in outbox.deliver() if one["To"] == waits.email]
    assert other.title.source in outbox.text(message)
    services.cancel(holder.id)
    assert (state(waits, session), state(waits, other)) == ("waiting", "booked")


def test_who_gets_a_place_by_the_move_gets_one_mail(app: Flask, outbox: Outbox) -> None:
    event = make_event()
    session, other = make_session(event, seats=2, hours=2), make_session(event, seats=5, hours=2)
    waits = confirmed(event, other)
    holder = confirmed(event, session)
    second = confirmed(event, session)
    change(waits, Wish(other.id), Wish(session.id, waits=True))
    services.cancel(second.id)
    outbox.deliver()
    becomes(session, **later(session, 4))
    assert (state(waits, session), told(outbox)) == ("booked", sorted([holder.email, waits.email]))


def facts_of(event: Event, session: ProgrammeSession) -> dict[str, Any]:
    here = placed(session)
    whole = refreshed(event)
    old = EventFrame(whole.starts_at, whole.ends_at, whole.town, whole.seats)
    return {
        "moved": SessionChanged(event.id, session.id, here, placed(session, hours=1)),
        "roomier": SessionChanged(event.id, session.id, here, placed(session, seats=9)),
        "cancelled": SessionCancelled(event.id, session.id, here, "Choroba"),
        "elsewhere": EventChanged(event.id, old, EventFrame(old.starts_at, old.ends_at, "Zgierz", old.seats)),
    }


ACTS = {
    "moved": lambda event, session: becomes(session, **later(session, 1)),
    "cancelled": lambda event, session: cancelled(session),
    "elsewhere": lambda event, session: event_becomes(event, town="Zgierz"),
}


@pytest.mark.parametrize("name", ACTS)
def test_coordinator_reads_of_exactly_those_who_get_an_email(app: Flask, outbox: Outbox, name: str) -> None:
    """Whether they have a place or wait, in the session or for the event; whoever gave it up or ended is not counted."""
    event = make_event(seats=4)
    session, other = make_session(event, seats=2, hours=2), make_session(event, seats=5, hours=2)
    people = [confirmed(event, session) for _ in range(3)]
    gone = confirmed(event, session)
    services.cancel(gone.id)
    busy = confirmed(event, other)
    change(busy, Wish(other.id), Wish(session.id, waits=True))
    outside = confirmed(event, session)
    change(people[0])
    outbox.deliver()
    fact = facts_of(event, session)[name]
    listed = services.touched_by(fact).everybody
    sentences = [str(one) for one in preview(fact)]
    ACTS[name](event, session)
    emails = [db.session.get_one(type(outside), number).email for number in listed]
    assert told(outbox) == sorted(emails)
    assert sum(int(sentence.split()[0]) for sentence in sentences) == len(emails)


def test_preview_counts_those_who_will_have_two_workshops_at_once(app: Flask) -> None:
    event = make_event()
    session, other = make_session(event, seats=5, hours=2), make_session(event, seats=5, hours=4)
    confirmed(event, session)
    confirmed(event, session, other)
    fact = SessionChanged(event.id, session.id, placed(session), placed(session, hours=2))
    assert "1 person will have two workshops at the same time." in [str(one) for one in preview(fact)]


def test_quiet_move_writes_to_nobody_and_still_raises_the_sequence(app: Flask, outbox: Outbox) -> None:
    event = make_event()
    session = make_session(event, seats=1)
    booked, waits = confirmed(event, session), confirmed(event, session)
    outbox.deliver()
    room = make_room(event, "Sala Pod Lipą")
    before = refreshed(booked).sequence
    becomes(session, quiet=True, room_id=room.id)
    assert (outbox.deliver(), refreshed(booked).sequence, refreshed(waits).status) == ([], before + 1, "confirmed")


def test_event_that_moves_and_grows_writes_once_to_each(app: Flask, outbox: Outbox) -> None:
    event = make_event(seats=1)
    inside, outside = confirmed(event), confirmed(event)
    outbox.deliver()
    event_becomes(event, town="Zgierz", seats=2)
    assert told(outbox) == sorted([inside.email, outside.email])
    assert refreshed(outside).status == "confirmed"


def test_move_into_what_is_over_tells_no_waiting_list(app: Flask, outbox: Outbox, frozen_clock: FrozenClock) -> None:
    event = make_event()
    session = make_session(event, seats=1, hours=2)
    booked, _waits = confirmed(event, session), confirmed(event, session)
    frozen_clock.set(refreshed(session).starts_at)
    outbox.deliver()
    becomes(session, room_id=make_room(event, "Sala Pod Lipą").id)
    assert told(outbox) == [booked.email]


def test_session_that_moves_is_told_once_to_each(app: Flask, outbox: Outbox) -> None:
    event = make_event()
    session = make_session(event, seats=3)
    people = [confirmed(event, session) for _ in range(4)]
    outbox.deliver()
    becomes(session, **later(session, 1, seats=4))
    assert told(outbox) == sorted(one.email for one in people)
    with transaction() as store:
        written = [
            store.query(Mail).filter(Mail.template == f"registration/mail/{name}").count()
            for name in ("promoted", "digest")
        ]
    assert written == [1, 3]
