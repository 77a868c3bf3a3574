"""A forgotten password and another one: what ends, what stays."""

import re

from portal.accounts import queries
from portal.ground import clock
from portal.mail import Mail
from tests.factories.people import PASSWORD, make_person

TOKEN = re.compile(r'name="csrf_token"[^>]*')  # another one for every browser
NEW = "nowe hasło na dziś"
FORGOTTEN = "/bg/account/password/forgotten"


def ask(client, outbox, email="wanda@example.org"):
    response = client.submit(FORGOTTEN, {"email": email})
    assert response.status_code == 303
    (message,) = outbox.deliver()
    return message


def opens(client, email, password):
    return client.fresh().submit("/en/account/sign-in", {"email": email, "password": password}).status_code == 303


def test_reset_sets_a_new_password_and_ends_every_session(client, as_person, outbox):
    person = make_person(email="wanda@example.org")
    elsewhere = as_person(person)
    assert elsewhere.get("/pl/account/").status_code == 200
    message = ask(client, outbox)
    path = outbox.paths(message)[0]
    assert path.startswith("/pl/account/password/new/")  # in the language of the person
    assert client.get(path).status_code == 200
    assert opens(client, "wanda@example.org", PASSWORD)  # looking changes nothing

    response = client.submit(path, {"password": NEW})
    assert (response.status_code, response.location) == (303, "/pl/account/sign-in")
    assert elsewhere.get("/pl/account/").status_code == 303
    assert not opens(client, "wanda@example.org", PASSWORD)
    assert opens(client, "wanda@example.org", NEW)
    assert client.get(path).status_code == 404
    notice, _of_the_new_browser = outbox.deliver()
    assert notice["To"] == "wanda@example.org"
    assert "/pl/account/password/forgotten" in outbox.text(notice)


def test_unknown_address_gets_the_same_answer_and_one_mail(client, outbox, hashes, count, count_queries):
    make_person(email="wanda@example.org")
    seen = []
    for email in ("wanda@example.org", "nikt@example.org"):
        browser = client.fresh()
        page = browser.get(FORGOTTEN)
        before = count(Mail)
        hashes.clear()
        with count_queries() as sql:
            response = browser.submit(page, {"email": email})
        answer = TOKEN.sub("", browser.follow(response).text)
        seen.append(
            (response.status_code, answer, list(hashes), count(Mail) - before, [line.split()[0] for line in sql])
        )
    assert seen[0] == seen[1]
    assert seen[0][2:4] == ([], 1)
    known, unknown = outbox.deliver()
    assert "/password/new/" in outbox.text(known)
    assert "/password/new/" not in outbox.text(unknown)
    assert "/bg/account/sign-up" in outbox.text(unknown)


def test_a_newer_link_ends_the_earlier_one(client, outbox):
    make_person(email="wanda@example.org")
    first = outbox.paths(ask(client, outbox))[0]
    tab = client.get(first)
    second = outbox.paths(ask(client, outbox))[0]
    assert client.get(first).status_code == 404
    assert client.submit(tab, {"password": NEW}).status_code == 404
    assert client.submit(second, {"password": NEW}).status_code == 303


def test_the_link_ends_after_two_hours(client, outbox, frozen_clock):
    make_person(email="wanda@example.org")
    path = outbox.paths(ask(client, outbox))[0]
    frozen_clock.shift(hours=1, minutes=59)
    assert client.get(path).status_code == 200
    frozen_clock.shift(minutes=2)
    assert client.get(path).status_code == 404


def test_a_short_or_guessable_password_is_refused_and_the_link_stays(client, outbox):
    make_person(email="wanda@example.org")
    path = outbox.paths(ask(client, outbox))[0]
    for password in ("krótkie", "wanda@example.org", "abababababab", ""):
        response = client.submit(path, {"password": password})
        assert response.status_code == 422
        assert not password or f'value="{password}"' not in response.text.replace(
            'name="username" value="wanda@example.org"', ""
        )
    assert client.submit(path, {"password": NEW}).status_code == 303


def test_change_keeps_this_browser_and_ends_the_others(client, as_person, outbox):
    person = make_person(email="wanda@example.org")
    here, elsewhere = as_person(person), as_person(person)
    before = queries.account_of(person).fs_uniquifier
    response = here.submit("/pl/account/password", {"password": NEW})
    assert response.status_code == 303
    assert here.follow(response).status_code == 200
    assert elsewhere.get("/pl/account/").status_code == 303
    assert queries.account_of(person).fs_uniquifier != before
    assert opens(client, "wanda@example.org", NEW)
    assert len(outbox.deliver()) == 1


def test_an_old_sign_in_is_asked_for_the_password_first(as_person):
    browser = as_person(make_person())
    grow_old(browser)
    for path in ("password", "email", "two-step", "two-step/on"):
        response = browser.get(f"/pl/account/{path}")
        assert (response.status_code, response.location) == (303, f"/pl/account/verify?next=/pl/account/{path}")
    response = browser.submit(response.location, {"password": "nie to"})
    assert response.status_code == 422
    response = browser.submit("/pl/account/verify?next=/pl/account/email", {"password": PASSWORD})
    assert response.location == "/pl/account/email"
    assert browser.follow(response).status_code == 200


def test_a_form_that_was_opened_in_time_may_take_a_while(as_person):
    browser = as_person(make_person())
    page = browser.get("/pl/account/password")
    grow_old(browser, keep_grace=True)
    assert browser.submit(page, {"password": NEW}).status_code == 303


def test_a_post_without_a_fresh_password_changes_nothing(as_person, outbox):
    person = make_person(email="wanda@example.org")
    browser = as_person(person)
    page = browser.get("/pl/account/email")
    grow_old(browser)
    assert browser.submit(page, {"email": "inna@example.org"}).location.startswith("/pl/account/verify")
    assert outbox.deliver() == []


def grow_old(browser, *, keep_grace=False):
    """The password was typed an hour ago."""
    with browser.session_transaction() as session:
        session["fs_paa"] = clock.now().timestamp() - 3600
        if not keep_grace:
            session.pop("fs_gexp", None)
