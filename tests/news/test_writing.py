"""From the first draft to the site: what writers, editors and coordinators do."""

import datetime as dt
import io

import pytest
from PIL import Image

from portal.news import queries, services
from portal.news.models import PostStatus
from portal.words import search
from tests.factories.events import make_coordinator, make_network
from tests.factories.news import fresh, make_post
from tests.factories.organisations import make_member, make_organisation

TEXTS = {"title": "Ławka, która zaczęła się od rozmowy", "lead": "Za 3200 zł.", "body": "Pierwszy akapit.\n\nDrugi."}


def picture():
    stream = io.BytesIO()
    Image.new("RGB", (640, 400), "green").save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture
def organisation(app, frozen_clock):
    return make_organisation()


@pytest.fixture
def editor(as_person, organisation):
    return as_person(make_member(organisation, "editor"))


@pytest.fixture
def author(as_person, organisation):
    return as_person(make_member(organisation, "author"))


def write(browser, organisation, **changes):
    return browser.submit(f"/pl/organisations/{organisation.slug}/news/new", {**TEXTS, **changes})


def test_text_without_tags_becomes_paragraphs(editor, organisation):
    response = write(editor, organisation)
    post = queries.by_slug("lawka-ktora-zaczela-sie-od-rozmowy")
    assert response.location.endswith(f"/pl/news/{post.slug}/preview")
    assert post.body.source == "<p>Pierwszy akapit.</p><p>Drugi.</p>"
    assert (post.status, post.title.original) == (PostStatus.DRAFT, "pl")


def test_new_post_says_all_errors_at_once(editor, organisation):
    response = write(editor, organisation, title="", body="", lead="x" * 401)
    assert response.status_code == 422
    for name in ("title", "body", "lead"):
        assert f'href="#{name}"' in response.text


def test_picture_needs_words_or_is_decorative(editor, organisation):
    cover = (io.BytesIO(picture()), "lawka.png")
    refused = write(editor, organisation, cover=cover)
    assert refused.status_code == 422 and 'href="#cover_alt"' in refused.text
    assert write(editor, organisation, cover=(io.BytesIO(picture()), "a.png"), cover_alt="Ławka").status_code == 303
    assert write(editor, organisation, cover=(io.BytesIO(picture()), "a.png"), decorative="y").status_code == 303
    told, plain = (queries.by_slug(f"lawka-ktora-zaczela-sie-od-rozmowy{end}") for end in ("", "-2"))
    assert told.cover_id and told.cover_alt.source == "Ławka"
    assert plain.cover_id and not plain.cover_alt


def test_what_is_no_picture_is_refused_and_the_text_stays(editor, organisation):
    refused = write(editor, organisation, cover=(io.BytesIO(b"<svg onload=alert(1)>"), "x.png"), cover_alt="Ławka")
    assert refused.status_code == 422 and 'href="#cover"' in refused.text and "Pierwszy akapit." in refused.text


def test_picture_can_be_removed(editor, organisation):
    write(editor, organisation, cover=(io.BytesIO(picture()), "a.png"), cover_alt="Ławka")
    post = queries.by_slug("lawka-ktora-zaczela-sie-od-rozmowy")
    done = editor.submit(f"/pl/news/{post.slug}/edit", {"remove_cover": "y", "cover_alt": ""})
    assert done.status_code == 303
    assert fresh(post).cover_id is None


def test_author_writes_and_editor_publishes(author, editor, client, organisation):
    write(author, organisation)
    slug = "lawka-ktora-zaczela-sie-od-rozmowy"
    assert author.get(f"/pl/news/{slug}/publish").status_code == 403
    assert client.get(f"/pl/news/{slug}").status_code == 404
    assert editor.submit(f"/pl/news/{slug}/publish", {"when": "now"}).status_code == 303
    assert "Pierwszy akapit." in client.get(f"/pl/news/{slug}").text
    assert author.get(f"/pl/news/{slug}/edit").status_code == 403
    assert [hit.id for hit in search.search("lawka", lang="pl").items] == [queries.by_slug(slug).id]


def test_scheduled_post_becomes_public_by_the_clock_without_the_worker(editor, client, organisation, frozen_clock):
    write(editor, organisation)
    slug = "lawka-ktora-zaczela-sie-od-rozmowy"
    later = {"when": "later", "publish_at": "2026-11-21T12:30"}  # 11:30 UTC
    assert editor.submit(f"/pl/news/{slug}/publish", later).status_code == 303
    assert client.get(f"/pl/news/{slug}").status_code == 404
    frozen_clock.set(dt.datetime(2026, 11, 21, 11, 30, tzinfo=dt.UTC))
    assert client.get(f"/pl/news/{slug}").status_code == 200
    assert slug in client.get("/pl/news").text
    assert not search.search("lawka", lang="pl").items
    assert services.publish_due() == 1
    assert services.publish_due() == 0
    assert search.search("lawka", lang="pl").items


@pytest.mark.parametrize("moment", ["", "2026-11-21T09:00", "2027-03-28T02:30", "jutro"])
def test_schedule_refuses_moments_that_are_gone_or_do_not_exist(editor, organisation, moment):
    write(editor, organisation)
    address = "/pl/news/lawka-ktora-zaczela-sie-od-rozmowy/publish"
    refused = editor.submit(address, {"when": "later", "publish_at": moment})
    assert refused.status_code == 422 and 'href="#publish_at"' in refused.text


def test_scheduled_post_can_become_a_draft_again(editor, organisation):
    post = make_post(organisation, state="scheduled", at=dt.datetime(2026, 11, 22, 8, 0))
    assert editor.submit(f"/pl/news/{post.slug}/call-back").status_code == 303
    assert fresh(post).status == PostStatus.DRAFT


def test_post_leaves_the_site_and_comes_back_with_its_first_date(editor, client, organisation, frozen_clock):
    post = make_post(organisation)
    first = post.publish_at
    assert editor.submit(f"/pl/news/{post.slug}/unpublish").status_code == 303
    assert client.get(f"/pl/news/{post.slug}").status_code == 404
    assert not search.search("lawka", lang="pl").items
    frozen_clock.shift(days=3)
    editor.submit(f"/pl/news/{post.slug}/publish", {"when": "now"})
    assert fresh(post).publish_at == first


def test_stale_edit_shows_both_versions(editor, organisation):
    post = make_post(organisation)
    old_tab = editor.get(f"/pl/news/{post.slug}/edit")
    editor.submit(f"/pl/news/{post.slug}/edit", {"lead": "Zdanie koleżanki."})
    stale = editor.submit(old_tab, {"lead": "Moje zdanie."})
    assert stale.status_code == 409
    assert "Zdanie koleżanki." in stale.text and "Moje zdanie." in stale.text
    assert editor.submit(stale, {"lead": "Moje zdanie."}).status_code == 303


def test_translator_translates_what_is_public(as_person, client, organisation):
    translator, post = as_person(make_member(organisation, "translator")), make_post(organisation)
    address = f"/bg/news/{post.slug}/translate?to=bg"
    assert (
        translator.submit(address, {"title": "Пейката до оградата", "body": "Първо имаше разговор."}).status_code == 303
    )
    page = client.get(f"/bg/news/{post.slug}")
    assert "Пейката до оградата" in page.text
    assert 'lang="pl"' in page.text  # the lead has no translation yet
    assert translator.get(f"/bg/news/{post.slug}/translate?to=pl").status_code == 404


def test_draft_of_a_draft_organisation_waits_for_its_profile(as_person):
    organisation = make_organisation(status="draft")
    post = make_post(organisation, state="draft")
    editor = as_person(make_member(organisation, "editor"))
    assert editor.submit(f"/pl/news/{post.slug}/publish", {"when": "now"}).status_code == 422


def test_only_drafts_are_deleted(editor, organisation):
    draft, public = make_post(organisation, state="draft"), make_post(organisation)
    slug = draft.slug
    assert editor.submit(f"/pl/news/{slug}/delete").status_code == 303
    assert queries.by_slug(slug) is None
    assert editor.get(f"/pl/news/{public.slug}/delete").status_code == 403


def test_coordinator_publishes_for_the_network(as_person, client):
    network = make_network()
    browser = as_person(make_coordinator(network))
    browser.submit(f"/pl/networks/{network.slug}/news/new", TEXTS)
    slug = "lawka-ktora-zaczela-sie-od-rozmowy"
    browser.submit(f"/pl/news/{slug}/publish", {"when": "now"})
    assert "Sieć Sąsiedzka" in client.get(f"/pl/news/{slug}").text
    assert slug in client.get(f"/pl/networks/{network.slug}/news").text


def test_worklist_shows_the_posts_of_ones_publishers(author, as_person, organisation):
    make_post(organisation, state="draft", title="Wersja robocza Ewy")
    make_post(title="Cudzy wpis")
    page = author.get("/pl/news/mine")
    assert "Wersja robocza Ewy" in page.text and "Cudzy wpis" not in page.text
    assert "Wersja robocza Ewy" not in author.get("/pl/news/mine?state=published").text
