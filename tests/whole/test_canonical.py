"""Every part of a list is a page of its own for search engines: what only it lists is never seen otherwise."""

import re

import pytest
from flask import Flask

from portal import demo
from tests.support.client import CheckedClient

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
HERE = "http://127.0.0.1:8000"


def canonical(client: CheckedClient, path: str) -> str | None:
    found = re.search(r'<link rel="canonical" href="([^"]*)"', client.get(path).text)
    return found[1].removeprefix(HERE).replace("&amp;", "&") if found else None


def alternates(client: CheckedClient, path: str) -> set[str]:
    found = re.findall(r'<link rel="alternate" hreflang="[^"]*" href="([^"]*)"', client.get(path).text)
    return {url.removeprefix(HERE).replace("&amp;", "&") for url in found}


@pytest.fixture
def lists(app: Flask) -> None:
    for name in ("organisations", "networks", "events", "posts"):
        demo.enlarge(name, 160, seed=1)


@pytest.mark.usefixtures("lists")
def test_page_two_names_itself_and_its_languages(client: CheckedClient) -> None:
    for path in ("organisations", "networks/", "events", "news"):
        assert canonical(client, f"/pl/{path}") == canonical(client, f"/pl/{path}?page=1") == f"/pl/{path}"
        assert canonical(client, f"/pl/{path}?page=2") == f"/pl/{path}?page=2"
        assert {f"/{code}/{path}?page=2" for code in ("pl", "bg", "en")} == alternates(client, f"/pl/{path}?page=2")


@pytest.mark.usefixtures("lists")
def test_past_events_are_a_list_of_their_own(client: CheckedClient) -> None:
    assert canonical(client, "/pl/events?when=past") == "/pl/events?when=past"
    assert canonical(client, "/pl/events?when=past&page=2") == "/pl/events?when=past&page=2"
    assert "/bg/events?when=past" in alternates(client, "/pl/events?when=past")
    assert canonical(client, "/pl/events?when=never") == "/pl/events"


@pytest.mark.usefixtures("lists")
def test_a_filtered_list_is_the_same_list_and_its_later_parts_name_none(client: CheckedClient) -> None:
    assert canonical(client, "/pl/organisations?country=PL") == "/pl/organisations"
    assert canonical(client, "/pl/organisations?country=PL&page=2") is None
    assert alternates(client, "/pl/organisations?country=PL&page=2") == set()


@pytest.mark.usefixtures("lists")
def test_a_page_behind_the_end_is_the_last_one(client: CheckedClient) -> None:
    assert canonical(client, "/pl/organisations?page=999") == canonical(client, "/pl/organisations?page=8")
