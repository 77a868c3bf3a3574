"""Partners: both sides agree, and one may stop to at any time."""

from typing import Any

import pytest
from flask import Flask

from portal.ground.authz import PORTAL
from portal.ground.errors import Refusal
from portal.organisations.services import change_status
from portal.projects import queries, services
from portal.projects.models import Project
from tests.factories.organisations import fresh as fresh_organisation
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.projects import make_partner, make_project
from tests.merging.pairs import merge, two


@pytest.fixture
def project(app: Flask) -> Project:
    return make_project(make_organisation(make_person("Prowadząca"), name="Kuźnia"))


def card(client: Any, project: Project) -> str:
    return str(client.get(f"/pl/projects/{project.slug}").text)


def test_a_partner_is_asked_agrees_and_changes_its_mind(
    project: Project, client: Any, as_person: Any, outbox: Any
) -> None:
    runner, boss = queries_owner(project), make_person("Szefowa", "szefowa@example.org")
    named = make_organisation(boss, name="Ster na Północ")
    asked = as_person(runner).submit(
        f"/pl/projects/{project.slug}/partners", {"other": f"/pl/organisations/{named.slug}"}
    )
    assert asked.status_code == 303
    assert "Ster na Północ" in card(client, project), "until it answers, it is there as plain text"
    assert f'href="/pl/organisations/{named.slug}"' not in card(client, project)
    (partner,) = queries.partners_of(project.id)
    answer = f"/pl/projects/{project.slug}/partners/{partner.id}"
    browser = as_person(boss)
    assert "Partnerstwo" in browser.get("/pl/account/").text
    assert browser.submit(answer, {"answer": "accepted"}).status_code == 303
    assert f'href="/pl/organisations/{named.slug}"' in card(client, project)
    assert browser.submit(answer, {"answer": "refused"}).status_code == 303
    assert "Ster na Północ" not in card(client, project)
    manage = as_person(runner).get(f"/pl/projects/{project.slug}/manage").text
    assert "Partner nie chce być wymieniany" in manage and "Ster na Północ" in manage
    assert as_person(boss).get(f"/pl/projects/{project.slug}/manage").status_code == 403
    while outbox.deliver():
        pass
    said = [str(message["Subject"]) for message in outbox.catcher.messages]
    assert any("Pytanie o partnerstwo" in one for one in said)
    assert any("Partner nie chce być wymieniany" in one for one in said)


def queries_owner(project: Project) -> Any:
    from portal.organisations.queries import owners_of

    return owners_of(project.organisation)[0]


def test_whoever_is_asked_reads_the_draft(app: Flask, as_person: Any) -> None:
    boss = make_person()
    draft = make_project(state="draft")
    assert as_person(boss).get(f"/pl/projects/{draft.slug}").status_code == 404
    make_partner(draft, make_organisation(boss))
    assert as_person(boss).get(f"/pl/projects/{draft.slug}").status_code == 200


def test_who_cannot_be_named_is_refused(project: Project, as_person: Any) -> None:
    browser = as_person(queries_owner(project))
    page = f"/pl/projects/{project.slug}/partners"
    named, hidden = make_organisation(), make_organisation(status="draft")
    make_partner(project, named)
    for address, status in [("nie-ma", 422), (hidden.slug, 422), (project.organisation.slug, 422), (named.slug, 409)]:
        answer = browser.submit(page, {"other": address})
        assert answer.status_code == status and 'href="#other"' in answer.text
    assert len(queries.partners_of(project.id)) == 1


def test_a_project_names_so_many_and_no_more(project: Project, monkeypatch: Any) -> None:
    from portal.projects.services import partners

    monkeypatch.setattr(partners, "MOST", 1)
    make_partner(project)
    with pytest.raises(Refusal) as refused:
        make_partner(project)
    assert "60" in str(refused.value.reason)


def test_a_partner_whose_profile_is_hidden_is_not_named(project: Project, client: Any) -> None:
    named = make_organisation(name="Ster na Północ")
    make_partner(project, named, status="accepted")
    change_status(named, "hidden", by=PORTAL)
    assert "Ster na Północ" not in card(client, project)


def test_a_partner_that_was_removed_meanwhile_answers_nothing(project: Project) -> None:
    partner = make_partner(project)
    services.remove_partner(partner, by=PORTAL)
    with pytest.raises(Refusal):
        services.accept_partnership(partner, by=PORTAL)


def test_a_partner_is_taken_off_the_card(project: Project, client: Any, as_person: Any) -> None:
    partner = make_partner(project, make_organisation(name="Ster na Północ"), status="accepted")
    browser = as_person(queries_owner(project))
    page = f"/pl/projects/{project.slug}/partners/{partner.id}/remove"
    assert "Ster na Północ" in browser.get(page).text
    assert browser.submit(page).status_code == 303
    assert "Ster na Północ" not in card(client, project) and browser.get(page).status_code == 404


def test_two_profiles_that_become_one_are_one_partner(app: Flask) -> None:
    owner, kept, lost = two()
    project, led = make_project(), make_project(fresh_organisation(kept))
    make_partner(project, kept)
    make_partner(project, lost, status="accepted")
    make_partner(led, lost)
    merge(kept, lost, owner)
    (partner,) = queries.partners_of(project.id)
    assert (partner.organisation_id, partner.status) == (kept.id, "accepted")
    assert not queries.partners_of(led.id), "nobody is a partner of an own project"
