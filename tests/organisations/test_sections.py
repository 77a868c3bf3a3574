"""A profile in sections: each saved by itself, all that it says by codes, links, account and tax, and what is refused."""

from typing import Any

import pytest
import sqlalchemy as sa

from portal.declaration import profile_parts_of
from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.ground.errors import Refusal, Refusals, Stale
from portal.organisations import bank, queries, services
from portal.organisations.fields import SECTIONS
from portal.organisations.models import Identifier, Organisation, OrganisationTerm
from tests.factories.organisations import fresh, make_member, make_organisation, words
from tests.factories.people import make_person
from tests.support import markup

KRS = {"krs": "0000123456"}


def refused(organisation: Organisation, **values: Any) -> dict[str | None, str]:
    """What a save of these fields is refused with, by field, in English."""
    with pytest.raises(Refusals) as refusal:
        services.update(organisation, by=PORTAL, version=fresh(organisation).row_version, **values)
    return {part.field: str(part.reason) for part in refusal.value.parts}


def save(organisation: Organisation, **values: Any) -> None:
    services.update(organisation, by=PORTAL, version=fresh(organisation).row_version, **values)


@pytest.mark.both_engines
def test_what_a_section_does_not_ask_stays(app: Any, as_person: Any) -> None:
    organisation = make_organisation(
        name="Lipa", **KRS, sdg=("4",), spoken=("pl", "pso"), facebook="https://facebook.com/lipa", founded_year=2012
    )
    before = queries.stored(organisation)
    browser = as_person(make_member(organisation, "editor"))
    answer = browser.submit("/en/organisations/lipa/edit/groups", {"target_groups": ["seniors", "rural-residents"]})
    assert answer.status_code == 303
    after = queries.stored(fresh(organisation))
    assert after == {**before, "target_groups": ("seniors", "rural-residents")}


def test_only_the_same_section_is_stale(app: Any, as_person: Any) -> None:
    organisation = make_organisation(name="Lipa", sdg=("4",))
    editor = as_person(make_member(organisation, "editor"))
    aims, who = (editor.get(f"/en/organisations/lipa/edit/{code}") for code in ("aims", "who"))
    save(organisation, sdg=("4", "11"))
    assert editor.submit(who, {"founded_year": "1999"}).status_code == 303
    stale = editor.submit(aims, {"sdg": ["5"]})
    assert stale.status_code == 409
    assert "Sustainable cities and communities" in stale.text and "Two versions" in stale.text
    assert editor.submit(stale).status_code == 303
    assert queries.stored(fresh(organisation))["sdg"] == ("5",)
    with pytest.raises(Stale):
        services.update(organisation, by=PORTAL, version=0, sdg=("1",))


def test_a_section_of_others_is_not_there(app: Any, as_person: Any) -> None:
    owner = make_person()
    browser = as_person(owner)
    group = make_organisation(owner, legal_form="pl-informal").slug
    other = make_organisation(owner, country="BG").slug
    assert browser.get(f"/en/organisations/{group}/edit/numbers").status_code == 404
    assert browser.get(f"/en/organisations/{other}/edit/nothing").status_code == 404
    fields = {
        one.get("name")
        for section in SECTIONS
        for one in markup.parsed(browser.get(f"/en/organisations/{other}/edit/{section.code}").text).all("input")
    }
    assert {"eik", "art38", "iban"} <= fields
    assert not fields & {"krs", "nip", "regon", "art4", "public_benefit", "tax_purpose", "bip"}


def test_the_overview_lists_what_is_there_and_proposes_the_next_step(app: Any, as_person: Any) -> None:
    owner = make_person()
    make_organisation(owner, name="Lipa", summary="Sadzimy.", description="<p>Sadzimy.</p>")
    browser = as_person(owner)
    page = browser.get("/en/organisations/lipa/edit")
    links = {one.get("href") for one in markup.parsed(page.text).all("a")}
    assert {f"/en/organisations/lipa/edit/{section.code}" for section in SECTIONS} <= links
    assert {f"/en/organisations/lipa/{part}" for part in ("edit/names", "logo", "people", "networks")} <= links
    assert "Add an e-mail address, so that people can write to you." in page.text
    contacts = {"value_1": "a@lipa.example.org"}
    assert browser.submit("/en/organisations/lipa/edit/contacts", contacts).status_code == 303
    after = browser.get("/en/organisations/lipa/edit").text
    assert "Add an e-mail address" not in after and "What helps most now" in after


def test_the_overview_leaves_out_what_a_person_may_not_open(app: Any, as_person: Any) -> None:
    organisation = make_organisation(name="Lipa")
    page = as_person(make_member(organisation, "editor")).get("/en/organisations/lipa/edit").text
    assert "/en/organisations/lipa/people" not in page and "/en/organisations/lipa/logo" in page
    with app.test_request_context("/en/"):
        assert profile_parts_of(organisation) == []


@pytest.mark.both_engines
def test_terms_are_rows_that_the_directory_counts_by(app: Any) -> None:
    organisation = make_organisation(size="small", settlement_type="rural", spoken=("bg", "bqn"), art4=("1", "1a"))
    make_organisation(settlement_type="city")
    said = sa.select(OrganisationTerm.scheme, OrganisationTerm.code).where(
        OrganisationTerm.organisation_id == organisation.id
    )
    assert {(scheme, code) for scheme, code in db.session.execute(said)} == {
        ("size", "small"), ("settlement_type", "rural"), ("language", "bg"), ("language", "bqn"), ("art4", "1"), ("art4", "1a"),
    }  # fmt: skip
    save(organisation, size="", spoken=("bg",))
    assert {key: value for key, value in queries.stored(fresh(organisation)).items() if value and key in (
        "size", "spoken", "settlement_type")} == {"spoken": ("bg",), "settlement_type": "rural"}  # fmt: skip


def test_codes_of_other_lists_and_too_many_are_refused_all_at_once(app: Any) -> None:
    organisation = make_organisation(themes=["1"])
    faults = refused(
        organisation, sdg=tuple(str(number) for number in range(1, 7)), art38=("38.1.1",), target_groups=("nobody",),
        subgroups=("1100", "3100"), size="huge", spoken=("tlh",),
    )  # fmt: skip
    assert faults.keys() == {"sdg", "art38", "target_groups", "subgroups", "size", "spoken"}
    assert faults["sdg"] == "Choose at most five goals."
    assert "Health" in faults["subgroups"]


def test_tax_needs_a_number_of_the_court_register(app: Any) -> None:
    organisation = make_organisation()
    assert refused(organisation, public_benefit=True).keys() == {"public_benefit"}
    save(organisation, **KRS)
    save(organisation, public_benefit=True, tax_purpose="Klub")
    assert refused(organisation, krs="").keys() == {"public_benefit"}
    assert refused(organisation, legal_form="pl-informal").keys() == {"krs"}


@pytest.mark.parametrize(
    ("country", "typed", "stored"),
    [
        ("PL", "61 1090 1014 0000 0712 1981 2874", "PL61109010140000071219812874"),
        ("PL", "PL61109010140000071219812874", "PL61109010140000071219812874"),
        ("BG", "BG80 BNBG 9661 1020 3456 78", "BG80BNBG96611020345678"),
        ("BG", "IBAN: bg80bnbg96611020345678", "BG80BNBG96611020345678"),
    ],
)
def test_account_is_stored_in_its_normal_form(country: str, typed: str, stored: str) -> None:
    assert bank.normal(typed, country) == stored
    assert bank.normal(bank.grouped(stored), country) == stored


@pytest.mark.parametrize(
    ("country", "typed", "sentence"),
    [
        ("PL", "61 1090 1014 0000 0712 1981 2875", bank.WRONG),
        ("PL", "61 1090 1014 0000 0712 1918 2874", bank.WRONG),
        ("PL", "1234", bank.SHAPE["PL"]),
        ("PL", "DE89370400440532013000", bank.ABROAD),
        ("PL", "BG80BNBG96611020345678", bank.ABROAD),
        ("BG", "PL61109010140000071219812874", bank.ABROAD),
        ("BG", "BG80BNBG9661102034567", bank.SHAPE["BG"]),
        ("BG", "BG81BNBG96611020345678", bank.WRONG),
        ("BG", "BG80ВNВG96611020345678", bank.ALIKE),
        ("PL", "6" * 100_000, bank.SHAPE["PL"]),
    ],
)
def test_account_that_cannot_be_is_refused_with_what_to_do(country: str, typed: str, sentence: object) -> None:
    with pytest.raises(Refusal) as fault:
        bank.normal(typed, country)
    assert str(fault.value.reason) == str(sentence)


def test_every_swap_of_two_neighbours_in_an_account_is_seen() -> None:
    iban = "PL61109010140000071219812874"
    for place in range(2, len(iban) - 1):
        swapped = iban[:place] + iban[place + 1] + iban[place] + iban[place + 2 :]
        if swapped != iban:
            with pytest.raises(Refusal) as fault:
                bank.normal(swapped, "PL")
            assert str(fault.value.reason) == str(bank.WRONG)


def test_addresses_are_safe_and_on_their_site_and_old_ones_stay(app: Any) -> None:
    organisation = make_organisation()
    with transaction() as session:
        session.execute(sa.update(Organisation).values(website="http://lipa.example.org"))
    faults = refused(
        organisation, facebook="https://example.org/lipa", donation="http://lipa.example.org/wplac",
        youtube="https://youtube.com.example.org/", website="http://lipa.example.org/nowa",
    )  # fmt: skip
    assert faults.keys() == {"facebook", "donation", "youtube", "website"}
    assert "facebook.com" in faults["facebook"]
    save(organisation, founded_year=2001)
    save(organisation, website="http://lipa.example.org", facebook="https://pl-pl.facebook.com/lipa")
    assert queries.stored(fresh(organisation))["facebook"] == "https://pl-pl.facebook.com/lipa"
    save(organisation, facebook="")
    assert queries.stored(fresh(organisation))["facebook"] == ""
    for nothing in ("lipa", "https://exаmple.org", "javascript:alert(1)", "https://" + "a" * 3000):
        assert refused(organisation, mastodon=nothing).keys() == {"mastodon"}


@pytest.mark.both_engines
def test_a_retired_number_is_nobodys_and_still_found(app: Any) -> None:
    merged = make_organisation(name="Lipa", status="draft", **KRS)
    with transaction() as session:
        session.execute(sa.update(Identifier).values(retired=True))
    assert queries.identifiers_of(merged) == {}
    taker = make_organisation(**KRS)
    assert queries.with_identifier("PL-KRS", "0000123456") == taker.id
    again = {"organisation_id": taker.id, "scheme": "PL-KRS", "value": "0000123456"}
    for values in (again, {**again, "organisation_id": merged.id}, {**again, "value": "0000999999"}):
        with pytest.raises(sa.exc.IntegrityError), transaction() as session:
            session.execute(sa.insert(Identifier).values(**values))
    with transaction() as session:
        session.execute(sa.insert(Identifier).values(**again, retired=True))
    services.update(taker, by=PORTAL, version=fresh(taker).row_version, **words(name="Nowa", krs=""))
    kept = db.session.scalars(sa.select(Identifier.retired).where(Identifier.organisation_id == taker.id)).all()
    assert kept == [True]
