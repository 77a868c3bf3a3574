"""The page of the browsers in which an account is open, and what it calls them."""

import re

import pytest
import sqlalchemy as sa

from portal.accounts import queries
from portal.accounts.devices import LONGEST, device_of
from portal.accounts.models import AccountSession
from portal.ground.db import db
from tests.accounts.test_sessions import EMAIL, PHONE, enter, is_in
from tests.factories.people import make_person

DEVICES = "/pl/account/devices"


@pytest.fixture
def person(app):
    return make_person("Wanda Próbna", EMAIL)


def test_the_page_names_every_browser_and_logs_out_one(person, client):
    here = enter(client)
    there = enter(
        client, agent="Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36"
    )
    page = here.get("/en/account/devices")
    assert "Firefox, Android" in page.text and "Chrome, Windows" in page.text
    assert page.sent.count("this device</span>") == 1
    (other,) = [one for one in queries.open_sessions(queries.account_of(person).id) if one.device == "Chrome, Windows"]
    response = here.submit(page, button=f"device={other.id}")
    assert "The device is logged out." in here.follow(response).text
    assert is_in(here) and not is_in(there)


def test_one_button_logs_out_everywhere(person, client):
    browsers = [enter(client), enter(client, stay=True), enter(client)]
    page = browsers[0].get(DEVICES)
    response = browsers[0].submit(page, button="device=all")
    assert response.location == "/pl/account/sign-in"
    assert not any(is_in(browser) for browser in browsers)


def test_the_own_device_can_be_logged_out_there_too(person, client):
    here, there = enter(client), enter(client)
    own = min(one.id for one in queries.open_sessions(queries.account_of(person).id))
    assert here.submit(here.get(DEVICES), button=f"device={own}").location == "/pl/account/sign-in"
    assert not is_in(here) and is_in(there)


@pytest.mark.parametrize("device", ["{foreign}", "0", "", "x", "9" * 30])
def test_nobody_logs_out_somebody_else(person, client, as_person, device):
    foreign = as_person(make_person())
    number = db.session.scalar(sa.select(AccountSession.id))
    browser = enter(client)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get(DEVICES).sent)[1]
    sent = {"csrf_token": token, "device": device.format(foreign=number)}
    assert browser.post(DEVICES, data=sent).status_code == 303
    assert is_in(foreign) and is_in(browser)


def test_a_button_without_its_token_logs_out_nobody(person, client):
    browser = enter(client)
    assert browser.post(DEVICES, data={"device": "all"}).status_code == 422
    assert is_in(browser)


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (PHONE, "Firefox, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1",
         "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0",
         "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 14; SM-A546B) AppleWebKit/537.36 SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36",
         "Samsung Internet, Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.5 Safari/605.1.15", "Safari, macOS"),
        ("curl/8.5.0", ""),
        ("", ""),
        ("x" * 100_000 + "Firefox/1", ""),
    ],
)  # fmt: skip
def test_a_device_is_two_words_and_no_version(agent, device):
    assert device_of(agent) == device
    assert len(device) <= LONGEST
