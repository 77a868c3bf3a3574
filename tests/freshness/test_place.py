"""Where a profile that nobody confirms stands: in the place of its name, with its date, until it is out of the list."""

from typing import Any

import pytest
from flask import Flask

from portal.freshness import services
from tests.factories.freshness import aged
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person

NAMES = ("Ogród Aster", "Ogród Bez", "Ogród Cis")


def standing(text: str) -> list[str]:
    """The names in the order in which a page has them."""
    found = [(text.index(f">{name}<") if f">{name}<" in text else -1, name) for name in NAMES]
    return [name for place, name in sorted(found) if place >= 0]


def plain(page: Any) -> str:
    return page.text.replace("\xa0", " ").replace("<mark>", "").replace("</mark>", "")


@pytest.mark.both_engines
@pytest.mark.parametrize(("days", "is_old"), [(10, False), (405, True), (500, True)])
def test_a_stale_profile_stands_where_its_name_belongs_and_carries_its_date(
    app: Flask, client: Any, days: int, is_old: bool
) -> None:
    for name in reversed(NAMES):
        organisation = make_organisation(make_person(), name=name)
        if name == "Ogród Bez":
            aged(organisation, days)
    services.ask_all()
    for address in ("/en/organisations", "/en/organisations?q=ogrod", "/en/search?q=ogrod"):
        assert standing(plain(client.get(address))) == list(NAMES), address
    shown = plain(client.get("/en/organisations"))
    assert shown.count("Details not confirmed since:") == is_old
    assert shown.count("Details confirmed:") == 3 - is_old


def test_a_dormant_profile_is_out_of_the_list_and_found_by_its_filter_and_by_words(app: Flask, client: Any) -> None:
    for name in reversed(NAMES):
        organisation = make_organisation(make_person(), name=name)
        if name == "Ogród Bez":
            aged(organisation, 560)
    services.ask_all()
    listed = plain(client.get("/en/organisations"))
    assert standing(listed) == ["Ogród Aster", "Ogród Cis"]
    assert "/en/organisations?state=dormant" in listed
    filtered = plain(client.get("/en/organisations?state=dormant"))
    assert standing(filtered) == ["Ogród Bez"]
    assert "Not in the list of organisations: details not confirmed since" in filtered
    assert standing(plain(client.get("/en/search?q=ogrod"))) == list(NAMES)
