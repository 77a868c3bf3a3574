"""Another address for an account."""

import re

from portal.accounts import queries
from portal.accounts.models import EmailChange
from portal.ground import facts
from portal.mail import Mail
from tests.factories.people import PASSWORD, make_person

TOKEN = re.compile(r'name="csrf_token"[^>]*')  # another one in every answer
PAGE = "/pl/account/email"


def test_the_new_address_counts_after_the_button_and_the_old_one_is_told(client, as_person, outbox):
    person = make_person(email="stara@example.org")
    browser = as_person(person)
    assert browser.submit(PAGE, {"email": "Nowa@example.org"}).status_code == 303
    (message,) = outbox.deliver()
    assert message["To"] == "Nowa@example.org"
    path = outbox.paths(message)[0]
    stranger = client.fresh()
    page = stranger.get(path)
    assert page.status_code == 200
    assert queries.account_by_email("stara@example.org") is not None

    assert stranger.submit(page, {"password": PASSWORD}).status_code == 303
    assert queries.account_by_email("stara@example.org") is None
    account = queries.account_by_email("nowa@example.org")
    assert account is not None and account.person.email == "nowa@example.org"
    (notice,) = outbox.deliver()
    assert notice["To"] == "stara@example.org"
    assert "nowa@example.org" not in outbox.text(notice)
    assert stranger.get(path).status_code == 404
    assert stranger.submit(page, {"password": PASSWORD}).status_code == 404


def test_the_mailbox_alone_gives_the_address_to_no_account(client, as_person, outbox):
    """Somebody names the address of a stranger, who presses the button: the account would take over what is theirs."""
    victim = make_person("Nina Zapisana", "nowa@example.org", account=False).id
    as_person(make_person(email="stara@example.org")).submit(PAGE, {"email": "nowa@example.org"})
    path = outbox.paths(outbox.deliver()[0])[0]
    reader, somebody = client.fresh(), as_person(make_person(email="inna@example.org"))
    for browser in (reader, somebody):
        assert browser.submit(path, {"password": ""}).status_code == 422
        assert browser.submit(path, {"password": "nie to hasło"}).status_code == 422
    assert queries.account_by_email("nowa@example.org") is None
    assert queries.person_by_email("nowa@example.org").id == victim


def test_who_is_logged_in_to_the_account_confirms_with_the_button(as_person, outbox):
    browser = as_person(make_person(email="stara@example.org"))
    browser.submit(PAGE, {"email": "nowa@example.org"})
    page = browser.get(outbox.paths(outbox.deliver()[0])[0])
    assert 'type="password"' not in page.text
    assert browser.submit(page).location == "/pl/account/"
    assert queries.account_by_email("nowa@example.org") is not None


def test_guessing_the_password_at_the_link_is_limited(client, as_person, outbox):
    as_person(make_person(email="stara@example.org")).submit(PAGE, {"email": "nowa@example.org"})
    path = outbox.paths(outbox.deliver()[0])[0]
    answers = [client.submit(path, {"password": f"zgadywanka {n}"}).status_code for n in range(11)]
    assert answers == [422] * 10 + [429]


def test_an_address_with_an_account_is_answered_the_same(as_person, outbox, count, count_queries):
    make_person(email="zajeta@example.org")
    browser = as_person(make_person(email="stara@example.org"))
    seen = []
    for email in ("zajeta@example.org", "wolna@example.org"):
        page = browser.get(PAGE)
        before = (count(Mail), count(EmailChange))
        with count_queries() as sql:
            response = browser.submit(page, {"email": email})
        text = TOKEN.sub("", browser.follow(response).text)
        seen.append((text, count(Mail) - before[0], count(EmailChange) - before[1], [line.split()[0] for line in sql]))
    assert seen[0] == seen[1]
    taken, free = outbox.deliver()
    assert "/email/confirm/" not in outbox.text(taken)
    assert "/email/confirm/" in outbox.text(free)


def test_an_address_that_got_an_account_meanwhile_is_refused(client, as_person, outbox):
    browser = as_person(make_person(email="stara@example.org"))
    browser.submit(PAGE, {"email": "nowa@example.org"})
    path = outbox.paths(outbox.deliver()[0])[0]
    page = client.get(path)
    make_person(email="nowa@example.org")
    response = client.submit(page, {"password": PASSWORD})
    assert response.status_code == 409
    assert queries.account_by_email("stara@example.org") is not None


def test_a_person_known_by_the_new_address_becomes_one_with_the_owner(app, client, as_person, outbox):
    from portal.accounts.facts import PeopleJoined

    told = []
    table = facts.ANSWERS.of(app)
    kept = table.get(PeopleJoined, [])
    table[PeopleJoined] = [told.append]
    try:
        earlier = make_person("Wanda z zapisów", "nowa@example.org", account=False).id
        person = make_person(email="stara@example.org")
        as_person(person).submit(PAGE, {"email": "nowa@example.org"})
        client.submit(outbox.paths(outbox.deliver()[0])[0], {"password": PASSWORD})
    finally:
        table[PeopleJoined] = kept
    assert told == [PeopleJoined(gone_id=earlier, kept_id=person.id)]
    assert queries.person_by_email("nowa@example.org").id == person.id
    assert queries.person_by_id(earlier).email is None


def test_a_new_password_ends_a_change_that_waits(client, as_person, outbox):
    browser = as_person(make_person(email="stara@example.org"))
    browser.submit(PAGE, {"email": "nowa@example.org"})
    path = outbox.paths(outbox.deliver()[0])[0]
    browser.submit("/pl/account/password", {"password": "zupełnie inne słowa"})
    assert client.get(path).status_code == 404


def test_the_link_ends_after_two_days(client, as_person, outbox, frozen_clock):
    as_person(make_person()).submit(PAGE, {"email": "nowa@example.org"})
    path = outbox.paths(outbox.deliver()[0])[0]
    frozen_clock.shift(hours=49)
    assert client.get(path).status_code == 404


def test_name_and_language_change(as_person, outbox):
    person = make_person("Wanda Próbna", "wanda@example.org", locale="pl")
    browser = as_person(person)
    response = browser.submit("/en/account/details", {"name": "  Wanda \u202e Nowa ", "locale": "bg"})
    assert response.status_code == 303
    assert (person.name, person.locale) == ("Wanda Nowa", "bg")
    response = browser.submit("/en/account/details", {"name": "x" * 201, "locale": "xx"})
    assert response.status_code == 422
    assert response.text.count('class="error"') == 2
    assert "x" * 201 in response.text


def test_the_new_address_opens_the_account(client, as_person, outbox):
    as_person(make_person(email="stara@example.org")).submit(PAGE, {"email": "nowa@example.org"})
    client.submit(outbox.paths(outbox.deliver()[0])[0], {"password": PASSWORD})
    response = client.fresh().submit("/pl/account/sign-in", {"email": "nowa@example.org", "password": PASSWORD})
    assert response.status_code == 303
