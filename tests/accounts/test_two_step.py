"""The second step: on, passed, lost, off."""

import re

import pytest
import sqlalchemy as sa

from portal.accounts import queries, second_step
from portal.ground import clock
from portal.ground.db import db
from portal.ground.sealed import unseal
from tests.factories.people import PASSWORD, make_person

EMAIL = "wanda@example.org"


def secret_of(person):
    return queries.account_with_secrets(queries.account_of(person).id).totp_secret


def codes_of(person):
    return queries.account_with_secrets(queries.account_of(person).id).recovery_codes.split()


@pytest.fixture
def person(app):
    return make_person(email=EMAIL)


@pytest.fixture
def guarded(person, as_person, frozen_clock):
    """A person with the second step on; the clock has gone on, so that the first code is over."""
    browser = as_person(person)
    page = browser.get("/pl/account/two-step/on")
    with browser.session_transaction() as session:
        secret = unseal(session["second_step_secret"])
    response = browser.submit(page, {"code": second_step.code_now(secret)})
    assert response.status_code == 303, response.text
    frozen_clock.shift(minutes=2)
    return browser


def first_step(client, **more):
    response = client.submit("/pl/account/sign-in", {"email": EMAIL, "password": PASSWORD, **more})
    assert response.status_code == 303
    return response


def test_setting_up_shows_a_code_and_a_key(person, as_person):
    browser = as_person(person)
    page = browser.get("/pl/account/two-step/on")
    assert '<svg class="qr"' in page.text
    key = re.search(r"<code>([A-Z2-7-]+)</code>", page.text)
    assert key is not None
    again = browser.get("/pl/account/two-step/on").text
    assert key[1] in again  # a reload or another tab shows the same
    with browser.session_transaction() as session:
        assert key[1].replace("-", "") not in str(dict(session))  # the cookie is signed, not secret: sealed in it


def test_setting_up_needs_a_code_of_the_app(person, as_person):
    browser = as_person(person)
    response = browser.submit("/pl/account/two-step/on", {"code": "000000"})
    assert response.status_code == 422
    assert not queries.account_of(person).has_second_step


def test_sign_in_asks_for_the_code(guarded, person, client):
    response = first_step(client)
    assert response.location == "/pl/account/sign-in/code"
    assert client.get("/pl/account/").status_code == 303  # the password alone is not enough
    page = client.follow(response)
    code = second_step.code_now(secret_of(person))
    response = client.submit(page, {"code": f" {code[:3]} {code[3:]}"})
    assert response.location == "/pl/account/"
    assert client.follow(response).status_code == 200


def test_a_code_is_good_once(guarded, person, client):
    code = second_step.code_now(secret_of(person))
    for browser, status in ((client, 303), (client.fresh(), 422)):
        first_step(browser)
        assert browser.submit("/pl/account/sign-in/code", {"code": code}).status_code == status


def test_a_recovery_code_is_good_once_and_says_how_many_are_left(guarded, person, client):
    code = codes_of(person)[0]
    first_step(client)
    response = client.submit("/en/account/sign-in/code", {"code": code.upper().replace("-", " ")})
    assert response.status_code == 303
    assert "7 codes are left" in client.get("/en/account/").text
    assert len(codes_of(person)) == 7
    other = client.fresh()
    first_step(other)
    assert other.submit("/pl/account/sign-in/code", {"code": code}).status_code == 422


def test_the_page_wanted_first_comes_after_both_steps(guarded, person, client):
    response = client.submit("/pl/account/sign-in?next=/pl/account/details", {"email": EMAIL, "password": PASSWORD})
    response = client.submit(client.follow(response), {"code": second_step.code_now(secret_of(person))})
    assert response.location == "/pl/account/details"


def test_without_the_password_there_is_no_second_step(guarded, client):
    assert client.get("/pl/account/sign-in/code").location == "/pl/account/sign-in"
    first_step(client)
    with client.session_transaction() as session:
        session["between"] = {**session["between"], "at": clock.now().timestamp() - 601}
    assert client.get("/pl/account/sign-in/code").location == "/pl/account/sign-in"


def test_a_new_password_ends_a_half_finished_sign_in(guarded, person, client):
    first_step(client)
    guarded.submit("/pl/account/password", {"password": "zupełnie inne słowa"})
    assert client.get("/pl/account/sign-in/code").location == "/pl/account/sign-in"


def test_guessing_codes_is_limited(guarded, client):
    first_step(client)
    answers = [client.submit("/pl/account/sign-in/code", {"code": f"{n:06}"}).status_code for n in range(10)]
    assert answers == [422] * 9 + [429]


def test_secrets_and_codes_are_sealed_in_the_database(guarded, person):
    row = db.session.execute(sa.text("SELECT totp_secret, recovery_codes FROM account")).one()
    plain = secret_of(person)
    for stored, clear in zip(row, (plain, codes_of(person)[0]), strict=True):
        assert clear not in stored
        assert unseal(stored)


def test_codes_are_renewed_by_a_button(guarded, person):
    before = codes_of(person)
    page = guarded.get("/pl/account/two-step")
    assert all(code in page.text for code in before)
    assert guarded.submit(page, {}, action="/pl/account/two-step/codes").status_code == 303
    assert set(codes_of(person)).isdisjoint(before)


def test_switching_off_deletes_everything(guarded, person, client, outbox):
    outbox.deliver()
    page = guarded.get("/pl/account/two-step")
    assert guarded.submit(page, {}, action="/pl/account/two-step/off").status_code == 303
    account = queries.account_with_secrets(queries.account_of(person).id)
    assert (account.totp_secret, account.totp_counter, account.recovery_codes) == (None, None, None)
    assert first_step(client).location == "/pl/account/"
    notice, _of_the_new_browser = outbox.deliver()
    assert notice["To"] == EMAIL


def test_switching_on_in_a_second_tab_leads_to_what_is_on(person, as_person):
    browser = as_person(person)
    tabs = [browser.get("/pl/account/two-step/on") for _ in range(2)]
    with browser.session_transaction() as session:
        secret = unseal(session["second_step_secret"])
    for tab in tabs:
        response = browser.submit(tab, {"code": second_step.code_now(secret)})
        assert (response.status_code, response.location) == (303, "/pl/account/two-step")
    assert secret_of(person) == secret


def test_a_password_alone_does_not_switch_the_second_step_off(guarded, person):
    """Nor does it show the recovery codes, which would."""
    with guarded.session_transaction() as session:
        session["fs_paa"] = clock.now().timestamp() - 3600
        session.pop("fs_gexp", None)
    off, codes = "/pl/account/two-step/off", codes_of(person)
    page = guarded.get("/pl/account/verify?next=/pl/account/two-step")
    assert guarded.submit(page, {"password": PASSWORD, "code": ""}).status_code == 422
    assert guarded.submit(page, {"password": PASSWORD, "code": "000000"}).status_code == 422
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.sent)[1]
    assert guarded.post("/pl/account/verify", data={"csrf_token": token, "password": PASSWORD}).status_code == 422
    for path in ("two-step", "two-step/on", "password", "email", "data"):
        assert guarded.get(f"/pl/account/{path}").location == f"/pl/account/verify?next=/pl/account/{path}"
    assert guarded.post(off, data={"csrf_token": token}).location.startswith("/pl/account/verify")
    assert codes_of(person) == codes


@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_password_and_code_open_what_matters(guarded, person, kind):
    with guarded.session_transaction() as session:
        session["fs_paa"] = clock.now().timestamp() - 3600
        session.pop("fs_gexp", None)
    code = second_step.code_now(secret_of(person)) if kind == "app" else codes_of(person)[0]
    response = guarded.submit("/en/account/verify?next=/en/account/two-step", {"password": PASSWORD, "code": code})
    assert response.location == "/en/account/two-step"
    page = guarded.follow(response)
    assert ("7 codes are left" in page.text) is (kind == "recovery")
    assert guarded.submit(page, {}, action="/en/account/two-step/off").status_code == 303
    assert not queries.account_of(person).has_second_step


def test_an_account_with_a_second_step_is_not_deleted_by_the_password(guarded, person):
    page = guarded.get("/pl/account/delete")
    assert guarded.submit(page, {"password": PASSWORD, "code": "000000"}).status_code == 422
    assert queries.account_of(person) is not None
    code = second_step.code_now(secret_of(person))
    assert guarded.submit(page, {"password": PASSWORD, "code": code}).status_code == 303
    assert queries.account_by_email(EMAIL) is None
