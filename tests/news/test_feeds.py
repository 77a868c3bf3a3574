"""Feeds: valid Atom, the same ids for ever, each text in the language that it really has."""

import feedparser
import pytest

from portal.ground.authz import PORTAL
from portal.news import services
from tests.factories.events import make_network
from tests.factories.news import make_post
from tests.factories.organisations import make_organisation


@pytest.fixture
def organisation(app, frozen_clock):
    return make_organisation()


def read(response):
    assert response.status_code == 200 and response.mimetype == "application/atom+xml"
    found = feedparser.parse(response.data)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def test_feed_shows_each_text_in_its_own_language(client, organisation):
    post = make_post(organisation)
    services.translate_post(
        post, version=post.row_version, language="bg", title="Пейката", lead="", body="<p>Разговор.</p>", by=PORTAL
    )
    make_post(organisation, language="bg", title="Тъкачният стан", lead="Шест жени.", body="<p>Работи.</p>")
    found = read(client.get("/bg/news/feed.atom"))
    titles = {entry.title: entry for entry in found.entries}
    assert set(titles) == {"Пейката", "Тъкачният стан"}
    first = titles["Пейката"]
    assert first.summary_detail.language == "pl" and first.content[0].language == "bg"
    assert found.feed.language == "bg"


def test_ids_are_the_same_in_every_language_and_after_an_edit(client, organisation):
    post = make_post(organisation)
    before = {entry.id for lang in ("pl", "bg", "en") for entry in read(client.get(f"/{lang}/news/feed.atom")).entries}
    services.update_post(
        post, version=post.row_version, title="Inny tytuł", lead="", body="<p>Inny.</p>", category="call", by=PORTAL
    )
    after = {entry.id for entry in read(client.get("/pl/news/feed.atom")).entries}
    assert before == after == {f"tag:127.0.0.1,2026:post/{post.id}"}


def test_markup_in_titles_is_text(client, organisation):
    make_post(
        organisation, title="Ćwierć & <b>pół</b>", lead="a < b", body="<p>5 &lt; 7 &amp; <strong>już</strong></p>"
    )
    entry = read(client.get("/pl/news/feed.atom")).entries[0]
    assert entry.title == "Ćwierć &amp; &lt;b&gt;pół&lt;/b&gt;" or entry.title == "Ćwierć & <b>pół</b>"
    assert "<strong>już</strong>" in entry.content[0].value


def test_unchanged_feed_answers_304(client, organisation):
    make_post(organisation)
    first = client.get("/pl/news/feed.atom")
    assert client.get("/pl/news/feed.atom", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_feeds_of_publishers_hold_their_own_posts(client, organisation):
    network = make_network()
    make_post(organisation, title="Od organizacji")
    make_post(network, title="Od sieci")
    own = read(client.get(f"/pl/organisations/{organisation.slug}/feed.atom"))
    assert [entry.title for entry in own.entries] == ["Od organizacji"]
    assert [e.title for e in read(client.get(f"/pl/networks/{network.slug}/feed.atom")).entries] == ["Od sieci"]
    assert client.get("/pl/networks/nie-ma/feed.atom").status_code == 404


def test_feed_has_no_draft_and_is_found_from_the_page(client, organisation):
    make_post(organisation, state="draft")
    assert read(client.get("/pl/news/feed.atom")).entries == []
    assert 'type="application/atom+xml"' in client.get("/pl/news").text


@pytest.mark.parametrize("address", ["/pl/news/feed.atom", "/pl/news"])
def test_queries_do_not_grow_with_posts(client, organisation, count_queries, address):
    numbers = []
    for _ in range(2):
        make_post(organisation)
        make_post(make_network())
        with count_queries() as seen:
            client.get(address)
        numbers.append(len(seen))
    assert numbers in ([1, 1], [2, 2]), seen


def test_post_page_asks_once(client, organisation, count_queries):
    post = make_post(organisation)
    with count_queries() as seen:
        client.get(f"/pl/news/{post.slug}")
    assert len(seen) == 1, seen
