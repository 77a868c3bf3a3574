"""The page that somebody opens at the door: what it is called, when and where, and the plan by day."""

from flask import Flask

from portal.registration import services
from portal.registration.services import Wish
from portal.words.i18n import Localized
from tests.factories.events import make_event, make_session, make_slot
from tests.factories.registrations import change, confirmed
from tests.support.client import CheckedClient


def test_own_page_is_called_after_its_event(app: Flask, client: CheckedClient) -> None:
    event = make_event(title=Localized.of("en", "Congress of Rivers"))
    page = client.get(f"/en/registration/{services.open_own(confirmed(event).id).token}").text
    assert page.partition("<h1>")[2].partition("</h1>")[0].strip() == "Congress of Rivers"


def test_plan_names_each_day_once_and_links_each_session(app: Flask, client: CheckedClient) -> None:
    event = make_event()
    slot = make_slot(event)
    one, full = make_session(event, slot=slot), make_session(event, slot=slot, seats=0)
    next_day = make_session(event, hours=25)
    registration = confirmed(event, one, next_day)
    change(registration, Wish(one.id), Wish(full.id, waits=True), Wish(next_day.id))
    page = client.get(f"/en/registration/{services.open_own(registration.id).token}").text
    plan = page.partition('id="plan-title"')[2].partition("</section>")[0]
    assert plan.count("<h3>") == 2
    ways = [plan.index(f"/en/events/{event.slug}/sessions/{session.id}") for session in (one, full, next_day)]
    assert ways[:2] < ways[2:] and max(ways[:2]) < plan.rindex("<h3>") < ways[2]
    assert plan.count("Position on the waiting list: 1") == 1
