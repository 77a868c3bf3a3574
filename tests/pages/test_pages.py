"""The first page, search, the reader's settings, the statements, and what programs read."""

import datetime as dt
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from flask import Flask

from portal import demo
from portal.events.findable import document
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.db import transaction
from portal.membership import services as membership
from portal.news.models import Post
from portal.pages import sitemap
from portal.words import search
from portal.words.i18n import Localized
from tests.factories import news
from tests.factories.events import make_event
from tests.factories.networks import make_application, make_network
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.support.client import CheckedClient

LANGUAGES = ("pl", "bg", "en")
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def make_post(network: Any, slug: str, lang: str = "pl") -> None:
    with transaction() as session:
        words = Localized.of(lang, f"Wpis {slug}")
        session.add(
            Post(
                slug=slug,
                network_id=network.id,
                status="published",
                title=words,
                lead=words,
                body=words,
                publish_at=clock.now(),
            )
        )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_page_stands_when_the_portal_is_empty(client: CheckedClient, lang: str) -> None:
    assert client.get(f"/{lang}/").status_code == 200


def test_the_first_page_pins_the_next_event_that_lasts_longer_than_a_day(client: CheckedClient) -> None:
    network, now = make_network(), clock.now()
    for days, hours, title in ((1, 3, "Herbata"), (40, 30, "Zjazd daleki"), (20, 30, "Zjazd bliski"), (2, 4, "Kawa")):
        starts = now + dt.timedelta(days=days)
        make_event(
            network,
            title=Localized.of("pl", title),
            starts_at=starts,
            ends_at=starts + dt.timedelta(hours=hours),
            town="",
            mode="online",
        )
    page = client.get("/pl/").text
    pinned = page.partition('class="pinned"')[2].partition("</section>")[0]
    assert "Zjazd bliski" in pinned
    assert "Online" in pinned
    listed = page.partition('class="events"')[2].partition("</ul>")[0]
    assert listed.index("Herbata") < listed.index("Kawa") < listed.index("Zjazd daleki")
    assert "Zjazd bliski" not in listed


def test_the_first_page_counts_what_is_public(client: CheckedClient) -> None:
    make_application(make_network(coordinators=(make_person(),)), status="active")
    make_organisation(make_person(), status="draft")
    page = client.get("/en/").text
    assert "1 organisation<" in page
    assert "1 network<" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_first_page_asks_five_questions_whatever_there_is(
    client: CheckedClient, count_queries: Any, rows: int
) -> None:
    coordinator = make_person()
    for number in range(rows):
        network = make_network(f"Sieć {number}", coordinators=(coordinator,))
        make_application(network, status="active")
        make_event(network, seats=20)
        make_post(network, f"wpis-{number}")
    with count_queries() as seen:
        page = client.get("/pl/").text
    assert len(seen) == 5, seen
    assert "Sieć 0" in page
    assert "Wpis wpis-0" in page
    assert "Kongres Sieci" in page


@pytest.mark.parametrize(
    ("cookie", "header", "lang"),
    [("", "bg,en;q=0.5", "bg"), ("pl", "bg", "pl"), ("", "de,fr", "en"), ("xx", "pl-PL", "pl"), ("", "", "en")],
)
def test_the_root_leads_to_the_language_of_the_reader(
    client: CheckedClient, cookie: str, header: str, lang: str
) -> None:
    if cookie:
        client.set_cookie("language", cookie)
    answer = client.get("/", headers={"Accept-Language": header})
    assert answer.status_code == 302
    assert answer.location == f"/{lang}/"
    assert {"cookie", "accept-language"} <= {name.lower() for name in answer.vary}


@pytest.mark.both_engines
@pytest.mark.parametrize("lang", LANGUAGES)
def test_search_finds_every_kind_in_any_spelling(client: CheckedClient, lang: str) -> None:
    make_organisation(name="Grupa Ławka")
    make_network("Мрежа Лавка", language="bg")
    page = client.get(f"/{lang}/search?q=lawka").text
    assert "<mark>Ławka</mark>" in page
    assert "Мрежа" in client.get(f"/{lang}/search?q=Lavka&kind=network").text
    assert "Ławka" not in client.get(f"/{lang}/search?q=lawka&kind=network").text


@pytest.mark.both_engines
@pytest.mark.parametrize(
    ("lang", "town"),
    [
        ("pl", "<mark>Łódź</mark>, <mark>łódzkie</mark>"),
        ("bg", "<mark>Łódź</mark></span>, <mark>Лодзко</mark>"),
        ("en", "<mark>Łódź</mark></span></span>"),
    ],
)
def test_a_hit_says_where_it_is(client: CheckedClient, lang: str, town: str) -> None:
    make_organisation(name="Lipa", town="Łódź", region="PL-10")
    page = client.get(f"/{lang}/search?q=lodz").text
    assert "Lipa" in page
    assert town in page


@pytest.mark.both_engines
@pytest.mark.parametrize(
    "query", ["", "%20", "a", '"', "%27 OR 1=1", "<script>", "%00%E2%80%8B", "x" * 5000, "NEAR(", "brak-takiego"]
)
def test_search_answers_whatever_is_typed(client: CheckedClient, query: str) -> None:
    answer = client.get(f"/bg/search?q={query}&kind=nic&page=99999999")
    assert answer.status_code == 200
    assert "<script>" not in answer.text.replace("<script src", "")


def test_settings_are_kept_in_a_cookie_without_a_session(client: CheckedClient) -> None:
    answer = client.post(
        "/pl/settings", data={"theme": "dark", "text": "150", "set": ["still"], "back": "/pl/networks/?page=2"}
    )
    assert (answer.status_code, answer.location) == (303, "/pl/networks/?page=2")
    assert not client.get_cookie("session")
    assert 'data-theme="dark"' in client.get("/pl/").text
    client.post("/pl/settings", data={"clear": "1", "theme": "dark"})
    assert "data-theme" not in client.get("/pl/").text


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1", ""])
def test_settings_lead_only_to_pages_of_ours(client: CheckedClient, back: str) -> None:
    assert client.post("/bg/settings", data={"back": back}).location == "/bg/"


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_settings_sent_from_another_site_are_refused(client: CheckedClient, headers: dict[str, str]) -> None:
    assert client.post("/pl/settings", data={"theme": "dark"}, headers=headers).status_code == 403


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ["about", "privacy", "accessibility"])
def test_a_statement_stands_in_every_language(client: CheckedClient, lang: str, path: str) -> None:
    answer = client.get(f"/{lang}/{path}")
    assert answer.status_code == 200
    assert "portal@example.org" in answer.text


@pytest.mark.both_engines
def test_the_sitemap_names_every_page_in_its_languages_and_nothing_else(app: Flask, client: CheckedClient) -> None:
    network = membership.create_network(language="bg", name="Мрежа", by=PORTAL)
    make_organisation(name="Grupa Ławka")
    make_organisation(name="Grupa Szkic", status="draft")
    event, post = make_event(), news.make_post()
    make_event(status="draft", slug="kongres-szkic")
    news.make_post(state="draft", title="Wpis szkic")
    root = ElementTree.fromstring(client.get("/sitemap.xml").data)
    assert root.tag == f"{SITEMAP}urlset"
    urls = [entry.findtext(f"{SITEMAP}loc", "") for entry in root]
    assert len(urls) == len(set(urls))
    here = "http://127.0.0.1:8000"
    assert f"{here}/bg/networks/{network.slug}" in urls
    assert f"{here}/pl/networks/{network.slug}" not in urls
    assert {f"{here}/bg/events/{event.slug}", f"{here}/en/events/{event.slug}/programme"} <= set(urls)
    assert f"{here}/pl/news/{post.slug}" in urls and f"{here}/bg/news/{post.slug}" not in urls
    assert {f"{here}/{lang}/" for lang in LANGUAGES} <= set(urls)
    assert not [url for url in urls if "szkic" in url]
    for entry in root:
        alternates = {link.get("href") for link in entry.findall(f"{XHTML}link")}
        assert entry.findtext(f"{SITEMAP}loc") in alternates <= set(urls)
    for url in urls:
        assert client.get(url.removeprefix(here)).status_code == 200, url


HERE = "http://127.0.0.1:8000"


def addresses_of(client: CheckedClient, path: str) -> list[str]:
    return [entry.findtext(f"{SITEMAP}loc", "") for entry in ElementTree.fromstring(client.get(path).data)]


@pytest.mark.both_engines
def test_a_large_sitemap_is_an_index_of_files(
    app: Flask, client: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        make_organisation(name=f"Grupa {number}")
        make_organisation(name=f"Szkic {number}", status="draft")
    event = make_event()
    news.make_post()
    whole = addresses_of(client, "/sitemap.xml")
    monkeypatch.setattr(sitemap, "MOST", 10)
    monkeypatch.setattr(sitemap, "STRETCH", 4)
    root = ElementTree.fromstring(client.get("/sitemap.xml").data)
    assert root.tag == f"{SITEMAP}sitemapindex"
    files = [entry.findtext(f"{SITEMAP}loc", "").removeprefix(HERE) for entry in root]
    parts = [addresses_of(client, file) for file in files]
    assert all(parts) and sorted(address for part in parts for address in part) == sorted(whole)
    assert f"/sitemap-event-{event.id // 4 + 1}.xml" in files


@pytest.mark.both_engines
def test_no_file_of_the_sitemap_asks_more_with_more_rows(
    app: Flask, client: CheckedClient, count_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "MOST", 5)
    for size in (3, 30):
        demo.enlarge("organisations", size, seed=1)
        with count_queries() as seen:
            client.get("/sitemap.xml")
        assert len(seen) == 6, seen  # one count for each kind, no page is read
        assert not any("description" in statement for statement in seen), seen
        with count_queries() as seen:
            assert client.get("/sitemap-organisation-1.xml").status_code == 200
        assert len(seen) == 1, seen
        assert "organisation.id >=" in seen[0] and "organisation.id <" in seen[0]


@pytest.mark.parametrize("name", ["lists-1", "organisation-0", "organisation-99", "organisation-999999", "organisation-9999999",
                                  "organisation",
                                  "nothing-1", "1", "0"])  # fmt: skip
def test_a_file_that_the_sitemap_does_not_have_is_not_found(client: CheckedClient, name: str) -> None:
    assert client.get(f"/sitemap-{name}.xml").status_code == 404


def test_programs_are_told_where_to_look(client: CheckedClient) -> None:
    robots = client.get("/robots.txt")
    assert robots.mimetype == "text/plain"
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in robots.text
    security = client.get("/.well-known/security.txt")
    assert "Contact: mailto:portal@example.org" in security.text
    assert "Expires: " in security.text


def test_a_found_event_says_when_it_takes_place(client: CheckedClient) -> None:
    starts = clock.now().replace(hour=10, minute=0) + dt.timedelta(days=3)
    event = make_event(
        title=Localized.of("pl", "Zjazd tkaczek"), starts_at=starts, ends_at=starts + dt.timedelta(hours=2)
    )
    with transaction():
        search.index([document(event, [])])
    hit = client.get("/en/search?q=tkaczek").text.partition('class="results"')[2].partition("</ol>")[0]
    assert f"<b>{clock.in_zone(starts, 'Europe/Warsaw').day}</b>" in hit
    assert "Łódź" in hit


def test_tabs_of_the_search_say_how_much_each_holds_and_the_place_shows_why_it_was_found(client: CheckedClient) -> None:
    for name, town in (("Ławka", "Pcim"), ("Klub", "Pcim"), ("Chór", "Sieradz")):
        make_organisation(name=name, town=town)
    make_network("Sieć Pcim")
    page = client.get("/pl/search?q=pcim").text
    numbers = dict(re.findall(r'q=pcim&amp;kind=(\w+)"[^>]*>[^<]*<span class="num">(\d+)</span>', page))
    assert numbers["organisation"] == "2"
    assert numbers["network"] == "1"
    assert numbers["post"] == "0"
    assert page.count("<mark>Pcim</mark>") == 3
