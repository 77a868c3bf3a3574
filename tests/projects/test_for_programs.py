"""What programs read of projects: the feed of new cards, the JSON of a card, the data in its page; nothing that is hidden."""

import datetime as dt
import json
import re
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import feedparser
import pytest
from flask import Flask

from portal.ground.authz import PORTAL
from portal.organisations.services import change_status
from portal.projects import services
from portal.projects.fields import PROJECT
from tests.factories.networks import make_application, make_network
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.projects import fresh, make_partner, make_project

FULL = {
    "title": "Kuźnia </script><b>", "summary": "Szkolenia & doradztwo.", "areas": ("culture", "education"),
    "cost": Decimal("137476.5"), "cost_currency": "EUR", "subsidy": Decimal(100), "subsidy_currency": "EUR",
    "reach": "regional", "target_groups": ("seniors",), "other_partners": "Uniwersytet Ludowy\nSzkoła",
    "problem": "<p>Potrzeba.</p>", "funder": "Fundusz", "funder_words": "Za treść odpowiada realizator.",
}  # fmt: skip


def read(client: Any, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200 and answer.mimetype == "application/atom+xml"
    found = feedparser.parse(answer.data)
    assert not found.bozo and found.version == "atom10", found.get("bozo_exception")
    return found


def linked(page: str) -> Any:
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    return json.loads(found)


@pytest.mark.both_engines
def test_feed_has_the_cards_that_were_published_last_each_text_in_its_language(
    app: Flask, client: Any, frozen_clock: Any
) -> None:
    for day in range(1, 4):
        frozen_clock.set(dt.datetime(2026, 5, day, tzinfo=dt.UTC))
        make_project(
            title=f"Projekt {day}", summary="Krótko & <b>", areas=("culture",), ends_on=dt.date(2027, 1, 9 - day)
        )
    frozen_clock.set(dt.datetime(2026, 6, 1, tzinfo=dt.UTC))
    found = read(client, "/bg/projects/feed.atom")
    assert [entry.title for entry in found.entries] == ["Projekt 3", "Projekt 2", "Projekt 1"]
    first = found.entries[0]
    assert first.summary == "Krótko & <b>" or first.summary == "Krótko &amp; &lt;b&gt;"
    assert first.summary_detail.language == "pl" and first.tags[0].term == "culture"
    assert found.feed.language == "bg" and found.feed.updated == "2026-05-03T00:00:00+00:00"
    same = {entry.id for lang in ("pl", "bg", "en") for entry in read(client, f"/{lang}/projects/feed.atom").entries}
    assert len(same) == 3 and "/bg/projects/feed.atom" in client.get("/bg/projects").text


def test_card_that_was_written_long_before_is_new_when_it_is_published(
    app: Flask, client: Any, frozen_clock: Any
) -> None:
    old = make_project(title="Stary", state="draft")
    frozen_clock.shift(hours=1)
    make_project(title="Młodszy")
    frozen_clock.shift(hours=1)
    services.publish_project(old, by=PORTAL)
    assert [entry.title for entry in read(client, "/pl/projects/feed.atom").entries] == ["Stary", "Młodszy"]


def test_feed_is_bounded_and_empty_without_cards(app: Flask, client: Any, count_queries: Any) -> None:
    assert read(client, "/pl/projects/feed.atom").entries == []
    for _one in range(32):
        make_project()
    with count_queries() as seen:
        assert len(read(client, "/pl/projects/feed.atom").entries) == 30
    assert len(seen) == 1, seen


@pytest.mark.both_engines
def test_json_says_what_the_card_says(app: Flask, client: Any, frozen_clock: Any) -> None:
    owner, network = make_person(), make_network("Sieć", coordinators=(make_person(),))
    organisation = make_organisation(owner, town="Elbląg", region="PL-28")
    make_application(network, organisation, owner, status="active")
    project = make_project(organisation, network=network.id, **FULL)
    agreed, asked, refused = (make_organisation(name=name) for name in ("Zgodna", "Pytana", "Odmowna"))
    for one, status in ((agreed, "accepted"), (asked, "asked"), (refused, "refused")):
        make_partner(project, one, status=status)
    answer = client.get(f"/pl/projects/{project.slug}.json")
    found = json.loads(answer.data)
    assert answer.mimetype == "application/json" and "Odmowna" not in answer.text
    assert {field.name for field in PROJECT} <= found.keys(), "a field of the card is not in its JSON"
    assert found["title"] == {"pl": FULL["title"]} and found["cost"] == "137476.50"
    assert [one["code"] for one in found["areas"]] == ["culture", "education"]
    assert found["areas"][0]["label"] == "kultura i dziedzictwo" and found["status"]["code"] == project.stage
    assert found["other_partners"] == ["Uniwersytet Ludowy", "Szkoła"] and found["reach"]["code"] == "regional"
    assert found["organisation"]["town"] == "Elbląg" and found["network"]["url"].endswith(
        f"/pl/networks/{network.slug}"
    )
    partners = [(one["name"]["pl"], bool(one["url"])) for one in found["partners"]]
    assert partners == [("Zgodna", True), ("Pytana", False)]
    assert found["starts_on"] == "2026-01-01" and found["url"].endswith(f"/pl/projects/{project.slug}")


def test_data_in_the_page_are_no_markup_and_name_partners_that_have_agreed(app: Flask, client: Any) -> None:
    project = make_project(**FULL)
    agreed, asked = make_organisation(name="Zgodna"), make_organisation(name="Pytana")
    make_partner(project, agreed, status="accepted")
    make_partner(project, asked)
    found = linked(client.get(f"/pl/projects/{project.slug}").text)
    assert found["@type"] == "Project" and found["name"] == FULL["title"]
    assert [one["name"] for one in found["member"]] == ["Zgodna"]
    assert found["funding"]["amount"] == {"@type": "MonetaryAmount", "value": "100.00", "currency": "EUR"}
    assert found["funder"]["name"] == "Fundusz" and found["parentOrganization"]["@id"].endswith(
        project.organisation.slug
    )
    bare = linked(client.get(f"/pl/projects/{make_project().slug}").text)
    assert not {"member", "funder", "funding", "description"} & bare.keys(), "what says nothing is not there"


def test_letter_about_a_card_survives_every_letter_of_its_title(app: Flask, client: Any) -> None:
    project = make_project(title="Rok 2026: 50% & więcej? #1 „Ż”")
    page = client.get(f"/pl/projects/{project.slug}").text
    (letter,) = re.findall(r'href="(mailto:\?[^"]*)"', page)
    said = parse_qs(urlsplit(letter.replace("&amp;", "&")).query)
    assert said["subject"] == [project.title.source]
    assert said["body"] == [f"{project.title.source}\r\nhttp://127.0.0.1:8000/pl/projects/{project.slug}"]


@pytest.mark.parametrize("way", ["draft", "withdrawn", "hidden"])
def test_nothing_hidden_is_told_to_programs(app: Flask, client: Any, as_person: Any, way: str) -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    project = make_project(organisation, title="Tajemnica", state="published" if way == "hidden" else way)
    if way == "hidden":
        change_status(organisation, "hidden", by=PORTAL)
    address = f"/pl/projects/{project.slug}"
    for browser in (client, as_person(make_person())):
        assert browser.get(f"{address}.json").status_code == 404
        assert not read(browser, "/pl/projects/feed.atom").entries
    answer = as_person(owner).get(f"{address}.json")
    assert answer.status_code == 200 and "private" in answer.headers["Cache-Control"]
    page = as_person(owner).get(address).text
    assert "ld+json" not in page and "mailto:?" not in page, "an address that others cannot open is passed on"
    assert fresh(project).title.source == "Tajemnica"
