"""The page of what others see about a person, and that no feature forgets a table that names people."""

from collections.abc import Iterator, Sequence
from typing import Any

from portal.declaration import Feature
from portal.features import FEATURES
from portal.organisations import services
from portal.privacy import own
from portal.privacy.visible import Visible
from tests.factories.events import make_event
from tests.factories.networks import make_application, make_network
from tests.factories.organisations import list_somebody, make_member, make_organisation
from tests.factories.people import make_administrator, make_person
from tests.factories.registrations import confirmed
from tests.support import markup

PAGE = "/en/account/visible"
SHARED = {holding.table.name for holding in own.PART.holdings}


def untold(features: Sequence[Feature], shared: set[str]) -> Iterator[str]:
    """Rule: every table that names people is told of by its feature, or has a reason why nobody else sees it."""
    answered = {name for one in features for name in (*one.visible.tables, *one.visible.unseen)}
    named = {holding.table.name for one in features if one.privacy for holding in one.privacy.holdings} | shared
    yield from (f"{name} is told by nobody" for name in sorted(named - answered))
    yield from (f"{name} names nobody" for name in sorted(answered - named))
    for one in features:
        yield from (f"{name} needs a reason" for name, why in one.visible.unseen.items() if not why.strip())
        yield from (f"{name} is both" for name in one.visible.tables & one.visible.unseen.keys())


def test_every_table_that_names_people_is_told_of() -> None:
    assert not list(untold(FEATURES, SHARED))


def test_tables_that_are_left_out_are_seen() -> None:
    bare = Feature("bare", (), privacy=own.PART)
    assert "consent is told by nobody" in list(untold([bare], set()))
    wrong = Feature("wrong", (), visible=Visible(frozenset({"consent"}), unseen={"consent": " "}))
    assert set(untold([wrong], SHARED)) >= {"consent needs a reason", "consent is both", "file is told by nobody"}


def rows(page: str) -> dict[str, str]:
    """What is seen, and who sees it."""
    found = {}
    for row in markup.parsed(page).all("tr"):
        cells = [" ".join(markup.text_of(cell).split()) for cell in row]
        found[cells[0]] = cells[1]
    return found


def test_page_tells_roles_entries_registrations_and_memberships(app: Any, as_person: Any) -> None:
    person, owner = make_person(), make_person()
    organisation = make_organisation(owner, name="Lipa")
    network = make_network("Sieć Lip", coordinators=(make_person(),))
    make_application(network, owner=owner, organisation=organisation, status="active")
    make_member(organisation, "representative", person)
    entry = list_somebody(organisation, owner, email=person.address)
    confirmed(make_event(), email=person.address)
    browser = as_person(person)
    told = rows(browser.get(PAGE).text)
    assert told["Your role: network representative Lipa"] == "Those who manage the profile"
    assert told["Your entry on the profile: board Lipa"] == "Those who manage the profile"
    assert told["That you speak for a member organisation Sieć Lip"] == "Coordinators of the network"
    assert told["Name, address and workshops of 1 registration Show"] == "Those who run the event"
    services.confirm_listed(entry)
    assert rows(browser.get(PAGE).text)["Your entry on the profile: board Lipa"] == "Everybody"


def test_coordinator_is_told_that_everybody_sees_the_name(app: Any, as_person: Any) -> None:
    person = make_person()
    make_network("Sieć Lip", coordinators=(person,))
    assert rows(as_person(person).get(PAGE).text)["Your name as coordinator Sieć Lip"] == "Everybody"


def test_portal_team_is_told_that_it_is_known_to_the_team(app: Any, as_person: Any) -> None:
    assert (
        rows(as_person(make_administrator()).get(PAGE).text)["That you belong to the portal team"] == "The portal team"
    )


def test_visitor_is_asked_to_log_in(client: Any) -> None:
    assert client.get(PAGE).status_code == 303
