"""The directory of projects: words and filters, with numbers that are true; nothing of what is not public."""

import datetime as dt
import random
import re
from html import unescape
from itertools import product
from typing import Any

import pytest
from flask import Flask

from portal.ground.authz import PORTAL
from portal.organisations.services import change_status
from portal.projects import queries
from portal.projects.models import Project
from portal.projects.queries import Wanted
from tests.factories.networks import make_application, make_network
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.projects import make_project

TODAY = dt.datetime(2026, 6, 15, 12, tzinfo=dt.UTC)
AREAS = ("culture", "education", "health-sport", "democracy")
WORDS = ("Ogród", "Kuźnia", "Теремок")


class Village:
    """Projects of three organisations made by chance; each is remembered as what a reader could look for."""

    def __init__(self, seed: int, number: int = 14) -> None:
        chance = random.Random(seed)
        owner = make_person()
        regions = ("PL-28", "PL-10", "BG-24")
        organisations = [make_organisation(owner, region=region, country=region[:2]) for region in regions]
        networks = [make_network(name, coordinators=(make_person(),)) for name in ("Sieć rzeki", "Sieć lasu")]
        for network, organisation in product(networks, organisations):
            make_application(network, organisation, owner, status="active")
        self.rows = [self._project(chance, organisations, networks) for _ in range(number)]

    def _project(self, chance: random.Random, organisations: Any, networks: Any) -> dict[str, Any]:
        first = dt.date(chance.randrange(2023, 2028), chance.randrange(1, 13), chance.randrange(1, 29))
        last = first + dt.timedelta(days=chance.randrange(0, 700))
        organisation, network = chance.choice(organisations), chance.choice([None, *networks])
        areas, word = chance.sample(AREAS, chance.randrange(0, 3)), chance.choice(WORDS)
        made = make_project(
            organisation, title=word, areas=areas, starts_on=first, ends_on=last, network=network and network.id
        )
        day = TODAY.date()
        stage = "planned" if day < first else "finished" if day > last else "running"
        years = {str(year) for year in range(first.year, last.year + 1)}
        return {
            "id": made.id, "q": {word}, "area": {*areas}, "region": {organisation.region}, "status": {stage},
            "year": years, "network": {network.slug} if network else set(),
        }  # fmt: skip

    def fitting(self, wanted: Wanted) -> set[int]:
        said = wanted.said
        return {row["id"] for row in self.rows if all(code in row[name] for name, code in said.items())}


def heading(page: str) -> int:
    found = re.search(r'<h2 id="results-title"[^>]*>\s*([\d\s]+)', page)
    assert found
    return int("".join(found[1].split()))


def options(page: str) -> list[tuple[str, int]]:
    """(address, number) of each option of all facets."""
    box = page[page.index('<aside class="facets"') : page.index("</aside>")]
    links = re.findall(r'<li>\s*<a href="([^"]*)".*?<span class="num">(\d+)</span></a>', box, re.S)
    return [(unescape(address), int(number)) for address, number in links]


def listed(page: str) -> int:
    return page.count('<li class="flow-s">')


@pytest.mark.both_engines
@pytest.mark.parametrize("seed", [1, 2])
def test_each_number_is_what_the_list_has_after_the_click(
    app: Flask, client: Any, frozen_clock: Any, seed: int
) -> None:
    frozen_clock.set(TODAY)
    village, chance = Village(seed), random.Random(seed)
    client.checking = False
    address, seen = "/pl/projects", 0
    for _step in range(9):
        page = client.get(address).text
        found = options(page)
        for way, number in found:
            led_to = client.get(way).text
            assert heading(led_to) == number == listed(led_to), way
            seen += 1
        address = chance.choice(found)[0]
    assert seen > 60
    for words, area, status, year in product(("", "Kuźnia"), ("", "culture"), ("", "finished"), ("", "2026")):
        wanted = Wanted(q=words, area=area, status=status, year=year, network="" if area else "siec-lasu")
        expected = village.fitting(wanted)
        assert {one.id for one in queries.listed(wanted)} == expected and queries.counted(wanted).total == len(expected)


@pytest.mark.both_engines
@pytest.mark.parametrize(
    ("chosen", "fits"),
    [
        ({"area": "culture"}, {"areas": ("culture", "education")}),
        ({"status": "planned"}, {"starts_on": dt.date(2026, 6, 16), "ends_on": dt.date(2026, 6, 17)}),
        ({"status": "finished"}, {"starts_on": dt.date(2026, 6, 13), "ends_on": dt.date(2026, 6, 14)}),
        ({"year": "2028"}, {"starts_on": dt.date(2027, 12, 31), "ends_on": dt.date(2029, 1, 1)}),
        ({"year": "2027"}, {"starts_on": dt.date(2027, 12, 31), "ends_on": dt.date(2027, 12, 31)}),
        ({"q": "kuznia"}, {"title": "Kuźnia"}),
        ({"q": "wiazdo"}, {"title": "Dom", "problem": "<p>Gwiazdozbiór dla wszystkich.</p>"}),
        ({"region": "PL-10"}, {}),
    ],
    ids=lambda one: "-".join(map(str, one.values()))[:20],
)
def test_each_filter_keeps_what_fits_and_nothing_else(
    app: Flask, client: Any, frozen_clock: Any, chosen: dict[str, str], fits: dict[str, Any]
) -> None:
    frozen_clock.set(TODAY)
    one = make_project(make_organisation(region="PL-10"), **{"title": "Ster", **fits})
    other = make_project(make_organisation(region="PL-28"), title="Most", areas=("education",))
    page = client.get("/en/projects", query_string=chosen).text
    assert f'/projects/{one.slug}"' in page and f'/projects/{other.slug}"' not in page
    assert heading(page) == 1 and "noindex" in page


def test_the_day_of_a_status_is_that_of_the_place(app: Flask, frozen_clock: Any) -> None:
    make_project(starts_on=dt.date(2026, 6, 15), ends_on=dt.date(2026, 6, 15))
    for moment, status in [
        ("2026-06-14T21:59", "planned"), ("2026-06-14T22:00", "running"), ("2026-06-15T21:59", "running"),
        ("2026-06-15T22:00", "finished"),
    ]:  # fmt: skip
        frozen_clock.set(dt.datetime.fromisoformat(f"{moment}+00:00"))
        (project,) = queries.listed(Wanted(status=status))
        assert project.stage == status and queries.counted().codes["status"] == {status: 1}


@pytest.mark.both_engines
def test_what_is_not_public_is_neither_listed_nor_counted(app: Flask, client: Any, as_person: Any) -> None:
    owner = make_person()
    organisation, hidden = make_organisation(owner), make_organisation(owner)
    network = make_network("Sieć ukrytych", coordinators=(make_person(),))
    for one in (organisation, hidden):
        make_application(network, one, owner, status="active")
    given = {"areas": ("culture",), "network": network.id, "title": "Tajemnica"}
    make_project(organisation, state="draft", **given)
    make_project(organisation, state="withdrawn", **given)
    make_project(hidden, **given)
    change_status(hidden, "hidden", by=PORTAL)
    for browser in (client, as_person(owner)):
        for address in ("", "?area=culture", f"?network={network.slug}", "?q=tajemnica", "?status=running&year=2026"):
            page = browser.get(f"/pl/projects{address}").text
            assert heading(page) == 0 and "Tajemnica</a>" not in page, address
    assert queries.counted().codes == {name: {} for name in ("area", "region", "status", "year", "network")}
    change_status(hidden, "published", by=PORTAL)
    assert heading(client.get("/pl/projects?q=tajemnica").text) == 1


BAD = [
    "area=%25", "area=culture,education", "area=culture%00", "status=lost", "status=", "region=XX-1", "region=%27",
    "year=0", "year=-1", "year=99999999999999999999", "year=2026.0", "year=%D9%A2%D9%A0%D9%A2%D9%A6", "year=1e3",
    "network=%00", "network=" + "a" * 900, "network=%27%3B--", "q=%00%01", "q=%27%22%29%20OR%201", "q=" + "a" * 900,
    "q=%2A", "q=AND%20NOT", "networks=%00%25_", "page=0", "page=x", "page=99999999999999999999", "page=-3",
    "area=culture&area=education", "q=%FF%FE", "year=2026&year=2027",
]  # fmt: skip


@pytest.mark.both_engines
def test_whatever_stands_in_the_address_is_answered(app: Flask, client: Any) -> None:
    make_project(areas=("culture",))
    for query in BAD:
        assert client.get(f"/bg/projects?{query}").status_code in {200, 404}, query
    for query in (query for query in BAD if query.startswith(("area=%", "status", "region", "year=0", "year=%D9"))):
        assert heading(client.get(f"/bg/projects?{query}").text) == 1, f"{query} is no code of a list"


def test_a_choice_that_nothing_fits_stays_and_can_be_taken_away(app: Flask, client: Any) -> None:
    make_project(areas=("culture",))
    page = client.get("/en/projects?area=education&q=kuznia").text
    assert "No project fits all of this." in page and ("/en/projects?q=kuznia", 1) in options(page)
    assert 'name="area" value="education"' in page, "a new search forgets the filter"
    assert "Nothing found for “zorza”" in client.get("/en/projects?q=zorza").text


def test_networks_are_found_by_name_beside_the_other_filters(app: Flask, client: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    for number in range(14):
        network = make_network(f"Sieć {chr(65 + number)}bbbb", coordinators=(make_person(),))
        make_application(network, organisation, owner, status="active")
        make_project(organisation, network=network.id, areas=("culture",))
    page = client.get("/en/projects?area=culture").text
    assert page.count("network=siec-") == 12 and 'name="networks"' in page
    found = client.get("/en/projects?area=culture&networks=Mbbbb").text
    assert ("/en/projects?area=culture&network=siec-mbbbb", 1) in options(found)
    assert "network=siec-abbbb" not in found


def test_projects_that_end_last_stand_first_and_pages_have_each_once(app: Flask) -> None:
    made = [make_project(ends_on=dt.date(2027, 1, 1) + dt.timedelta(days=day % 3)) for day in range(7)]
    expected = [one.id for one in sorted(made, key=lambda one: (one.ends_on, one.id), reverse=True)]
    pages = [queries.listed(offset=offset, limit=3) for offset in (0, 3, 6)]
    assert [one.id for page in pages for one in page] == expected and isinstance(pages[0][0], Project)
