"""Every text of somebody says the language that it is in, in every answer: pages, feeds and mails."""

import email.policy
from collections.abc import Callable
from email import message_from_bytes
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts.models import Person
from portal.demo import load
from portal.ground.db import db
from portal.organisations.fields import SECTIONS
from portal.registration.models import Registration
from tests.fixtures.pages import Outbox
from tests.support import tongues
from tests.support.client import CheckedClient, as_sent

EVENTS = (
    "kongres-wspolpracy-lokalnej",
    "obshta-sreshta-na-mrezhata",
    "plan-dzialania-swietlicy",
    "rabotilnica-otcheti",
)
PUBLIC = [
    "", "about", "accessibility", "privacy", "organisations", "organisations?region=BG-24",
    "organisations?network=sinergia-na-mrezhata", "networks/", "news", "events",
    "events?when=past", "search?q=stara", "search?q=kongres", "organisations/sdruzhenie-zelena-trakia",
    "organisations/fundacja-most-nad-dunajem", "networks/sinergia-na-mrezhata", "networks/siec-sasiedzka",
    "networks/warminsko-mazurska-siec-wsparcia", "news/takachniyat-stan-otnovo-raboti", "events/sesja-spoleczna-elblag",
    "events/kongres-wspolpracy-lokalnej/sessions/6", "organisations/fundacja-most-nad-dunajem/news",
    "networks/sinergia-na-mrezhata/news",
    *(f"events/{slug}{part}" for slug in EVENTS[:3] for part in ("", "/programme", "/programme/list", "/register")),
    "events/rabotilnica-otcheti", "projects/kuznia-ekspertow", "projects/bezopasen-pat-do-uchilishte",
]  # fmt: skip
OF_ROLES = {
    "owner": ["account/", "account/details", "organisations/mine", "news/mine", "organisations/new?kind=pl-registered",
              "organisations/stowarzyszenie-pracownia-sasiedzka/edit",
              *(f"organisations/stowarzyszenie-pracownia-sasiedzka/edit/{one.code}" for one in SECTIONS),
              "networks/sinergia-na-mrezhata/apply",
              "networks/siec-dobrego-poczatku/apply",
              "organisations/stowarzyszenie-pracownia-sasiedzka/news/new", "memberships/1", "account/delete",
              "projects/mine", "projects/osiem-kawiarenek-naprawczych/manage",
              "projects/osiem-kawiarenek-naprawczych/edit/story", "projects/osiem-kawiarenek-naprawczych/translate?to=bg",
              "projects/osiem-kawiarenek-naprawczych/history/1",
              *(f"organisations/stowarzyszenie-pracownia-sasiedzka/{part}" for part in ("people", "networks", "translate/en"))],
    "coordinator": ["account/", "tasks", "projects/kuznia-ekspertow/partners", "projects/kuznia-ekspertow/manage",
                    "projects/bezopasen-pat-do-uchilishte/advice", "projects/bezopasen-pat-do-uchilishte/records",
                    "events/mine", "networks/siec-sasiedzka/questions", "networks/siec-sasiedzka/edit",
                    *(f"events/{slug}/{part}" for slug in EVENTS for part in ("manage", "participants")),
                    *(f"events/kongres-wspolpracy-lokalnej/{part}" for part in (
                        "edit", "translate?to=bg", "sessions/6/edit", "sessions/6/translate?to=en", "cancel",
                    )),
                    "networks/warminsko-mazurska-siec-wsparcia/questions", "networks/siec-dobrego-poczatku/questions",
                    "messages/network/siec-sasiedzka", "messages/1", "messages/2", "messages/2/edit?text=bg", "tasks/1"],
    "registered": ["account/registrations", "events/obshta-sreshta-na-mrezhata/register"],
    "representative": ["organisations/mine", "account/"],
    "administrator": ["account/team", "tasks", "operator", "networks/siec-sasiedzka/coordinators"],
}  # fmt: skip
FEEDS = [
    "news/feed.atom",
    "networks/sinergia-na-mrezhata/feed.atom",
    "organisations/fundacja-most-nad-dunajem/feed.atom",
]


@pytest.fixture
def texts(app: Flask) -> tongues.Texts:
    load()
    return tongues.texts_of_people()


@pytest.mark.parametrize("language", ["pl", "bg", "en"])
def test_every_text_of_people_says_its_language(
    client: CheckedClient, as_person: Callable[[Any], CheckedClient], texts: tongues.Texts, language: str
) -> None:
    found: list[str] = []
    for role, paths in {"": PUBLIC, **OF_ROLES}.items():
        person = db.session.scalar(sa.select(Person).where(Person.email == f"{role}@example.org")) if role else None
        browser = as_person(person)
        for path in paths:
            answer = browser.get(f"/{language}/{path}")
            assert answer.status_code == 200, f"{role} {answer.request.path}: {answer.status}"
            found += [
                f"{role} {answer.request.path}: {fault}" for fault in tongues.bare_in_page(as_sent(answer), texts)
            ]
    for path in FEEDS:
        found += [f"{path}: {fault}" for fault in tongues.bare_in_feed(client.get(f"/{language}/{path}").text, texts)]
    assert not found, "\n".join(found)


def test_every_text_of_people_in_a_mail_says_its_language(texts: tongues.Texts, outbox: Outbox) -> None:
    found, languages = [], set()
    while outbox.deliver():
        pass
    for message in outbox.catcher.messages:
        read = message_from_bytes(message.as_bytes(), policy=email.policy.default)
        html = read.get_body(("html",))  # type: ignore[attr-defined]
        languages.add(read["Content-Language"])
        found += [f"{read['Subject']}: {fault}" for fault in tongues.bare_in_page(html.get_content(), texts)]
    assert languages == {"pl", "bg", "en"}
    assert not found, "\n".join(sorted(set(found)))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Registration)), "nobody is registered in the demo"


@pytest.mark.parametrize(
    "html",
    [
        "<p>Синергия на мрежата</p>",
        '<p lang="bg"><span lang="pl">Синергия на мрежата</span></p>',
        '<img alt="Синергия на мрежата">',
        "<button>Изход<span>: Синергия на мрежата</span></button>",
        '<select><option lang="en">Синергия на мрежата</option></select>',
    ],
)
def test_a_bare_text_is_seen(html: str) -> None:
    texts = {"Синергия на мрежата": frozenset({"bg"}), "Synergia sieci": frozenset({"pl"})}
    page = f'<!doctype html><html lang="pl"><head><title>Synergia sieci</title></head><body>{html}</body></html>'
    assert len(tongues.bare_in_page(page, texts)) == 1
    assert not tongues.bare_in_page(page.replace(html, '<p lang="bg">Синергия на мрежата</p>'), texts)


def test_a_bare_text_is_seen_in_a_feed_and_in_the_head_of_a_page() -> None:
    texts = {"Синергия": frozenset({"bg"})}
    feed = '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="pl"><author{}><name>Синергия</name></author></feed>'
    assert tongues.bare_in_feed(feed.format(""), texts)
    assert not tongues.bare_in_feed(feed.format(' xml:lang="bg"'), texts)
    head = (
        '<!doctype html><html lang="pl"><head><title{0}>Синергия</title><meta name="description" content="Синергия"{0}>'
    )
    assert len(tongues.bare_in_page(head.format(""), texts)) == 2
    assert not tongues.bare_in_page(head.format(' lang="bg"'), texts)
