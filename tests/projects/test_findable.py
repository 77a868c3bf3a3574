"""Cards are found while they and their organisations are public: by the search, in the site map, by their address."""

from typing import Any

import sqlalchemy as sa
from flask import Flask

from portal.ground.authz import PORTAL
from portal.ground.db import transaction
from portal.ground.derived import renew
from portal.organisations.services import change_status
from portal.projects.findable import pages
from portal.projects.models import KIND
from portal.projects.services import derived
from portal.words.search import search
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.projects import fresh, make_project


def test_a_withdrawn_card_is_gone_and_comes_back_with_its_first_day(app: Flask, client: Any, as_person: Any) -> None:
    owner = make_person()
    project = make_project(make_organisation(owner), by=owner)
    first, browser, base = project.published_at, as_person(owner), f"/pl/projects/{project.slug}"
    assert browser.submit(f"{base}/withdraw").status_code == 303
    assert client.get(base).status_code == 404 and not search("Ekspertów", lang="pl", kinds=[KIND]).items
    assert browser.submit(f"{base}/publish").status_code == 303
    assert client.get(base).status_code == 200 and search("Ekspertów", lang="pl", kinds=[KIND]).items
    assert fresh(project).published_at == first


def test_a_hidden_organisation_takes_its_cards_along(app: Flask, client: Any) -> None:
    organisation = make_organisation()
    project = make_project(organisation)
    change_status(organisation, "hidden", by=PORTAL)
    assert client.get(f"/pl/projects/{project.slug}").status_code == 404
    assert not search("Ekspertów", lang="pl", kinds=[KIND]).items
    change_status(organisation, "published", by=PORTAL)
    assert client.get(f"/pl/projects/{project.slug}").status_code == 200
    assert search("Ekspertów", lang="pl", kinds=[KIND]).items


def test_documents_of_projects_are_made_anew(app: Flask) -> None:
    project, draft = make_project(), make_project(state="draft")
    with transaction() as session:
        session.execute(sa.text("DELETE FROM search_document"))
        session.execute(sa.text("DELETE FROM search_order"))
    renewed = renew(derived.INDEX)
    assert renewed.rows == 2 and not renewed.failed
    found = [hit.url for hit in search("Ekspertów", lang="pl", kinds=[KIND]).items]
    assert found == [f"projects/{project.slug}"] and draft.slug not in found


def test_documents_of_what_is_gone_go_too(app: Flask) -> None:
    project = make_project()
    number = project.id
    with transaction() as session:
        session.execute(sa.text("DELETE FROM project"))
    renew(derived.INDEX)
    assert number and not search("Ekspertów", lang="pl", kinds=[KIND]).items


def test_the_site_map_has_public_cards_in_their_languages(app: Flask) -> None:
    shown, _draft = make_project(), make_project(state="draft")
    (page,) = pages(range(1, 100))
    assert (page.path, tuple(page.languages)) == (f"projects/{shown.slug}", ("pl",))
