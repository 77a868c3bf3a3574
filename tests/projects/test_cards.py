"""A card from the first draft to the site: sections, money, languages, history."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal, Refusals, Stale
from portal.projects import queries, services
from portal.projects.amounts import Amount
from portal.projects.models import Project
from portal.revisions.models import Revision
from tests.factories.networks import make_application, make_network
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_person
from tests.factories.projects import NEW, fresh, make_project


@pytest.fixture
def organisation(app: Flask, frozen_clock: Any) -> Any:
    return make_organisation(town="Elbląg", region="PL-28")


@pytest.fixture
def editor(as_person: Any, organisation: Any) -> Any:
    return as_person(make_member(organisation, "editor"))


def begin(editor: Any, organisation: Any, **changes: str) -> Any:
    return editor.submit(f"/pl/organisations/{organisation.slug}/projects/new", {**NEW, **changes})


def test_a_card_is_made_written_in_sections_and_published(editor: Any, organisation: Any, client: Any) -> None:
    assert begin(editor, organisation).location.endswith("/pl/projects/kuznia-ekspertow/manage")
    base = "/pl/projects/kuznia-ekspertow"
    assert client.get(base).status_code == 404
    money = {"cost": "137 476,00", "cost_currency": "EUR", "subsidy": "137476", "subsidy_currency": "EUR"}
    assert editor.submit(f"{base}/edit/time", money).status_code == 303
    assert editor.submit(f"{base}/edit/what", {"areas": ["civic-sector"]}).status_code == 303
    whom = {"reach": "regional", "other_partners": "Uniwersytet Ludowy w Pasłęku"}
    assert editor.submit(f"{base}/edit/whom", whom).status_code == 303
    assert editor.submit(f"{base}/edit/story", {"problem": "<p>Potrzeba.</p>"}).status_code == 303
    funder = {"funder": "Fundusz", "funder_words": "Za treść odpowiada realizator."}
    assert editor.submit(f"{base}/edit/funder", funder).status_code == 303
    assert editor.submit(f"{base}/publish").status_code == 303
    page = client.get(base).text
    shown = [
        "Obszar wsparcia", "Miejscowość (siedziba)", "Województwo (siedziba)", "Partnerzy", "Okres realizacji", "Status",
        "Koszt projektu", "Dotacja", "Zasięg",
    ]  # fmt: skip
    places = [page.index(f"<dt>{label}</dt>") for label in shown]
    assert places == sorted(places)
    for words in (
        "rozwój sektora obywatelskiego",
        "Elbląg",
        "warmińsko-mazurskie",
        "Uniwersytet Ludowy",
        "regionalny" * 0,
    ):
        assert words in page
    assert "137 476" in page.replace("\xa0", " ") and "w trakcie realizacji" in page
    assert "Typy działań" not in page and "Grupy docelowe" not in page, "an empty label is shown"
    assert "Potrzeba." in page and "Za treść odpowiada realizator." in page


def test_what_a_project_cannot_say_is_refused_at_once(editor: Any, organisation: Any) -> None:
    refused = begin(editor, organisation, ends_on="2025-12-31")
    assert refused.status_code == 422 and "skończyłby się, zanim się zacznie" in refused.text
    assert 'value="Kuźnia Ekspertów"' in refused.text
    begin(editor, organisation)
    edit = "/pl/projects/kuznia-ekspertow/edit/time"
    for given, field in [
        ({"cost": "100"}, "cost_currency"),
        ({"cost_currency": "EUR"}, "cost"),
        ({"cost": "-1", "cost_currency": "EUR"}, "cost"),
        ({"cost": "10", "cost_currency": "EUR", "subsidy": "11", "subsidy_currency": "EUR"}, "subsidy"),
        ({"ends_on": "2026-02-30"}, "ends_on"),
    ]:
        answer = editor.submit(edit, given)
        assert answer.status_code == 422 and f'href="#{field}' in answer.text, given
    two = {"cost": "10", "cost_currency": "EUR", "subsidy": "40", "subsidy_currency": "PLN"}
    assert editor.submit(edit, two).status_code == 303, "amounts of two currencies cannot be compared"


@pytest.mark.both_engines
def test_money_is_kept_to_the_cent(app: Flask) -> None:
    project = make_project(cost=Decimal("99999999999.99"), cost_currency="PLN")
    assert project.cost == Decimal("99999999999.99")
    assert db.session.scalar(sa.text("SELECT cost FROM project")) == 9_999_999_999_999
    with pytest.raises(ValueError, match="decimals"):
        Amount().process_bind_param(Decimal("1.005"), db.engine.dialect)


@pytest.mark.both_engines
@pytest.mark.parametrize(
    "wrong",
    [
        "ends_on = '2025-01-01'",
        "cost = 5",
        "cost_currency = 'EUR'",
        "cost = -5, cost_currency = 'EUR'",
        "state = 'lost'",
    ],
)
def test_the_database_refuses_what_no_card_says(app: Flask, wrong: str) -> None:
    make_project(state="draft")
    with pytest.raises(sa.exc.IntegrityError), transaction() as session:
        session.execute(sa.text(f"UPDATE project SET {wrong}"))


def test_stage_follows_the_days(app: Flask, frozen_clock: Any) -> None:
    project = make_project()
    for day, stage in [
        ("2025-12-31", "planned"),
        ("2026-01-01", "running"),
        ("2026-12-31", "running"),
        ("2027-01-01", "finished"),
    ]:
        frozen_clock.set(dt.datetime.fromisoformat(f"{day}T12:00+00:00"))
        assert project.stage == stage


def test_a_text_without_translation_says_its_language(app: Flask, client: Any) -> None:
    project = make_project(title="Kuźnia", summary="Szkolenia.", problem="<p>Potrzeba.</p>")
    page = client.get(f"/bg/projects/{project.slug}").text
    assert '<h1 lang="pl">' in page and "Съдържание на език: полски" in page
    project = fresh(project)
    services.translate_project(
        project, version=project.row_version, language="bg", by=_owner(project),
        **{**_texts(project, "bg"), "title": "Ковачница"},
    )  # fmt: skip
    page = client.get(f"/bg/projects/{project.slug}").text
    assert "<h1>" in page and "Ковачница" in page and '<div class="prose flow" lang="pl">' in page


def _texts(project: Project, language: str) -> dict[str, Any]:
    from portal.projects.fields import PROJECT

    return PROJECT.texts.read(project, language)


def _owner(project: Project) -> Any:
    from portal.organisations.queries import owners_of

    return owners_of(project.organisation)[0]


def test_the_network_of_a_project_is_one_of_its_organisation(app: Flask, as_person: Any) -> None:
    owner, coordinator = make_person(), make_person()
    organisation, network = make_organisation(owner), make_network(coordinators=(coordinator,))
    project = make_project(organisation, by=owner)
    with pytest.raises(Refusals):
        _network(project, network.id, owner)
    make_application(network, organisation, owner, status="active")
    _network(project, network.id, owner)
    assert as_person(coordinator).get(f"/pl/projects/{project.slug}/edit/what").status_code == 200


def _network(project: Project, number: int, by: Any) -> None:
    project = fresh(project)
    values = {"title": "Kuźnia", "summary": "", "areas": (), "network": number}
    services.update_project(project, version=project.row_version, by=by, **values)


def test_an_earlier_version_comes_back_as_a_new_one(app: Flask, as_person: Any) -> None:
    owner = make_person()
    project = make_project(make_organisation(owner), by=owner, title="Kuźnia")
    browser, base = as_person(owner), f"/pl/projects/{project.slug}"
    assert browser.submit(f"{base}/edit/what", {"title": "Warsztat"}).status_code == 303
    assert "Kuźnia" in browser.get(f"{base}/history/2").text
    assert browser.submit(f"{base}/history/1/restore").status_code == 303
    assert fresh(project).title.source == "Kuźnia"
    with pytest.raises(Conflict):
        services.restore_version(project, n=3, version=fresh(project).row_version, by=owner)
    with pytest.raises(Conflict):
        services.restore_version(project, n=9, version=fresh(project).row_version, by=owner)
    with pytest.raises(Stale):
        services.restore_version(project, n=2, version=0, by=owner)


def test_only_a_draft_is_deleted(app: Flask, as_person: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    draft, public = (make_project(organisation, state=state, by=owner) for state in ("draft", "withdrawn"))
    browser, number = as_person(owner), draft.id
    assert browser.submit(f"/pl/projects/{draft.slug}/delete").status_code == 303
    assert queries.find(number) is None
    assert browser.get(f"/pl/projects/{public.slug}/delete").status_code == 403
    with pytest.raises(Refusal) as refused:
        services.delete_project(public, by=owner)
    assert "Only drafts" in str(refused.value.reason)


def test_own_projects_and_translations_are_found_where_they_are_written(app: Flask, as_person: Any) -> None:
    owner = make_person()
    project = make_project(make_organisation(owner), state="draft", by=owner, title="Kuźnia")
    browser = as_person(owner)
    assert f"/pl/projects/{project.slug}/manage" in browser.get("/pl/projects/mine").text
    assert browser.submit(f"/pl/projects/{project.slug}/translate?to=en", {"title": "Forge"}).status_code == 303
    assert fresh(project).title.get("en") == "Forge"
    for wrong in ("?to=pl", "?to=xx", ""):
        assert browser.get(f"/pl/projects/{project.slug}/translate{wrong}").status_code == 404
    assert browser.get(f"/pl/projects/{project.slug}/edit/nothing").status_code == 404


def test_a_version_that_says_what_is_not_offered_any_more_stays_where_it_is(app: Flask) -> None:
    owner = make_person()
    project = make_project(make_organisation(owner), by=owner, areas=("democracy",), title="Kuźnia")
    translated = {**_texts(project, "en"), "title": "Forge"}
    services.translate_project(project, version=fresh(project).row_version, language="en", by=owner, **translated)
    _network_free(fresh(project), owner)
    services.restore_version(project, n=1, version=fresh(project).row_version, by=owner)
    assert (fresh(project).title.get("en"), fresh(project).areas) == ("", "democracy")
    with transaction() as session:
        kept = session.scalars(sa.select(Revision).where(Revision.kind == "project", Revision.n == 1)).one()
        kept.data = {**kept.data, "areas": ["gone"]}
    with pytest.raises(Refusals) as refused:
        services.restore_version(project, n=1, version=fresh(project).row_version, by=owner)
    assert "Area of support" in str(refused.value.parts[0].reason)


def _network_free(project: Project, by: Any) -> None:
    values: dict[str, Any] = {"title": "Warsztat", "summary": "", "areas": ("health-sport",), "network": None}
    services.update_project(project, version=project.row_version, by=by, **values)


def test_what_was_deleted_meanwhile_is_told(app: Flask) -> None:
    owner = make_person()
    project = make_project(make_organisation(owner), state="draft", by=owner)
    seen = queries.find(project.id)
    assert seen is not None
    number = seen.id
    services.delete_project(project, by=owner)
    with pytest.raises(Refusal) as refused:
        services.publish_project(Project(id=number), by=owner)
    assert "no longer exists" in str(refused.value.reason)


def test_a_card_waits_for_the_profile_of_its_organisation(app: Flask) -> None:
    from portal.ground.authz import PORTAL
    from portal.organisations.services import change_status

    owner = make_person()
    organisation = make_organisation(owner)
    project = make_project(organisation, state="draft", by=owner)
    change_status(organisation, "hidden", by=PORTAL)
    with pytest.raises(Refusal) as refused:
        services.publish_project(project, by=owner)
    assert "not public" in str(refused.value.reason)


def test_too_many_other_partners_are_refused(app: Flask, as_person: Any) -> None:
    owner = make_person()
    project = make_project(make_organisation(owner), by=owner)
    names = "\n".join(f"Biblioteka {n}" for n in range(31))
    answer = as_person(owner).submit(f"/pl/projects/{project.slug}/edit/whom", {"other_partners": names})
    assert answer.status_code == 422 and 'href="#other_partners"' in answer.text and "Biblioteka 30" in answer.text
