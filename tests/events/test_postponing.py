"""Postponing is one act: everything moves together, keeps its hours, and each person gets one mail, or none if it is small."""

import datetime as dt

import pytest
from flask import Flask

from portal.events import queries, services
from portal.events.models import Event
from portal.events.services.editing import Touches
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.errors import Conflict, Refusal, Stale
from tests.factories.events import HOUR, make_coordinator, make_event, make_network, make_session, make_slot, refreshed
from tests.factories.registrations import confirmed, state, tell_changes
from tests.fixtures.pages import FrozenClock, Outbox
from tests.registration.test_calendars import attached, file_of
from tests.support.client import CheckedClient

pytestmark = pytest.mark.usefixtures("frozen_clock")


def postpone(event: Event, days: int, agreed: str = "tell") -> None:
    row = refreshed(event)
    day = row.first_day + dt.timedelta(days=days)
    services.postpone_event(event, version=row.row_version, day=day, agreed=agreed, by=PORTAL)


def wall(row: object) -> tuple[dt.datetime, dt.datetime]:
    row = refreshed(row)
    return clock.to_wall(row.starts_at, "Europe/Warsaw"), clock.to_wall(row.ends_at, "Europe/Warsaw")


def test_everything_moves_by_the_same_days_and_keeps_its_hours(app: Flask) -> None:
    """Also over the night in which the clocks change: what begins at nine begins at nine."""
    starts = dt.datetime(2027, 3, 20, 8, tzinfo=dt.UTC)
    event = make_event(starts_at=starts, registration_closes_at=starts - 24 * HOUR)
    slot = make_slot(event)
    parts = [event, slot, make_session(event, slot=slot), make_session(event, hours=26)]
    before, closes = [wall(part) for part in parts], refreshed(event).registration_closes_at
    postpone(event, 14)
    shift = dt.timedelta(days=14)
    assert [wall(part) for part in parts] == [(one + shift, other + shift) for one, other in before]
    after = refreshed(event)
    assert after.starts_at - starts == shift - HOUR
    assert (
        clock.to_wall(after.registration_closes_at, "Europe/Warsaw") == clock.to_wall(closes, "Europe/Warsaw") + shift
    )


def test_each_person_gets_one_mail_and_the_calendar_takes_the_new_hours(app: Flask, outbox: Outbox) -> None:
    event = make_event()
    first, second = make_session(event, seats=2), make_session(event, seats=1, hours=26)
    both, waits = confirmed(event, first, second), confirmed(event, second)
    before = file_of(both)
    outbox.deliver()
    postpone(event, 35)
    tell_changes()
    mails = outbox.deliver()
    assert [str(one["To"]) for one in mails] == [both.email, waits.email]
    assert "35 dni" in outbox.text(mails[0]).replace("\xa0", " ")
    after = attached(mails[0])
    assert set(after) == set(before) and len(after) == 3
    for uid, entry in after.items():
        assert entry["SEQUENCE"] > before[uid]["SEQUENCE"]
        assert entry["DTSTART"].dt.replace(tzinfo=None) - before[uid]["DTSTART"].dt.replace(
            tzinfo=None
        ) == dt.timedelta(days=35)
    assert [refreshed(one).sequence for one in (event, first, second)] == [1, 1, 1]
    assert (state(both, second), state(waits, second)) == ("booked", "waiting")


def test_earlier_day_is_possible_too(app: Flask, outbox: Outbox) -> None:
    event = make_event()
    confirmed(event)
    outbox.deliver()
    before = wall(event)
    postpone(event, -2)
    assert wall(event) == (before[0] - dt.timedelta(days=2), before[1] - dt.timedelta(days=2))
    tell_changes()
    (message,) = outbox.deliver()
    assert "2 dni wcześniej" in outbox.text(message).replace("\xa0", " ")


def test_opening_that_has_passed_stays_and_one_to_come_moves(app: Flask) -> None:
    passed, ahead = clock.now() - 24 * HOUR, clock.now() + 24 * HOUR
    open_already, opens_later = make_event(registration_opens_at=passed), make_event(registration_opens_at=ahead)
    for event in (open_already, opens_later):
        postpone(event, 30)
    assert refreshed(open_already).registration_opens_at == passed
    assert (refreshed(opens_later).registration_opens_at - ahead).days in (29, 30)


def test_what_cannot_be_is_refused_with_its_reason(app: Flask, frozen_clock: FrozenClock) -> None:
    event = make_event()
    for days in (0, -10, -11, 4000, -4000):
        with pytest.raises(Refusal) as refused:
            postpone(event, days)
        assert refused.value.field == "day", days
    with pytest.raises(Stale):
        services.postpone_event(event, version=99, day=dt.date(2027, 5, 5), by=PORTAL)
    with pytest.raises(Refusal) as gap:  # this hour does not exist on that night
        night = make_event(starts_at=dt.datetime(2027, 3, 20, 1, 30, tzinfo=dt.UTC))
        postpone(night, 8)
    assert gap.value.field == "day"
    last = dt.date(9999, 12, 31)
    with pytest.raises(Refusal):
        services.postpone_event(event, version=refreshed(event).row_version, day=last, by=PORTAL)
    frozen_clock.set(refreshed(event).starts_at)
    with pytest.raises(Conflict):
        postpone(event, 30)


def test_draft_is_postponed_without_asking(app: Flask, outbox: Outbox) -> None:
    event = make_event(status="draft")
    postpone(event, 3, agreed="")
    assert (refreshed(event).sequence, outbox.deliver()) == (0, [])


def test_coordinator_reads_whom_it_touches_and_chooses_to_tell_or_not(as_person, app: Flask, outbox: Outbox) -> None:
    network = make_network()
    event = make_event(network)
    confirmed(event)
    outbox.deliver()
    browser = as_person(make_coordinator(network))
    address = f"/en/events/{event.slug}/postpone"
    day = (refreshed(event).first_day + dt.timedelta(days=7)).isoformat()
    asked = browser.submit(address, {"day": day})
    assert asked.status_code == 422 and "1 person has a place" in asked.text and day in asked.text
    assert browser.submit(asked, {"agreed": "tell"}).status_code == 303
    assert refreshed(event).first_day.isoformat() == day
    tell_changes()
    assert len(outbox.deliver()) == 1


def test_corrected_venue_can_be_too_small_to_tell(as_person, app: Flask, outbox: Outbox) -> None:
    """Nobody is written to, and the calendar file of the own page has it with a higher SEQUENCE."""
    network = make_network()
    event = make_event(network)
    registration = confirmed(event)
    outbox.deliver()
    browser, before = as_person(make_coordinator(network)), file_of(registration)
    asked = browser.submit(f"/en/events/{event.slug}/edit", {"venue": "Dom Tkaczy"})
    assert (asked.status_code, "Too small to tell" in asked.text) == (422, True)
    assert browser.submit(asked, {"agreed": "quiet"}).status_code == 303
    assert (queries.by_slug(event.slug).venue.source, outbox.deliver()) == ("Dom Tkaczy", [])
    (uid,) = before
    assert file_of(refreshed(registration))[uid]["SEQUENCE"] > before[uid]["SEQUENCE"]


@pytest.mark.parametrize("agreed", ["", "nonsense"])
def test_unknown_answer_is_no_answer(app: Flask, client: CheckedClient, agreed: str) -> None:
    event = make_event()
    confirmed(event)
    with pytest.raises(Touches):
        postpone(event, 3, agreed=agreed)


def test_quiet_moves_of_sessions_and_slots_write_to_nobody(as_person, app: Flask, outbox: Outbox) -> None:
    network = make_network()
    event = make_event(network)
    slot = make_slot(event)
    session = make_session(event, slot=slot)
    confirmed(event, session)
    outbox.deliver()
    browser = as_person(make_coordinator(network))
    for address in (f"sessions/{session.id}/edit", f"slots/{slot.id}/edit"):
        moved = {"starts_at": "2026-12-01T15:00", "ends_at": "2026-12-01T16:00"} if "slots" in address else {"slot": ""}
        times = {"starts_at": "2026-12-01T12:00", "ends_at": "2026-12-01T13:00"} if "sessions" in address else {}
        asked = browser.submit(f"/en/events/{event.slug}/{address}", {**moved, **times})
        if asked.status_code == 422:
            assert browser.submit(asked, {"agreed": "quiet"}).status_code == 303
    assert outbox.deliver() == []
