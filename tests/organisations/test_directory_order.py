"""The order of the directory: by name, or those first whose people said last that everything is right."""

import datetime as dt
import html
import re
from typing import Any

import pytest
from flask import Flask

from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.organisations import services
from portal.organisations.models import Organisation, OrganisationStatus
from portal.organisations.queries import Filters, Found
from portal.organisations.services.facets import follow
from tests.factories.organisations import fresh, make_member, make_organisation

pytestmark = pytest.mark.both_engines  # the page is read by SQL of its own
BEGAN = dt.datetime(2026, 3, 10, 9, tzinfo=dt.UTC)
NEWEST = "/pl/organisations?sort=confirmed"


def names(page: Any) -> list[str]:
    return [re.sub("<[^>]*>", "", found) for found in re.findall(r"<h3[^>]*><a href=[^>]*>(.*?)</a></h3>", page.text)]


def links(page: Any) -> set[str]:
    return {html.unescape(url) for url in re.findall(r'<a [^>]*href="([^"]+)"', page.text)}


@pytest.fixture
def confirmed(app: Flask, frozen_clock: Any) -> None:
    """Four profiles, the one that nobody confirmed among them; the last one of the alphabet was confirmed last."""
    frozen_clock.set(BEGAN)
    made = {name: make_organisation(name=name, themes=["5"]) for name in ("Arka", "Bratek", "Cis", "Dąb")}
    people = {name: make_member(one) for name, one in made.items()}
    for days, name in enumerate(("Bratek", "Arka", "Dąb")):
        frozen_clock.set(BEGAN + dt.timedelta(days=40 * days))
        services.confirm(fresh(made[name]), by=people[name])
    with transaction() as session:  # as one that came with a list
        never = session.get_one(Organisation, made["Cis"].id)
        never.confirmed_at = None
        follow([never.id])
    db.session.rollback()


@pytest.mark.usefixtures("confirmed")
def test_last_confirmed_come_first_and_who_never_was_comes_last(client: Any) -> None:
    before = names(client.get("/pl/organisations"))
    assert before == ["Arka", "Bratek", "Cis", "Dąb"]
    assert names(client.get(NEWEST)) == ["Dąb", "Arka", "Bratek", "Cis"]
    assert names(client.get(f"{NEWEST}&q=bratek")) == ["Bratek"]


@pytest.mark.usefixtures("confirmed")
def test_every_one_stands_on_one_page_in_the_same_order(app: Flask) -> None:
    whole = [one.name.source for one in Found(Filters()).newest(offset=0, limit=10)]
    assert len(whole) == 4
    for chosen in ({}, {"theme": ["5"]}):
        parts = [Found(Filters("", chosen)).newest(offset=offset, limit=1) for offset in range(5)]
        assert [[one.name.source for one in part] for part in parts] == [*([name] for name in whole), []]


@pytest.mark.usefixtures("confirmed")
def test_order_is_kept_by_filters_and_words_and_left_by_other_pages(client: Any) -> None:
    page = client.get(f"{NEWEST}&theme=5")
    assert "/pl/organisations?theme=5" in links(page)  # the other order
    assert "/pl/organisations?sort=confirmed" in links(page)  # without the theme
    form = re.search(r'<form class="search" action="/pl/organisations".*?</form>', page.text, re.DOTALL)
    assert form and 'name="sort" value="confirmed"' in form[0] and 'name="theme" value="5"' in form[0]
    others = {url for url in links(page) if "/organisations." in url or "/map" in url or "/searches" in url}
    assert others and not any("sort=" in url for url in others)
    assert "sort=" not in client.get("/pl/organisations?state=dormant&sort=confirmed").text.split("<main", 1)[1]
    assert names(client.get("/pl/organisations?sort=nonsense")) == ["Arka", "Bratek", "Cis", "Dąb"]


@pytest.mark.usefixtures("confirmed")
def test_profile_that_was_hidden_is_in_neither_order(client: Any) -> None:
    hidden = db.session.query(Organisation).filter_by(slug="dab").one()
    services.change_status(fresh(hidden), OrganisationStatus.SUSPENDED, by=PORTAL, reason="Powód")
    assert "Dąb" not in names(client.get(NEWEST)) and len(names(client.get(NEWEST))) == 3
