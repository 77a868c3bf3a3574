"""Being signed in ends: by the button in any browser, by idleness, by age, and by what changes the account."""

import time

import pytest
import sqlalchemy as sa
from flask_login.utils import encode_cookie

from portal.accounts import queries, services
from portal.accounts.models import Account, AccountSession
from portal.accounts.session import NUMBER
from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.ground.errors import Refusal
from tests.factories.people import PASSWORD, make_account, make_person

EMAIL = "wanda@example.org"
HOME = "/pl/account/"
PHONE = "Mozilla/5.0 (Android 14; Mobile; rv:131.0) Gecko/131.0 Firefox/131.0"


@pytest.fixture
def person(app):
    return make_person("Wanda Próbna", EMAIL)


def enter(client, *, stay=False, agent=PHONE):
    browser = client.fresh()
    fields = {"email": EMAIL, "password": PASSWORD, **({"stay": "y"} if stay else {})}
    response = browser.submit("/pl/account/sign-in", fields, headers={"User-Agent": agent})
    assert response.status_code == 303, response.text
    return browser


def copied(browser):
    """Another browser with the same cookies, as whoever has copied them."""
    other = browser.fresh()
    with browser.session_transaction() as session:
        kept = dict(session)
    with other.session_transaction() as session:
        session.update(kept)
    return other


def is_in(browser):
    return browser.get(HOME).status_code == 200


def seen_at():
    db.session.rollback()
    return db.session.scalar(sa.select(AccountSession.seen_at))


@pytest.mark.both_engines
def test_a_copied_cookie_is_dead_after_logging_out(person, client):
    browser, elsewhere = enter(client), enter(client)
    thief = copied(browser)
    assert is_in(thief)
    browser.submit(HOME, action="/pl/account/sign-out")
    assert not is_in(thief)
    assert is_in(elsewhere)
    assert thief.submit("/pl/account/sign-in", {"email": EMAIL, "password": "nie to"}).status_code == 422


def test_every_sign_in_has_a_number_of_its_own_and_only_its_hash_is_stored(person, client):
    numbers = set()
    for browser in (enter(client), enter(client)):
        with browser.session_transaction() as session:
            numbers.add(session[NUMBER])
    stored = set(db.session.scalars(sa.select(AccountSession.number_hash)))
    assert len(numbers) == 2
    assert stored == {queries.hash_of_number(number) for number in numbers}
    assert not numbers & stored


def test_a_number_that_was_planted_before_is_not_the_one_after(person, client):
    """Fixation: somebody who knows the cookie of before knows nothing of the session that follows."""
    browser = client.fresh()
    page = browser.get("/pl/account/sign-in")
    with browser.session_transaction() as session:
        session[NUMBER] = "planted"
    planted = copied(browser)
    browser.submit(page, {"email": EMAIL, "password": PASSWORD})
    with browser.session_transaction() as session:
        assert session[NUMBER] != "planted"
    assert is_in(browser) and not is_in(planted)


def test_a_name_without_a_number_opens_nothing(person, client):
    """Nor does the cookie by which Flask-Login would remember: there is one way to be signed in."""
    browser, elsewhere = client.fresh(), enter(client)
    assert is_in(elsewhere)
    name = queries.account_of(person).fs_uniquifier
    with browser.session_transaction() as session:
        session["_user_id"], session["_fresh"] = name, True
    browser.set_cookie("remember_token", encode_cookie(name))
    assert not is_in(browser)


def test_a_number_opens_only_the_account_that_it_was_made_for(person, client):
    other = make_account()
    services.open_session(other, stay=True, device="")
    browser = enter(client)
    with browser.session_transaction() as session:
        session["_user_id"] = other.fs_uniquifier
    assert not is_in(browser)


def test_half_an_hour_without_a_page_is_the_end(person, client, frozen_clock):
    browser = enter(client)
    for _page in range(4):
        frozen_clock.shift(minutes=24)
        assert is_in(browser)
    frozen_clock.shift(minutes=31)
    assert not is_in(browser)


def test_twelve_hours_are_the_end_whatever_is_done(person, client, frozen_clock):
    browser = enter(client)
    for _page in range(35):
        frozen_clock.shift(minutes=20)
        assert is_in(browser)
    frozen_clock.shift(minutes=21)
    assert not is_in(browser)


def test_who_stays_signed_in_has_fourteen_days(person, client, frozen_clock):
    browser = enter(client, stay=True)
    frozen_clock.shift(days=13, hours=23)
    assert is_in(browser)
    frozen_clock.shift(hours=2)
    assert not is_in(browser)


def test_a_clock_that_was_wrong_makes_no_session_that_never_ends(person, client, frozen_clock):
    frozen_clock.shift(days=3650)
    browser = enter(client, stay=True)
    assert is_in(browser)
    frozen_clock.shift(days=-3650)
    assert not is_in(browser)
    assert services.remove_ended_sessions() == 1


def test_a_clock_that_is_set_back_a_little_logs_nobody_out(person, client, frozen_clock):
    browser = enter(client)
    frozen_clock.shift(minutes=-4)
    assert is_in(browser)


@pytest.mark.both_engines
def test_when_somebody_was_last_here_is_written_seldom_and_by_a_get(person, client, frozen_clock, count_queries):
    browser = enter(client)
    began = seen_at()
    frozen_clock.shift(minutes=4)
    with count_queries() as asked:
        browser.get("/pl/account/details")
    assert len(asked) == 1 and seen_at() == began
    frozen_clock.shift(minutes=2)
    with count_queries() as asked:
        browser.get("/pl/account/details")
    assert sum(sql.startswith("UPDATE") for sql in asked) == 1
    assert seen_at() == frozen_clock.moment
    with count_queries() as asked:
        browser.get("/pl/account/details")
    assert len(asked) == 1


@pytest.mark.both_engines
def test_a_page_is_shown_while_somebody_else_writes(person, client, frozen_clock):
    """When the last visit cannot be noted now, the page waits for nobody."""
    browser = enter(client)
    began = seen_at()
    frozen_clock.shift(minutes=10)
    with transaction() as session:
        session.execute(sa.update(AccountSession).values(device="Firefox"))
        start = time.monotonic()
        answer = _in_another_thread(browser)
        assert time.monotonic() - start < 2
    assert answer == 200
    assert seen_at() == began
    assert is_in(browser) and seen_at() == frozen_clock.moment


def _in_another_thread(browser):
    import contextvars
    import threading

    answers = []
    context = contextvars.copy_context()
    thread = threading.Thread(target=lambda: context.run(lambda: answers.append(browser.get(HOME).status_code)))
    thread.start()
    thread.join(10)
    return answers[0]


def test_what_was_typed_in_a_form_outlives_the_session(person, client, frozen_clock):
    browser = enter(client)
    page = browser.get("/pl/account/details")
    frozen_clock.shift(minutes=50)
    held = browser.submit(page, {"name": "Wanda Nowa"})
    assert held.status_code == 403
    browser.submit("/pl/account/sign-in", {"email": EMAIL, "password": PASSWORD})  # in another tab
    form = browser.submit(held)
    assert form.status_code == 422 and 'value="Wanda Nowa"' in form.text
    assert browser.submit(form).status_code == 303
    assert queries.person_by_email(EMAIL).name == "Wanda Nowa"


def test_two_tabs_of_one_browser_are_one_session(person, client):
    browser = client.fresh()
    tabs = [browser.get("/pl/account/sign-in") for _ in range(2)]
    for tab in tabs:
        assert browser.submit(tab, {"email": EMAIL, "password": PASSWORD}).status_code in (303, 422)
    assert is_in(browser)
    assert len(queries.open_sessions(queries.account_of(person).id)) == 1


def test_a_changed_address_keeps_this_browser_and_ends_the_others(person, client, outbox):
    here, there = enter(client), enter(client, stay=True)
    here.submit("/pl/account/email", {"email": "nowa@example.org"})
    thief = copied(here)
    here.submit(outbox.paths(outbox.deliver()[0])[0])
    assert is_in(here)
    assert not is_in(there) and not is_in(thief)


def test_a_changed_password_gives_this_browser_another_number(person, client):
    here = enter(client)
    thief = copied(here)
    here.submit("/pl/account/password", {"password": "zupełnie inne słowa"})
    assert is_in(here) and not is_in(thief)


@pytest.mark.both_engines
def test_a_closed_account_loses_its_sessions_for_good(person, client):
    browser = enter(client, stay=True)
    number = queries.account_of(person).id
    for active in (False, True):
        with transaction() as session:
            session.get_one(Account, number).active = active
        assert services.remove_ended_sessions() == (0 if active else 1)
        assert not is_in(browser)


def test_erasure_leaves_no_session(person, client, count):
    browser = enter(client)
    services.erase_person(person.id, by=PORTAL)
    assert count(AccountSession) == 0
    assert not is_in(browser)


def test_a_password_that_changed_meanwhile_lets_nobody_in(person, client, count):
    """The password was looked at, then changed, then the session would begin."""
    known = queries.account_of(person)
    db.session.expunge(known)
    services.change_password(queries.account_of(person).id, password="zupełnie inne słowa")
    with pytest.raises(Refusal):
        services.open_session(known, stay=True, device="")
    assert count(AccountSession) == 0


@pytest.mark.both_engines
def test_sessions_that_ended_are_deleted(person, client, frozen_clock):
    enter(client)
    enter(client, stay=True)
    assert services.remove_ended_sessions() == 0
    frozen_clock.shift(minutes=31)
    assert services.remove_ended_sessions() == 1
    frozen_clock.shift(days=14)
    assert services.remove_ended_sessions() == 1
