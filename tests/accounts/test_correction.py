"""A mistyped address is corrected once, by the browser that typed it, while the link to the first one is still unused."""

import re

import pytest
import sqlalchemy as sa

from portal.accounts import queries
from portal.accounts.models import Account, SignUp
from portal.ground.db import db
from portal.mail import Mail
from tests.factories.people import make_person

TOKEN = re.compile(r'name="csrf_token"[^>]*')
SENT = "/pl/account/sign-up/sent"
ANSWERS = {"name": "Nowa Osoba", "email": "literowka@example.org", "password": "trzy losowe słowa"}
RIGHT = {"email": "nowa@example.org"}


def ask(client):
    page = client.follow(client.submit("/pl/account/sign-up?next=/pl/organisations/new", ANSWERS))
    assert "literowka@example.org" in page.text
    return page


def confirm_path(message, outbox):
    return next(path for path in outbox.paths(message) if "/account/confirm/" in path)


def test_the_corrected_address_opens_the_account_and_the_first_link_is_dead(client, outbox, count):
    page = ask(client)
    (first,) = outbox.deliver()
    response = client.submit(page, RIGHT)
    assert (response.status_code, response.location) == (303, SENT)
    assert "nowa@example.org" in client.follow(response).text
    (second,) = outbox.deliver()
    assert second["To"] == "nowa@example.org"
    assert client.get(confirm_path(first, outbox)).status_code == 404
    assert client.submit(confirm_path(second, outbox)).location == "/pl/organisations/new"  # nothing else was lost
    account = queries.account_by_email("nowa@example.org")
    assert account is not None and account.person.name == "Nowa Osoba"
    assert (count(SignUp), count(Account)) == (0, 1)


def test_a_mail_that_waits_is_not_sent_to_the_first_address(client, outbox):
    client.submit(ask(client), RIGHT)
    assert [message["To"] for message in outbox.deliver()] == ["nowa@example.org"]


def test_it_is_corrected_once(client, outbox, count):
    page = ask(client)
    client.submit(page, RIGHT)
    assert 'name="email"' not in client.get(SENT).text
    refused = client.submit(page, {"email": "trzecia@example.org"})  # another tab
    assert refused.status_code == 409 and 'value="trzecia@example.org"' in refused.text
    assert (count(SignUp), count(Mail)) == (1, 1)
    assert db.session.scalar(sa.select(SignUp.email)) == "nowa@example.org"


def test_only_the_browser_that_asked_corrects(client, outbox):
    ask(client)
    other = client.fresh()
    assert "literowka" not in other.get(SENT).text
    assert 'name="email"' not in other.get(SENT).text


def test_a_known_address_is_corrected_to_with_the_same_work_and_answer(client, outbox, hashes, count, count_queries):
    make_person("Znana Osoba", "znana@example.org", locale="bg")
    seen = []
    for email in ("znana@example.org", "obca@example.org"):
        browser = client.fresh()
        page = browser.follow(browser.submit("/pl/account/sign-up", ANSWERS | {"email": f"x{email}"}))
        before = count(Mail)
        hashes.clear()
        with count_queries() as sql:
            response = browser.submit(page, {"email": email})
        told = TOKEN.sub("", browser.follow(response).text).replace(email, "the address")
        seen.append((response.status_code, told, list(hashes), count(Mail) - before, [one.split()[0] for one in sql]))
    assert seen[0] == seen[1]
    # the password is compared with the address; one mail is withdrawn, another one queued
    assert seen[0][2:4] == (["verify"], 0)


def test_corrections_count_as_mails_to_their_address(client, outbox, count):
    for number in range(6):
        browser = client.fresh()
        page = browser.follow(browser.submit("/pl/account/sign-up", ANSWERS | {"email": f"x{number}@example.org"}))
        response = browser.submit(page, RIGHT)
        assert response.status_code == (303 if number < 5 else 429)
    assert 'value="nowa@example.org"' in response.text


def test_what_is_no_address_comes_back_with_the_form(client, outbox, count):
    page = ask(client)
    response = client.submit(page, {"email": "nowa@"})
    assert response.status_code == 422
    assert 'value="nowa@"' in response.text and "literowka@example.org" in response.text
    assert count(Mail) == 1


def test_a_request_that_is_over_is_not_corrected(client, outbox, count):
    page = ask(client)
    client.fresh().submit(confirm_path(outbox.deliver()[0], outbox), button="choice=refuse")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.sent)[1]
    assert client.post(SENT, data={"csrf_token": token, **RIGHT}).status_code == 409
    assert (count(SignUp), count(Mail)) == (0, 1)


@pytest.mark.parametrize("password", ["nowa.osoba@example.org", "nowa.osoba"])
def test_the_corrected_address_is_not_the_password(client, count, password):
    page = client.follow(client.submit("/pl/account/sign-up", {**ANSWERS, "password": password}))
    refused = client.submit(page, {"email": "Nowa.Osoba@example.org"})
    assert refused.status_code == 422 and "trzema losowymi słowami" in refused.text
    assert db.session.scalar(sa.select(SignUp.email)) == "literowka@example.org"
    assert client.submit(page, RIGHT).status_code == 303
