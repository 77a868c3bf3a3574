"""A profile with another name: whoever has an address of before gets to the same page of today."""

from typing import Any

import pytest

from portal.ground.authz import PORTAL
from portal.organisations import services
from tests.factories.organisations import fresh, make_organisation, words
from tests.factories.people import make_person

BELOW = ["", "/news", "/feed.atom", "/people", "/edit", "/networks", "/translate/bg", "/logo", "/news/new", "/send"]


def renamed(owner: Any, status: str = "published") -> Any:
    """A profile that was published as Lipa and is called Buk now."""
    organisation = make_organisation(owner, name="Lipa")
    services.update(organisation, by=PORTAL, version=organisation.row_version, **words(name="Buk"))
    organisation = fresh(organisation)
    if status != "published":
        services.change_status(organisation, status, by=PORTAL, reason="Powód")
    return fresh(organisation)


@pytest.mark.parametrize("below", BELOW)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_every_address_below_the_former_one_leads_on_for_good(
    app: Any, as_person: Any, method: str, below: str
) -> None:
    owner = make_person()
    renamed(owner)
    answer = as_person(owner).open(f"/pl/organisations/lipa{below}?page=2&q=a%20b", method=method)
    assert answer.status_code == 301
    assert answer.location == f"/pl/organisations/buk{below}?page=2&q=a%20b"
    assert answer.headers["Cache-Control"] == "no-cache"  # a name can come back


def test_a_name_that_came_back_leads_nowhere_else(app: Any, client: Any) -> None:
    organisation = renamed(make_person())
    services.update(organisation, by=PORTAL, version=organisation.row_version, **words(name="Lipa"))
    assert client.get("/pl/organisations/lipa/news").status_code == 200
    assert client.get("/pl/organisations/buk/news").location == "/pl/organisations/lipa/news"


def test_what_was_typed_under_the_former_name_is_kept_and_sent_on_only_by_hand(app: Any, as_person: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner, name="Lipa")
    browser = as_person(owner)
    form = browser.get("/pl/organisations/lipa/edit/work")
    services.update(organisation, by=PORTAL, version=organisation.row_version, **words(name="Buk"))
    kept = browser.submit(form, {"summary": "Malujemy płoty."}, action=None)
    assert kept.status_code == 409
    assert "Nic nie zostało jeszcze zapisane" in kept.text
    assert 'action="/pl/organisations/buk/edit/work"' in kept.text
    opened = browser.submit(kept, action="/pl/organisations/buk/edit/work")
    assert opened.status_code == 422
    assert "Malujemy płoty." in opened.text
    assert fresh(organisation).summary.get("pl") != "Malujemy płoty."


@pytest.mark.parametrize("status", ["hidden", "suspended"])
def test_a_form_tells_nobody_the_new_name_of_a_profile_that_they_may_not_know(
    app: Any, as_person: Any, status: str
) -> None:
    renamed(make_person(), status)
    answer = as_person(make_person()).post("/pl/organisations/lipa/edit/who", data={"name": "Olcha"})
    assert answer.status_code == 404
    assert "buk" not in answer.text


@pytest.mark.parametrize("status", ["hidden", "suspended"])
def test_nobody_learns_the_new_name_of_a_profile_that_they_may_not_know(
    app: Any, client: Any, as_person: Any, status: str
) -> None:
    owner = make_person()
    renamed(owner, status)
    for below in ("", "/news", "/people"):
        assert client.get(f"/pl/organisations/lipa{below}").status_code == 404
        assert as_person(make_person()).get(f"/pl/organisations/lipa{below}").status_code == 404
    assert as_person(owner).get("/pl/organisations/lipa").status_code == 301


def test_a_page_that_is_not_there_is_not_there_at_the_new_address_either(app: Any, client: Any) -> None:
    renamed(make_person())
    assert client.get("/pl/organisations/olcha").status_code == 404
    assert client.get("/pl/events/lipa").status_code == 404
    assert client.get("/pl/networks/lipa").status_code == 404
