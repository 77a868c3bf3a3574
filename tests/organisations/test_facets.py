"""The page of the directory: choosing among facets by links, words for long lists, ways out of nothing, bad addresses."""

import datetime as dt
import html
import re
import time
from typing import Any

import pytest
from flask import Flask

from portal.declaration import declared, facets
from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.organisations import services
from portal.organisations.models import OrganisationStatus
from portal.organisations.queries import Filters, Found, bitmaps
from portal.organisations.views import facets as shown
from portal.words.facets import Facet
from tests.factories.networks import make_network
from tests.factories.organisations import fresh, make_member, make_organisation
from tests.factories.people import make_person

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
LEFT_OUT = "Nie bierzemy go pod uwagę."


def names(page: Any) -> list[str]:
    return [re.sub("<[^>]*>", "", found) for found in re.findall(r"<h3[^>]*><a href=[^>]*>(.*?)</a></h3>", page.text)]


def options(page: Any, facet: str) -> dict[str, tuple[str, str]]:
    """Label -> (number, address) of a facet's options."""
    part = re.search(rf'<h3 id="facet-{facet}">.*?</details>', page.text, re.DOTALL)
    if part is None:
        return {}
    rows = re.findall(
        r'<li>\s*<a href="([^"]+)"[^>]*><span>(.*?)</span>\s*<span class="num">([^<]+)<', part[0], re.DOTALL
    )
    return {
        re.sub("<[^>]*>", "", words).split(" (")[0].strip(): (number, html.unescape(url)) for url, words, number in rows
    }


@pytest.fixture
def some(app: Flask) -> None:
    make_organisation(name="Łąka", themes=["5"])
    make_organisation(name="Lipa", themes=["1", "5"], legal_form="pl-informal")
    make_organisation(name="Żubr", region="PL-06", themes=["1"], legal_form="pl-kgw")
    make_organisation(name="Читалище Извор", language="bg", country="BG", themes=["1"])


@pytest.mark.usefixtures("some")
def test_two_of_one_facet_are_chosen_one_after_the_other_and_taken_away_again(client: Any) -> None:
    page = client.get("/pl/organisations?region=PL-10&theme=1&country=PL")
    number, url = options(page, "region")["lubelskie"]
    assert (number, url) == ("2", "/pl/organisations?country=PL&region=PL-10&region=PL-06&theme=1")
    both = client.get(url)
    assert names(both) == ["Lipa", "Żubr"]
    assert options(both, "region")["łódzkie"] == ("1", "/pl/organisations?country=PL&region=PL-06&theme=1")
    assert set(options(client.get("/pl/organisations?region=PL-06&theme=1"), "region")) == {
        "łódzkie",
        "lubelskie",
        "Stara Zagora",
    }
    narrow = client.get("/pl/organisations?region=PL-10&theme=5")  # another region would add nobody
    assert options(narrow, "region") == {"łódzkie": ("2", "/pl/organisations?theme=5")}
    assert "Województwo: łódzkie" in both.text and "Województwo: lubelskie" in both.text
    assert 'href="/bg/organisations?region=PL-10' in page.text.replace("country=PL&amp;", "")


@pytest.mark.usefixtures("some")
def test_words_and_choices_are_kept_by_each_other(client: Any) -> None:
    page = client.get("/pl/organisations?q=lipa&theme=1&theme=5")
    form = re.search(r'<form class="search" action="/pl/organisations".*?</form>', page.text, re.DOTALL)
    assert form and re.findall(r'name="theme" value="(\d)"', form[0]) == ["1", "5"]
    assert all("q=lipa" in url for facet in facets() for _number, url in options(page, facet.name).values())


@pytest.mark.usefixtures("some")
def test_who_chose_too_much_is_told_what_to_take_away(client: Any) -> None:
    page = client.get("/pl/organisations?q=lipa&region=PL-06&kind=informal")
    assert names(page) == []
    ways = re.search(r'<div class="empty">.*?</div>', page.text, re.DOTALL)
    assert ways
    found = dict(re.findall(r'<a class="tag" href="([^"]+)">(.*?)<svg', ways[0], re.DOTALL))
    assert {html.unescape(url) for url in found} == {"/pl/organisations?q=lipa&kind=informal"}
    assert "1 organizacja" in ways[0].replace("\xa0", " ")
    for url in found:
        assert names(client.get(html.unescape(url))) == ["Lipa"]
    page = client.get("/pl/organisations?theme=2&region=PL-06")  # nobody has the theme
    assert "Województwo: lubelskie" not in page.text.split('class="empty"')[1]


@pytest.mark.usefixtures("some")
@pytest.mark.parametrize(
    "bad",
    ["theme=nonsense", "theme=1&theme=99", "region=XX", "kind=%00", "network=gone", "form=%C5%81", "confirmed=2026-11"],
)
def test_codes_that_do_not_exist_are_left_out_with_a_sentence(client: Any, bad: str) -> None:
    page = client.get(f"/pl/organisations?{bad}&country=PL")
    assert page.status_code == 200
    assert LEFT_OUT in page.text
    assert "Żubr" in names(page) and "Читалище Извор" not in names(page)
    assert LEFT_OUT not in client.get("/pl/organisations?country=PL&theme=&q=").text


@pytest.mark.usefixtures("some")
def test_a_thousand_choices_are_cut_before_anything_is_done(client: Any, count_queries: Any, monkeypatch: Any) -> None:
    asked = []
    theme = next(facet for facet in facets() if facet.name == "theme")
    many = "&".join(f"{facet.name}={number}" for number in range(125) for facet in facets())
    monkeypatch.setattr(shown, "CODE", Counting(asked))
    client.get("/pl/organisations")
    began = time.process_time()
    with count_queries() as seen:
        page = client.get(f"/pl/organisations?{many}")
    assert time.process_time() - began < 2
    assert page.status_code == 200 and LEFT_OUT in page.text
    assert 0 < len(asked) <= shown.MOST
    assert len(seen) <= 4
    assert theme.labels(["1"])


class Counting:
    """Counts the codes that were looked at."""

    def __init__(self, asked: list[str]) -> None:
        self.asked = asked

    def fullmatch(self, code: str) -> bool:
        self.asked.append(code)
        return code.isalnum()


def test_long_lists_end_and_their_options_are_found_by_words(app: Flask, client: Any) -> None:
    coordinator, owner = make_person(), make_person()
    for number in range(14):
        network = make_network(f"Sieć numer {number}", coordinators=(coordinator,))
        member = make_organisation(owner, name=f"Lipa {number}")
        _join(network, member, owner, coordinator)
    page = client.get("/pl/organisations?country=PL")
    assert len(options(page, "network")) == 12
    assert 'name="find_network"' in page.text
    found = client.get("/pl/organisations?country=PL&find_network=numer+13")
    assert options(found, "network") == {"Sieć numer 13": ("1", "/pl/organisations?country=PL&network=siec-numer-13")}
    nothing = client.get("/pl/organisations?country=PL&find_network=qqq")
    assert "qqq" in nothing.text and options(nothing, "network") == {}
    chosen = client.get("/pl/organisations?network=siec-numer-13&network=siec-numer-2")
    assert names(chosen) == ["Lipa 13", "Lipa 2"]
    assert "Sieć: Sieć numer 13" in chosen.text


def _join(network: Any, member: Any, owner: Any, coordinator: Any) -> None:
    from portal.membership import services as membership

    case = membership.apply(network, organisation_id=member.id, by=owner, language="pl", answers={})
    membership.accept(case, by=coordinator, version=case.row_version)


@pytest.mark.usefixtures("some")
def test_forms_are_found_by_words_without_a_table_of_their_own(client: Any) -> None:
    page = client.get("/pl/organisations?find_form=kolo+gospodyn")
    assert list(options(page, "form")) == ["koło gospodyń wiejskich"]


def test_confirmed_in_the_last_year_counts_by_day(app: Flask, frozen_clock: Any) -> None:
    organisation = make_organisation()
    person = make_member(organisation)
    began = dt.datetime(2026, 3, 10, 9, tzinfo=dt.UTC)
    frozen_clock.set(began)
    services.confirm(fresh(organisation), by=person)
    for days, expected in ((0, 1), (200, 1), (364, 1), (365, 0), (500, 0)):
        frozen_clock.set(began + dt.timedelta(days=days))
        db.session.rollback()
        assert Found(Filters("", {"confirmed": ["year"]})).total == expected, days
    services.confirm(fresh(organisation), by=person)
    assert Found(Filters("", {"confirmed": ["year"]})).total == 1


def test_inner_codes_are_offered_inside_of_what_is_chosen_only(app: Flask) -> None:
    facet = Facet(
        "gmina",
        "Gmina",
        lambda rows: {},
        lambda codes: {},
        within="region",
        parent=lambda code: code[:5],
        by_parent=True,
    )
    codes = ["PL-10-1", "PL-10-2", "PL-06-1"]
    assert shown._offered(facet, codes, (), ()) == []
    assert shown._offered(facet, codes, ("PL-10",), ()) == ["PL-10-1", "PL-10-2"]
    assert shown._offered(facet, codes, (), ("PL-06-1",)) == ["PL-06-1"]


def test_every_code_of_every_facet_can_stand_in_an_address(app: Flask) -> None:
    make_organisation()
    for facet in facets():
        for code in bitmaps.known().codes_of(facet.name):
            assert shown.CODE.fullmatch(code), (facet.name, code)
    assert [facet.name for feature in declared() for facet in feature.facets] == [facet.name for facet in facets()]


def test_merging_changes_nothing_that_is_shown_and_is_done_by_the_worker(app: Flask, client: Any) -> None:
    organisation = make_organisation(themes=["1"])
    assert services.keep_up() > 0
    services.change_status(organisation, OrganisationStatus.HIDDEN, by=PORTAL)
    assert names(client.get("/pl/organisations?theme=1")) == []
    assert services.keep_up() == 1
    assert services.keep_up() == 0
    assert names(client.get("/pl/organisations?theme=1")) == []
    assert "directory" in {one.name for feature in declared() for one in feature.periodic}


def test_other_data_under_the_same_numbers_is_read_anew(app: Flask) -> None:
    """As after a restore: as many differences with the same numbers, and others in them."""
    import sqlalchemy as sa

    from portal.ground.db import transaction

    make_organisation(themes=["1"])
    assert Found(Filters("", {"theme": ["1"]})).total == 1
    for table in ("directory_change", "directory_terms"):
        with transaction() as session:
            changed = "added = replace(added, 'theme:1', 'theme:2'), token = 'other'"
            session.execute(sa.text(
                f"UPDATE {table} SET "
                + (changed if table == "directory_change" else "terms = replace(terms, 'theme:1', 'theme:2')")
            ))  # fmt: skip
    assert Found(Filters("", {"theme": ["1"]})).total == 0
    assert Found(Filters("", {"theme": ["2"]})).total == 1


def test_what_another_release_wrote_is_in_the_directory_after_the_job(app: Flask, client: Any) -> None:
    import sqlalchemy as sa

    from portal.ground.db import transaction

    make_organisation(name="Lipa", themes=["1"])
    with transaction() as session:  # as a node of 0.1.0 publishes: no terms, no difference
        session.execute(sa.text("DELETE FROM directory_terms"))
        session.execute(sa.text("DELETE FROM directory_change"))
    assert Found(Filters()).total == 0
    services.keep_up()
    db.session.rollback()
    assert names(client.get("/pl/organisations?theme=1")) == ["Lipa"]
