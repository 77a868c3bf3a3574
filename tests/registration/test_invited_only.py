"""Events of the invited: nobody else learns of them, and whoever holds the link of an invitation needs no other."""

import pytest
from flask import Flask

from portal.accounts.facts import AddressChanged
from portal.events import queries as events
from portal.events import services as event_services
from portal.events.fields import EVENT
from portal.events.models import Event
from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.ground.facts import announce
from portal.membership.models import Network
from portal.registration import queries, services
from portal.words.i18n import Localized
from tests.factories.events import make_coordinator, make_event, make_session, refreshed
from tests.factories.invitations import asked, invite
from tests.factories.people import make_person
from tests.factories.registrations import confirmed
from tests.fixtures.pages import Outbox
from tests.support.client import CheckedClient
from tests.support.people import sign_in

TITLE = "Narada tkaczek"


@pytest.fixture
def event(app: Flask) -> Event:
    made = make_event(
        invited_only=True, title=Localized.of("pl", TITLE), description=Localized.of("pl", "<p>O barwnikach.</p>")
    )
    make_session(made, seats=2)
    return made


def indexed(event: Event) -> None:
    """As its services leave the search."""
    with transaction():
        event_services.editing.reindex(refreshed(event))


def the_link(event: Event, outbox: Outbox, address: str = "ala@example.org") -> str:
    """The address in the mail of an invitation."""
    coordinator = make_coordinator(db.session.get_one(Network, event.network_id))
    invite(event, coordinator, address)
    mail = next(one for one in outbox.deliver() if one["To"] == address)
    return next(path for path in outbox.paths(mail) if "/registration/invited/" in path)


def test_nobody_else_learns_of_it(event: Event, client: CheckedClient, app: Flask) -> None:
    public = make_event(title=Localized.of("pl", "Jarmark"))
    network = db.session.get_one(Network, event.network_id)
    indexed(event)
    lists = ("events", "events.ics", f"networks/{network.slug}", f"networks/{network.slug}/events.ics")
    for path in (*lists, "search?q=narada", "", "sitemap.xml"):
        text = client.get(f"/pl/{path}").text
        assert TITLE not in text and event.slug not in text, path
    assert "Jarmark" in client.get("/pl/events").text
    for path in ("", "/programme", "/programme/list", "/register", "/register/link", ".ics"):
        assert client.get(f"/pl/events/{event.slug}{path}").status_code == 404
        assert client.get(f"/pl/events/{public.slug}{path}").status_code == 200
    session = events.sessions(event.id)[0]
    assert client.get(f"/pl/events/{event.slug}/sessions/{session.id}").status_code == 404


def test_team_sees_it(event: Event, client: CheckedClient) -> None:
    coordinator = make_coordinator(db.session.get_one(Network, event.network_id))
    sign_in(client, coordinator)
    page = client.get(f"/en/events/{event.slug}")
    assert page.status_code == 200 and "Only for invited people" in page.text


def test_stranger_with_an_account_does_not(event: Event, client: CheckedClient) -> None:
    sign_in(client, make_person())
    assert client.get(f"/pl/events/{event.slug}").status_code == 404


def test_holder_of_the_link_reads_about_it_and_registers_at_once(
    event: Event, client: CheckedClient, outbox: Outbox
) -> None:
    address = the_link(event, outbox)
    page = client.get(address)
    assert TITLE in page.text and "O barwnikach." in page.text and "ala@example.org" in page.text
    done = client.submit(page, {"name": "Ala Bąk"})
    own = client.follow(done)
    assert "Ala Bąk" in own.text and "O barwnikach." in own.text, "the own page says what the event is about"
    assert f"/pl/events/{event.slug}" not in own.text, "it links to no page that would be refused"
    (registration,) = queries.active_of_address(event.id, "ala@example.org")
    assert registration.status == "confirmed"
    assert not [one for one in outbox.deliver() if "Potwierdź" in str(one["Subject"])]


def test_link_opens_the_registration_that_there_is(event: Event, client: CheckedClient, outbox: Outbox) -> None:
    address = the_link(event, outbox)
    client.submit(address, {"name": "Ala Bąk"})
    (registration,) = queries.active_of_address(event.id, "ala@example.org")
    page = client.get(address)
    assert "Ala Bąk" in page.text
    opened = client.follow(client.submit(page, {"number": str(registration.id)}, button="act=open"))
    assert opened.status_code == 200 and "ala@example.org" in opened.text


def test_link_opens_no_registration_of_another(event: Event, client: CheckedClient, outbox: Outbox) -> None:
    address = the_link(event, outbox)
    client.submit(address, {"name": "Ala Bąk"})
    other = services.register(
        event_id=event.id, email="inna@example.org", name="Inna", locale="pl", affiliation="", wanted=[],
        accepts_waiting=True,
    )  # fmt: skip
    page = client.get(address)
    sent = client.submit(page, {"number": str(other.registration_id)}, button="act=open")
    assert "/registration/invited/" in sent.location


def test_invitation_to_a_public_event_is_bound_to_its_address_too(
    client: CheckedClient, outbox: Outbox, app: Flask
) -> None:
    event = make_event()
    address = the_link(event, outbox)
    client.submit(address, {"name": "Ala Bąk"})
    assert [one.status for one in queries.active_of_address(event.id, "ala@example.org")] == ["confirmed"]


def test_looking_at_the_link_registers_nobody(event: Event, client: CheckedClient, outbox: Outbox) -> None:
    address = the_link(event, outbox)
    for _ in range(3):
        client.get(address)
    assert queries.active_of_address(event.id, "ala@example.org") == []


def test_public_event_that_becomes_one_of_the_invited_leaves_the_search(app: Flask, client: CheckedClient) -> None:
    event = make_event(title=Localized.of("pl", TITLE))
    indexed(event)
    assert event.slug in client.get("/pl/search?q=narada").text
    event = refreshed(event)
    values = {**EVENT.read(event, "pl", event.timezone), "invited_only": True}
    event_services.update_event(event, version=event.row_version, by=PORTAL, **values)
    assert event.slug not in client.get("/pl/search?q=narada").text
    assert confirmed(event).status == "confirmed", "who has registered before stays"


def test_link_in_a_mailbox_that_somebody_left_opens_nothing(
    event: Event, client: CheckedClient, outbox: Outbox
) -> None:
    person = make_person(email="stara@example.org")
    address = the_link(event, outbox, "stara@example.org")
    with transaction():
        announce(AddressChanged(person.id, "stara@example.org", "nowa@example.org"))
    assert client.get(address).status_code == 404
    assert asked(event) == {"nowa@example.org"}


def test_invitation_is_for_one_person(event: Event, client: CheckedClient, outbox: Outbox) -> None:
    address = the_link(event, outbox)
    page = client.get(address)
    client.submit(page, {"name": "Ala Bąk"})
    again = client.submit(page, {"name": "Ala Bąk"})
    assert again.status_code == 303, "a second click is no second person"
    other = client.submit(page, {"name": "Jan Kos"})
    assert other.status_code == 409 and 'value="Jan Kos"' in other.text
    assert [one.name for one in queries.active_of_address(event.id, "ala@example.org")] == ["Ala Bąk"]
