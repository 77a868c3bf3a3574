"""Data that are kept for longer than promised: with a reason, to a day, told to everybody; and what is overdue."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.events.models import Event
from portal.ground import clock
from portal.ground.audit import AuditEntry
from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusals
from portal.registration import queries, services
from portal.registration.models import Deletion, Registration
from portal.words.i18n import formats, in_language
from tests.factories.events import ask, make_event, make_team_member, refreshed
from tests.factories.people import make_administrator
from tests.factories.registrations import confirmed
from tests.factories.retention import after, hold, names, periods, reports, words
from tests.fixtures.pages import FrozenClock
from tests.support.client import CheckedClient
from tests.support.people import sign_in

ROLES = "participant,speaker"


@pytest.fixture
def event(app: Flask, frozen_clock: FrozenClock) -> Event:
    return make_event(participant_roles=ROLES)


def own_page(client: CheckedClient, registration: Registration) -> Any:
    return client.get(f"/en/registration/{services.open_own(registration.id).token}")


def test_own_page_says_when_and_why(event: Event, client: CheckedClient) -> None:
    diet = ask(event, "Co jesz?", kept_days=3)
    person = confirmed(event, role="speaker", filled={"answers": {diet.id: "Wszystko"}})
    said = words(own_page(client, person))
    day = clock.to_wall(refreshed(event).ends_at, "Europe/Warsaw").date()

    def on(days: int) -> str:
        with in_language("en"):
            return str(formats.date(day + dt.timedelta(days=days))).replace("\xa0", " ")

    assert f"Your answer to this question is deleted on {on(3)}: Co jesz?" in said
    assert f"Your name, address and answers are deleted on {on(365)}." in said
    assert f"What you need to take part is deleted on {on(30)}." in said
    hold(event, 400, "Umowa z fundacją nr 7")
    said = words(own_page(client, person))
    assert f"until {on(400)}, and give this reason: Umowa z fundacją nr 7" in said
    assert f"Your name, address and answers are deleted on {on(401)}." in said
    services.cancel(person.id)
    assert "Umowa z fundacją nr 7" in words(own_page(client, person)), "also of somebody who does not come"


def test_hold_keeps_names_and_answers_and_nothing_else(event: Event, frozen_clock: FrozenClock) -> None:
    make_team_member(event, "access")
    one = ask(event, "Skąd?")
    person = confirmed(event, role="speaker", name="Ola Próbna", filled={"answers": {one.id: "Z Łodzi"}})
    services.ask(person.id, kinds=["captions"], note="", agrees=True)
    until = hold(event, 400)
    after(event, frozen_clock, days=365)
    assert services.purge() == 1 and names(event) == ["Ola Próbna"]
    kept = [("needs", 30, 1, False), ("answers", 365, 1, True), ("details", 365, 1, True)]
    assert sorted(reports(event)) == sorted(kept)
    frozen_clock.shift(hours=5)
    assert services.purge() == 0 and len(reports(event)) == 3, "told once"
    frozen_clock.set(dt.datetime.combine(until, dt.time(22, 59), dt.UTC))  # a minute before midnight in Warsaw
    assert services.purge() == 0
    frozen_clock.shift(minutes=1)
    assert services.purge() == 2 and names(event) == [""]


def test_hold_that_is_ended_lets_the_data_go(event: Event, frozen_clock: FrozenClock, as_person: Any) -> None:
    confirmed(event, role="speaker")
    hold(event, 500)
    after(event, frozen_clock, days=366)
    services.purge()
    browser = as_person(make_team_member(event, "organiser"))
    page = browser.get(f"/en/events/{event.slug}/kept")
    assert "Umowa nr 7" in page.text and "not deleted" in page.text
    browser.submit(page, action=f"/en/events/{event.slug}/kept/release")
    assert refreshed(event).held_until is None and services.purge() == 1
    verbs = db.session.scalars(sa.select(AuditEntry.verb).where(AuditEntry.verb.startswith("event.hold"))).all()
    assert verbs == ["event.hold_placed", "event.hold_ended"]
    with pytest.raises(Conflict):
        services.end_hold(refreshed(event), by=PORTAL)


def test_hold_has_a_reason_and_a_day_after_the_event(event: Event, frozen_clock: FrozenClock, as_person: Any) -> None:
    browser = as_person(make_team_member(event, "organiser"))
    address = f"/en/events/{event.slug}/kept/hold"
    last = clock.to_wall(refreshed(event).ends_at, "Europe/Warsaw").date()
    for until in (last, last + dt.timedelta(days=5000)):
        refused = browser.submit(address, {"until": until.isoformat(), "reason": " "})
        assert (
            refused.status_code == 422
            and "Correct 2 fields" in refused.text
            and until.isoformat() in refused.text
            and refreshed(event).held_until is None
        )
    faults = {}
    for until, reason in ((None, ""), (last, ""), (last + dt.timedelta(days=5000), "x")):
        with pytest.raises(Refusals) as raised:
            services.hold(event, version=refreshed(event).row_version, until=until, reason=reason, by=PORTAL)
        faults[until] = [one.field for one in raised.value.parts]
    assert list(faults.values()) == [["reason", "until"], ["reason", "until"], ["until"]]
    with pytest.raises(sa.exc.IntegrityError), transaction() as session:
        session.execute(sa.update(Event).where(Event.id == event.id).values(held_until=last))
    after(event, frozen_clock, days=1)
    with pytest.raises(Conflict):
        hold(event, 400)


def test_team_sees_what_goes_when_and_what_went(event: Event, frozen_clock: FrozenClock, as_person: Any) -> None:
    organiser = make_team_member(event, "organiser")
    browser, address = as_person(organiser), f"/en/events/{event.slug}/kept"
    assert "Nothing is kept about people of this event." in browser.get(address).text
    confirmed(event, role="speaker", name="Ola Próbna")
    assert "Names and addresses" in browser.get(address).text
    after(event, frozen_clock, days=365)
    services.purge()
    sign_in(browser, organiser)
    page = browser.get(address).text
    assert db.session.scalars(sa.select(Deletion.ids_hash)).one() in page and "Ola Próbna" not in page
    assert "365 days after the event" in words(browser.get(address))


def test_portal_team_sees_events_that_still_keep_data(event: Event, frozen_clock: FrozenClock, as_person: Any) -> None:
    late, fine = make_event(), make_event()
    confirmed(event, role="speaker"), confirmed(late), confirmed(fine)
    periods(fine, participant=0)
    hold(event, 500)
    administrator = make_administrator()
    browser = as_person(administrator)
    assert "No event keeps data whose time is over." in browser.get("/en/team/deletions").text
    after(event, frozen_clock, days=366)
    assert {one.event.id: one.is_held for one in queries.events_overdue()} == {
        event.id: True,
        late.id: False,
        fine.id: False,
    }
    services.purge()
    assert [one.event.id for one in queries.events_overdue()] == [event.id]
    sign_in(browser, administrator)
    page = browser.get("/en/team/deletions").text
    assert f"/en/events/{event.slug}/kept" in page and "Umowa nr 7" in page and f"/{late.slug}/" not in page
    assert "/en/team/deletions" in browser.get("/en/account/").text
    assert as_person(make_team_member(event, "organiser")).get("/en/team/deletions").status_code in (403, 404)
