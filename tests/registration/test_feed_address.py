"""C4: the address of a calendar. Whoever has it reads one person's calendar, nothing else, and only until it is ended."""

import re
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts import services as accounts
from portal.accounts.facts import AddressChanged
from portal.accounts.models import Account
from portal.accounts.queries import account_of
from portal.events.models import Mode
from portal.ground import links
from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.ground.errors import Busy
from portal.ground.facts import announce
from portal.ground.links import LinkToken
from portal.registration import services
from portal.registration.services.feeds import LIFETIME
from portal.words.i18n import Localized
from tests.factories.events import make_event, make_session, refreshed
from tests.factories.feeds import feed, fetched, subscribe
from tests.factories.people import make_person
from tests.factories.registrations import confirmed
from tests.fixtures.pages import FrozenClock
from tests.support.client import CheckedClient

BOX = "anna@example.org"
ADDRESS = re.compile(r'value="http://127\.0\.0\.1:8000(/[^"]+\.ics)"')


def gone(client: CheckedClient, path: str) -> int:
    """With which status it is refused: in words for a program, which are none."""
    answer = client.get(path)
    assert (answer.data, answer.mimetype) == (b"", "text/plain")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert client.head(path).status_code == answer.status_code
    return answer.status_code


def stored() -> list[Any]:
    return list(db.session.execute(sa.select(LinkToken.__table__).order_by(LinkToken.id)))


@pytest.mark.both_engines
def test_address_that_was_switched_off_or_replaced_is_gone(app: Flask, client: CheckedClient) -> None:
    """C4: 410, so that programs stop asking; 404 where there never was one."""
    person = make_person(email=BOX)
    first = subscribe(person)
    second = subscribe(person)
    assert gone(client, first) == 410
    assert feed(client, second) == {}
    account = account_of(person)
    assert account is not None
    services.end_feed(account)
    assert gone(client, second) == 410
    assert gone(client, "/pl/registration/feed/never-made.ics") == 404
    assert gone(client, f"/pl/registration/feed/{'x' * 200}.ics") == 404


@pytest.mark.both_engines
def test_calendar_of_somebody_who_was_forgotten_is_gone(app: Flask, client: CheckedClient) -> None:
    """C4: of the account, and of each registration."""
    person = make_person(email=BOX)
    registration = confirmed(make_event(), email=BOX)
    paths = [subscribe(person), subscribe(registration)]
    assert all(feed(client, path) for path in paths)
    accounts.erase_person(person.id, by=PORTAL)
    assert [gone(client, path) for path in paths] == [410, 410]


@pytest.mark.both_engines
def test_calendar_holds_only_what_is_the_persons_own(app: Flask, client: CheckedClient) -> None:
    """C4: nobody else's registrations, also of a shared mailbox; no name, address, answer or meeting room of anybody."""
    event = make_event(
        mode=Mode.HYBRID,
        online_url="https://spotkania.example.org/pokoj-7",
        online_notes=Localized.of("pl", "Hasło: lipa"),
    )
    workshop = make_session(event, speakers="Prelegentka Znana")
    path = subscribe(make_person("Anna Kanarek", BOX))
    own = confirmed(event, workshop, email=BOX, name="Anna Kanarek")
    with transaction():
        own.affiliation = "Koło Kanarków"
    confirmed(event, make_session(event, hours=6), email=BOX, name="Jan Kanarek")
    confirmed(make_event(), email="ola@example.org", name="Ola Kanarek")
    assert (own.calendar, set(feed(client, path))) == (
        "", {f"event-{event.id}@127.0.0.1", f"{workshop.guid}@127.0.0.1"}
    )  # fmt: skip
    content = fetched(client, path).text.replace("\r\n ", "")
    for canary in ("Kanar", "@example.org", "pokoj-7", "lipa", "Prelegentka", path.split("/")[-1].removesuffix(".ics")):
        assert canary not in content, canary


def test_address_cannot_be_guessed_or_read_in_the_database(app: Flask) -> None:
    """C4: 256 bits, stored as a hash."""
    person = make_person(email=BOX)
    tokens = [subscribe(person).split("/")[-1].removesuffix(".ics") for _ in range(3)]
    assert len(set(tokens)) == 3 and all(len(token) >= 43 for token in tokens)
    assert not any(token in str(stored()) for token in tokens)


def test_link_for_something_else_opens_no_calendar(app: Flask, client: CheckedClient) -> None:
    registration = confirmed(make_event())
    token = services.open_own(registration.id).token
    assert gone(client, f"/pl/registration/feed/{token}.ics") == 404
    path = subscribe(registration)
    assert client.get(path.replace("/feed/", "/").removesuffix(".ics")).status_code == 404


def test_account_makes_replaces_and_ends_its_address(app: Flask, as_person: Any) -> None:
    """C4: by buttons; reading a page makes, ends and shows nothing again."""
    person = make_person(email=BOX)
    event = make_event()
    confirmed(event, email=BOX)
    browser = as_person(person)
    seen = []
    for _ in range(2):
        before = stored()
        page = browser.get("/pl/account/registrations")
        assert not ADDRESS.search(page.text) and stored() == before
        shown = browser.follow(browser.submit(page, {"do": "make"}, action="/pl/account/registrations/calendar"))
        assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "private, no-store")
        (path,) = ADDRESS.findall(shown.text)
        assert f'href="webcal://127.0.0.1:8000{path}"' in shown.text
        assert len(feed(browser.fresh(), path)) == 1
        seen.append(path)
    assert gone(browser, seen[0]) == 410
    ended = browser.follow(
        browser.submit("/pl/account/registrations", {"do": "end"}, action="/pl/account/registrations/calendar")
    )
    assert "Adres kalendarza jest wyłączony" in ended.text and "Utwórz adres kalendarza" in ended.text
    assert gone(browser, seen[1]) == 410
    assert browser.get("/pl/account/registrations/calendar").status_code == 405
    assert browser.fresh().post("/pl/account/registrations/calendar").status_code == 303  # to the sign-in


def test_whoever_has_no_account_makes_one_for_the_registration(app: Flask, client: CheckedClient) -> None:
    registration = confirmed(make_event(), email=BOX)
    own = f"/en/registration/{services.open_own(registration.id).token}"
    shown = client.follow(client.submit(own, {"do": "make"}, action=f"{own}/calendar"))
    (path,) = ADDRESS.findall(shown.text)
    assert len(feed(client, path)) == 1
    assert "Address made on:" in client.get(own).text
    client.submit(own, {"do": "end"}, action=f"{own}/calendar")
    assert gone(client, path) == 410
    services.cancel(registration.id)
    assert "A calendar that updates itself" not in client.get(own).text


def test_form_without_its_token_changes_nothing(app: Flask, as_person: Any) -> None:
    browser = as_person(make_person(email=BOX))
    before = stored()
    answer = browser.follow(browser.post("/en/account/registrations/calendar", data={"do": "make"}))
    assert "Nothing has changed" in answer.text and stored() == before


def test_address_of_a_registration_ends_with_the_mailbox_it_came_to(app: Flask, client: CheckedClient) -> None:
    """Whoever reads the old mailbox had the links that can make one."""
    person = make_person(email=BOX)
    paths = [subscribe(confirmed(make_event(), email=BOX)), subscribe(person)]
    with transaction():
        announce(AddressChanged(person.id, BOX, "nowa@example.org"))
    assert gone(client, paths[0]) == 410
    assert len(feed(client, paths[1])) == 1


def test_address_lives_for_years_and_then_is_gone(app: Flask, client: CheckedClient, frozen_clock: FrozenClock) -> None:
    person = make_person(email=BOX)
    whole, one = subscribe(person), subscribe(confirmed(make_event(), email=BOX))
    frozen_clock.shift(days=370)
    assert feed(client, whole) and feed(client, one)
    frozen_clock.shift(days=20)
    services.purge()
    assert gone(client, one) == 410 and feed(client, whole) == {}
    frozen_clock.shift(days=LIFETIME.days)
    assert gone(client, whole) == 410
    with transaction():
        links.remove_expired(frozen_clock.moment - links.KEPT)
    assert gone(client, one) == 404


def test_account_that_may_not_sign_in_has_no_calendar(app: Flask, client: CheckedClient) -> None:
    person = make_person(email=BOX)
    path = subscribe(person)
    account = refreshed(account_of(person))
    with transaction():
        account.active = False
    assert gone(client, path) == 410


def test_account_that_has_gone_meanwhile_gets_no_address(app: Flask) -> None:
    person = make_person(email=BOX)
    number = account_of(person).id
    accounts.erase_person(person.id, by=PORTAL)
    before = stored()
    with pytest.raises(Busy):
        services.make_feed(Account(id=number))
    assert stored() == before


def test_page_of_what_others_see_tells_of_the_address(app: Flask, as_person: Any) -> None:
    person = make_person(email=BOX)
    browser = as_person(person)
    assert "Whoever knows its address" not in browser.get("/en/account/visible").text
    subscribe(person)
    assert "Whoever knows its address" in browser.get("/en/account/visible").text
