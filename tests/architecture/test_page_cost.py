"""What the public pages cost, counted and not timed: queries and calls of functions are the same on every machine.

The calls are those of one warm request on the demo (SQLite) with a fifth of room, or less where a page has grown into it;
nothing is kept between requests here, or the fourth would cost what a kept page does. A page that passes its number has
grown: find out why before you raise it. A call costs about 0.2 microseconds.
"""

import cProfile
import pstats
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.app import create_app
from portal.ground.config import Config
from tests.support import queries

COST = {  # address: (queries, calls of functions at most)
    "/en/": (5, 9_900),
    "/en/organisations": (3, 24_000),
    "/en/organisations/stowarzyszenie-pracownia-sasiedzka": (9, 13_500),
    "/en/events/kongres-wspolpracy-lokalnej": (3, 9_300),
    "/en/news/lawka-ktora-zaczela-sie-od-rozmowy-przy-plocie": (1, 5_600),
    "/en/nowhere": (0, 3_600),
}


@pytest.fixture(scope="module")
def reader(demo_var: Path) -> FlaskClient:
    """A reader of the demo, without the looks of the test client at every page."""
    application: Flask = create_app(Config.from_environment({"PORTAL_VAR": str(demo_var), "PORTAL_PAGE_CACHE": "0"}))
    client = application.test_client()
    client.get("/pl/organisations")  # a process reads the bitmaps of the directory once
    return client


@pytest.mark.parametrize("address", COST)
def test_page_asks_the_database_no_more_than_it_did(reader: FlaskClient, address: str) -> None:
    with queries.recorded() as seen:
        reader.get(address)
    assert len(seen) == COST[address][0], seen


@pytest.mark.parametrize("address", COST)
def test_page_calls_no_more_functions_than_it_did(reader: FlaskClient, address: str) -> None:
    for _warm in range(3):
        reader.get(address)
    calls = _calls(reader, address)
    assert calls <= COST[address][1], f"{address} calls {calls} functions"


def test_calls_are_counted_the_same_every_time(reader: FlaskClient) -> None:
    for _warm in range(3):
        reader.get("/en/")
    first, second = _calls(reader, "/en/"), _calls(reader, "/en/")
    assert abs(first - second) < first // 50


def test_counted_pages_are_made_and_not_kept(reader: FlaskClient) -> None:
    reader.get("/en/")
    with queries.recorded() as seen:
        reader.get("/en/")
    assert len(seen) == COST["/en/"][0], seen


def _calls(reader: FlaskClient, address: str) -> int:
    profile = cProfile.Profile()
    profile.runcall(reader.get, address)
    return int(pstats.Stats(profile).total_calls)
