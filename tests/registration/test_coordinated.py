"""Delegations on the page "My registrations" of whoever coordinates them."""

import re

import pytest
from flask import Flask

from portal.ground.authz import PORTAL
from portal.registration import services
from tests.factories.delegations import delegation, unconfirmed
from tests.factories.people import make_person
from tests.factories.registrations import confirmed
from tests.fixtures.pages import FrozenClock
from tests.registration.test_delegations import DAY, NOW, STARTS, event_of, person
from tests.support.client import CheckedClient

BOX = "fundacja@example.org"
MINE = "/en/account/registrations"


@pytest.fixture(autouse=True)
def _clock(frozen_clock: FrozenClock) -> None:
    frozen_clock.set(NOW)


def facts(browser: CheckedClient) -> dict[str, str]:
    """What the page says about the only delegation on it."""
    page = browser.get(MINE).text
    assert page.count("Go to the delegation") == 1
    return {name: value.strip() for name, value in re.findall(r"<dt>([^<]*)</dt>\s*<dd>(.*?)</dd>", page, re.S)}


@pytest.mark.both_engines
def test_coordinator_finds_the_delegation_and_how_far_it_is_beside_the_own_registration(app: Flask, as_person) -> None:
    event = event_of(4, names_due_days=5)
    me = make_person("Zofia Wierzba", email=BOX)
    confirmed(event, email=BOX, name="Zofia Wierzba")
    browser = as_person(me)
    assert "Go to the delegation" not in browser.get(MINE).text
    made = delegation(event, 5, "Anna Lipa <anna@example.org>", "Jan Lipa", email=BOX)
    anna = person(event, "Anna Lipa")
    services.change(
        anna.id, version=anna.row_version, name=anna.name, affiliation=anna.affiliation, wanted=[]
    )  # fmt: skip
    page = browser.get(MINE)
    assert "Delegation: Fundacja Lipa" in page.text and "Go to the registration" in page.text
    said = facts(browser)
    assert [said[name] for name in ("Asked for", "Named", "Complete", "Without a name", "On the waiting list")] == [
        "5", "2", "1", "3", "2",
    ]  # fmt: skip
    assert "Name people by" in said and "Answer by" not in said
    opened = browser.follow(browser.submit(page, action=f"/en/account/delegations/{made.id}"))
    assert opened.status_code == 200 and "Anna Lipa" in opened.text and "incomplete" in opened.text


def test_next_deadline_is_that_of_an_offer_then_that_of_the_names_then_none(app: Flask, as_person) -> None:
    event = event_of(1, offer_hours=24)
    holder = confirmed(event)
    made = delegation(event, 2, email=BOX)
    browser = as_person(make_person("Zofia Wierzba", email=BOX))
    assert facts(browser)["On the waiting list"] == "2" and "Name people by" in facts(browser)
    services.cancel(holder.id)
    assert {"Answer by", "Name people by"} & facts(browser).keys() == {"Answer by"}
    services.take_offer(made.id)
    assert "Answer by" not in facts(browser)
    services.give_back_seats(made.id, 2)
    assert "On the waiting list" not in facts(browser) and "Name people by" not in facts(browser)


def test_list_is_empty_as_before_where_nothing_is_coordinated_any_more(
    app: Flask, as_person, frozen_clock: FrozenClock
) -> None:
    event = event_of()
    me = make_person("Zofia Wierzba", email=BOX)
    browser = as_person(me)
    unconfirmed(event, 2, email=BOX)
    nothing = "There are no registrations for upcoming events."
    assert nothing in browser.get(MINE).text
    made = delegation(event_of(), 2, email=BOX)
    page = browser.get(MINE)
    assert nothing not in page.text and "Go to the delegation" in page.text
    assert ">Delegation</span>" in browser.get("/en/account").text
    frozen_clock.set(STARTS + DAY)
    assert nothing in as_person(me).get(MINE).text
    frozen_clock.set(NOW)
    browser = as_person(me)
    services.cancel_delegation(made.id, reason="Doubled.", by=PORTAL)
    assert nothing in browser.get(MINE).text
    ended = browser.follow(browser.submit(page, action=f"/en/account/delegations/{made.id}"))
    assert "This delegation has ended" in ended.text


def test_only_whoever_coordinates_it_now_opens_it(app: Flask, as_person) -> None:
    made = delegation(event_of(), 2, "Anna Lipa <anna@example.org>", email=BOX)
    first, second = make_person("Zofia Wierzba", email=BOX), make_person("Ewa Wierzba", email="ewa@example.org")
    shown = as_person(first).get(MINE)
    named = as_person(make_person("Anna Lipa", email="anna@example.org"))
    assert "Go to the delegation" not in named.get(MINE).text
    services.hand_on(made.id, name="Ewa Wierzba", email="ewa@example.org")
    old = as_person(first)
    refused = old.follow(old.submit(shown, action=f"/en/account/delegations/{made.id}"))
    assert "This delegation has ended" in refused.text and "Go to the delegation" not in refused.text
    assert facts(as_person(second))["Named"] == "1"
