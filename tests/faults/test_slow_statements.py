"""A statement of the web that takes too long is cut: a sentence in the reader's language, the form kept, the portal free."""

import contextlib
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask

from portal.ground.config import CONFIG
from portal.ground.db import db
from portal.ground.errors import TookTooLong
from portal.ground.statements import limit_statements
from tests.factories.organisations import make_organisation
from tests.factories.people import PASSWORD, make_person
from tests.fixtures.live import MakeLive
from tests.support.client import CheckedClient
from tests.support.databases import inside
from tests.support.servers import LivePortal

pytestmark = pytest.mark.postgresql
SENTENCES = {
    "pl": "To trwało zbyt długo i zostało przerwane. Nic się nie zmieniło. Spróbuj ponownie za minutę.",
    "bg": "Това отне твърде много време и беше прекъснато. Нищо не е променено. Опитайте отново след минута.",
    "en": "This took too long and was stopped. Nothing has been changed. Try again in a minute.",
}


@pytest.fixture
def live(make_live: MakeLive) -> LivePortal:
    return make_live("postgresql", workers=1, statement_seconds="1")


@pytest.fixture
def app(live: LivePortal) -> Iterator[Flask]:
    with inside(live) as app:
        limit_statements(app, CONFIG.of(app))
        app.test_client_class = CheckedClient
        yield app


@contextlib.contextmanager
def held(live: LivePortal, table: str) -> Iterator[None]:
    """Whatever asks this table waits, as for a search without an end."""
    address = live.environ["PORTAL_DATABASE_URL"].replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(address) as connection:
        connection.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE".encode())
        yield
        connection.rollback()


def test_page_is_cut_with_a_sentence_and_answers_again(live: LivePortal) -> None:
    live.start(worker=False)
    with held(live, "organisation, organisation_listing, directory_mark"):
        for language, sentence in SENTENCES.items():
            began = time.monotonic()
            with pytest.raises(urllib.error.HTTPError) as caught:
                urllib.request.urlopen(f"{live.base_url}/{language}/organisations", timeout=15)
            assert time.monotonic() - began < 2.5, "the limit of locks came first"
            assert (caught.value.code, caught.value.headers["Retry-After"]) == (503, "60")
            assert sentence in caught.value.read().decode().replace("\u00a0", " ")
    with urllib.request.urlopen(f"{live.base_url}/pl/organisations", timeout=15) as page:
        assert page.status == 200


@pytest.mark.parametrize("language", SENTENCES)
def test_form_is_kept_when_its_statement_is_cut(live: LivePortal, app: Flask, language: str) -> None:
    browser = app.test_client()
    page = browser.get(f"/{language}/account/sign-up")
    words = {"name": "Żaneta Łąka", "email": "zaneta@example.org", "password": "lipa most chleb"}
    with held(live, "account"):
        answer = browser.submit(page, words)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "60"
        assert SENTENCES[language] in answer.text.replace("\u00a0", " ")
        assert "Żaneta Łąka" in answer.text
        assert "zaneta@example.org" in answer.text
    assert browser.submit(answer, words).status_code == 303


def test_words_are_kept_when_the_portal_does_not_even_get_to_their_form(live: LivePortal, app: Flask) -> None:
    person = make_person(email="ola@example.org")
    address = f"/pl/organisations/{make_organisation(person).slug}/edit/who"
    browser = app.test_client()
    browser.submit("/pl/account/sign-in", {"email": "ola@example.org", "password": PASSWORD})
    page = browser.get(address)
    with held(live, "organisation, organisation_listing, directory_mark"):
        cut = browser.submit(page, {"name": "Sąsiedzka Łąka"})
        assert cut.status_code == 503
        assert SENTENCES["pl"] in cut.text.replace("\u00a0", " ")
    again = browser.submit(cut, action=address)
    assert again.status_code == 422
    assert "Sąsiedzka Łąka" in again.text
    assert browser.submit(again, {"name": "Sąsiedzka Łąka"}).status_code == 303


def test_only_the_web_has_a_limit(live: LivePortal) -> None:
    with inside(live) as app:
        assert db.session.scalar(sa.text("SHOW statement_timeout")) == "0"
        db.session.rollback()
        db.engine.dispose()
        limit_statements(app, CONFIG.of(app))
        assert db.session.scalar(sa.text("SHOW statement_timeout")) == "1s"
        with pytest.raises(TookTooLong):
            db.session.execute(sa.text("SELECT pg_sleep(3)"))
