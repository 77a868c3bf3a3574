"""Seat and areas of work: looked for without a script, nothing typed lost, found by the search."""

from typing import Any

import pytest
import sqlalchemy as sa

from portal.areas.services import import_lists
from portal.areas.sources import read
from portal.ground import clock
from portal.ground.authz import NotAllowed
from portal.ground.checks import run
from portal.ground.db import db, transaction
from portal.ground.errors import Refusals, Stale
from portal.organisations import queries, services
from portal.organisations.invariants import checks
from portal.organisations.models import Organisation, OrganisationArea
from portal.organisations.queries import Filters
from portal.words.tables import read_file
from tests.factories.areas import OBSHTINI, TERC, area, load_demo_areas
from tests.factories.organisations import fresh, make_member, make_organisation, words
from tests.factories.people import make_person
from tests.support import markup


@pytest.fixture(autouse=True)
def demo(app: Any) -> None:
    load_demo_areas()


def page_of(organisation: Organisation, language: str = "en") -> str:
    return f"/{language}/organisations/{organisation.slug}/edit/areas"


def offered(page: Any, name: str) -> list[str]:
    """The values of the answers to choose from."""
    return [one.get("value", "") for one in markup.parsed(page.text).all("input") if one.get("name") == name]


def held(organisation: Organisation) -> tuple[str, list[str]]:
    found = queries.areas_of(fresh(organisation))
    return found.seat_code, found.work_codes


def set_areas(organisation: Organisation, by: Any, seat: str = "", works: tuple[str, ...] = ()) -> None:
    services.set_areas(organisation, by=by, version=fresh(organisation).row_version, seat=seat, works=works)


def found_by(query: str) -> list[str]:
    filters = Filters(query)
    return [one.name.source for one in queries.Found(filters).listed(offset=0)]


def test_editor_looks_for_places_one_after_the_other_and_saves_them_all(as_person: Any) -> None:
    editor = make_person()
    organisation = make_organisation(editor, town="Brzeziny")
    browser = as_person(editor)
    page = browser.get(page_of(organisation))
    assert {"102101", "102102"} <= set(offered(page, "seat"))  # by the town of the profile
    assert "300702" not in page.text  # is in another region
    page = browser.submit(page, {"seat": "102102", "works_words": "kazanlak"}, button="act=look")
    assert page.status_code == 422 and "1 place found" in page.text
    assert held(organisation) == ("", [])
    page = browser.submit(page, {"works": ["SZR12"], "works_words": "łódzkie"}, button="act=look")
    assert set(offered(page, "works")) >= {"PL", "SZR12", "PL-10"}
    answer = browser.submit(page, {"works": ["SZR12", "PL-10"]})
    assert answer.status_code == 303
    assert held(organisation) == ("102102", ["SZR12", "PL-10"])
    shown = browser.follow(answer)
    assert '<span lang="pl">Brzeziny</span> commune, <span lang="pl">brzeziński</span> County, Łódź' in shown.text


def test_words_that_find_nothing_or_of_which_nothing_is_chosen_are_told_together(as_person: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    browser = as_person(owner)
    page = browser.submit(page_of(organisation), {"seat_words": "Nigdzie Wielkie", "works_words": "Brzeziny"})
    assert page.status_code == 422
    assert "No municipality of the region is called so (Łódź)" in page.text
    assert "Choose one of the places found, or empty this field." in page.text
    assert 'value="Nigdzie Wielkie"' in page.text and 'value="Brzeziny"' in page.text
    assert {"102101", "102102", "300702"} <= set(offered(page, "works"))
    assert held(organisation) == ("", [])


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"seat": "999999"}, "Choose one of the answers"), ({"works": ["XX", "\0", "a" * 5000]}, "Choose one of the answers"),
        ({"seat_words": "x" * 101}, "100"), ({"works": ["PL", "100103"], "works_words": "druzbice"}, "Keep one of the two"),
    ],
)  # fmt: skip
def test_bad_input_gets_a_sentence_and_changes_nothing(as_person: Any, sent: dict[str, Any], says: str) -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    page = as_person(owner).submit(page_of(organisation), sent)
    assert page.status_code == 422 and says in page.text
    assert held(organisation) == ("", [])


@pytest.mark.parametrize(
    ("seat", "works", "field"),
    [
        ("SZR12", (), "seat"), ("300702", (), "seat"), ("1001", (), "seat"), ("PL-10", (), "seat"), ("nothing", (), "seat"),
        ("", ("nothing",), "works"), ("", ("1061",), "works"), ("", ("PL", "100103"), "works"),
        ("", ("BG", "BG-24"), "works"),
    ],
)  # fmt: skip
def test_service_refuses_what_no_page_offers(seat: str, works: tuple[str, ...], field: str) -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    with pytest.raises(Refusals) as refusal:
        set_areas(organisation, owner, seat, works)
    assert [part.field for part in refusal.value.parts] == [field]
    assert held(organisation) == ("", [])


def test_seat_and_work_are_told_wrong_at_once() -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    with pytest.raises(Refusals) as refusal:
        set_areas(organisation, owner, "SZR12", ("nothing",))
    assert [part.field for part in refusal.value.parts] == ["seat", "works"]


def test_twenty_places_are_enough() -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    many = [f"PL-{number:02}" for number in range(2, 33, 2)] + ["BG-01", "BG-02", "BG-03", "BG-04"]
    set_areas(organisation, owner, works=tuple(many))
    assert len(held(organisation)[1]) == services.MOST_AREAS
    with pytest.raises(Refusals):
        set_areas(organisation, owner, works=(*many, "BG-05"))


def test_whole_country_and_a_place_abroad_go_together() -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    set_areas(organisation, owner, works=("PL", "RSE04"))
    assert set(held(organisation)[1]) == {"PL", "RSE04"}


def test_whoever_may_not_edit_sets_nothing() -> None:
    organisation = make_organisation()
    translator = make_member(organisation, "translator")
    with pytest.raises(NotAllowed):
        set_areas(organisation, translator, "100103")
    assert held(organisation) == ("", [])


def test_two_people_at_once_are_both_told() -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    seen = fresh(organisation).row_version
    set_areas(organisation, owner, "100103", ("PL-10",))
    with pytest.raises(Stale) as stale:
        services.set_areas(organisation, by=owner, version=seen, seat="", works=())
    assert stale.value.theirs == {"seat": "100103", "works": ["PL-10"]}


def test_second_of_two_editors_sees_both_versions(as_person: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    browser = as_person(owner)
    page = browser.get(page_of(organisation, "pl"))
    set_areas(organisation, owner, "100103", ("PL-10",))
    answer = browser.submit(page, {"works": ["PL"]})
    assert answer.status_code == 409
    assert "gmina Drużbice" in answer.text and "cały kraj: Polska" in answer.text


def test_saving_confirms_the_profile(frozen_clock: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    frozen_clock.shift(days=400)
    set_areas(organisation, owner, "100103")
    assert fresh(organisation).confirmed_at == clock.now()


def test_seat_goes_when_the_profile_moves_to_another_region() -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    set_areas(organisation, owner, "100103", ("PL-10",))
    moved = words(name=organisation.name.source, region="PL-30", town="Poznań")
    services.update(organisation, by=owner, version=fresh(organisation).row_version, **moved)
    assert held(organisation) == ("", ["PL-10"])


def test_retired_area_is_kept_by_whoever_has_it_and_offered_to_nobody() -> None:
    owner = make_person()
    mine, other = make_organisation(owner), make_organisation(owner)
    import_lists(read({"t": read_file(TERC.encode())}), retire_many=True)
    set_areas(mine, owner, "102101")
    without = TERC.replace("10;21;01;1;Brzeziny;gmina miejska;2026-01-01\n", "")
    import_lists(read({"t": read_file(without.encode())}), retire_many=True)
    set_areas(mine, owner, "102101", ("PL-10",))
    assert held(mine)[0] == "102101"
    with pytest.raises(Refusals):
        set_areas(other, owner, "102101")


@pytest.mark.parametrize(
    ("seat", "works", "query"),
    [
        ("100211", (), "Dobrzelin"), ("100211", (), "Żychlin"), ("", ("SZR12",), "Казанлък"), ("", ("SZR12",), "kazanlyk"),
        ("", ("SZR12",), "Енина"), ("", ("SOF46",), "София"),
    ],
)  # fmt: skip
def test_area_finds_the_organisations_that_are_or_work_there(seat: str, works: tuple[str, ...], query: str) -> None:
    owner = make_person()
    there = make_organisation(owner, name="Stowarzyszenie Wiatrak", town="Zgierz")
    make_organisation(owner, name="Stowarzyszenie Obok", town="Zgierz")
    assert found_by(query) == []
    set_areas(there, owner, seat, works)
    assert found_by(query) == ["Stowarzyszenie Wiatrak"]
    set_areas(there, owner)
    assert found_by(query) == []


def test_new_name_of_an_area_finds_its_organisations() -> None:
    owner = make_person()
    organisation = make_organisation(owner, name="Stowarzyszenie Wiatrak")
    set_areas(organisation, owner, works=("SZR12",))
    import_lists(read({"o": read_file(OBSHTINI.replace("Казанлък", "Розова долина").encode())}), retire_many=True)
    assert found_by("rozova") == ["Stowarzyszenie Wiatrak"]
    assert found_by("kazanlak") == []


def test_informal_group_has_a_municipality_and_nothing_smaller(as_person: Any) -> None:
    owner = make_person()
    group = make_organisation(owner, legal_form="pl-informal", town="Drużbice")
    page = as_person(owner).get(page_of(group))
    assert not {"street", "address", "postcode"} & {one.get("name") for one in markup.parsed(page.text).all("input")}
    set_areas(group, owner, "100103", ("100103",))
    assert held(group) == ("100103", ["100103"])


def test_checks_find_a_seat_that_is_none() -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    set_areas(organisation, owner, "100103")
    for code, check in (("300702", "organisations.seat-region"), ("1001", "organisations.seat-kind")):
        with transaction() as session:
            session.execute(sa.update(OrganisationArea).values(area_id=area(code).id))
        assert check in [fault.check for fault in run(checks())]
    with transaction() as session:
        session.execute(sa.update(OrganisationArea).values(area_id=area("100103").id))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OrganisationArea)) == 1
