"""Search says what a page says: whatever is saved of something public is found at once, and what it said before no more."""

from typing import Any

import pytest

from portal.words import search
from tests.factories.events import make_coordinator, make_event, make_network, make_session
from tests.factories.news import make_post
from tests.factories.organisations import make_member, make_organisation
from tests.factories.projects import make_project

OLD, NEW, FOREIGN = "Skowronek", "Perkoz", "Щъркел"


def found(words: str, lang: str = "pl") -> int:
    return len(search.search(words, lang=lang).items)


@pytest.fixture
def pages(app: Any, as_person: Any) -> dict[str, tuple[Any, str]]:
    """Of each kind something public with the old word, and the browser of somebody who may edit it."""
    organisation = make_organisation(name=f"Dom {OLD}")
    network = make_network()
    event = make_event(network)
    make_session(event)
    coordinator, owner = as_person(make_coordinator(network)), as_person(make_member(organisation, "owner"))
    assert coordinator.submit(f"/pl/events/{event.slug}/edit", {"title": f"Zjazd {OLD}"}).status_code == 303
    post = make_post(organisation, title=f"Wpis {OLD}")
    project = make_project(organisation, title=f"Projekt {OLD}")
    return {
        "organisation": (owner, f"/pl/organisations/{organisation.slug}"),
        "event": (coordinator, f"/pl/events/{event.slug}"),
        "post": (owner, f"/pl/news/{post.slug}"),
        "project": (owner, f"/pl/projects/{project.slug}"),
    }


@pytest.mark.both_engines
@pytest.mark.parametrize(
    ("kind", "field"), [("organisation", "summary"), ("event", "summary"), ("post", "lead"), ("project", "summary")]
)
def test_search_finds_what_was_saved_last(pages: dict[str, tuple[Any, str]], kind: str, field: str) -> None:
    browser, address = pages[kind]
    edit = f"{address}/edit" + {"organisation": "/work", "project": "/what"}.get(kind, "")
    assert found(OLD) == 4
    assert browser.submit(edit, {field: f"Przyleciał {NEW}."}).status_code == 303
    assert found(NEW) == 1
    assert browser.submit(edit, {field: "Nikt nie przyleciał."}).status_code == 303
    assert (found(NEW), found(OLD)) == (0, 4)


TRANSLATIONS = [
    ("organisation", "translate/bg", "name"),
    ("event", "translate?to=bg", "title"),
    ("post", "translate?to=bg", "title"),
    ("project", "translate?to=bg", "title"),
]


@pytest.mark.both_engines
@pytest.mark.parametrize(("kind", "page", "field"), TRANSLATIONS)
def test_search_finds_a_translation(pages: dict[str, tuple[Any, str]], kind: str, page: str, field: str) -> None:
    browser, address = pages[kind]
    assert browser.submit(f"{address}/{page}", {field: FOREIGN}).status_code == 303
    assert found(FOREIGN, "bg") == 1
