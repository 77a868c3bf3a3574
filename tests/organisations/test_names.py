"""Other names of an organisation: found and never shown, ten at most; a name that another organisation has."""

from typing import Any

import pytest

from portal.ground.authz import PORTAL, NotAllowed
from portal.ground.db import db
from portal.ground.errors import Refusal, Refusals
from portal.organisations import queries, services
from portal.organisations.models import KIND
from portal.words import search
from tests.factories.organisations import fresh, make_member, make_organisation, words
from tests.factories.people import make_person


def found(query: str) -> list[int]:
    return list(db.session.scalars(search.matching_ids(query, KIND)))


@pytest.mark.both_engines
def test_a_former_name_is_found_and_never_shown(app: Any, as_person: Any, client: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner, name="Lipa")
    browser, page = as_person(owner), "/en/organisations/lipa/edit/names"
    given = {"text": "Towarzystwo Krzewienia Żurawi", "kind": "former", "until_year": "2011", "language": "pl"}
    assert browser.submit(page, given).status_code == 303
    assert found("krzewienia zurawi") == [organisation.id]
    assert "Żurawi" not in client.get("/pl/organisations/lipa").text
    assert "Żurawi" not in client.get("/pl/organisations?q=krzewienia+zurawi").text.partition("<main")[2].replace(
        'value="krzewienia zurawi"', ""
    )
    shown = browser.get(page)
    assert "Towarzystwo Krzewienia Żurawi" in shown.text and "until 2011" in shown.text
    (name,) = queries.names_of(organisation)
    assert browser.submit(shown, {}, action=f"{page}/{name.id}/remove").status_code == 303
    assert found("krzewienia zurawi") == []


def test_name_and_town_in_the_warning_are_words_and_no_markup(app: Any, as_person: Any) -> None:
    """Whoever gives a profile a common name could else write into the page of everybody who takes that name."""
    make_organisation(name="Lipa <i>a</i>", town="<form action=//evil.example>Zgierz")
    owner = make_person()
    make_organisation(owner, name="Buk")
    answer = as_person(owner).submit("/en/organisations/buk/edit/names", {"text": "Lipa <i>a</i>", "kind": "short"})
    assert answer.status_code == 422
    assert "<form action=//" not in answer.text and "<i>" not in answer.text
    assert answer.text.count("&lt;form action=//evil.example&gt;Zgierz") == 2  # above the form and at its field


def test_names_end_at_ten_and_are_there_once(app: Any) -> None:
    organisation = make_organisation(name="Lipa")
    for number in range(services.MOST_NAMES):
        services.add_name(organisation, by=PORTAL, kind="alias", text=f"Lipka {number}")
    with pytest.raises(Refusal) as refused:
        services.add_name(organisation, by=PORTAL, kind="alias", text="Jedenasta")
    assert refused.value.field == "text" and len(queries.names_of(organisation)) == 10
    other = make_organisation(name="Buk")
    services.add_name(other, by=PORTAL, kind="short", text="BK")
    for text in ("BUK", "bk"):
        with pytest.raises(Refusal) as refused:
            services.add_name(other, by=PORTAL, kind="short", text=text)
        assert refused.value.field == "text"


def test_all_that_is_wrong_with_a_name_is_told_at_once(app: Any) -> None:
    with pytest.raises(Refusals) as refused:
        services.add_name(make_organisation(), by=PORTAL, kind="nick", text="!!", language="de", until_year=1500)
    assert [part.field for part in refused.value.parts] == ["kind", "text", "language", "until_year"]
    for text, year in (("", 1499), ("a" * 201, 9999)):
        with pytest.raises(Refusals) as refused:
            services.add_name(make_organisation(), by=PORTAL, kind="former", text=text, until_year=year)
        assert [part.field for part in refused.value.parts] == ["text", "until_year"]


def test_only_who_edits_the_profile_takes_a_name_away(app: Any, as_person: Any) -> None:
    organisation = make_organisation(name="Lipa")
    name = services.add_name(organisation, by=PORTAL, kind="short", text="LP")
    with pytest.raises(NotAllowed):
        services.remove_name(name, by=make_member(organisation, "translator"))
    make_organisation(name="Buk")
    editor = as_person(make_member(organisation, "editor"))
    assert editor.post(f"/en/organisations/buk/edit/names/{name.id}/remove").status_code == 404
    assert len(queries.names_of(organisation)) == 1
    services.remove_name(name, by=PORTAL)
    services.remove_name(name, by=PORTAL)  # somebody else was first
    assert queries.names_of(organisation) == []


@pytest.mark.parametrize(
    "typed", ["Stowarzyszenie Żółta Lipa", "STOWARZYSZENIE „ŻÓŁTA LIPA”", "stowarzyszenie zolta lipa"]
)
def test_a_new_profile_with_the_name_of_another_is_warned_and_can_be_passed(
    app: Any, as_person: Any, typed: str
) -> None:
    make_organisation(name="Stowarzyszenie Żółta Lipa", town="Łęczyca")
    browser = as_person(make_person())
    given = {"name": typed, "legal_form": "pl-assoc", "town": "Łódź", "region": "PL-10", "themes": ["1"]}
    warned = browser.submit("/en/organisations/new?kind=pl-registered", given)
    assert warned.status_code == 422
    assert "Stowarzyszenie Żółta Lipa (Łęczyca)" in warned.text.replace("\xa0", " ")
    assert browser.submit(warned, {"is_another": "y"}).status_code == 303
    assert queries.by_slug("stowarzyszenie-zolta-lipa-2") is not None


def test_the_former_name_of_another_and_a_draft(app: Any) -> None:
    """A name that another had is a likely double too; of a draft nobody is told."""
    known = make_organisation(name="Lipa")
    services.add_name(known, by=PORTAL, kind="former", text="Koło Żurawi")
    make_organisation(name="Tajny Szkic", status="draft")
    make = {"by": make_person(), "language": "pl", "country": "PL", "is_another": False}
    with pytest.raises(Refusal) as refused:
        services.create(**make, **words(name="koło żurawi"))
    assert refused.value.field == "is_another"
    assert services.create(**make, **words(name="Tajny Szkic")).id


def test_renaming_is_warned_and_saving_the_own_name_is_not(app: Any) -> None:
    make_organisation(name="Lipa")
    other = make_organisation(name="Lipa")
    assert queries.named_alike("Lipa", "pl", besides=other.id) is not None
    services.update(other, by=PORTAL, version=other.row_version, is_another=False, founded_year=2001)
    renamed = make_organisation(name="Buk")
    with pytest.raises(Refusal) as refused:
        services.update(renamed, by=PORTAL, version=renamed.row_version, is_another=False, name="LIPA")
    assert refused.value.field == "is_another" and fresh(renamed).name.source == "Buk"
