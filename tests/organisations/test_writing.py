"""Making a profile, editing it, two people at once, translating it."""

from typing import Any

import pytest
from sqlalchemy import select

from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.ground.errors import Conflict, Refusal, Refusals, Stale
from portal.organisations import queries, services
from portal.organisations.models import Organisation, OrganisationStatus
from tests.factories.organisations import fresh, make_member, make_organisation, translated, words
from tests.factories.people import make_person
from tests.support import markup

NEW = "/en/organisations/new?kind=pl-registered"
FILLED = {
    "name": "Stowarzyszenie Łączka", "legal_form": "pl-assoc", "town": "Łódź", "region": "PL-10",
    "themes": ["1", "5"], "summary": "Łąki kwietne.", "language": "pl",
}  # fmt: skip


def test_new_organisation_belongs_to_whoever_makes_it(app: Any, as_person: Any) -> None:
    person = make_person()
    browser = as_person(person)
    answer = browser.submit(NEW, FILLED)
    assert answer.status_code == 303
    page = browser.follow(answer)
    assert "This is a draft" in page.text
    organisation = queries.by_slug("stowarzyszenie-laczka")
    assert organisation is not None
    assert organisation.status == OrganisationStatus.DRAFT
    assert queries.roles_in(person, organisation) == {"owner"}
    assert organisation.name.original == "pl"
    edit = f"/en/organisations/{organisation.slug}/edit"
    assert browser.submit(f"{edit}/numbers", {"krs": "123456"}).status_code == 303
    assert browser.submit(f"{edit}/work", {"description": "Pierwszy akapit.\n\nDrugi."}).status_code == 303
    assert queries.identifiers_of(organisation) == {"PL-KRS": "0000123456"}
    assert fresh(organisation).description.get("pl") == "<p>Pierwszy akapit.</p><p>Drugi.</p>"


def test_informal_group_needs_no_number(app: Any, as_person: Any) -> None:
    browser = as_person(make_person())
    page = browser.get("/bg/organisations/new?kind=bg-informal")
    assert 'name="eik"' not in page.text
    answer = browser.submit(
        page, {"name": "Зорница", "legal_form": "bg-informal", "town": "Върбино", "region": "BG-24", "themes": ["1"]}
    )
    assert answer.status_code == 303
    organisation = queries.by_slug("zornitsa")
    assert organisation is not None and organisation.informal and organisation.name.original == "bg"


def test_a_phone_shows_the_keys_that_fit_and_the_browser_fills_in_what_it_knows(app: Any, as_person: Any) -> None:
    owner = make_person()
    edit = f"/en/organisations/{make_organisation(owner).slug}/edit"
    browser = as_person(owner)
    pages = [markup.parsed(browser.get(f"{edit}/{section}").text) for section in ("who", "numbers", "contact", "place")]
    said = {one.get("name"): one for form in pages for one in form.all("input")}
    assert {name for name, one in said.items() if one.get("inputmode") == "numeric"} == {
        "founded_year", "krs", "nip", "regon",
    }  # fmt: skip
    assert said["town"].get("autocomplete") == "address-level2"


def test_new_without_a_kind_asks_for_it(app: Any, as_person: Any) -> None:
    page = as_person(make_person()).get("/pl/organisations/new")
    assert page.text.count("kind=") >= 4


def test_new_asks_visitors_to_sign_in(client: Any) -> None:
    assert client.get("/en/organisations/new").status_code == 303


def test_all_faults_are_told_at_once_and_nothing_is_lost(app: Any, as_person: Any) -> None:
    owner = make_person()
    browser = as_person(owner)
    answer = browser.submit(NEW, {"name": "", "town": "", "summary": "Zostaje." + "x" * 293})
    assert answer.status_code == 422
    for sentence in ("Enter the name of the organisation or group.", "Enter the town or village.", "Choose one to five themes.",
                     "1 character too long"):  # fmt: skip
        assert sentence in answer.text
    assert "Zostaje." in answer.text
    edit = f"/en/organisations/{make_organisation(owner).slug}/edit"
    answer = browser.submit(f"{edit}/numbers", {"krs": "5260001246", "nip": "5260000012", "regon": "121112103"})
    assert answer.status_code == 422
    for sentence in ("This looks like a NIP.", "The last digit does not match.", "This looks like a Bulgarian EIK."):
        assert sentence in answer.text
    assert "5260001246" in answer.text and "5260000012" in answer.text and "121112103" in answer.text
    answer = browser.submit(f"{edit}/who", {"founded_year": "3000", "name": "Zmieniona"})
    assert answer.status_code == 422 and "Enter a year that has begun" in answer.text and "Zmieniona" in answer.text


def test_a_website_that_passes_for_another_is_refused(app: Any, as_person: Any) -> None:
    owner = make_person()
    browser, edit = as_person(owner), f"/en/organisations/{make_organisation(owner).slug}/edit"
    answer = browser.submit(f"{edit}/links", {"website": "https://exаmple.org"})
    assert answer.status_code == 422 and "letters of another alphabet" in answer.text


def test_a_website_with_a_blank_is_kept_as_browsers_open_it(app: Any, as_person: Any) -> None:
    owner = make_person()
    edit = f"/en/organisations/{make_organisation(owner).slug}/edit"
    as_person(owner).submit(f"{edit}/links", {"website": " https://example.org/o nas "})
    assert db.session.scalars(select(Organisation.website)).all() == ["https://example.org/o%20nas"]


@pytest.mark.parametrize("name", ["\u200b\u202e", "!!!", "a" * 10_000, "\x00", "\ufeff"])
def test_name_of_hostile_characters_is_refused(app: Any, as_person: Any, name: str) -> None:
    answer = as_person(make_person()).submit(NEW, {**FILLED, "name": name})
    assert answer.status_code == 422


def test_a_name_without_a_letter_is_told_what_it_needs(app: Any, as_person: Any) -> None:
    answer = as_person(make_person()).submit(NEW, {**FILLED, "name": "👩‍👧‍👦 🌳"})
    assert answer.status_code == 422
    assert "The name needs at least one letter or digit." in answer.text
    assert "Enter the name of the organisation or group." not in answer.text


def test_number_of_another_profile_is_refused(app: Any) -> None:
    make_organisation(krs="123456")
    with pytest.raises(Refusals) as refused:
        services.create(by=make_person(), language="pl", country="PL", **words(krs="0000123456"))
    assert [part.field for part in refused.value.parts] == ["krs"]


def test_number_of_an_informal_group_is_refused(app: Any) -> None:
    with pytest.raises(Refusals) as refused:
        services.create(by=make_person(), language="pl", country="PL", **words(legal_form="pl-informal", krs="1"))
    assert [part.field for part in refused.value.parts] == ["krs"]


def test_region_of_the_other_country_is_refused(app: Any) -> None:
    with pytest.raises(Refusals) as refused:
        services.create(by=make_person(), language="pl", country="PL", **words(region="BG-24", themes=["99"]))
    assert [part.field for part in refused.value.parts] == ["region", "themes"]


def test_editor_saves_and_everybody_reads_it(app: Any, as_person: Any, client: Any) -> None:
    organisation = make_organisation(name="Stara nazwa")
    editor = make_member(organisation, "editor")
    answer = as_person(editor).submit("/en/organisations/stara-nazwa/edit/who", {"name": "Nowa nazwa"})
    assert answer.status_code == 303
    assert "Nowa nazwa" in client.get("/pl/organisations/nowa-nazwa").text
    moved = client.get("/pl/organisations/stara-nazwa")
    assert moved.status_code == 301
    assert moved.location.endswith("/pl/organisations/nowa-nazwa")


def test_address_of_a_former_name_is_not_given_to_another(app: Any) -> None:
    organisation = make_organisation(name="Stara nazwa")
    services.update(organisation, by=PORTAL, version=organisation.row_version, **words(name="Nowa nazwa"))
    assert make_organisation(name="Stara nazwa").slug == "stara-nazwa-2"
    renamed = fresh(organisation)
    services.update(renamed, by=PORTAL, version=renamed.row_version, **words(name="Stara nazwa"))
    assert fresh(organisation).slug == "stara-nazwa"
    found = queries.by_former_slug("nowa-nazwa")
    assert found is not None and found.id == organisation.id


@pytest.mark.parametrize("name", ["New", "Mine", "Invitations"])
def test_name_that_is_a_path_word_gets_another_address(app: Any, client: Any, name: str) -> None:
    organisation = make_organisation(name=name)
    assert organisation.slug not in ("new", "mine", "invitations")
    assert client.get(f"/en/organisations/{organisation.slug}").status_code == 200


def test_stale_edit_shows_both_versions(app: Any, as_person: Any) -> None:
    organisation = make_organisation(name="Lipa", summary="Pierwsze.")
    editor = make_member(organisation, "editor")
    browser = as_person(editor)
    open_form = browser.get("/en/organisations/lipa/edit/work")
    services.update(
        organisation, by=editor, version=organisation.row_version, **words(name="Lipa", summary="Ich tekst.")
    )
    answer = browser.submit(open_form, {"summary": "Mój tekst."})
    assert answer.status_code == 409
    assert "Ich tekst." in answer.text and "Mój tekst." in answer.text
    assert browser.submit(answer, {"summary": "Razem."}).status_code == 303
    assert fresh(organisation).summary.get("pl") == "Razem."


def test_stale_translation_is_refused(app: Any) -> None:
    organisation = make_organisation()
    with pytest.raises(Stale) as refused:
        services.translate(organisation, by=PORTAL, language="bg", version=99, **translated(name="А"))
    assert refused.value.version == organisation.row_version


def test_translation_is_shown_with_its_language(app: Any, as_person: Any, client: Any) -> None:
    organisation = make_organisation(name="Lipa", summary="Sadzimy drzewa.", description="<p>Opis.</p>")
    translator = make_member(organisation, "translator")
    before = client.get("/bg/organisations/lipa")
    assert '<div class="prose flow" lang="pl">' in before.text
    browser = as_person(translator)
    answer = browser.submit(
        "/bg/organisations/lipa/translate/bg", {"summary": "Садим дървета.", "description": "Описание."}
    )
    assert answer.status_code == 303
    after = client.get("/bg/organisations/lipa")
    assert "Садим дървета." in after.text and "<p>Описание.</p>" in after.text
    assert '<div class="prose flow">' in after.text
    assert "Sadzimy drzewa." in client.get("/en/organisations/lipa").text


def test_changed_original_makes_translations_older(app: Any, as_person: Any, client: Any) -> None:
    organisation = make_organisation(name="Lipa", summary="Sadzimy drzewa.")
    owner = make_member(organisation, "owner")
    given = translated(summary="Садим дървета.")
    services.translate(organisation, by=owner, language="bg", version=organisation.row_version, **given)
    current = fresh(organisation)
    services.update(current, by=owner, version=current.row_version, **words(name="Lipa", summary="Sadzimy lipy."))
    assert fresh(organisation).summary.is_outdated("bg")
    browser = as_person(owner)
    assert browser.submit("/en/organisations/lipa/translate/bg", {"name": ""}).status_code == 303
    assert fresh(organisation).summary.is_outdated("bg")
    assert browser.submit("/en/organisations/lipa/translate/bg", {"compared": "y"}).status_code == 303
    assert not fresh(organisation).summary.is_outdated("bg")
    assert browser.submit("/en/organisations/lipa/translate/bg", {"summary": ""}).status_code == 303
    assert fresh(organisation).summary.languages == ("pl",)


def test_own_language_is_not_a_translation(app: Any, as_person: Any) -> None:
    organisation = make_organisation(name="Lipa")
    browser = as_person(make_member(organisation, "owner"))
    assert browser.get("/en/organisations/lipa/translate/pl").status_code == 404


def test_text_stays_clean_whatever_is_sent(app: Any) -> None:
    organisation = make_organisation(description='<p onclick="x()">Tekst<script>alert(1)</script></p>')
    assert organisation.description.get("pl") == "<p>Tekst</p>"


def test_status_changes_only_along_its_ways(app: Any) -> None:
    organisation = make_organisation(status="draft")
    with pytest.raises(Conflict):
        services.change_status(organisation, OrganisationStatus.PUBLISHED, by=PORTAL)
    for status in set(OrganisationStatus) - {OrganisationStatus.MERGED}:  # which only a merge makes
        for other in OrganisationStatus:
            if any(services.PROFILES.ways(status, other)):
                continue
            with pytest.raises(Conflict):
                services.change_status(make_organisation(status=status), other, by=PORTAL, reason="x")


def test_what_is_taken_from_the_directory_by_others_has_a_reason(app: Any) -> None:
    for status in ("published", "hidden"):
        with pytest.raises(Refusal) as refused:
            services.change_status(
                make_organisation(status=status), OrganisationStatus.SUSPENDED, by=PORTAL, reason=" "
            )
        assert refused.value.field == "reason"
