"""From the form to an account, for known and unknown addresses."""

import re

from portal.accounts import queries
from portal.accounts.models import Account, Person, SignUp
from portal.mail import Mail
from tests.factories.events import make_event
from tests.factories.people import make_person
from tests.factories.registrations import confirmed

ANSWERS = {"name": "Nowa Osoba", "email": "nowa@example.org", "password": "trzy losowe słowa"}

TOKEN = re.compile(r'name="csrf_token"[^>]*')  # another one for every browser


def opens(client, password, email="nowa@example.org"):
    return client.fresh().submit("/pl/account/sign-in", {"email": email, "password": password}).status_code == 303


def confirm_path(outbox):
    (message,) = outbox.deliver()
    return outbox.paths(message)[0]


def test_sign_up_opens_an_account_after_the_button(client, outbox, count):
    response = client.submit("/pl/account/sign-up", ANSWERS)
    assert response.status_code == 303
    assert "Nowa Osoba" not in client.follow(response).text
    assert count(Account) == 0

    path = confirm_path(outbox)
    page = client.get(path)
    assert page.status_code == 200
    assert count(Account) == 0  # a link that is only looked at changes nothing

    response = client.submit(page, {}, action=None)
    assert response.status_code == 303
    assert response.location == "/pl/account/"  # the browser that asked is in at once
    assert "Nowa Osoba" in client.follow(response).text
    account = queries.account_by_email("nowa@example.org")
    assert account is not None and account.person.locale == "pl"
    assert count(SignUp) == 0


def test_the_browser_that_asked_keeps_its_password(client, outbox):
    client.submit("/bg/account/sign-up", ANSWERS)
    page = client.get(confirm_path(outbox))
    assert 'type="password"' not in page.text
    client.submit(page)
    assert opens(client, ANSWERS["password"])


def test_confirming_in_another_browser_chooses_the_password(client, outbox):
    client.submit("/bg/account/sign-up", ANSWERS)
    other, path = client.fresh(), confirm_path(outbox)
    assert other.submit(path, {"password": ""}).status_code == 422
    for guessable in ("къса", "nowa@example.org", "Nowa Osoba"):
        assert other.submit(path, {"password": guessable}).status_code == 422
    response = other.submit(path, {"password": "съвсем други думи"})
    assert response.location == "/bg/account/"
    assert "Nowa Osoba" in other.follow(response).text
    assert opens(client, "съвсем други думи")
    assert not opens(client, ANSWERS["password"])


def test_who_named_somebody_elses_address_gets_neither_account_nor_registrations(client, outbox):
    """The owner of the mailbox confirms, as people do; whoever filled in the form is none the wiser."""
    registration = confirmed(make_event(), email="nowa@example.org", name="Nina Osoba").id
    asker, owner = client.fresh(), client.fresh()
    asker.submit("/pl/account/sign-up", ANSWERS)
    waits = asker.get("/pl/account/sign-in")
    (message,) = [one for one in outbox.deliver() if "/account/confirm/" in outbox.text(one)]
    assert owner.submit(outbox.paths(message)[0], {"password": "lipa most chleb"}).status_code == 303
    assert asker.submit(waits, {"email": "nowa@example.org", "password": ANSWERS["password"]}).status_code == 422
    assert asker.get("/pl/account/registrations").status_code == 303  # to the sign-in
    assert f"/account/registrations/{registration}" in owner.get("/pl/account/registrations").text


def test_a_link_opened_elsewhere_confirms_nothing_without_a_password(client, outbox, count):
    client.submit("/pl/account/sign-up", ANSWERS)
    other, path = client.fresh(), confirm_path(outbox)
    with_token = other.get(path)
    assert other.submit(with_token, {"password": " " * 12}).status_code == 422
    token = with_token.sent.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    assert other.post(path, data={"csrf_token": token}).status_code == 422
    assert count(Account) == 0


def test_confirming_adopts_an_earlier_person(client, outbox, count):
    earlier = make_person("N. Osoba", "nowa@example.org", account=False, locale="en").id
    client.submit("/pl/account/sign-up", ANSWERS | {"email": "NOWA@example.org"})
    client.submit(confirm_path(outbox))
    account = queries.account_by_email("nowa@example.org")
    assert account is not None
    assert (account.person_id, account.person.name, account.person.locale) == (earlier, "Nowa Osoba", "pl")
    assert count(Person) == 1


def test_a_known_address_is_answered_the_same_with_the_same_work(client, outbox, hashes, count_queries, count):
    make_person("Znana Osoba", "znana@example.org", locale="bg")
    seen = {}
    for email in ("znana@example.org", "obca@example.org"):
        browser = client.fresh()
        page = browser.get("/pl/account/sign-up")
        rows, mails = count(SignUp), count(Mail)
        hashes.clear()
        with count_queries() as queries_seen:
            response = browser.submit(page, ANSWERS | {"email": email})
        sent = browser.follow(response)
        verbs = [sql.split()[0] for sql in queries_seen]
        told = TOKEN.sub("", sent.text).replace(email, "the address")
        seen[email] = (
            response.status_code, response.location, told, len(hashes), count(SignUp) - rows, count(Mail) - mails, verbs
        )  # fmt: skip
    known, unknown = seen.values()
    assert known == unknown
    assert known[3:6] == (1, 1, 1)

    texts = {str(message["To"]): outbox.text(message) for message in outbox.deliver()}
    assert "/account/confirm/" in texts["obca@example.org"]
    assert "/account/confirm/" not in texts["znana@example.org"]
    assert "/bg/account/sign-in" in texts["znana@example.org"]  # in the language of the person, not of the page


def test_the_first_confirmation_ends_the_other_requests(client, outbox, count):
    client.submit("/pl/account/sign-up", ANSWERS)
    client.fresh().submit("/pl/account/sign-up", ANSWERS | {"name": "Druga Karta"})
    first, second = (outbox.paths(message)[0] for message in outbox.deliver())
    waiting = client.get(second)
    assert client.submit(first).status_code == 303
    assert client.submit(waiting).status_code == 404  # the other tab
    assert client.get(first).status_code == 404  # used
    assert count(Account) == 1


def test_an_expired_link_is_dead(client, outbox, frozen_clock, count):
    client.submit("/pl/account/sign-up", ANSWERS)
    path = confirm_path(outbox)
    frozen_clock.shift(hours=49)
    page = client.get(path)
    assert page.status_code == 404
    assert client.post(path).status_code == 404
    assert count(Account) == 0


def test_refusing_deletes_the_request(client, outbox, count):
    client.submit("/pl/account/sign-up", ANSWERS)
    path = confirm_path(outbox)
    assert client.fresh().submit(path, button="choice=refuse").status_code == 303
    assert client.get(path).status_code == 404
    assert (count(SignUp), count(Account), count(Person)) == (0, 0, 0)


def test_all_errors_come_at_once_and_nothing_but_the_password_is_lost(client, count):
    response = client.submit("/bg/account/sign-up", {"name": "", "email": "няма@", "password": "къса"})
    assert response.status_code == 422
    assert response.text.count('class="error"') == 3
    assert 'value="няма@"' in response.text
    assert "къса" not in response.text


def test_a_guessable_password_is_refused_before_anything_is_counted_or_sent(client, outbox, hashes, count):
    for password in ("aaaaaaaaaaaa", "nowa@example.org", "Nowa Osoba"):
        response = client.submit("/en/account/sign-up", ANSWERS | {"password": password})
        assert response.status_code == 422
    assert (count(SignUp), count(Mail), hashes) == (0, 0, [])


def test_a_form_with_a_stale_token_comes_back_filled_in(client):
    page = client.get("/en/account/sign-up")
    with client.session_transaction() as session:
        session.clear()
    response = client.submit(page, ANSWERS)
    assert response.status_code == 422
    assert 'value="nowa@example.org"' in response.text
    assert client.submit(response, ANSWERS).status_code == 303


def test_too_many_mails_to_one_address_are_refused(client, outbox, count):
    for _ in range(5):
        assert client.submit("/en/account/password/forgotten", {"email": "ktos@example.org"}).status_code == 303
    response = client.submit("/en/account/password/forgotten", {"email": "KTOS@example.org"})
    assert response.status_code == 429
    assert 'value="KTOS@example.org"' in response.text
    assert client.submit("/en/account/password/forgotten", {"email": "inna@example.org"}).status_code == 303
    assert count(Mail) == 6


def test_a_number_is_never_used_twice(client, outbox):
    """A mail and a link name a request by its number: the next request must not inherit them."""
    client.submit("/pl/account/sign-up", ANSWERS)
    first = confirm_path(outbox)
    client.fresh().submit(first, button="choice=refuse")
    client.fresh().submit("/pl/account/sign-up", ANSWERS | {"email": "inna@example.org"})
    (message,) = outbox.deliver()
    assert message["To"] == "inna@example.org"
    assert client.get(first).status_code == 404
    assert client.submit(outbox.paths(message)[0], {"password": "lipa most chleb"}).status_code == 303


def test_old_requests_are_deleted(app, client, frozen_clock):
    from portal.accounts import services
    from portal.ground.db import transaction

    client.submit("/pl/account/sign-up", ANSWERS)
    frozen_clock.shift(hours=47)
    with transaction():
        assert services.remove_old() == 0
    frozen_clock.shift(hours=2)
    with transaction():
        assert services.remove_old() == 1
