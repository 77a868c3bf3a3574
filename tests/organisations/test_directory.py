"""The directory: words, facets, counts, order, pages, and that it costs the same with more rows."""

import re
from typing import Any

import pytest

from portal.declaration import facets
from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.membership import services as membership
from portal.organisations import services
from portal.organisations.models import KIND, OrganisationStatus
from portal.organisations.queries import Filters, Found
from portal.words import search
from tests.factories.networks import make_network
from tests.factories.organisations import fresh, make_organisation, words
from tests.factories.people import make_person

pytestmark = pytest.mark.both_engines  # order, facets and counts are made by SQL
S = OrganisationStatus


def names(page: Any) -> list[str]:
    """The names in the order of the page."""
    return [re.sub("<[^>]*>", "", found) for found in re.findall(r"<h3[^>]*><a href=[^>]*>(.*?)</a></h3>", page.text)]


@pytest.fixture
def four(app: Any) -> None:
    make_organisation(name="Łąka", town="Łódź", themes=["5"])
    make_organisation(name="Lipa", town="Zgierz", themes=["1", "5"], legal_form="pl-informal")
    make_organisation(name="Żubr", town="Lublin", region="PL-06", themes=["1"])
    make_organisation(name="Читалище Извор", language="bg", country="BG", town="Стара Загора", themes=["1"])


@pytest.mark.usefixtures("four")
def test_directory_lists_in_the_alphabet_of_its_language(client: Any) -> None:
    assert names(client.get("/pl/organisations")) == ["Lipa", "Łąka", "Żubr", "Читалище Извор"]
    assert names(client.get("/bg/organisations")) == ["Читалище Извор", "Łąka", "Lipa", "Żubr"]


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("lodz", ["Lipa", "Łąka"]), ("zgierz", ["Lipa"]), ("stara zagora", ["Читалище Извор"]),
        ("ЗАГОРА", ["Читалище Извор"]), ("zubr", ["Żubr"]),
        ("środowisko", ["Lipa", "Łąka"]), ("околна среда", ["Lipa", "Łąka"]), ("nic takiego", []), ('"*', []),
    ],
)  # fmt: skip
def test_words_find_name_place_and_theme(client: Any, query: str, found: list[str]) -> None:
    page = client.get("/pl/organisations", query_string={"q": query})
    assert page.status_code == 200
    assert names(page) == found


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ("country=BG", ["Читалище Извор"]), ("region=PL-10", ["Lipa", "Łąka"]), ("theme=5", ["Lipa", "Łąka"]),
        ("theme=5&kind=informal", ["Lipa"]), ("kind=registered&country=PL", ["Łąka", "Żubr"]),
        ("theme=1&region=PL-06", ["Żubr"]), ("theme=2", []), ("theme=1&q=lipa", ["Lipa"]),
        ("theme=nonsense&region=XX&kind=%00&country=DE&page=-3", ["Lipa", "Łąka", "Żubr", "Читалище Извор"]),
        ("network=nowhere", ["Lipa", "Łąka", "Żubr", "Читалище Извор"]),
    ],
)  # fmt: skip
def test_facets_narrow_the_list(client: Any, filters: str, found: list[str]) -> None:
    assert names(client.get(f"/pl/organisations?{filters}")) == found


def counts(name: str, query: str = "", **chosen: list[str]) -> dict[str, int]:
    """What the options of a facet say; those of nothing are left out."""
    facet = next(one for one in facets() if one.name == name)
    db.session.rollback()
    return {code: number for code, number in Found(Filters(query, chosen)).counts(facet).items() if number}


def total(query: str = "", **chosen: list[str]) -> int:
    db.session.rollback()
    return Found(Filters(query, chosen)).total


@pytest.mark.usefixtures("four")
def test_counts_say_what_each_choice_would_leave(app: Any) -> None:
    assert total() == 4
    assert counts("region") == {"PL-10": 2, "PL-06": 1, "BG-24": 1}
    assert counts("theme") == {"1": 3, "5": 2}
    assert counts("kind") == {"registered": 3, "informal": 1}
    assert counts("form") == {"pl-assoc": 2, "pl-informal": 1, "bg-chitalishte": 1}
    assert counts("language") == {"pl": 3, "bg": 1}
    assert counts("confirmed") == {"year": 4}
    narrow = {"theme": ["1"], "country": ["PL"]}
    assert total(**narrow) == 2
    assert counts("region", **narrow) == {"PL-10": 1, "PL-06": 1}
    assert counts("country", **narrow) == {"BG": 3, "PL": 3}  # with Bulgaria too; without Poland
    assert counts("theme", **narrow) == {"1": 3, "5": 3}  # without the theme; with the other one too
    assert counts("kind", **narrow) == {"informal": 1, "registered": 1}
    assert total("izvor") == 1
    assert counts("theme", "izvor") == {"1": 1}


@pytest.mark.usefixtures("four")
def test_several_of_one_facet_are_united_and_facets_cut(client: Any) -> None:
    assert names(client.get("/pl/organisations?region=PL-06&region=BG-24")) == ["Żubr", "Читалище Извор"]
    assert names(client.get("/pl/organisations?region=PL-06&region=PL-10&theme=5")) == ["Lipa", "Łąka"]
    assert names(client.get("/pl/organisations?country=BG&region=PL-10")) == []


@pytest.mark.usefixtures("four")
def test_every_link_of_a_facet_leads_to_as_many_as_it_says(client: Any) -> None:
    page = client.get("/pl/organisations?theme=1")
    options = re.findall(
        r'<li><a href="([^"]+)" rel="nofollow"><span>.*?</span><span class="num">(\d+)</span>', page.text
    )
    assert len(options) >= 5
    for url, count in options:
        assert len(names(client.get(url.replace("&amp;", "&")))) == int(count)


@pytest.mark.usefixtures("four")
def test_chosen_filters_can_be_taken_away(client: Any) -> None:
    page = client.get("/pl/organisations?theme=5&region=PL-10&q=lipa")
    assert 'href="/pl/organisations?q=lipa&amp;theme=5"' in page.text
    assert 'href="/pl/organisations?q=lipa"' in page.text
    assert 'hreflang="bg"' in page.text and "/bg/organisations?theme=5" in page.text


def test_network_filter_shows_its_active_members(app: Any, client: Any) -> None:
    coordinator = make_person("Koordynacja")
    network = make_network("Sieć Rzeczna", coordinators=(coordinator,))
    owner = make_person()
    member = make_organisation(owner, name="W sieci")
    make_organisation(name="Poza siecią")
    case = membership.apply(network, organisation_id=member.id, by=owner, language="pl", answers={})
    membership.accept(case, by=coordinator, version=case.row_version)
    page = client.get(f"/pl/organisations?network={network.slug}")
    assert names(page) == ["W sieci"]
    assert names(client.get(f"/pl/organisations?network={network.slug}&q=poza")) == []


def test_counts_follow_every_change(app: Any) -> None:
    organisation = make_organisation(themes=["1", "2"], status="draft")
    assert total() == 0
    for step in (S.PENDING, S.PUBLISHED):
        services.change_status(organisation, step, by=PORTAL)
    assert counts("theme") == {"1": 1, "2": 1}
    services.keep_up()
    current = fresh(organisation)
    services.update(current, by=PORTAL, version=current.row_version, **words(themes=["3"], region="PL-06"))
    assert counts("theme") == {"3": 1}
    assert counts("region") == {"PL-06": 1}
    services.change_status(organisation, S.HIDDEN, by=PORTAL)
    assert total() == 0
    assert total("stowarzyszenie") == 0
    services.change_status(organisation, S.PUBLISHED, by=PORTAL)
    before = {facet.name: counts(facet.name) for facet in facets()}
    assert services.keep_up() == 3
    assert {facet.name: counts(facet.name) for facet in facets()} == before


def test_pages_hold_twenty(app: Any, client: Any) -> None:
    bulk(45)
    first, third = client.get("/pl/organisations"), client.get("/pl/organisations?page=3")
    assert len(names(first)) == 20 and len(names(third)) == 5
    assert not set(names(first)) & set(names(third))
    assert len(names(client.get("/pl/organisations?page=99"))) == 5
    assert 'href="/pl/organisations?page=2"' in first.text


def test_empty_directory_says_what_to_do(app: Any, client: Any) -> None:
    page = client.get("/bg/organisations")
    assert "Добавете първата организация." in page.text


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("query", "number"), [("", 2), ("?theme=1&country=PL&kind=registered", 2), ("?q=lipa", 3)])
def test_directory_costs_the_same_with_more_rows(
    app: Any, client: Any, count_queries: Any, rows: int, query: str, number: int
) -> None:
    for place in range(rows):
        make_organisation(name=f"Lipa {place}")
    client.get("/en/organisations")
    with count_queries() as seen:
        page = client.get(f"/pl/organisations{query}")
    assert len(names(page)) == rows
    assert len(seen) == number, seen


def test_words_are_looked_up_once_as_long_as_nothing_changes(app: Any, client: Any, count_queries: Any) -> None:
    make_organisation(name="Lipa", summary="Sadzimy jodły.")
    other = make_organisation(name="Klon", summary="Czytamy razem.")
    assert names(client.get("/pl/organisations?q=jodly")) == ["Lipa"]
    with count_queries() as seen:
        assert names(client.get("/en/organisations?q=jodly&theme=1")) == ["Lipa"]
    assert len(seen) == 2, seen
    other = fresh(other)
    services.update(other, by=PORTAL, version=other.row_version, **words(name="Klon", summary="Sadzimy jodły."))
    assert names(client.get("/pl/organisations?q=jodly")) == ["Klon", "Lipa"]


def test_what_a_use_case_finds_of_its_own_is_kept_for_nobody(app: Any) -> None:
    organisation = make_organisation(summary="Sadzimy jodły.")
    assert total("jodly") == 1
    with pytest.raises(ValueError, match="undone"), transaction():
        search.remove(KIND, organisation.id)
        assert Found(Filters("jodly")).total == 0
        raise ValueError("undone")
    assert total("jodly") == 1


def test_common_word_is_counted_and_paged_to_its_end(app: Any, client: Any, monkeypatch: Any) -> None:
    from portal.organisations.queries import directory

    bulk(50)
    make_organisation(name="Aster")
    monkeypatch.setattr(directory, "FEW", 10)
    everything = [f"Stowarzyszenie {n:05}" for n in range(50)]
    page = client.get("/pl/organisations?q=opis")
    assert "50 organizacji" in page.text.replace("\xa0", " ")
    assert names(page) == everything[:20]
    assert names(client.get("/pl/organisations?q=opis&page=2")) == everything[20:40]
    assert names(client.get("/pl/organisations?q=opis&page=3")) == everything[40:]  # from the end of the index
    narrowed = client.get("/pl/organisations?q=opis&region=PL-06")
    assert "25 organizacji" in narrowed.text.replace("\xa0", " ")
    assert names(narrowed) == everything[1:40:2]
    assert names(client.get("/pl/organisations?q=opis&region=PL-06&page=2")) == everything[41::2]


def bulk(number: int) -> None:
    """So many organisations, half of them in another region, with names in order."""
    import datetime as dt

    from portal.words.i18n import Localized

    services.bulk_create(
        services.BulkRow(
            name=Localized.of("pl", f"Stowarzyszenie {place:05}"), summary=Localized.of("pl", "Opis."),
            description=Localized.of("pl", "<p>Opis.</p>"), legal_form="pl-assoc", town="Zgierz",
            region="PL-06" if place % 2 else "PL-10", themes=("1",), published_at=dt.datetime(2026, 5, 1, tzinfo=dt.UTC),
        )
        for place in range(number)
    )  # fmt: skip


def test_bulk_gives_what_single_profiles_have(app: Any, client: Any) -> None:
    bulk(3)
    assert counts("region") == {"PL-10": 2, "PL-06": 1}
    assert names(client.get("/pl/organisations?q=00002")) == ["Stowarzyszenie 00002"]
    assert client.get("/pl/organisations/stowarzyszenie-00002").status_code == 200
    bulk(3)
    assert client.get("/pl/organisations/stowarzyszenie-00002-2").status_code == 200


def test_page_of_long_texts_stays_small(app: Any, client: Any) -> None:
    for place in range(20):
        make_organisation(
            name=f"Сдружение за местно развитие и взаимопомощ {place:02}", language="bg", country="BG", town="Стара Загора",
            summary="Неправителствените организации. " * 9, themes=["1", "2", "6", "8", "12"], legal_form="bg-assoc-public",
        )  # fmt: skip
    page = client.get("/bg/organisations?country=BG&theme=12&kind=registered")
    assert len(names(page)) == 20
    assert len(page.data) <= 60_000
