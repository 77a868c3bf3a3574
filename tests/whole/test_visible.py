"""The page of what others see about a person, and that no feature forgets a table that names people."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from portal.accounts.models import Person
from portal.declaration import Feature
from portal.features import FEATURES
from portal.ground.db import db
from portal.organisations import services
from portal.privacy import own
from portal.privacy.visible import Visible
from tests.factories.events import make_event
from tests.factories.networks import make_application, make_network
from tests.factories.organisations import list_somebody, make_member, make_organisation
from tests.factories.people import make_administrator, make_person
from tests.factories.registrations import confirmed
from tests.factories.trust import make_claim, make_group, make_orphan, make_vouch
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


def rows(page: str) -> dict[str, tuple[str, str]]:
    """What is seen, who sees it, and why."""
    found = {}
    for row in markup.parsed(page).all("tr"):
        cells = [" ".join(markup.text_of(cell).split()) for cell in row]
        found[cells[0]] = (cells[1], cells[2])
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
    managing, role = "Those who manage the profile", "You have this role in the organisation."
    assert told["Your role: network representative Lipa"] == (managing, role)
    assert told["Your entry on the profile: board Lipa"] == (managing, "You were asked whether you agree.")
    assert told["That you speak for a member organisation Sieć Lip"] == (
        "Coordinators of the network", "You have a role in an organisation that belongs to the network.",
    )  # fmt: skip
    assert told["Name, address and workshops of 1 registration Show"] == (
        "Those who run the event", "You registered for their event.",
    )  # fmt: skip
    assert told["What you have done and changed, with your name Lipa"] == (
        "People of the organisation, and the portal team", "You have a role in the organisation.",
    )  # fmt: skip
    services.confirm_listed(entry)
    told = rows(browser.get(PAGE).text)
    assert told["Your entry on the profile: board Lipa"] == ("Everybody", "You agreed to it.")


@pytest.mark.parametrize(
    ("visibility", "who"),
    [
        ("public", "Everybody"), ("registered", "People with an account"), ("network", "Members of the same networks"),
        ("coordinators", "Coordinators of its networks"), ("private", "People of the organisation"),
    ],
)  # fmt: skip
def test_page_tells_where_the_address_is_a_contact(app: Any, as_person: Any, visibility: str, who: str) -> None:
    person = make_person(email="wanda.kontakt@example.org")
    make_organisation(make_person(), name="Lipa", contacts=[("email", "Wanda.Kontakt@example.org", visibility)])
    make_organisation(make_person(), name="Dąb", status="draft", contacts=[("email", person.email, "public")])
    make_network("Sieć Lip", contact_email=person.email)
    told = rows(as_person(person).get(PAGE).text)
    why = "The organisation gives it as its contact."
    assert told["Your address as a contact of the organisation Lipa"] == (who, why)
    assert told["Your address as a contact of the organisation Dąb"] == ("People of the organisation", why)
    assert told["Your address as the contact of a network Sieć Lip"][0] == "Everybody"


def test_page_tells_vouches_and_claims(app: Any, as_person: Any) -> None:
    keeper = make_person()
    vouch = make_vouch(make_group(keeper, name="Grupa Lipa"), keeper)
    person = db.session.get_one(Person, vouch.person_id)
    make_claim(make_orphan(name="Dąb"), person)
    told = rows(as_person(person).get(PAGE).text)
    group = "People of the group, and those who decide about its profile"
    assert told["That you vouch for a group Grupa Lipa"] == (group, "You vouch for it.")
    assert told["Your address, if a group has asked you to vouch for it"] == (group, "They wrote to it.")
    assert told["That you claim a profile, and what you wrote about it Dąb"] == (
        "Those who manage the profile, its coordinators and the portal team", "You made the claim.",
    )  # fmt: skip


def test_every_line_says_why(app: Any, as_person: Any) -> None:
    from tests.factories.lives import full_life

    life = full_life()
    told = rows(as_person(db.session.get_one(Person, life.person.id)).get(PAGE).text)
    assert len(told) > 10
    assert not [what for what, (who, why) in told.items() if not who or not why]


def test_coordinator_is_told_that_everybody_sees_the_name(app: Any, as_person: Any) -> None:
    person = make_person()
    make_network("Sieć Lip", coordinators=(person,))
    told = rows(as_person(person).get(PAGE).text)
    assert told["Your name as coordinator Sieć Lip"] == ("Everybody", "You coordinate the network.")


def test_portal_team_is_told_that_it_is_known_to_the_team(app: Any, as_person: Any) -> None:
    told = rows(as_person(make_administrator()).get(PAGE).text)
    assert told["That you belong to the portal team"] == ("The portal team", "You belong to it.")


def test_visitor_is_asked_to_log_in(client: Any) -> None:
    assert client.get(PAGE).status_code == 303
