"""What happens to places when the programme changes; made through the services of events, as coordinators do it."""

import datetime as dt
from email.message import EmailMessage
from typing import Any

import pytest
from flask import Flask

from portal.events import facts
from portal.events.models import Event, EventStatus, ProgrammeSession, SessionStatus
from portal.ground import clock
from portal.ground.db import db, transaction
from portal.ground.errors import Refusal
from portal.ground.facts import announce, preview
from portal.registration import queries, services
from portal.registration.services import Wish
from portal.words.hyphens import JOINER
from tests.factories.events import HOUR, make_event, make_room, make_session, refreshed
from tests.factories.registrations import change, confirmed, state, submit, taken, tell_changes
from tests.fixtures.pages import Outbox


def becomes(session: ProgrammeSession, *, quiet: bool = False, **values: Any) -> None:
    """Change a session as its service does: flush, then tell."""
    with transaction() as store:
        row = store.get_one(ProgrammeSession, session.id)
        old = facts.Placement(row.starts_at, row.ends_at, row.room_id, row.seats)
        for name, value in values.items():
            setattr(row, name, value)
        row.sequence += 1
        store.flush()
        new = facts.Placement(row.starts_at, row.ends_at, row.room_id, row.seats)
        announce(facts.SessionChanged(row.event_id, row.id, old, new, quiet))


def cancelled(session: ProgrammeSession) -> None:
    with transaction() as store:
        row = store.get_one(ProgrammeSession, session.id)
        row.status = SessionStatus.CANCELLED
        row.sequence += 1
        store.flush()
        place = facts.Placement(row.starts_at, row.ends_at, row.room_id, row.seats)
        announce(facts.SessionCancelled(row.event_id, row.id, place, "Osoba prowadząca zachorowała."))


def event_becomes(event: Event, **values: Any) -> None:
    with transaction() as store:
        row = store.get_one(Event, event.id)
        old = facts.EventFrame(row.starts_at, row.ends_at, row.town, row.seats)
        for name, value in values.items():
            setattr(row, name, value)
        row.sequence += 1
        store.flush()
        announce(facts.EventChanged(row.id, old, facts.EventFrame(row.starts_at, row.ends_at, row.town, row.seats)))


def entries(message: EmailMessage) -> dict[str, Any]:
    """The entries of the calendar file of a mail, by UID."""
    from icalendar import Calendar

    part = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    return {str(one["UID"]): one for one in Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")}


def test_more_seats_go_to_those_who_wait_at_once(app: Flask, outbox: Outbox) -> None:
    event = make_event()
    workshop = make_session(event, seats=1)
    people = [confirmed(event, workshop) for _ in range(4)]
    outbox.deliver()
    becomes(workshop, seats=3)
    assert [state(one, workshop) for one in people] == ["booked", "booked", "booked", "waiting"]
    assert taken(workshop) == 3
    assert [str(one["To"]) for one in outbox.deliver()] == [people[1].email, people[2].email]


def test_fewer_seats_than_are_taken_are_refused_with_the_number(app: Flask) -> None:
    event = make_event(seats=5)
    workshop = make_session(event, seats=5)
    for _ in range(3):
        confirmed(event, workshop)
    with pytest.raises(Refusal) as refused:
        becomes(workshop, seats=2)
    assert (refused.value.field, "3" in str(refused.value.reason)) == ("seats", True)
    with pytest.raises(Refusal):
        event_becomes(event, seats=2)
    with pytest.raises(Refusal):
        becomes(workshop, seats=None)
    becomes(workshop, seats=3)
    event_becomes(event, seats=3)
    assert taken(workshop) == 3


def test_cancelled_session_frees_people_and_tells_them_why(app: Flask, outbox: Outbox) -> None:
    event = make_event()
    gone, wanted = make_session(event, seats=1, hours=2), make_session(event, seats=1, hours=2)
    holder = confirmed(event, wanted)
    registration = confirmed(event, gone)
    change(registration, Wish(gone.id), Wish(wanted.id, waits=True))
    waits = confirmed(event, gone)
    services.cancel(holder.id)
    assert state(registration, wanted) == "waiting"
    outbox.deliver()
    before = refreshed(registration).sequence
    cancelled(gone)
    assert (state(registration, gone), state(registration, wanted)) == ("displaced", "booked")
    assert (taken(gone), taken(wanted)) == (0, 1)
    tell_changes()
    mails = outbox.deliver()
    told = [one for one in mails if "zachorowała" in outbox.text(one)]
    assert sorted(str(one["To"]) for one in told) == sorted([registration.email, waits.email])
    (mine,) = [one for one in told if one["To"] == registration.email]
    entry = entries(mine)[f"{gone.guid}@127.0.0.1"]
    assert str(entry["STATUS"]) == "CANCELLED"
    assert entry["SEQUENCE"] > before


def test_moved_session_tells_each_person_once_from_what_to_what(app: Flask, outbox: Outbox) -> None:
    event = make_event()
    session = make_session(event, seats=1, room_id=make_room(event, "Sala Tkaczy").id)
    other = make_session(event, seats=5, hours=6)
    booked, waits = confirmed(event, session, other), confirmed(event, session)
    (_form, first, *_rest) = outbox.deliver()
    uid = f"{session.guid}@127.0.0.1"
    old_entry = entries(first)[uid]
    becomes(session, starts_at=other.starts_at, ends_at=other.ends_at, room_id=make_room(event, "Sala Pod Lipą").id)
    tell_changes()
    message, to_waiting = outbox.deliver()
    assert (message["To"], to_waiting["To"]) == (booked.email, waits.email)
    text = outbox.text(message)
    assert "Sala Pod Lipą" in text
    assert "Sala Tkaczy" in text
    assert other.title.source in text  # it overlaps now, and that is said
    assert (state(booked, session), state(waits, session)) == ("booked", "waiting")
    new_entry = entries(message)[uid]
    assert new_entry["SEQUENCE"] > old_entry["SEQUENCE"]
    assert new_entry["DTSTART"].dt != old_entry["DTSTART"].dt
    becomes(session, seats=1)
    tell_changes()
    assert outbox.deliver() == []


def test_moving_a_session_away_serves_those_who_were_busy_because_of_it(app: Flask) -> None:
    event = make_event()
    mine, wanted = make_session(event, seats=1, hours=2), make_session(event, seats=1, hours=2)
    holder, registration = confirmed(event, wanted), confirmed(event, mine)
    change(registration, Wish(mine.id), Wish(wanted.id, waits=True))
    services.cancel(holder.id)
    assert state(registration, wanted) == "waiting"
    becomes(mine, starts_at=mine.starts_at + 5 * HOUR, ends_at=mine.ends_at + 5 * HOUR)
    assert (state(registration, mine), state(registration, wanted)) == ("booked", "booked")


def test_event_with_more_places_admits_those_who_wait(app: Flask, outbox: Outbox) -> None:
    event = make_event(seats=1)
    workshop = make_session(event, seats=1)
    holder, first, second = confirmed(event), confirmed(event, workshop), confirmed(event, workshop)
    outbox.deliver()
    event_becomes(event, seats=2)
    assert [refreshed(one).status for one in (holder, first, second)] == ["confirmed", "confirmed", "waiting"]
    assert state(first, workshop) == "booked"
    event_becomes(event, seats=None)
    assert refreshed(second).status == "confirmed"
    assert state(second, workshop) == "waiting"
    assert queries.event_places(event.id) is None
    assert [str(one["To"]) for one in outbox.deliver()] == [first.email, second.email]


def test_limit_of_an_event_counts_those_who_are_in_already(app: Flask) -> None:
    event = make_event()
    confirmed(event)
    confirmed(event)
    submit(event)
    with pytest.raises(Refusal):
        event_becomes(event, seats=1)
    event_becomes(event, seats=2)
    assert queries.event_places(event.id).taken == 2


def test_cancelled_event_tells_everybody_and_books_nobody(app: Flask, outbox: Outbox) -> None:
    event = make_event()
    workshop = make_session(event, seats=1)
    holder, waits = confirmed(event, workshop), confirmed(event, workshop)
    unconfirmed = submit(event, workshop)
    outbox.deliver()
    with transaction() as store:
        row = store.get_one(Event, event.id)
        row.status, row.cancel_reason, row.cancelled_at = EventStatus.CANCELLED, "Powódź.", clock.now()
        row.sequence += 1
        store.flush()
        announce(
            facts.EventCancelled(row.id, facts.EventFrame(row.starts_at, row.ends_at, row.town, row.seats), "Powódź.")
        )
    mails = outbox.deliver()
    assert [str(one["To"]) for one in mails] == [holder.email, waits.email]
    assert {str(entry["STATUS"]) for entry in entries(mails[0]).values()} == {"CANCELLED"}
    with pytest.raises(Refusal):
        services.confirm(unconfirmed.id)
    services.cancel(holder.id)
    assert state(waits, workshop) == "waiting"


def test_moved_event_tells_everybody(app: Flask, outbox: Outbox) -> None:
    event = make_event()
    one = confirmed(event)
    outbox.deliver()
    event_becomes(event, ends_at=event.ends_at + dt.timedelta(hours=1))
    tell_changes()
    (message,) = outbox.deliver()
    assert message["To"] == one.email
    event_becomes(event, seats=9)
    tell_changes()
    assert outbox.deliver() == []


def test_preview_says_whom_a_move_touches(app: Flask) -> None:
    event = make_event()
    session = make_session(event, seats=2)
    for _ in range(3):
        confirmed(event, session)
    session = refreshed(session)
    here = facts.Placement(session.starts_at, session.ends_at, session.room_id, session.seats)
    later = facts.Placement(session.starts_at + HOUR, session.ends_at + HOUR, session.room_id, session.seats)
    sentences = preview(facts.SessionChanged(event.id, session.id, here, later))
    assert [str(one).replace(JOINER, "") for one in sentences] == [
        "2 people have a place and will get an e-mail.", "1 person is waiting and will get an e-mail."
    ]  # fmt: skip
    more = facts.Placement(session.starts_at, session.ends_at, session.room_id, 30)
    assert preview(facts.SessionChanged(event.id, session.id, here, more)) == []


def test_promotion_is_told_in_the_language_of_the_person(app: Flask, outbox: Outbox) -> None:
    event = make_event()
    workshop = make_session(event, seats=1)
    holder = confirmed(event, workshop)
    waits = submit(event, workshop)
    with transaction() as store:
        store.merge(waits).locale = "bg"
    services.confirm(waits.id)
    outbox.deliver()
    services.cancel(holder.id)
    promoted, gone = outbox.deliver()
    assert (promoted["To"], promoted["Content-Language"]) == (waits.email, "bg")
    assert "Имате място" in str(promoted["Subject"])
    assert gone["To"] == holder.email
    assert db.session.get_one(type(waits), waits.id).sequence == 1


def test_calendar_file_keeps_to_the_letter(app: Flask, outbox: Outbox) -> None:
    """CRLF, lines of at most 75 octets that cut no letter, a time zone, one UID for one thing (RFC 5545)."""
    event = make_event()
    from portal.words.i18n import Localized

    title = Localized.of("bg", "Работилница за това как да разговаряме с общината, без да губим търпение и надежда")
    workshop = make_session(event, title=title)
    confirmed(event, workshop)
    (message,) = outbox.deliver()[-1:]
    part = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    content = part.get_payload(decode=True)
    assert content.replace(b"\r\n", b"").count(b"\n") == 0
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()
    assert b"METHOD:PUBLISH" in lines
    assert b"TZID:Europe/Warsaw" in lines
    assert len(entries(message)) == 2
