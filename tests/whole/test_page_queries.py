"""What pages ask the database does not grow with the data: the same queries with ten times as much of everything."""

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import demo
from portal.commands.demonstration import SIZES
from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.membership.models import Network, NetworkSize
from portal.membership.services import grant_coordinator
from portal.registration.demo.sizes import BIG
from tests.factories.people import make_person
from tests.support.client import CheckedClient
from tests.support.queries import Queries

pytestmark = pytest.mark.both_engines
FEW, MANY = 13, 130
PUBLIC = {  # address: queries
    "/pl/": 5,
    "/pl/organisations": 3,
    "/pl/organisations?page=2": 3,
    "/pl/organisations?network={network}": 4,
    "/pl/organisations?q=s": 4,
    "/pl/organisations?find_network=siec": 4,
    "/pl/networks/": 2,
    "/pl/networks/?q=siec": 2,
    "/pl/networks/{network}": 9,
    "/pl/news": 2,
    "/pl/news?category=news": 2,
    "/pl/events": 6,
    "/pl/events?when=past": 6,
    "/pl/projects": 3,
    "/pl/projects?q=o&status=finished": 3,
    "/pl/projects?networks=siec": 4,
    "/pl/search?q=s&kind=organisation": 4,
    "/pl/search?q=on&kind=organisation": 2,
    "/pl/library": 1,
    "/pl/grants": 4,
    "/sitemap.xml": 12,
}
STAFF = {
    "/pl/account/": 13,
    "/pl/tasks": 5,
    "/pl/news/mine": 6,
    "/pl/events/mine": 6,
    "/pl/events/{event}/participants": 11,
    "/pl/events/{event}/participants?state=confirmed": 11,
    "/pl/events/{event}/participants?q=a&language=pl": 11,
    "/pl/events/{event}/participants/export": 5,
    "/pl/events/{event}/invite": 5,
    "/pl/events/{event}/mails": 6,
}


def counted(browser: CheckedClient, addresses: dict[str, int], count: Callable[..., object]) -> dict[str, Queries]:
    """What each page asks, with the largest network and the big event in its address."""
    largest = sa.select(Network.slug).join(NetworkSize, NetworkSize.network_id == Network.id)
    network = db.session.scalar(largest.order_by(NetworkSize.members.desc(), Network.id).limit(1))
    seen = {}
    browser.get("/pl/organisations?theme=1")  # a process reads the bitmaps once, and again when they were merged
    for address in addresses:
        db.session.rollback()
        with count() as queries:
            answer = browser.get(address.format(network=network, event=BIG))
        assert answer.status_code == 200, address
        seen[address] = queries
    return seen


def enlarged() -> Iterator[int]:
    for size in (FEW, MANY):
        for name in SIZES:
            demo.enlarge(name, size, seed=1)
        yield size


def test_public_pages_ask_the_same_of_ten_times_as_much(app: Flask, client: CheckedClient, count_queries) -> None:
    client.checking = False
    for size in enlarged():
        asked = counted(client, PUBLIC, count_queries)
        assert {address: len(queries) for address, queries in asked.items()} == PUBLIC, size


def test_pages_of_the_staff_ask_the_same_of_ten_times_as_much(app: Flask, as_person, count_queries) -> None:
    demo.enlarge("networks", 1, seed=1)
    coordinator = make_person()
    network = db.session.scalars(sa.select(Network.slug).order_by(Network.id)).first()
    grant_coordinator(str(network), str(coordinator.email), by=PORTAL)
    browser = as_person(coordinator)
    browser.checking = False
    for size in enlarged():
        asked = counted(browser, STAFF, count_queries)
        assert {address: len(queries) for address, queries in asked.items()} == STAFF, size


def test_facets_and_pages_stay_small_with_many_networks(app: Flask, client: CheckedClient) -> None:
    for name in ("organisations", "networks", "events", "projects"):
        demo.enlarge(name, MANY, seed=1)
    client.checking = False
    for address in ("/pl/organisations", "/pl/events", "/pl/events?when=past", "/pl/networks/", "/pl/projects"):
        page = client.get(address)
        assert len(page.data) < 60_000, address
    page = client.get("/pl/organisations").text
    assert page.count("?network=") == 12
    found = client.get("/pl/organisations?theme=5&find_network=kultury").text
    assert "Sieć kultury" in found and 'name="theme" value="5"' in found
    assert "Sieć sportu" not in found
    assert "nie ma nazwy „qwertz”" in client.get("/pl/organisations?find_network=qwertz").text.replace("\xa0", " ")
