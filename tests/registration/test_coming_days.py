"""Only on some days: the workshops of the other days go to those who wait, the place stays, and it can be taken back."""

import datetime as dt
import re
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.events import services as events
from portal.events.fields import EVENT
from portal.events.models import Event
from portal.events.reminding import days_before
from portal.ground import clock, links
from portal.ground.authz import PORTAL
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal
from portal.registration import coming_days, queries, services
from portal.registration.jobs import notices
from portal.registration.reminder_mails import COMING
from portal.registration.services import Wish
from tests.factories.events import make_event, make_session, make_team_member, refreshed
from tests.factories.registrations import change, confirmed, state, taken
from tests.fixtures.pages import FrozenClock, Outbox
from tests.support.client import CheckedClient

DAY = dt.timedelta(days=1)


def two_days(**values: object) -> Event:
    """An event from nine in the morning in ten days to the evening of the next day, that asks a week before."""
    wall = clock.to_wall(clock.now() + 10 * DAY, "Europe/Warsaw").replace(hour=9, minute=0, second=0, microsecond=0)
    starts = clock.from_wall(wall, "Europe/Warsaw")
    usual = {"starts_at": starts, "ends_at": starts + DAY + dt.timedelta(hours=9), "reconfirm_days": 7}
    return make_event(**{**usual, "timezone": "Europe/Warsaw", **values})


def asked(event: Event, frozen_clock: FrozenClock) -> list[dt.date]:
    frozen_clock.set(days_before(event, 7))
    notices()
    return coming_days.days_of(event)


def texts(outbox: Outbox) -> dict[str, str]:
    return {str(one["To"]): one.get_body(("plain",)).get_content() for one in outbox.deliver()}


def test_other_days_go_to_the_list_and_the_place_stays(app: Flask, frozen_clock: FrozenClock, outbox: Outbox) -> None:
    event = two_days(seats=2)
    first, second = make_session(event, seats=1, hours=1), make_session(event, seats=1, hours=25)
    person, waits = confirmed(event, first, second, locale="en"), confirmed(event, first)
    _one, two = asked(event, frozen_clock)
    outbox.deliver()
    assert services.come_on(person.id, days=[two])
    row = refreshed(person)
    assert (row.status, row.only_days, row.reconfirmed_at is not None) == ("confirmed", [two], True)
    assert [state(person, one) for one in (first, second)] == ["released", "booked"]
    assert (state(waits, first), taken(first), taken(second)) == ("booked", 1, 1)
    assert queries.event_places(event.id).taken == 2
    told = texts(outbox)
    assert first.title.source in told[waits.email] and person.email in told
    assert not services.come_on(person.id, days=[two])
    assert not outbox.deliver()


def test_waiting_places_and_offers_of_other_days_end_too(app: Flask, frozen_clock: FrozenClock) -> None:
    event = two_days(offer_hours=24)
    first = make_session(event, seats=1, hours=1)
    holder, person, third = confirmed(event, first), confirmed(event, first), confirmed(event, first)
    _one, two = asked(event, frozen_clock)
    services.leave(holder.id, session_id=first.id)
    assert (state(person, first), state(third, first)) == ("offered", "waiting")
    services.come_on(third.id, days=[two])
    services.come_on(person.id, days=[two])
    assert [state(one, first) for one in (person, third)] == ["released"] * 2 and taken(first) == 0


def test_taken_back_it_is_there_or_waited_for(app: Flask, frozen_clock: FrozenClock) -> None:
    event = two_days()
    free, gone = make_session(event, seats=1, hours=1), make_session(event, seats=1, hours=3)
    person, waits = confirmed(event, free, gone), confirmed(event, gone)
    _one, two = asked(event, frozen_clock)
    services.come_on(person.id, days=[two])
    assert services.come(person.id)
    assert refreshed(person).coming_days == ""
    assert [state(person, one) for one in (free, gone)] == ["booked", "waiting"]
    assert state(waits, gone) == "booked"
    services.come_on(person.id, days=[two])
    services.leave(waits.id, session_id=gone.id)
    services.come(person.id)
    assert [state(person, one) for one in (free, gone)] == ["booked", "booked"]


def test_from_one_day_to_the_other(app: Flask, frozen_clock: FrozenClock) -> None:
    event = two_days()
    first, second = make_session(event, seats=2, hours=1), make_session(event, seats=2, hours=25)
    person = confirmed(event, first, second)
    one, two = asked(event, frozen_clock)
    services.come_on(person.id, days=[two])
    services.come_on(person.id, days=[one])
    assert [state(person, session) for session in (first, second)] == ["booked", "released"]
    assert refreshed(person).only_days == [one] and (taken(first), taken(second)) == (1, 0)
    services.come_on(person.id, days=[one, two])
    assert refreshed(person).coming_days == "" and state(person, second) == "booked"


def test_what_is_over_stays_with_whoever_was_there(app: Flask, frozen_clock: FrozenClock) -> None:
    event = two_days()
    first, second = make_session(event, seats=1, hours=1), make_session(event, seats=1, hours=25)
    person = confirmed(event, first, second)
    one, two = asked(event, frozen_clock)
    frozen_clock.set(event.starts_at + 6 * dt.timedelta(hours=1))
    services.come_on(person.id, days=[one])
    assert [state(person, session) for session in (first, second)] == ["booked", "released"]
    frozen_clock.set(event.starts_at + DAY)
    services.come_on(person.id, days=[two])
    assert refreshed(person).coming_days == ""  # the day that is over stays as it was said
    with pytest.raises(Refusal) as refused:
        services.come_on(person.id, days=[one])
    assert "other days" in str(refused.value.reason)


def test_choosing_a_workshop_of_another_day_adds_the_day(app: Flask, frozen_clock: FrozenClock) -> None:
    event = two_days()
    first, second = make_session(event, seats=2, hours=1), make_session(event, seats=2, hours=25)
    person = confirmed(event, first, second)
    _one, two = asked(event, frozen_clock)
    services.come_on(person.id, days=[two])
    change(person, Wish(first.id), Wish(second.id))
    assert refreshed(person).coming_days == "" and state(person, first) == "booked"
    services.leave(person.id, session_id=first.id)  # of their own will: it does not come back with the day
    services.come_on(person.id, days=[two])
    services.come(person.id)
    assert state(person, first) == "released"


def test_cancelled_and_taken_back_the_days_stay(app: Flask, frozen_clock: FrozenClock) -> None:
    event = two_days()
    first, second = make_session(event, seats=2, hours=1), make_session(event, seats=2, hours=25)
    person = confirmed(event, first, second)
    _one, two = asked(event, frozen_clock)
    services.come_on(person.id, days=[two])
    services.cancel(person.id)
    with pytest.raises(Conflict):
        services.come_on(person.id, days=[two])
    services.resume(person.id)
    assert refreshed(person).only_days == [two]
    assert [state(person, one) for one in (first, second)] == ["released", "booked"]


def test_bad_days_are_refused(app: Flask, frozen_clock: FrozenClock) -> None:
    event, short = two_days(), two_days(ends_at=two_days().starts_at + dt.timedelta(hours=8))
    person, other = confirmed(event), confirmed(short)
    unasked = confirmed(two_days(reconfirm_days=None))
    one, _two = asked(event, frozen_clock)
    for number, days, words in (
        (person.id, [], "at least one day"),
        (person.id, [one - DAY], "other days"),
        (other.id, [one], "does not ask"),
        (unasked.id, [one], "does not ask"),
    ):
        with pytest.raises(Refusal) as refused:
            services.come_on(number, days=days)
        assert words in str(refused.value.reason)
    assert refreshed(person).reconfirmed_at is None


def test_evening_past_midnight_and_long_courses_have_no_days_to_choose(app: Flask) -> None:
    event = two_days()
    evening = event.starts_at + dt.timedelta(hours=9)
    for ends, number in ((dt.timedelta(hours=9), 0), (2 * DAY, 3), (13 * DAY, 14), (14 * DAY, 0)):
        event = two_days(starts_at=evening, ends_at=evening + ends)
        assert len(coming_days.days_of(event)) == number


def test_event_that_loses_the_day_asks_again(app: Flask, frozen_clock: FrozenClock) -> None:
    event = two_days()
    person, other = confirmed(event), confirmed(event)
    one, two = asked(event, frozen_clock)
    services.come_on(person.id, days=[two])
    services.come_on(other.id, days=[one])
    row = refreshed(event)
    values = EVENT.read(row, "pl", row.timezone)
    values["ends_at"] = values["starts_at"] + dt.timedelta(hours=8)
    events.update_event(row, version=row.row_version, by=PORTAL, agreed="tell", **values)
    assert (refreshed(person).coming_days, refreshed(person).reconfirmed_at) == ("", None)
    assert refreshed(other).only_days == [one]


def test_place_that_is_held_is_not_given_up_for_a_day(app: Flask) -> None:
    event = two_days()
    person = confirmed(event, make_session(event, seats=1))
    with pytest.raises(sa.exc.IntegrityError), transaction() as store:
        words = "UPDATE booking SET off_day = true WHERE registration_id = :id"
        store.execute(sa.text(words), {"id": person.id})


def test_link_of_the_mail_and_own_page(
    app: Flask, client: CheckedClient, frozen_clock: FrozenClock, outbox: Outbox
) -> None:
    event = two_days()
    first, second = make_session(event, seats=1, hours=1), make_session(event, seats=1, hours=25)
    person = confirmed(event, first, second, locale="en")
    outbox.deliver()
    _one, two = asked(event, frozen_clock)
    assert "only on some days" in texts(outbox)[person.email]
    with transaction():
        address = f"/en/registration/coming/{links.issue(COMING, f'registration:{person.id}', 8 * DAY)}"
    page = client.get(address)
    nothing = client.submit(page, {"act": "some-days"})
    assert nothing.status_code == 422 and "Tick at least one day." in nothing.text
    done = client.follow(client.submit(page, {"act": "some-days", "days": [two.isoformat()]}))
    assert "You come only on these days:" in done.text and state(person, first) == "released"
    done = client.follow(client.submit(done, {"act": "come"}))
    assert "You have said that you come." in done.text and state(person, first) == "booked"
    own = f"/en/registration/{services.open_own(person.id).token}"
    assert f"{own}/days" in client.get(own).text
    page = client.get(f"{own}/days")
    assert client.submit(page, {"days": ["2020-01-01"]}).status_code == 422
    done = client.follow(client.submit(page, {"days": [two.isoformat()]}))
    assert "You come only on these days:" in done.text


def test_team_sees_it_in_the_file_the_list_the_numbers_and_the_table(
    app: Flask, client: CheckedClient, as_person: Any, frozen_clock: FrozenClock
) -> None:
    event = two_days()
    first = make_session(event, seats=1, hours=1)
    person, whole = confirmed(event, first, name="Anna Jutro"), confirmed(event, name="Jan Cały")
    _one, two = asked(event, frozen_clock)
    services.come(whole.id)
    browser = as_person(make_team_member(event, "desk"))
    file = f"/en/events/{event.slug}/participants/{person.id}"
    page = browser.get(f"{file}/days")
    done = browser.follow(browser.submit(page, {"days": [two.isoformat()]}))
    assert "Comes only on" in done.text and "Days of coming named" in done.text and first.title.source in done.text
    people = browser.get(f"/en/events/{event.slug}/participants?coming=some-days").text
    assert person.name in people and whole.name not in people and "comes only on:" in people
    counted = re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", browser.get(f"/en/events/{event.slug}/reminders").text))
    assert "They come only on some days : 1" in counted
    numbers = queries.coming_by_day(refreshed(event))
    assert [*numbers.values()] == [1, 2]
    page = browser.get(f"/en/events/{event.slug}/participants/export")
    table = browser.submit(page, {"columns": ["name", "coming"], "ending": "csv"}).text
    assert f"{person.name};{two.isoformat()}" in table or f"{person.name},{two.isoformat()}" in table
    assert "yes" in table
