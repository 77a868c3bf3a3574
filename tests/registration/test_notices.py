"""What has changed reaches everybody once, when the programme has been left alone for a while (N3)."""

from flask import Flask

from portal.events import services as events
from portal.events.models import Event, ProgrammeSession
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.registration import queries, services
from portal.registration.models import Notice
from portal.registration.notices import LONGEST, NEAR, QUIET, due
from tests.factories.events import HOUR, make_event, make_room, make_session, refreshed
from tests.factories.registrations import confirmed, state, tell_changes
from tests.fixtures.pages import BEGINNING, FrozenClock, Outbox
from tests.registration.test_following import becomes, cancelled, entries, event_becomes

MINUTES = QUIET.total_seconds() / 60


def moves(session: ProgrammeSession, hours: float, **values: object) -> None:
    row = refreshed(session)
    becomes(session, starts_at=row.starts_at + hours * HOUR, ends_at=row.ends_at + hours * HOUR, **values)


def kept() -> int:
    return db.session.query(Notice).count()


def test_quiet_period_is_counted_from_the_last_change_and_has_an_end() -> None:
    far = BEGINNING + 30 * NEAR
    assert due(BEGINNING, BEGINNING, far) == BEGINNING + QUIET
    assert due(BEGINNING + 50 * HOUR / 60, BEGINNING, far) == BEGINNING + LONGEST
    assert due(BEGINNING, BEGINNING, BEGINNING + NEAR) == BEGINNING
    assert due(BEGINNING, BEGINNING, BEGINNING + NEAR + HOUR) > BEGINNING


def test_nobody_is_told_before_the_quiet_period_is_over(app: Flask, outbox: Outbox, frozen_clock: FrozenClock) -> None:
    event = make_event()
    session = make_session(event, seats=2)
    one = confirmed(event, session)
    outbox.deliver()
    moves(session, 2)
    frozen_clock.shift(minutes=MINUTES - 1)
    assert (services.send_notices(), outbox.deliver()) == (0, [])
    frozen_clock.shift(minutes=1)
    assert services.send_notices() == 1
    assert [str(mail["To"]) for mail in outbox.deliver()] == [one.email]
    assert services.send_notices() == 0


def test_several_changes_are_one_mail(app: Flask, outbox: Outbox, frozen_clock: FrozenClock) -> None:
    """A workshop moves twice, one is cancelled, the event itself moves: one mail, from what was known to what is true."""
    event = make_event()
    moving, ending = make_session(event, hours=2, seats=2), make_session(event, hours=5, seats=2)
    one = confirmed(event, moving, ending)
    outbox.deliver()
    first = refreshed(moving).starts_at
    moves(moving, 1)
    frozen_clock.shift(minutes=10)
    moves(moving, 1, room_id=make_room(event, "Sala Pod Lipą").id)
    cancelled(ending)
    event_becomes(event, town="Zgierz")
    tell_changes()
    (mail,) = outbox.deliver()
    text = outbox.text(mail)
    assert mail["To"] == one.email
    assert "Zgierz" in text and "Sala Pod Lipą" in text and "zachorowała" in text
    assert clock.to_wall(first, event.timezone).strftime("%H:%M") in text
    assert {str(entry["STATUS"]) for entry in entries(mail).values()} == {"CONFIRMED", "CANCELLED"}


def test_another_change_puts_off_what_waits_to_be_told(app: Flask, outbox: Outbox, frozen_clock: FrozenClock) -> None:
    """Who tries one workshop after the other writes once, when nothing of the person has changed for a while."""
    event = make_event()
    first, second = make_session(event, hours=2, seats=2), make_session(event, hours=5, seats=2)
    confirmed(event, first, second)
    outbox.deliver()
    moves(first, 1)
    frozen_clock.shift(minutes=MINUTES - 5)
    moves(second, 1)
    frozen_clock.shift(minutes=MINUTES - 5)
    assert services.send_notices() == 0
    frozen_clock.shift(minutes=5)
    assert services.send_notices() == 1
    (mail,) = outbox.deliver()
    assert first.title.source in outbox.text(mail) and second.title.source in outbox.text(mail)


def test_move_and_move_back_is_no_mail_but_a_newer_calendar(
    app: Flask, outbox: Outbox, frozen_clock: FrozenClock
) -> None:
    event = make_event()
    session, other = make_session(event, hours=2, seats=2), make_session(event, hours=5, seats=2)
    one = confirmed(event, session, other)
    outbox.deliver()
    before = refreshed(one).sequence
    moves(session, 2)
    frozen_clock.shift(minutes=5)
    moves(session, -2)
    assert kept() == 0
    assert (tell_changes(), outbox.deliver()) == (0, [])
    assert refreshed(one).sequence > before


def test_event_that_moves_and_moves_back_is_no_mail(app: Flask, outbox: Outbox) -> None:
    event = make_event()
    confirmed(event)
    outbox.deliver()
    event_becomes(event, town="Zgierz")
    event_becomes(event, town="Łódź")
    assert (tell_changes(), outbox.deliver()) == (0, [])


def test_close_to_the_start_everybody_is_told_at_once(app: Flask, outbox: Outbox, frozen_clock: FrozenClock) -> None:
    """With everything that was waiting to be told."""
    event = make_event()
    near, far = make_session(event, hours=2, seats=2), make_session(event, hours=30, seats=2)
    confirmed(event, near, far)
    outbox.deliver()
    frozen_clock.set(refreshed(near).starts_at - NEAR)
    moves(far, 1)
    assert services.send_notices() == 0
    moves(near, 1)
    assert services.send_notices() == 1
    (mail,) = outbox.deliver()
    assert near.title.source in outbox.text(mail) and far.title.source in outbox.text(mail)


def test_who_changes_without_end_keeps_nobody_in_the_dark(app: Flask, frozen_clock: FrozenClock) -> None:
    event = make_event()
    session = make_session(event, seats=2)
    confirmed(event, session)
    for _ in range(4):
        moves(session, 0.25)
        frozen_clock.shift(minutes=MINUTES - 2)
        sent = services.send_notices()
    assert sent == 1


def test_who_books_in_between_is_told_of_what_changed_since(app: Flask, outbox: Outbox) -> None:
    event = make_event()
    session = make_session(event, seats=3)
    early = confirmed(event, session)
    moves(session, 1)
    late = confirmed(event, session)
    outbox.deliver()
    tell_changes()
    assert [str(mail["To"]) for mail in outbox.deliver()] == [early.email]
    moves(session, -1)
    tell_changes()
    assert {str(mail["To"]) for mail in outbox.deliver()} == {early.email, late.email}


def test_who_has_left_in_between_is_not_told(app: Flask, outbox: Outbox) -> None:
    event = make_event()
    session, other = make_session(event, hours=2, seats=3), make_session(event, hours=6, seats=3)
    gone, left = confirmed(event, session), confirmed(event, session, other)
    moves(session, 1)
    services.cancel(gone.id)
    services.leave(left.id, session_id=session.id)
    outbox.deliver()
    assert (tell_changes(), outbox.deliver(), kept()) == (0, [], 0)


def test_who_asks_or_is_offered_a_place_is_told_too(app: Flask, outbox: Outbox) -> None:
    """The team has not answered, or the person has not: what they asked for, or are offered, is elsewhere now."""
    event = make_event(approval=True)
    session = make_session(event, seats=3)
    asks = confirmed(event, session)
    assert refreshed(asks).status == "pending"
    offering = make_event(offer_hours=24)
    full = make_session(offering, seats=1)
    holder, offered = confirmed(offering, full), confirmed(offering, full)
    services.cancel(holder.id)
    assert state(offered, full) == "offered"
    outbox.deliver()
    moves(session, 1)
    moves(full, 1)
    event_becomes(event, town="Zgierz")
    tell_changes()
    assert {str(mail["To"]) for mail in outbox.deliver()} == {asks.email, offered.email}


def test_who_has_only_asked_reads_that_the_workshop_moved_and_is_offered_no_choice(app: Flask, outbox: Outbox) -> None:
    """There is nothing to keep yet. Once the team has said yes there is, and then it can be answered."""
    event = make_event(approval=True)
    session = make_session(event, seats=3)
    asks = confirmed(event, session)
    outbox.deliver()
    moves(session, 1)
    tell_changes()
    (mail,) = outbox.deliver()
    assert "który prosisz" in outbox.text(mail) and session.title.source in outbox.text(mail)
    assert not [path for path in outbox.paths(mail) if path.endswith("/changes")]
    assert queries.changes_of(asks.id) == []
    services.approve(event, [asks.id], by=PORTAL)
    assert [one.session.id for one in queries.changes_of(asks.id)] == [session.id]


def test_who_gets_a_place_by_a_change_reads_it_at_once_with_the_new_time(app: Flask, outbox: Outbox) -> None:
    event = make_event()
    session = make_session(event, seats=1)
    holder, waits = confirmed(event, session), confirmed(event, session)
    outbox.deliver()
    moves(session, 2, seats=2)
    (mail,) = outbox.deliver()
    assert (mail["To"], state(waits, session)) == (waits.email, "booked")
    tell_changes()
    assert [str(one["To"]) for one in outbox.deliver()] == [holder.email]


def test_event_that_is_cancelled_is_told_at_once_and_of_nothing_else(app: Flask, outbox: Outbox) -> None:
    event = make_event()
    session = make_session(event, seats=1)
    confirmed(event, session)
    moves(session, 1)
    outbox.deliver()
    events.cancel_event(db.session.get_one(Event, event.id), reason="Powódź.", by=PORTAL)
    assert len(outbox.deliver()) == 1
    assert (kept(), tell_changes(), outbox.deliver()) == (0, 0, [])


def test_each_reads_it_in_their_language(app: Flask, outbox: Outbox) -> None:
    event = make_event()
    session = make_session(event, seats=3)
    confirmed(event, session, locale="pl")
    confirmed(event, session, locale="bg")
    confirmed(event, session, locale="en")
    outbox.deliver()
    moves(session, 1)
    tell_changes()
    mails = {str(mail["Content-Language"]): outbox.text(mail) for mail in outbox.deliver()}
    assert set(mails) == {"pl", "bg", "en"}
    assert "A workshop in which you have a place has moved." in mails["en"]
    assert len({text.splitlines()[0] for text in mails.values()}) == 3
