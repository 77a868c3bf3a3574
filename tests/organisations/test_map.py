"""The map of the directory: drawn regions, and a list of the same links and counts."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from portal.organisations.outlines import drawing
from portal.organisations.places import regions
from portal.organisations.views import maps
from portal.words.data import rows
from tests.factories.organisations import make_organisation
from tests.support import markup

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"
SHOWN_BYTES = 8_000  # of the drawing of a country


@pytest.fixture
def some(app: Any) -> None:
    make_organisation(town="Łódź", themes=["5"])
    make_organisation(town="Zgierz", themes=["1", "5"], legal_form="pl-informal")
    make_organisation(town="Lublin", region="PL-06", themes=["1"])
    make_organisation(language="bg", country="BG", town="Стара Загора", themes=["1"])


def listed(page: Any) -> dict[str, tuple[str, str]]:
    """Name of the region -> (its number, its link) of the lists."""
    found = {}
    for one in markup.parsed(page.text).all("li"):
        inner = next((part for part in one if part.get("rel") == "nofollow" or part.get("class") == "none"), None)
        if inner is not None and len(inner) == 2 and inner[1].get("class") == "num":
            name, number = (markup.text_of(part) for part in inner)
            found[name] = (number, inner.get("href") or "")
    return found


def drawn(page: Any) -> dict[str, tuple[str, str]]:
    """Name of the region -> (its number, its link) of the drawings."""
    found = {}
    for one in markup.parsed(page.text).all(f"{SVG}a"):
        if [part.tag for part in one][:2] == [f"{SVG}title", f"{SVG}path"]:
            found[markup.text_of(one[0])] = (markup.text_of(one[2]), one.get("href") or "")
    return found


@pytest.mark.usefixtures("some")
def test_drawing_and_list_say_the_same(client: Any) -> None:
    page = client.get("/pl/organisations/map")
    assert page.status_code == 200
    assert len(listed(page)) == 44
    assert page.text.count("<text") == 3  # a region without an organisation has no number
    with_some = {name: one for name, one in listed(page).items() if one[0] != "0"}
    assert with_some == drawn(page) == {
        "łódzkie": ("2", "/pl/organisations?region=PL-10"), "lubelskie": ("1", "/pl/organisations?region=PL-06"),
        "Stara Zagora": ("1", "/pl/organisations?region=BG-24"),
    }  # fmt: skip


@pytest.mark.usefixtures("some")
def test_filters_of_the_address_count_on_the_map_and_lead_back_to_the_list(client: Any) -> None:
    page = client.get("/en/organisations/map?theme=1&country=PL&q=")
    assert "Bulgaria</h2>" not in page.text
    assert drawn(page) == {
        "Łódź": ("1", "/en/organisations?country=PL&region=PL-10&theme=1"),
        "Lublin": ("1", "/en/organisations?country=PL&region=PL-06&theme=1"),
    }  # fmt: skip
    links = {one.get("href") for one in markup.parsed(page.text).all("a")}
    assert {"/en/organisations?country=PL&theme=1", "/en/organisations/map?theme=1"} <= links
    from_list = client.get("/en/organisations?theme=1&country=PL")
    assert "/en/organisations/map?country=PL&amp;theme=1" in from_list.text


@pytest.mark.usefixtures("some")
def test_chosen_region_is_marked_in_both(client: Any) -> None:
    page = client.get("/bg/organisations/map?region=PL-10")
    assert page.text.count('class="on"') == 1
    chosen = [one for one in markup.parsed(page.text).all("a") if one.get("aria-current") == "true"]
    assert [markup.text_of(one[0]) for one in chosen if len(one) == 2] == ["Лодзко"]


@pytest.mark.usefixtures("some")
@pytest.mark.parametrize(
    "address", ["region=XX&theme=%00&kind=zzz", "q=" + "a" * 5000, "country=DE&network=nowhere", "page=9"]
)
def test_nonsense_in_the_address_is_left_out(client: Any, address: str) -> None:
    assert client.get(f"/pl/organisations/map?{address}").status_code == 200


def test_empty_directory_has_a_map_without_links(client: Any) -> None:
    page = client.get("/pl/organisations/map")
    assert drawn(page) == {} and len(listed(page)) == 44


def test_keyboard_passes_each_region_once_and_readers_hear_the_list(client: Any, some: None) -> None:
    page = client.get("/pl/organisations/map")
    parsed = markup.parsed(page.text)
    pictures = [one for one in parsed.all(f"{SVG}svg") if one.get("class") == "map"]
    assert [one.get("aria-hidden") for one in pictures] == ["true", "true"]
    inside = [one for picture in pictures for one in picture.iter() if one.tag == f"{SVG}a"]
    assert inside and {one.get("tabindex") for one in inside} == {"-1"}


def test_more_organisations_have_a_darker_shade(app: Any) -> None:
    from portal.organisations.views.facets import Choice

    choice = Choice(path="/pl/organisations")
    with app.test_request_context("/pl/organisations/map"):
        steps = {one.code: one.step for one in maps._regions("PL", choice, {"PL-10": 30, "PL-06": 11, "PL-02": 1})}
    assert (steps["PL-10"], steps["PL-06"], steps["PL-02"], steps["PL-04"]) == (3, 2, 1, 0)


@pytest.mark.parametrize("country", ["PL", "BG"])
def test_every_region_is_drawn_small_and_with_its_number_inside(country: str) -> None:
    found = drawing(country)
    assert set(found.outlines) == {term.code for term in regions(country)}
    assert sum(len(one.path) for one in found.outlines.values()) < SHOWN_BYTES
    for one in found.outlines.values():
        assert 0 < one.x < found.width and 0 < one.y < found.height


def test_outlines_are_those_of_their_source() -> None:
    done = subprocess.run([sys.executable, "-m", "tools.outlines", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    source = json.loads((ROOT / "tools" / "outlines" / "pol.topo.json").read_text(encoding="utf-8"))
    assert len(source["objects"]["pol"]["geometries"]) == 16
    assert (ROOT / "tools" / "outlines" / "LICENSE").read_text(encoding="utf-8").startswith("The MIT License")
    assert len(rows("region_outlines")) == 44
