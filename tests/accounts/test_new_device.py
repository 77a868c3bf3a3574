"""The owner of an account hears of a login with a kind of browser that is new, once, and not of the very first login."""

import datetime as dt

import pytest

from portal.accounts.models import Account
from portal.ground import clock
from portal.ground.db import db, transaction
from tests.factories.people import PASSWORD, make_person

EMAIL = "wanda@example.org"
PHONE = "Mozilla/5.0 (Android 14; Mobile; rv:131.0) Gecko/131.0 Firefox/131.0"
LAPTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"


@pytest.fixture
def person(app, frozen_clock):
    made = make_person("Wanda Próbna", EMAIL, locale="bg")
    frozen_clock.shift(days=30)
    return made


def enter(client, agent=PHONE, password=PASSWORD):
    browser = client.fresh()
    browser.submit("/pl/account/sign-in", {"email": EMAIL, "password": password}, headers={"User-Agent": agent})
    return browser


def test_a_new_kind_of_browser_is_told_in_the_language_of_the_owner(client, person, outbox):
    enter(client, PHONE)
    outbox.deliver()
    enter(client, LAPTOP)
    (message,) = outbox.deliver()
    assert message["To"] == EMAIL
    assert message["Subject"] == "Ново влизане в профила"
    text = outbox.text(message)
    assert "Chrome, Windows" in text
    assert "2026" in text and "софийско време" in text
    assert any("/account/password/forgotten" in path for path in outbox.paths(message))


def test_it_is_told_once_for_each_kind(client, person, outbox):
    for _ in range(2):
        enter(client, LAPTOP).submit("/pl/account/", action="/pl/account/sign-out")
    assert len(outbox.deliver()) == 1
    enter(client, LAPTOP)
    assert outbox.deliver() == []


def test_a_browser_that_is_logged_in_somewhere_is_known(client, person, outbox):
    enter(client, PHONE)
    outbox.deliver()
    enter(client, PHONE)
    assert outbox.deliver() == []


def test_the_very_first_login_is_not_told(client, app, outbox):
    make_person("Wanda Próbna", EMAIL)
    enter(client, PHONE)
    assert outbox.deliver() == []
    enter(client, LAPTOP)  # the second one is
    assert len(outbox.deliver()) == 1


def test_a_wrong_password_is_not_told(client, person, outbox):
    enter(client, LAPTOP, password="inne hasło zupełnie")
    assert outbox.deliver() == []


def test_people_of_the_demo_get_none(client, person, outbox):
    with transaction():
        db.session.query(Account).one().is_demo = True
    enter(client, LAPTOP)
    assert outbox.deliver() == []
    assert clock.now() > dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
