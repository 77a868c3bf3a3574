"""Reminders: each person with a place gets each of them once, at its moment, and nobody else does."""

import datetime as dt
from collections import Counter
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.events.models import Event
from portal.events.reminding import days_before, due, reminders
from portal.ground import clock
from portal.ground.db import db, transaction
from portal.mail.outbox import Mail
from portal.registration import queries, services
from portal.registration.jobs import notices
from portal.registration.models import ReminderSent
from portal.words.i18n import Localized
from tests.factories.events import make_event, make_session, make_team_member, refreshed
from tests.factories.registrations import confirmed
from tests.fixtures.pages import FrozenClock, Outbox

DAY = dt.timedelta(days=1)
TEXT = Localized.of("pl", "Weź buty na zmianę.")


def soon(**values: object) -> Event:
    """An event in ten days that reminds a week and a day before."""
    starts = clock.now() + 10 * DAY
    return make_event(**{"starts_at": starts, "ends_at": starts + DAY, "reminder_days": "7,1", **values})


def reminded() -> Counter[str]:
    db.session.rollback()
    mails = db.session.scalars(sa.select(Mail).where(Mail.template == "registration/mail/reminder"))
    return Counter(one.address for one in mails)


def test_each_person_with_a_place_gets_each_reminder_once(app: Flask, frozen_clock: FrozenClock) -> None:
    event = soon(seats=2)
    one, other, waits = (confirmed(event) for _ in range(3))
    assert (waits.status, notices()) == ("waiting", 0)
    frozen_clock.set(days_before(event, 7))
    assert notices() == 2
    assert (notices(), reminded()) == (0, Counter([one.email, other.email]))
    assert queries.to_remind(event.id, 7, clock.now()) == []  # nobody is locked and looked at again each minute
    frozen_clock.set(days_before(event, 1))
    assert (notices(), reminded()) == (2, Counter([one.email, other.email] * 2))


def test_mail_has_what_people_need_in_their_language(app: Flask, frozen_clock: FrozenClock, outbox: Outbox) -> None:
    event = soon(
        reminder_text=TEXT, mode="hybrid", online_url="https://example.org/sala", venue=Localized.of("pl", "Dom Tkacza")
    )
    workshop, other = make_session(event), make_session(event, hours=5)
    confirmed(event, workshop, locale="en")
    outbox.deliver()
    frozen_clock.set(days_before(event, 7))
    notices()
    (mail,) = outbox.deliver()
    text = mail.get_body(("plain",)).get_content()
    assert str(mail["Subject"]).startswith("Soon: ")
    for words in (
        "Dom Tkacza",
        workshop.title.source,
        "https://example.org/sala",
        TEXT.source,
        "I cannot come",
        "/cancel",
    ):
        assert words in text
    assert other.title.source not in text
    assert '<span lang="pl">Weź buty' in mail.get_body(("html",)).get_content()


def test_who_registers_after_the_moment_gets_none(app: Flask, frozen_clock: FrozenClock) -> None:
    event = soon()
    frozen_clock.set(days_before(event, 7))
    early = confirmed(event)
    frozen_clock.shift(seconds=1)
    confirmed(event)
    notices()
    assert reminded() == Counter([early.email])


def test_reminder_a_day_late_is_not_sent(app: Flask, frozen_clock: FrozenClock) -> None:
    event = soon(reminder_days="7")
    confirmed(event)
    frozen_clock.set(days_before(event, 7) + DAY)
    assert (notices(), reminded()) == (0, Counter())


def test_clock_that_goes_back_sends_nothing_twice(app: Flask, frozen_clock: FrozenClock) -> None:
    event = soon()
    confirmed(event)
    frozen_clock.set(days_before(event, 7))
    assert notices() == 1
    frozen_clock.shift(hours=-1)
    assert notices() == 0
    frozen_clock.shift(hours=2)
    assert notices() == 0


def test_moments_move_with_the_event_and_its_settings(app: Flask, frozen_clock: FrozenClock) -> None:
    event = soon(reminder_days="7")
    confirmed(event)
    frozen_clock.set(days_before(event, 7))
    with transaction() as session:
        stored = session.get_one(Event, event.id)
        stored.starts_at, stored.ends_at = stored.starts_at + 5 * DAY, stored.ends_at + 5 * DAY
    assert notices() == 0
    frozen_clock.set(days_before(refreshed(event), 7))
    assert notices() == 1
    with transaction() as session:  # taken out and ticked again
        session.get_one(Event, event.id).reminder_days = ""
    assert notices() == 0
    with transaction() as session:
        session.get_one(Event, event.id).reminder_days = "7"
    assert notices() == 0


def test_cancelled_people_and_events_are_not_reminded(app: Flask, frozen_clock: FrozenClock) -> None:
    event, ended = soon(), soon()
    services.cancel(confirmed(event).id)
    confirmed(ended)
    with transaction() as session:
        stored = session.get_one(Event, ended.id)
        stored.status, stored.cancelled_at = "cancelled", clock.now()
    frozen_clock.set(days_before(event, 7))
    assert notices() == 0


def test_one_bad_registration_or_event_stops_nobody_else(app: Flask, frozen_clock: FrozenClock) -> None:
    event, bad_event = soon(), soon()
    workshop = make_session(event)
    number = workshop.id
    bad, good = confirmed(event, workshop), confirmed(event)
    bad_address, good_address = bad.email, good.email
    confirmed(bad_event)
    title = set_title(number, "{")
    with transaction() as session:
        session.execute(sa.text("UPDATE event SET reminder_days = 'x' WHERE id = :id"), {"id": bad_event.id})
    frozen_clock.set(days_before(event, 7))
    assert notices() == 1
    assert set(reminded()) == {good_address}
    set_title(number, title)
    assert notices() == 1
    assert reminded() == Counter([bad_address, good_address])


def set_title(number: int, stored: str) -> str:
    """Put something into the row that cannot be read; returns what was there."""
    with transaction() as session:
        before = session.scalar(sa.text("SELECT title FROM session WHERE id = :id"), {"id": number})
        session.execute(sa.text("UPDATE session SET title = :title WHERE id = :id"), {"id": number, "title": stored})
    db.session.expire_all()
    return str(before)


def test_database_keeps_one_row_for_a_person_and_a_reminder(app: Flask, frozen_clock: FrozenClock) -> None:
    event = soon()
    person = confirmed(event)
    with pytest.raises(sa.exc.IntegrityError), transaction() as session:
        for _ in range(2):
            session.execute(sa.insert(ReminderSent).values(registration_id=person.id, days=7, at=clock.now()))


def test_wall_hours_hold_over_the_change_of_the_clocks() -> None:
    """Clocks went forward in Warsaw on 28 March 2027 at 2:00: 2:30 did not exist."""

    class Plain:
        timezone, reminder_days = "Europe/Warsaw", "1,14,7"
        starts_at = dt.datetime(2027, 3, 31, 8, tzinfo=dt.UTC)  # 10:00

    event = Plain()
    assert [days for days, _at in reminders(event)] == [14, 7, 1]
    assert days_before(event, 7) == dt.datetime(2027, 3, 24, 9, tzinfo=dt.UTC)
    event.starts_at = dt.datetime(2027, 3, 29, 0, 30, tzinfo=dt.UTC)  # 2:30
    assert days_before(event, 1) == dt.datetime(2027, 3, 28, 0, 30, tzinfo=dt.UTC)
    assert due(event, dt.datetime(2027, 3, 29, 0, 29, tzinfo=dt.UTC)) == [(1, days_before(event, 1))]
    assert due(event, dt.datetime(2027, 3, 29, 0, 30, tzinfo=dt.UTC)) == []


def test_team_sees_the_words_and_sends_itself_a_test(app: Flask, as_person: Any, outbox: Outbox) -> None:
    event = soon(reminder_text=TEXT)
    desk = make_team_member(event, "desk")
    confirmed(event)
    outbox.deliver()
    client = as_person(desk)
    page = client.get(f"/en/events/{event.slug}/reminders")
    assert "1 person would get it today." in page.text and page.text.count(TEXT.source) == 3
    assert page.text.count("There is no translation.") == 2
    client.submit(page, action=f"/en/events/{event.slug}/reminders")
    tests = outbox.deliver()
    assert [str(one["To"]) for one in tests] == [desk.email] * 3
    assert len({str(one["Subject"]).partition(":")[0] for one in tests}) == 3
    assert reminded() == Counter([desk.email] * 3)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ReminderSent)) == 0
