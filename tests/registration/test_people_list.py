"""The people of an event in their list: found by words, narrowed by filters, fifty on a page, with few questions."""

import datetime as dt
import re
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.events.models import Event
from portal.ground import clock
from portal.ground.db import db, transaction
from portal.membership.models import Network
from portal.registration import queries, services
from portal.registration.models import Registration
from portal.registration.queries import Chosen
from portal.registration.services import BulkRegistration, Wish, bulk_register
from tests.factories.events import make_coordinator, make_event, make_session
from tests.factories.registrations import change, confirmed, submit

NAMES = {"Łucja Żółć", "Яна Каменова", "Ben Waiting", "Cezary Wycofany", "Dora Niepewna"}


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event(seats=2)


@pytest.fixture
def browser(event: Event, as_person: Any) -> Any:
    return as_person(make_coordinator(db.session.get_one(Network, event.network_id)))


@pytest.fixture
def crowd(event: Event) -> None:
    """Somebody of every state."""
    confirmed(event, name="Łucja Żółć", email="lucja@example.org")
    confirmed(event, name="Яна Каменова", email="yana@example.org", locale="bg")
    confirmed(event, name="Ben Waiting", email="ben@example.org", locale="en", affiliation="Koło Wierzbica")
    services.cancel(confirmed(event, name="Cezary Wycofany", email="cezary@example.org").id)
    submit(event, name="Dora Niepewna", email="dora@example.org")


def listed(browser: Any, event: Event, query: str = "") -> set[str]:
    page = browser.get(f"/en/events/{event.slug}/participants?{query}").text
    return {name for name in NAMES if name in page}


def test_list_is_of_those_who_take_part_or_wait(browser: Any, event: Event, crowd: None) -> None:
    assert listed(browser, event) == {"Łucja Żółć", "Яна Каменова", "Ben Waiting"}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("state=confirmed", {"Łucja Żółć", "Яна Каменова"}),
        ("state=waiting", {"Ben Waiting"}),
        ("state=cancelled", {"Cezary Wycofany"}),
        ("state=unverified", {"Dora Niepewna"}),
        ("state=all", NAMES),
        ("language=bg", {"Яна Каменова"}),
        ("language=pl&state=all", {"Łucja Żółć", "Cezary Wycofany", "Dora Niepewna"}),
        ("q=lucja zolc", {"Łucja Żółć"}),
        ("q=ZOLC", {"Łucja Żółć"}),
        ("q=kamenova", {"Яна Каменова"}),
        ("q=ben@example.org", {"Ben Waiting"}),
        ("q=kolo wierzb", {"Ben Waiting"}),
        ("q=wycofany", set()),
        ("q=wycofany&state=all", {"Cezary Wycofany"}),
        ("q=???", set()),
        ("state=x&session=y&day=z&language=fr", {"Łucja Żółć", "Яна Каменова", "Ben Waiting"}),
        ("day=9999-12-31&session=-1", {"Łucja Żółć", "Яна Каменова", "Ben Waiting"}),
    ],
)  # fmt: skip
def test_filters_and_words_find(browser: Any, event: Event, crowd: None, query: str, names: set[str]) -> None:
    assert listed(browser, event, query) == names


def test_somebody_is_found_by_the_number_of_the_registration(browser: Any, event: Event, crowd: None) -> None:
    number = db.session.scalar(sa.select(Registration.id).where(Registration.email == "yana@example.org"))
    assert listed(browser, event, f"q={number}") == {"Яна Каменова"}


def test_workshop_and_day_narrow_the_list(browser: Any, event: Event) -> None:
    first = make_session(event, seats=1)
    later = event.starts_at + dt.timedelta(days=1)
    second = make_session(event, starts_at=later, ends_at=later + dt.timedelta(hours=1))
    confirmed(event, first, name="Łucja Żółć", email="lucja@example.org")
    confirmed(event, first, second, name="Ben Waiting", email="ben@example.org")
    assert listed(browser, event, f"session={first.id}") == {"Łucja Żółć", "Ben Waiting"}
    assert listed(browser, event, f"session={second.id}") == {"Ben Waiting"}
    day = clock.to_wall(first.starts_at, event.timezone).date()
    assert listed(browser, event, f"day={day}") == {"Łucja Żółć"}  # who only waits there has no place on that day


def test_filter_says_how_many_there_are_of_each_state(browser: Any, event: Event, crowd: None) -> None:
    page = browser.get(f"/en/events/{event.slug}/participants").text
    options = re.findall(r'<option value="(\w*)"[^>]*>\s*([^<]+: \d+)\s*</option>', page)
    counted = {value: words.rpartition(" ")[2] for value, words in options}
    assert counted == {"": "3", "confirmed": "2", "waiting": "1", "unverified": "1", "cancelled": "1", "all": "5"}


def test_filters_that_are_chosen_can_each_be_taken_away(browser: Any, event: Event, crowd: None) -> None:
    path = f"/en/events/{event.slug}/participants"
    page = browser.get(f"{path}?q=zolc&language=pl").text
    assert f'href="{path}?q=zolc"' in page
    assert f'href="{path}?language=pl"' in page


def test_address_of_what_is_chosen_reads_the_same(app: Flask) -> None:
    chosen = Chosen("Żółć", "waiting", 7, dt.date(2027, 2, 5), "bg")
    assert Chosen.read(chosen.address) == chosen
    assert not Chosen.read({})


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["audience=registered"]),
        ("state=waiting&language=en", ["audience=waiting&amp;language=en"]),
        ("state=confirmed&session=7", ["audience=confirmed&amp;session=7", "audience=confirmed&amp;waiting=7"]),
        ("state=cancelled", []),
        ("q=zolc", []),
    ],
)  # fmt: skip
def test_message_goes_to_the_audience_that_fits(
    browser: Any, event: Event, crowd: None, query: str, expected: list[str]
) -> None:
    if "session" in query:
        workshop, one = make_session(event), queries.people(event).rows()[0]
        change(one, Wish(workshop.id), name=one.name)
        query = query.replace("7", str(workshop.id))
        expected = [words.replace("7", str(workshop.id)) for words in expected]
    page = browser.get(f"/en/events/{event.slug}/participants?{query}").text
    assert re.findall(rf'/en/messages/event/{event.slug}/new\?([^"]*)"', page) == expected


def test_page_of_a_thousand_people_asks_little_and_shows_fifty(
    browser: Any, as_person: Any, count_queries: Any
) -> None:
    event = make_event()
    workshop = make_session(event, seats=400)
    rows = (
        BulkRegistration(f"Osoba {n}", f"osoba{n}@example.org", "pl", clock.now(), (workshop.id,)) for n in range(1000)
    )
    bulk_register(event.id, rows)
    coordinator = as_person(make_coordinator(db.session.get_one(Network, event.network_id)))
    path = f"/en/events/{event.slug}/participants"
    coordinator.get(path)
    for query in ("", "?page=7&state=confirmed&language=pl", f"?q=osoba&session={workshop.id}"):
        with count_queries() as asked:
            page = coordinator.get(path + query)
        assert len(asked) <= 12, asked
        assert page.text.count('<th scope="row">') - 1 == 50  # one row is of the workshop
    assert "1,000 people" in coordinator.get(path).text


def test_name_that_was_deleted_is_told_as_such(browser: Any, event: Event) -> None:
    one = confirmed(event, name="Łucja Żółć", email="lucja@example.org")
    with transaction():
        db.session.execute(sa.update(Registration).where(Registration.id == one.id).values(name="", email=""))
    assert "name deleted" in browser.get(f"/en/events/{event.slug}/participants").text


def test_people_are_in_the_order_of_confirming(app: Flask, event: Event, crowd: None) -> None:
    names = [one.name for one in queries.people(event, Chosen(state=queries.ALL)).rows()]
    assert names[:3] == ["Łucja Żółć", "Яна Каменова", "Ben Waiting"]
