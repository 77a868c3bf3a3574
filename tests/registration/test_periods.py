"""How long the data of people are kept: said beforehand, never longer than promised, and for longer only with a reason."""

import datetime as dt
import re
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.events import services as events
from portal.events.models import Event
from portal.events.queries import question_of
from portal.ground import clock
from portal.ground.authz import PORTAL, NotAllowed
from portal.ground.db import db
from portal.ground.errors import Refusals, Stale
from portal.membership.models import Network
from portal.questions import queries as questions
from portal.questions.models import Answer
from portal.registration import services
from tests.factories.events import ask, make_coordinator, make_event, make_team_member, refreshed
from tests.factories.registrations import confirmed
from tests.factories.retention import after, hold, names, periods, reports, words
from tests.fixtures.pages import FrozenClock
from tests.support.client import CheckedClient

ROLES = "participant,speaker"


@pytest.fixture
def event(app: Flask, frozen_clock: FrozenClock) -> Event:
    return make_event(participant_roles=ROLES)


def form_of(client: CheckedClient, event: Event) -> str:
    return words(client.get(f"/en/events/{event.slug}/register"))


def test_each_role_and_each_question_has_its_period(event: Event, frozen_clock: FrozenClock) -> None:
    one, diet = ask(event, "Skąd?"), ask(event, "Co jesz?", kept_days=3)
    periods(event, speaker=10)
    given = {"filled": {"answers": {one.id: "Z Łodzi", diet.id: "Wszystko"}}}
    confirmed(event, name="Ola Próbna", role="participant", **given)
    confirmed(event, name="Jan Próbny", role="speaker", **given)
    after(event, frozen_clock, days=2)
    assert services.purge() == 0
    after(event, frozen_clock, days=3)
    assert services.purge() == 2 and names(event) == ["Ola Próbna", "Jan Próbny"]
    after(event, frozen_clock, days=10)
    services.purge()
    assert names(event) == ["Ola Próbna", ""]
    after(event, frozen_clock, days=365)
    services.purge()
    assert reports(event) == [
        ("answers", 3, 2, False), ("answers", 10, 1, False), ("details", 10, 1, False),
        ("answers", 365, 1, False), ("details", 365, 1, False),
    ]  # fmt: skip
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Answer)) == 0


def test_needs_go_with_the_name_where_that_goes_sooner(event: Event, frozen_clock: FrozenClock) -> None:
    make_team_member(event, "access")
    periods(event, speaker=5)
    person = confirmed(event, role="speaker")
    services.ask(person.id, kinds=["captions"], note="", agrees=True)
    after(event, frozen_clock, days=5)
    assert services.purge() == 2
    assert reports(event) == [("needs", 5, 1, False), ("details", 5, 1, False)]


@pytest.mark.parametrize("days", [-1, 366])
def test_no_period_is_longer_than_the_form_has_always_promised(event: Event, days: int) -> None:
    with pytest.raises(Refusals) as refused:
        periods(event, speaker=days, participant=7)
    assert [one.field for one in refused.value.parts] == ["days_speaker"]
    assert refreshed(event).role_days == {}


def test_who_has_registered_keeps_the_promise(event: Event) -> None:
    """A period becomes shorter at any time; longer only where nobody was promised less."""
    periods(event, speaker=10, participant=10)
    confirmed(event, role="speaker")
    periods(event, speaker=9, participant=300)
    with pytest.raises(Refusals) as refused:
        periods(event, speaker=10)
    assert [one.field for one in refused.value.parts] == ["days_speaker"]
    assert refreshed(event).role_days == {"speaker": 9, "participant": 300}


def test_an_answered_question_is_kept_no_longer_than_was_said(event: Event) -> None:
    one = ask(event, "Skąd?", kept_days=30)
    confirmed(event, role="speaker", filled={"answers": {one.id: "Z Łodzi"}})
    asked = next(a for a in questions.asked(refreshed(event).question_set_id))
    given = {"version": asked.question.row_version, "language": "pl", "text": "Skąd?", "hint": "", "required": True,
             "most_letters": None}  # fmt: skip
    pair = events_question(event, asked)
    for days in (31, None):
        with pytest.raises(Refusals) as refused:
            events.change_question(pair, by=PORTAL, **given, kept_days=days)
        assert [fault.field for fault in refused.value.parts] == ["kept_days"]
    assert events.change_question(pair, by=PORTAL, **given, kept_days=29).kept_days == 29


def events_question(event: Event, asked: Any) -> Any:
    found = question_of(event.slug, asked.id)
    assert found is not None
    return found


def test_only_organisers_say_how_long_and_nobody_overwrites_another(event: Event, as_person: Any) -> None:
    desk, organiser = make_team_member(event, "desk"), make_team_member(event, "organiser")
    with pytest.raises(NotAllowed):
        periods(event, by=desk, speaker=5)
    browser = as_person(organiser)
    page = browser.get(f"/en/events/{event.slug}/kept/periods")
    periods(event, speaker=7)
    answer = browser.submit(page, {"days_speaker": "8"})
    assert answer.status_code == 409 and refreshed(event).role_days == {"speaker": 7}
    with pytest.raises(Stale):
        services.hold(event, version=0, until=None, reason="", by=PORTAL)


def test_organiser_sets_periods_and_every_wrong_number_is_told_at_its_field(event: Event, as_person: Any) -> None:
    browser = as_person(make_team_member(event, "organiser"))
    address = f"/en/events/{event.slug}/kept/periods"
    wrong = browser.submit(address, {"days_participant": "x", "days_speaker": "999"})
    assert wrong.status_code == 422 and "999" in wrong.text and refreshed(event).role_days == {}
    assert "Correct 2 fields" in wrong.text
    saved = browser.submit(wrong, {"days_participant": "365", "days_speaker": "0"})
    assert saved.status_code == 303 and refreshed(event).role_days == {"speaker": 0}
    assert "as soon as the event is over" in browser.get(f"/en/events/{event.slug}/kept").text


def test_copies_keep_the_periods_and_not_the_hold(event: Event) -> None:
    diet = ask(event, "Co jesz?", kept_days=3)
    periods(event, speaker=10)
    hold(event, 400)
    (copy,) = events.copy_event(
        refreshed(event), days=[clock.today("Europe/Warsaw") + dt.timedelta(days=50)], by=PORTAL
    )
    assert (copy.role_days, copy.held_until, copy.hold_reason) == ({"speaker": 10}, None, "")
    (asked,) = questions.asked(copy.question_set_id)
    assert asked.id != diet.id and asked.question.kept_days == 3


def test_form_says_what_happens(event: Event, client: CheckedClient) -> None:
    assert "One year after the event we delete them." in form_of(client, event)
    ask(event, "Co jesz?", kept_days=3)
    periods(event, speaker=10)
    said = form_of(client, event)
    assert "One year after" not in said
    assert "depends on the role: participant: 365 days after the event speaker: 10 days after the event" in said
    assert re.search(r"delete sooner: +Co jesz\? ?: 3 days after the event", said)
    periods(event, speaker=20, participant=20)
    assert "20 days after the event we delete them." in form_of(client, event)
    hold(event, 400, "Umowa nr 7")
    held = form_of(client, event)
    assert "We keep them until" in held and "Umowa nr 7" in held and "20 days after the event we" not in held


def test_questions_of_events_have_a_period_and_those_of_networks_none(event: Event, as_person: Any) -> None:
    """What a network asks is for applications, which have no end by themselves."""
    network = db.session.get_one(Network, event.network_id)
    browser, said = as_person(make_coordinator(network)), "Days after the event until the answers are deleted"
    assert said not in browser.get(f"/en/networks/{network.slug}/questions/new?kind=text").text
    address = f"/en/events/{event.slug}/questions/new?kind=text"
    assert said in browser.get(address).text
    refused = browser.submit(address, {"text": "Co jesz?", "kept_days": "366"})
    assert refused.status_code == 422 and "366" in refused.text
    assert browser.submit(refused, {"kept_days": "14"}).status_code == 303
    assert "The answers are deleted 14 days after the event." in browser.get(f"/en/events/{event.slug}/questions").text
