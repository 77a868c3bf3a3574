"""What readers get: their language, the contact that is meant for them, nothing of drafts."""

import datetime as dt
import json
import re
from typing import Any

import pytest
import sqlalchemy as sa

from portal.ground import clock
from portal.ground.audit import AuditEntry
from portal.ground.authz import PORTAL, NotAllowed
from portal.ground.db import db, transaction
from portal.organisations import services
from portal.organisations.findable import pages
from portal.organisations.models import Organisation, OrganisationStatus
from portal.words.i18n import formats
from portal.words.search import SearchDocument
from tests.factories.organisations import fresh, make_member, make_organisation, translated
from tests.factories.people import make_person


@pytest.mark.parametrize("status", ["draft", "pending", "hidden", "suspended"])
def test_unpublished_profile_does_not_exist_for_others(app: Any, as_person: Any, status: str) -> None:
    organisation = make_organisation(name="Lipa", status=status)
    assert as_person(None).get("/bg/organisations/lipa").status_code == 404
    assert as_person(make_person()).get("/bg/organisations/lipa").status_code == 404
    assert as_person(None).get("/bg/organisations/lipa/edit").status_code == 404
    own = as_person(make_member(organisation, "editor")).get("/bg/organisations/lipa")
    assert own.status_code == 200
    assert own.headers["Cache-Control"] == "private, no-store"


def test_texts_say_their_language(app: Any, client: Any) -> None:
    organisation = make_organisation(name="Lipa", summary="Sadzimy drzewa.", description="<p>Opis.</p>")
    services.translate(
        organisation, by=PORTAL, language="bg", version=organisation.row_version,
        **translated(name="Липа", summary="Садим дървета."),
    )  # fmt: skip
    bulgarian = client.get("/bg/organisations/lipa").text
    assert re.search(r"<h1>Липа</h1>", bulgarian)
    assert '<p class="orig" lang="pl">Lipa</p>' in bulgarian
    assert '<p class="lead">Садим дървета.</p>' in bulgarian
    assert '<div class="prose flow" lang="pl"><p>Opis.</p></div>' in bulgarian
    english = client.get("/en/organisations/lipa").text
    assert '<h1 lang="pl">Lipa</h1>' in english
    assert "Shown in Polish" in english


def test_search_engines_get_the_languages_that_exist(app: Any, client: Any) -> None:
    make_organisation(name="Lipa")
    polish, english = client.get("/pl/organisations/lipa").text, client.get("/en/organisations/lipa").text
    assert '<link rel="alternate" hreflang="pl"' in polish
    assert "/pl/organisations/lipa" in re.findall(r'rel="canonical" href="([^"]+)"', english)[0]
    assert 'rel="alternate" hreflang="bg"' not in english


@pytest.mark.parametrize("person", ["visitor"])
def test_profile_costs_few_queries(app: Any, client: Any, count_queries: Any, person: str) -> None:
    make_organisation(name="Lipa", krs="123456")
    client.get("/pl/organisations/lipa")
    with count_queries() as seen:
        assert client.get("/pl/organisations/lipa").status_code == 200
    assert len(seen) <= 6, seen


def test_profile_is_cached_by_its_tag(app: Any, client: Any) -> None:
    make_organisation(name="Lipa")
    first = client.get("/pl/organisations/lipa")
    assert "Set-Cookie" not in first.headers
    again = client.get("/pl/organisations/lipa", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_search_and_sitemap_know_published_profiles_only(app: Any) -> None:
    make_organisation(name="Lipa", krs="123456")
    make_organisation(name="Szkic", status="draft")
    assert db.session.scalars(sa.select(SearchDocument.url)).all() == ["organisations/lipa"]
    assert [(page.path, page.languages) for page in pages(range(10**6))] == [("organisations/lipa", ("pl",))]


def test_old_details_say_how_old_they_are(app: Any, client: Any, frozen_clock: Any) -> None:
    make_organisation(name="Lipa")
    page = client.get("/en/organisations/lipa").text.replace("\xa0", " ")
    assert "Details confirmed: 21 November 2026" in page
    frozen_clock.shift(days=430)
    page = client.get("/en/organisations/lipa").text.replace("\xa0", " ")
    assert "Details not confirmed since: 21 November 2026" in page


def test_hide_and_show_again(app: Any, as_person: Any, client: Any) -> None:
    organisation = make_organisation(name="Lipa")
    owner = as_person(make_member(organisation, "owner"))
    assert owner.submit("/en/organisations/mine", {}, action="/en/organisations/lipa/hide").status_code == 303
    assert client.get("/en/organisations/lipa").status_code == 404
    assert owner.submit("/en/organisations/lipa", {}, action="/en/organisations/lipa/show-again").status_code == 303
    assert client.get("/en/organisations/lipa").status_code == 200


def test_suspension_tells_the_owner_why(app: Any, as_person: Any, client: Any, outbox: Any) -> None:
    from tests.factories.people import make_administrator

    owner = make_person(locale="bg")
    make_organisation(owner, name="Lipa")
    team = as_person(make_administrator())
    assert team.submit("/en/organisations/lipa/suspend", {"reason": ""}).status_code == 422
    assert team.submit("/en/organisations/lipa/suspend", {"reason": "Cudze logo."}).status_code == 303
    assert client.get("/en/organisations/lipa").status_code == 404
    outbox.deliver()
    (mail,) = outbox.to(owner.email)
    assert mail["Subject"] == "Спрян профил: Lipa"
    assert "Cudze logo." in outbox.text(mail)
    assert "Cudze logo." in as_person(owner).get("/en/organisations/lipa").text
    assert team.submit("/en/organisations/lipa", {}, action="/en/organisations/lipa/restore").status_code == 303
    assert client.get("/en/organisations/lipa").status_code == 200


def test_one_press_confirms_a_profile_and_changes_nothing_else(as_person: Any, client: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    with transaction() as session:
        session.execute(
            sa.update(Organisation).values(confirmed_at=clock.now() - dt.timedelta(days=400), updated_at=clock.now())
        )
    address = f"/en/organisations/{organisation.slug}"
    before = fresh(organisation)
    known = before.row_version, before.updated_at
    assert "Details not confirmed since: " in client.get(address).text
    assert "All is correct" not in client.get(address).text
    assert as_person(owner).submit(address, action=f"{address}/confirm").status_code == 303
    after = fresh(organisation)
    assert (after.row_version, after.updated_at) == known
    assert f"Details confirmed: {formats.date(clock.now(), 'Europe/Warsaw')}" in client.get(address).text
    verb = db.session.scalars(sa.select(AuditEntry.verb).order_by(AuditEntry.number.desc())).first()
    assert verb == "organisation.confirmed"


def test_confirming_from_the_list_leads_back_to_the_list(as_person: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    answer = as_person(owner).submit(
        "/en/organisations/mine", button="back=mine", action=f"/en/organisations/{organisation.slug}/confirm"
    )
    assert answer.headers["Location"].endswith("/organisations/mine")


def test_what_a_profile_lacks_is_told_to_those_who_write_it_only(as_person: Any, client: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner, website="https://example.org")
    address = f"/en/organisations/{organisation.slug}"
    own = as_person(owner).get(address).text
    assert "a telephone number" in own
    assert "the address of a website" not in own
    for other in (client.get(address).text, as_person(make_member(organisation, "translator")).get(address).text):
        assert "Still missing" not in other


@pytest.mark.parametrize("language", ["pl", "bg", "en"])
def test_a_visitor_reads_what_is_needed_and_comes_to_the_form_with_an_account(
    client: Any, as_person: Any, language: str
) -> None:
    form = f"/{language}/organisations/new"
    page = client.get(f"{form}/start")
    assert page.status_code == 200
    assert f'/{language}/account/sign-up?next={form}"' in page.text
    assert f'/{language}/account/sign-in?next={form}"' in page.text
    assert as_person(make_person()).get(f"{form}/start").headers["Location"] == form
    assert f'{form}/start"' in client.get(f"/{language}/").text


def test_confirming_is_asked_again_on_the_locked_profile(app: Any) -> None:
    owner, stranger = make_person(), make_person()
    organisation = make_organisation(owner)
    with pytest.raises(NotAllowed):
        services.confirm(organisation, by=stranger)
    services.change_status(organisation, OrganisationStatus.HIDDEN, by=owner)
    with pytest.raises(NotAllowed):
        services.confirm(fresh(organisation), by=owner)


def linked_data(page: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)[0])
    return found


def test_a_rich_profile_shows_all_that_it_says(app: Any, client: Any) -> None:
    make_organisation(
        name="Lipa", krs="123456", founded_year=2012, size="small", settlement_type="rural", spoken=("pl", "pso"),
        venue_access=("step-free",), sdg=("11",), target_groups=("seniors",), art4=("16",), subgroups=("1100",),
        iban="61109010140000071219812874", public_benefit=True, tax_purpose="Klub Wiedzy", website="https://lipa.example.org",
        facebook="https://facebook.com/lipa", donation="https://lipa.example.org/wplac",
    )  # fmt: skip
    page = client.get("/en/organisations/lipa").text.replace("\xa0", " ")
    for words in (
        "PL61 1090 1014 0000 0712 1981 2874", "KRS number for 1.5 per cent of tax", "Klub Wiedzy", "https://facebook.com/lipa",
        "https://lipa.example.org/wplac", "lipa.example.org<", "Polish Sign Language", "step-free entrance", "older people",
        "Sustainable cities", "rural area", "Culture and arts", "2012", "0000123456",
    ):  # fmt: skip
        assert words in page, words


def test_a_poor_profile_has_no_empty_parts(app: Any, client: Any) -> None:
    make_organisation(name="Lipa", legal_form="pl-informal")
    page = client.get("/en/organisations/lipa").text
    for words in (
        "Support us",
        "If you come to us",
        "Whom we work for",
        "Tasks and goals",
        "Details</h2>",
    ):
        assert words not in page, words


def test_search_engines_read_what_a_visitor_sees_and_the_prefixes_of_registers(app: Any, client: Any) -> None:
    organisation = make_organisation(
        name="Lipa </script><b>", krs="123456", linkedin="https://linkedin.com/company/l",
        contacts=[("email", "kontakt@lipa.example.org", "registered")],
    )  # fmt: skip
    page = client.get(f"/bg/organisations/{organisation.slug}").text
    found = linked_data(page)
    assert (found["@type"], found["name"]) == ("NGO", "Lipa </script><b>")
    assert found["identifier"] == [{"@type": "PropertyValue", "propertyID": "PL-KRS", "value": "PL-KRS-0000123456"}]
    assert found["sameAs"] == ["https://linkedin.com/company/l"]
    assert "email" not in found and "telephone" not in found
    shown = make_organisation(
        name="Buk", legal_form="xx-business", contacts=[("email", "kontakt@lipa.example.org", "public")]
    )
    found = linked_data(client.get(f"/pl/organisations/{shown.slug}").text)
    assert (found["@type"], found["email"]) == ("Organization", ["kontakt@lipa.example.org"])
