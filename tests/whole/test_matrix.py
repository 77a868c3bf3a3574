"""Who may what, as a table of letters: eight roles at the pages of an organisation of theirs, of a foreign one, of a network.

The letters are those of the people: V visitor, R somebody with an account, A author, E editor, O owner, M representative of
another member of the network, C its coordinator, P the portal team. `test_permissions.py` holds the predicates to their
tables; this one asks the pages themselves, in the words of a browser.
"""

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from portal.organisations.models import Organisation
from tests.factories.networks import make_application, make_network
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_administrator, make_person
from tests.support.client import CheckedClient

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
ROLES = "VRAEOMCP"
ALL, ACCOUNT = ROLES, "RAEOMCP"

# Page of an organisation -> who opens it where it is their own (for M, C and P: of their network and portal), and where
# it is a foreign one, in which A, E and O are people with an account and C coordinates nothing.
OWN_AND_FOREIGN: dict[str, tuple[str, str]] = {
    "": (ALL, ALL),
    "/news": (ALL, ALL),
    "/feed.atom": (ALL, ALL),
    "/card": (ALL, ALL),
    "/write": (ALL, ALL),
    "/claim": (ACCOUNT, ACCOUNT),
    "/edit": ("EO", ""),
    "/edit/who": ("EO", ""),
    "/edit/numbers": ("EO", ""),
    "/edit/contacts": ("EO", ""),
    "/edit/areas": ("EO", ""),
    "/edit/names": ("EO", ""),
    "/logo": ("EO", ""),
    "/documents": ("EO", ""),
    "/documents/new": ("EO", ""),
    "/share": ("EO", ""),
    "/who-sees": ("EO", ""),
    "/who-sees?near=coordinators": ("EO", ""),
    "/translate/bg": ("AEO", ""),
    "/news/new": ("AEO", ""),
    "/history": ("AEOP", "P"),
    "/history/acts": ("AEOP", "P"),
    "/people": ("O", ""),
    "/people/listed": ("O", ""),
    "/trust/release": ("O", ""),
    "/networks": ("EOP", "P"),
    "/trust": ("EOCP", "P"),
    "/merge": ("OP", "P"),
    "/close": ("OP", "P"),
    "/suspend": ("P", "P"),
    "/trust/checks": ("CP", "P"),
}
# Page -> who opens it.
OTHERS: dict[str, str] = {
    "organisations": ALL,
    "organisations/map": ALL,
    "organisations.csv": ALL,
    "networks/{network}": ALL,
    "organisations/mine": ACCOUNT,
    "organisations/new": ACCOUNT,
    "networks/{network}/edit": "CP",
    "networks/{network}/questions": "CP",
    "networks/{network}/mails": "CP",
    "networks/{network}/news/new": "C",
    "networks/{network}/coordinators": "P",
    "messages/network/{network}": "C",
    "tasks/applications/{applied}": "CP",
    "memberships/{applied}": "MCP",
    "memberships/{applied}/withdraw": "M",
    "imports/": "CP",
    "tasks/unconfirmed": "CP",
    "networks/new": "P",
    "account/team": "P",
    "operator": "P",
}


@dataclass
class World:
    own: Organisation
    foreign: Organisation
    words: dict[str, Any]
    browsers: dict[str, CheckedClient]


@pytest.fixture
def world(app: Flask, as_person: Any) -> World:
    coordinator, owner, member = make_person(), make_person(), make_person()
    network = make_network(coordinators=(coordinator,))
    own, other, foreign = make_organisation(owner), make_organisation(), make_organisation()
    make_member(other, "representative", member)
    make_application(network, own, owner, status="active")
    make_application(network, other, member, status="active")
    applied = make_application(network, make_organisation(member), member)
    people = {
        "V": None, "R": make_person(), "A": make_member(own, "author"), "E": make_member(own, "editor"), "O": owner,
        "M": member, "C": coordinator, "P": make_administrator(),
    }  # fmt: skip
    browsers = {role: as_person(person) for role, person in people.items()}
    return World(own, foreign, {"network": network.slug, "applied": applied.id}, browsers)


def opens(browser: CheckedClient, address: str) -> bool:
    """Is the page shown? Else a visitor is asked to sign in, and others are refused or find nothing there."""
    answer = browser.get(f"/en/{address}")
    if answer.status_code == 303 and "/account/sign-in" not in answer.headers["Location"]:
        answer = browser.follow(answer)
    assert answer.status_code in (200, 303, 403, 404), f"{address}: {answer.status_code}"
    return answer.status_code == 200


def who_opens(world: World, address: str) -> str:
    return "".join(role for role in ROLES if opens(world.browsers[role], address))


def test_pages_of_an_organisation_open_for_whom_the_table_says(world: World) -> None:
    own, foreign = f"organisations/{world.own.slug}", f"organisations/{world.foreign.slug}"
    found = {page: (who_opens(world, own + page), who_opens(world, foreign + page)) for page in OWN_AND_FOREIGN}
    assert found == OWN_AND_FOREIGN


def test_other_pages_open_for_whom_the_table_says(world: World) -> None:
    assert {page: who_opens(world, page.format(**world.words)) for page in OTHERS} == OTHERS
