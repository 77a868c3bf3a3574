"""Projects on the pages of their organisation and network: those that are public, a few, and the way to all of them."""

import datetime as dt
import re
from typing import Any

import pytest
from flask import Flask

from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.organisations.services import change_status
from portal.projects import queries, services
from portal.projects.queries import Wanted
from tests.factories.networks import make_application, make_network
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.projects import fresh_partner, make_partner, make_project

pytestmark = pytest.mark.both_engines


def titles(page: str) -> list[str]:
    """The projects that a page lists, in its order."""
    return re.findall(r'<h3[^>]*><a href="/pl/projects/[^"]*">(?:<span[^>]*>)?([^<]+)', page)


def test_organisation_shows_what_it_runs_and_what_it_has_joined(app: Flask, client: Any) -> None:
    organisation = make_organisation()
    make_project(organisation, title="Własny", ends_on=dt.date(2026, 3, 1))
    joined = make_project(title="Wspólny", ends_on=dt.date(2026, 4, 1))
    make_partner(joined, organisation, status="accepted")
    for status in ("asked", "refused"):
        make_partner(make_project(title="Bez zgody"), organisation, status=status)
    make_project(title="Obcy")
    page = client.get(f"/pl/organisations/{organisation.slug}").text
    assert titles(page) == ["Wspólny", "Własny"]
    assert f'href="/pl/projects?organisation={organisation.slug}"' in page
    runner = joined.organisation.name.source
    assert runner in page[page.index("Wspólny") : page.index("Własny")], "who runs it is not said"
    assert titles(client.get(f"/pl/projects?organisation={organisation.slug}").text) == ["Wspólny", "Własny"]


def test_taking_the_consent_back_takes_the_project_off_the_page(app: Flask, client: Any) -> None:
    organisation = make_organisation()
    project = make_project(title="Wspólny")
    partner = make_partner(project, organisation, status="accepted")
    address = f"/pl/organisations/{organisation.slug}"
    assert titles(client.get(address).text) == ["Wspólny"]
    services.refuse_partnership(fresh_partner(project, partner), by=PORTAL)
    assert not titles(client.get(address).text) and not queries.listed(Wanted(organisation=organisation.slug))


def test_network_shows_those_that_work_for_it(app: Flask, client: Any) -> None:
    owner = make_person()
    organisation, network = make_organisation(owner), make_network("Sieć", coordinators=(make_person(),))
    make_application(network, organisation, owner, status="active")
    make_project(organisation, title="Dla sieci", network=network.id)
    make_project(organisation, title="Dla siebie")
    page = client.get(f"/pl/networks/{network.slug}").text
    assert titles(page) == ["Dla sieci"] and f'href="/pl/projects?network={network.slug}"' in page


def test_nobody_sees_there_what_is_not_public(app: Flask, client: Any, as_person: Any) -> None:
    owner = make_person()
    organisation, hidden = make_organisation(owner), make_organisation(owner)
    network = make_network("Sieć", coordinators=(make_person(),))
    for one in (organisation, hidden):
        make_application(network, one, owner, status="active")
    make_project(organisation, title="Szkic", network=network.id, state="draft")
    make_project(organisation, title="Zdjęty", network=network.id, state="withdrawn")
    project = make_project(hidden, title="Ukryty", network=network.id)
    make_partner(project, organisation, status="accepted")
    change_status(hidden, "hidden", by=PORTAL)
    for browser in (client, as_person(owner)):
        for address in (f"organisations/{organisation.slug}", f"networks/{network.slug}"):
            assert not titles(browser.get(f"/pl/{address}").text), address


def test_address_of_a_hidden_organisation_tells_nothing(app: Flask, client: Any) -> None:
    hidden = make_organisation(name="Tajna Grupa")
    project = make_project(title="Jawny")
    make_partner(project, hidden, status="accepted")
    assert titles(client.get(f"/pl/projects?organisation={hidden.slug}").text) == ["Jawny"]
    change_status(hidden, "hidden", by=PORTAL)
    page = client.get(f"/pl/projects?organisation={hidden.slug}").text
    assert not titles(page) and "Tajna Grupa" not in page
    nobody = client.get("/pl/projects?organisation=nikt").text
    assert re.sub(r"nikt", hidden.slug, nobody).count(hidden.slug) == page.count(hidden.slug)


def test_list_stays_short_and_is_read_in_one_statement(app: Flask, client: Any, count_queries: Any) -> None:
    organisation = make_organisation()
    numbers = []
    for _round in range(2):
        for _one in range(5):
            make_partner(make_project(), organisation, status="accepted")
        db.session.rollback()
        with count_queries() as seen:
            page = client.get(f"/pl/organisations/{organisation.slug}").text
        numbers.append(len(seen))
        assert len(titles(page)) == 3
        assert sum("project.title" in statement for statement in seen) == 1
    assert numbers[0] == numbers[1]
    assert queries.counted(Wanted(organisation=organisation.slug)).total == 10
