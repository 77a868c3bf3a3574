"""Coming in and going out."""

import pytest
from argon2 import PasswordHasher

from portal.accounts import passwords, queries
from portal.accounts.models import Account
from portal.ground.db import db, transaction
from tests.factories.people import PASSWORD, make_account, make_person

SIGN_IN = "/pl/account/sign-in"
WRONG = "The e-mail address or the password does not match. Check both or set a new password."


def enter(browser, email, password=PASSWORD, path=SIGN_IN, **more):
    return browser.submit(path, {"email": email, "password": password, **more})


def test_sign_in_leads_home_and_is_remembered(client):
    make_person("Wanda Próbna", "wanda@example.org")
    response = enter(client, " Wanda@Example.org ")
    assert (response.status_code, response.location) == (303, "/pl/account/")
    assert "Wanda Próbna" in client.get("/pl/account/").text
    assert "Expires" not in response.headers["Set-Cookie"]


def test_staying_signed_in_keeps_the_cookie(client):
    make_person(email="wanda@example.org")
    response = enter(client, "wanda@example.org", stay="y")
    assert "Expires" in response.headers["Set-Cookie"]


@pytest.mark.parametrize("email", ["wanda@example.org", "nikt@example.org"])
def test_refusal_costs_the_same_and_says_the_same(client, email, hashes, count_queries):
    make_person(email="wanda@example.org")
    page = client.get("/en/account/sign-in")
    hashes.clear()
    with count_queries() as seen:
        response = client.submit(page, {"email": email, "password": "nie to hasło"})
    assert response.status_code == 422
    assert WRONG in response.text
    assert f'value="{email}"' in response.text
    assert "nie to hasło" not in response.text
    assert hashes == ["verify"]
    assert len(seen) == 3, seen  # two counters at once, their sum, the account


def test_a_hash_of_other_costs_is_made_anew_without_ending_anything(client, as_person, hashes):
    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    person = make_person(email="wanda@example.org")
    with transaction() as session:
        session.get_one(Account, queries.account_of(person).id).password = weak
    elsewhere = as_person(person)
    for ran in (["verify", "hash"], ["verify"]):
        hashes.clear()
        assert enter(client.fresh(), "wanda@example.org").status_code == 303
        assert hashes == ran
    stored = queries.account_of(person).password
    assert not passwords.is_outdated(stored) and passwords.fits(PASSWORD, stored)
    assert elsewhere.get("/pl/account/").status_code == 200
    assert enter(client, "wanda@example.org", "nie to hasło").status_code == 422


def test_the_hash_for_nobody_costs_what_hashes_cost(app):
    assert passwords.NOBODY.split("$")[:4] == passwords.hashed("cokolwiek").split("$")[:4]
    assert not passwords.fits("cokolwiek", None)


def test_the_password_of_nobody_opens_nothing(app, monkeypatch):
    """It was thrown away; whoever found it would still be refused."""
    monkeypatch.setattr(passwords, "NOBODY", passwords.hashed("lipa most chleb"))
    assert not passwords.fits("lipa most chleb", None)


def test_account_that_is_not_active_is_refused_and_its_session_ends(client, as_person):
    account = make_account(email="wanda@example.org")
    browser = as_person(account.person)
    assert browser.get("/pl/account/").status_code == 200
    with transaction() as session:
        session.get(Account, account.id).active = False
    assert browser.get("/pl/account/").status_code == 303
    assert enter(client, "wanda@example.org").status_code == 422


def test_a_page_for_people_with_an_account_comes_after_signing_in(client):
    make_person(email="wanda@example.org")
    asked = client.get("/bg/account/details?x=1")
    assert asked.status_code == 303
    response = enter(client, "wanda@example.org", path=asked.location)
    assert response.location == "/bg/account/details?x=1"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "/\tevil",
        "javascript:alert(1)",
        "evil",
        "/%0d%0aSet-Cookie:x",
    ],
)
def test_next_leads_nowhere_else(client, target):
    make_person(email="wanda@example.org")
    page = client.get(SIGN_IN, query_string={"next": target})
    response = client.submit(page, {"email": "wanda@example.org", "password": PASSWORD})
    assert response.status_code == 303
    assert response.location in ("/pl/account/", "/%0d%0aSet-Cookie:x")  # an encoded line end stays encoded
    assert "Set-Cookie:x" not in response.headers


def test_signing_in_gives_a_new_session(client):
    """Whatever somebody put into the session before (fixation) is gone, the form token too."""
    make_person(email="wanda@example.org")
    page = client.get(SIGN_IN)
    with client.session_transaction() as session:
        before = dict(session)
        session["planted"] = "x"
    client.submit(page, {"email": "wanda@example.org", "password": PASSWORD})
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session.get("csrf_token") != before["csrf_token"]


def test_signing_out_needs_the_button(client, as_person):
    browser = as_person(make_person())
    assert browser.get("/pl/account/sign-out").status_code == 405
    browser.post("/pl/account/sign-out")  # without the token of the form
    assert browser.get("/pl/account/").status_code == 200
    response = browser.submit("/pl/account/", {}, action="/pl/account/sign-out")
    assert response.status_code == 303
    assert browser.get("/pl/account/").status_code == 303


def test_eleventh_try_for_one_address_is_refused_whoever_asks(client):
    make_person(email="wanda@example.org")
    for number in range(10):
        assert enter(client.fresh(), "wanda@example.org", f"zgadywanka {number}").status_code == 422
    response = enter(client.fresh(), "WANDA@example.org")
    assert response.status_code == 429
    assert 'value="WANDA@example.org"' in response.text
    assert response.headers["Retry-After"] == "300"
    assert enter(client.fresh(), "inna@example.org").status_code == 422


def test_a_signed_in_person_costs_one_query(as_person, count_queries):
    browser = as_person(make_person())
    with count_queries() as seen:
        assert browser.get("/pl/account/details").status_code == 200
    assert len(seen) == 1, seen


def test_a_visitor_without_a_cookie_has_no_session(client):
    response = client.get("/pl/account/sign-up/sent")
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(
    "path",
    [
        "sign-up",
        "sign-in",
        "password/forgotten",
        "sign-up/sent",
        "",
        "details",
        "email",
        "password",
        "two-step",
        "two-step/on",
        "verify",
    ],
)
@pytest.mark.parametrize("language", ["pl", "bg", "en"])
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_pages_are_private(as_person, path, language):
    from portal.mail import Mail

    person = (
        make_person() if path in ("", "details", "email", "password", "two-step", "two-step/on", "verify") else None
    )
    response = as_person(person).get(f"/{language}/account/{path}")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert 'hreflang="' not in response.text.partition("</head>")[0]
    assert db.session.query(Mail).count() == 0
