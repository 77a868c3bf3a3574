"""Totals of a network and of an organisation: added up from what is kept of their public projects, whatever became of these."""

import csv
import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.ground.authz import PORTAL
from portal.ground.db import transaction
from portal.impact import queries
from portal.impact.identities import identity, packed, unpacked
from portal.impact.models import Figure
from portal.membership.models import Network
from portal.organisations import services as organisations
from portal.organisations.models import OrganisationStatus
from portal.projects import services as projects
from portal.projects.models import Activity, Project, RecordStatus
from tests.factories.networks import make_member_organisation, make_network
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.projects import fresh, make_project
from tests.factories.records import make_record
from tests.merging.pairs import merge

S = RecordStatus
NO_MONEY = {"cost": None, "cost_currency": "", "subsidy": None, "subsidy_currency": ""}


@pytest.fixture(autouse=True)
def now(app: Flask, frozen_clock: Any) -> None:
    frozen_clock.set(dt.datetime(2026, 6, 1, 10, 0, tzinfo=dt.UTC))


@pytest.fixture
def network(now: None) -> Network:
    return make_network(coordinators=(make_person(),))


@pytest.fixture
def project(network: Network) -> Callable[..., Project]:
    """One more public project that works for the network."""
    whose = make_member_organisation(network)
    return lambda **fields: make_project(whose, **{"network": network.id, **fields})


def totals(network: Network) -> dict[tuple[str, str], tuple[int, int]]:
    """(figure, unit): (amount, of how many projects)."""
    rows = queries.totals(queries.of_network(network.id)).rows
    return {(row.indicator.code, row.unit): (row.amount, row.projects) for row in rows}


def words(page: str) -> str:
    return page.replace("\u00a0", " ")


def test_figures_of_all_projects_of_a_network_are_added_up(network: Network, project: Callable[..., Project]) -> None:
    first, second = project(), project()
    make_record(first, minutes=90)
    make_record(second, minutes=40)
    make_record(second, activity="advice", minutes=20)
    make_record(make_project(make_organisation()), minutes=1000)  # works for nobody
    found = queries.totals(queries.of_network(network.id))
    assert totals(network) == {("training-hours", "hour"): (130, 2), ("advice-hours", "hour"): (20, 1)}
    assert (found.projects, found.records) == (2, 3)


def test_hours_of_two_lengths_are_never_added_to_each_other(
    network: Network, project: Callable[..., Project], client: Any
) -> None:
    clock, teaching = project(hour="hour"), project(hour="teaching-hour")
    for one in (clock, teaching):
        make_record(one, minutes=90)
        make_record(one, activity="advice", minutes=90)
    assert totals(network) == {
        ("training-hours", "hour"): (90, 1), ("training-hours", "teaching-hour"): (90, 1),
        ("advice-hours", "hour"): (180, 2),
    }  # fmt: skip
    base = f"/pl/networks/{network.slug}/figures"
    page = words(client.get(f"{base}/training-hours").text)
    assert "1,5 h – godzina zegarowa (60 min)" in page
    assert "2 h – godzina dydaktyczna (45 min)" in page
    assert "Godzin po 60 i po 45 minut nie dodajemy do siebie" in words(client.get(base).text)
    assert "3 h" in words(client.get(f"{base}/advice-hours").text)


def test_who_was_strengthened_twice_counts_once(network: Network, project: Callable[..., Project], client: Any) -> None:
    known = make_organisation(name="Ster na Północ")
    named = f"/pl/organisations/{known.slug}\nOSP Barciany"
    make_record(project(), organisations=named)
    make_record(project(), organisations=f"{named}\nKGW Korsze", groups="Klub nad rzeką")
    make_record(project(), groups="osp barciany")  # the same name, said to be something else
    found = totals(network)
    assert found["organisations-strengthened", "organisation"] == (2, 2)  # not 5, nor 3
    assert found["groups-strengthened", "group"] == (2, 2)
    page = words(client.get(f"/pl/networks/{network.slug}/figures/organisations-strengthened").text)
    assert "wzmocnione organizacje: 2" in page
    assert "dają w sumie 5" in page


def test_two_profiles_that_become_one_count_once(network: Network, project: Callable[..., Project]) -> None:
    kept, lost = make_organisation(name="Ster na Północ"), make_organisation(name="Ster na północ (dawny)")
    make_record(project(), organisations=f"/pl/organisations/{kept.slug}")
    make_record(project(), organisations=f"/pl/organisations/{lost.slug}")
    assert totals(network)["organisations-strengthened", "organisation"] == (2, 2)
    merge(kept, lost, by=PORTAL)
    assert totals(network)["organisations-strengthened", "organisation"] == (1, 2)


def test_taking_one_record_away_changes_exactly_its_totals(network: Network, project: Callable[..., Project]) -> None:
    first, second = project(), project()
    make_record(first, organisations="OSP Barciany\nKGW Korsze", people=8)
    gone = make_record(first, organisations="KGW Sępopol", minutes=120)
    make_record(second, organisations="OSP Barciany", minutes=60)
    make_record(second, activity="community-session", minutes=90)
    before = totals(network)
    projects.move_record(gone, S.CANCELLED, by=PORTAL, reason="Nie odbyło się.")
    after = totals(network)
    changed = {code: (before[code], after.get(code)) for code in before if before[code] != after.get(code)}
    assert changed == {
        ("training-hours", "hour"): ((420, 2), (300, 2)),
        ("organisations-strengthened", "organisation"): ((3, 2), (2, 2)),
    }  # fmt: skip


def test_project_that_is_withdrawn_leaves_and_comes_back(network: Network, project: Callable[..., Project]) -> None:
    make_record(project(), minutes=60)
    other = project()
    make_record(other, minutes=30, organisations="OSP Barciany")
    both = totals(network)
    projects.withdraw_project(other, by=PORTAL)
    assert totals(network) == {("training-hours", "hour"): (60, 1)}
    projects.publish_project(fresh(other), by=PORTAL)
    assert totals(network) == both


def test_project_takes_its_figures_to_another_network(network: Network) -> None:
    elsewhere = make_network("Inna sieć", coordinators=(make_person(),))
    moved = make_project(make_member_organisation(network, elsewhere), network=network.id)
    make_record(moved, minutes=30)
    projects.update_project(
        moved, version=moved.row_version, by=PORTAL, network=elsewhere.id, hour="hour", starts_on=moved.starts_on,
        ends_on=moved.ends_on, **NO_MONEY,
    )  # fmt: skip
    assert totals(network) == {}
    assert totals(elsewhere) == {("training-hours", "hour"): (30, 1)}


def test_projects_of_a_hidden_organisation_are_in_no_total(network: Network, client: Any) -> None:
    whose = make_member_organisation(network)
    make_record(make_project(whose, network=network.id))
    assert client.get(f"/pl/organisations/{whose.slug}/figures/training-hours").status_code == 200
    organisations.change_status(whose, OrganisationStatus.HIDDEN, by=PORTAL)
    assert totals(network) == {}
    assert client.get(f"/pl/networks/{network.slug}/figures/training-hours").status_code == 404
    for page in ("figures", "figures/training-hours"):
        assert client.get(f"/pl/organisations/{whose.slug}/{page}").status_code == 404
    assert client.get(f"/pl/networks/{network.slug}/figures").status_code == 200
    for nothing in ("figures", "figures/training-hours", "figures.csv", "figures.xlsx", "figures.json"):
        assert client.get(f"/pl/networks/nie-ma-takiej/{nothing}").status_code == 404


def test_few_people_of_a_project_do_not_follow_from_a_total(
    network: Network, project: Callable[..., Project], client: Any
) -> None:
    """With 4 people in one project, 12 of both would tell them: their project is left out."""
    few, many = project(title="Mała rzecz"), project(title="Duża rzecz")
    make_record(few, people=4)
    make_record(many, people=8)
    assert totals(network)["people-estimated", "person"] == (8, 1)
    page = client.get(f"/pl/networks/{network.slug}/figures/people-estimated").text
    assert "Duża rzecz" in page
    assert "Mała rzecz" not in page
    assert "pomijamy projekty, w których policzono mniej niż 5 osób" in words(page)
    make_record(few, people=1)
    assert totals(network)["people-estimated", "person"] == (13, 2)


def test_total_leads_to_its_projects_and_its_years(
    network: Network, project: Callable[..., Project], client: Any
) -> None:
    long = {"starts_on": dt.date(2024, 1, 1), "ends_on": dt.date(2026, 12, 31)}
    large, small = project(title="Kuźnia", **long), project(title="Warsztat", **long)
    make_record(large, minutes=240, day=dt.date(2024, 5, 6))
    make_record(large, minutes=120, day=dt.date(2025, 5, 6))
    make_record(small, minutes=60, day=dt.date(2025, 5, 6))
    base = f"/pl/networks/{network.slug}/figures"
    overview, page = client.get(base).text, words(client.get(f"{base}/training-hours").text)
    assert f'href="{base}/training-hours"' in overview
    assert page.index("Kuźnia") < page.index("Warsztat")
    assert all(f'href="/pl/projects/{one.slug}/figures/training-hours"' in page for one in (large, small))
    assert queries.years_of_total(queries.of_network(network.id), "training-hours") == {
        "hour": [(2024, 240), (2025, 180)]
    }
    assert "godziny szkoleń: 7 h" in page
    assert page.count("<path d=") >= 4
    for nothing in ("advice-hours", "x", "records"):
        assert client.get(f"{base}/{nothing}").status_code == 404


def test_page_of_the_network_shows_the_few_that_say_most(
    network: Network, project: Callable[..., Project], client: Any
) -> None:
    own = f"/pl/networks/{network.slug}"
    assert f"{own}/figures" not in client.get(own).text
    one = project()
    for activity in Activity:
        make_record(one, activity=activity, minutes=120, organisations="OSP Barciany")
    page = client.get(own).text
    shown = ("training-hours", "advice-hours", "mini-projects", "organisations-strengthened")
    assert all(f"{own}/figures/{code}" in page for code in shown)
    assert f"{own}/figures/events" not in page
    assert f'href="{own}/figures"' in page


def test_organisation_shows_what_it_gave(client: Any) -> None:
    whose = make_organisation()
    own = f"/pl/organisations/{whose.slug}"
    first = make_project(whose, title="Kuźnia")
    assert f"{own}/figures" not in client.get(own).text
    make_record(first, minutes=60, organisations="OSP Barciany")
    make_record(make_project(whose, title="Warsztat"), minutes=60, organisations="OSP Barciany")
    make_record(make_project(make_organisation()), minutes=600)
    assert f"{own}/figures" in client.get(own).text
    page = words(client.get(f"{own}/figures/training-hours").text)
    assert "godziny szkoleń: 2 h" in page
    assert "Warsztat" in page
    assert "wzmocnione organizacje: 1" in words(client.get(f"{own}/figures/organisations-strengthened").text)


def test_totals_are_files_for_people_and_for_programs(
    network: Network, project: Callable[..., Project], client: Any
) -> None:
    make_record(project(hour="hour"), minutes=100, organisations="OSP Barciany", people=3)
    make_record(project(hour="teaching-hour"), minutes=90, organisations="OSP Barciany")
    base = f"/pl/networks/{network.slug}/figures"
    file = client.get(f"{base}.csv")
    rows = list(csv.reader(io.StringIO(file.data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Wskaźnik", "Kod", "Wartość", "Jednostka", "Projekty"]
    assert [row[1:] for row in rows[1:]] == [
        ["training-hours", "1,7", "godzina zegarowa (60 min)", "1"],
        ["training-hours", "2", "godzina dydaktyczna (45 min)", "1"],
        ["organisations-strengthened", "1", "organizacja", "2"],
    ]
    assert client.get(f"{base}.xlsx").data.startswith(b"PK")
    said = client.get(f"{base}.json").json
    assert (said["projects"], said["records"], said["language"]) == (2, 2, "pl")
    assert [(one["code"], one["value"], one["unit"]["code"], one["projects"]) for one in said["figures"]] == [
        ("training-hours", 1.7, "hour", 1), ("training-hours", 2.0, "teaching-hour", 1),
        ("organisations-strengthened", 1.0, "organisation", 2),
    ]  # fmt: skip
    assert said["figures"][0]["url"].endswith(f"{base}/training-hours")


def test_identities_are_kept_and_read_as_they_were() -> None:
    numbers = [identity(7, ""), identity(None, "osp barciany"), identity(None, "kgw korsze"), identity(2**31 - 1, "")]
    assert [*unpacked(packed(numbers))] == sorted(numbers)
    assert identity(None, "osp barciany") == identity(None, "osp barciany") < 0
    assert len(set(numbers)) == 4
    assert packed([]) == b""


def test_who_is_counted_is_as_many_as_the_figure_says(network: Network, project: Callable[..., Project]) -> None:
    """The database itself refuses a figure that counts others than those it names."""
    one = project()
    make_record(one, organisations="OSP Barciany\nKGW Korsze")
    wrong = sa.update(Figure).where(Figure.project_id == one.id, Figure.code == "organisations-strengthened")
    with pytest.raises(sa.exc.IntegrityError), transaction() as session:
        session.execute(wrong.values(amount=3))
