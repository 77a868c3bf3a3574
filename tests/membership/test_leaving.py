"""Who alone coordinates a network does not leave before somebody else coordinates it, too."""

import threading
from typing import Any

import pytest
from flask import Flask

from portal.accounts.services import erase_person
from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.ground.errors import Refusal, Refusals
from portal.membership import queries, services
from portal.membership.services import people
from tests.factories.networks import make_network
from tests.factories.people import make_person

pytestmark = pytest.mark.both_engines
SENTENCE = "Nobody else coordinates these networks."


def test_sole_coordinator_is_told_whom_to_ask_and_leaves_afterwards(app: Flask, as_person: Any) -> None:
    person, second = make_person(), make_person()
    network = make_network("Sieć Lip", coordinators=(person,))
    make_network("Sieć Brzóz", coordinators=(person, second))
    page = as_person(person).get("/en/account/delete").text
    obstacles = page.partition("What to do first")[2].partition("What goes")[0]
    assert SENTENCE in obstacles and "Sieć Lip" in obstacles and "Sieć Brzóz" not in obstacles
    assert f"/en/networks/{network.slug}" in obstacles and 'name="password"' not in page
    with pytest.raises(Refusals) as refused:
        erase_person(person.id, by=person)
    assert [str(one.reason) for one in refused.value.parts] == [str(services.COORDINATES_ALONE)]
    services.grant_coordinator(network.slug, str(second.email), by=PORTAL)
    assert SENTENCE not in as_person(person).get("/en/account/delete").text
    erase_person(person.id, by=person)
    assert [one.id for one in queries.coordinators(network.id)] == [second.id]


def test_who_coordinated_once_and_who_is_second_are_no_obstacle(app: Flask) -> None:
    person = make_person()
    network = make_network(coordinators=(make_person(), person))
    assert not queries.coordinated_by_nobody_else(person.id)
    role = next(role for role, holder in queries.coordinator_roles(network.id) if holder.id != person.id)
    services.end_coordinator(role, by=PORTAL)
    assert [one.id for one in queries.coordinated_by_nobody_else(person.id)] == [network.id]
    assert not queries.coordinated_by_nobody_else(role.person_id)


def test_of_two_who_leave_at_once_one_stays(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have read that there is another one before either of them ends a role."""
    two = [make_person(), make_person()]
    network = make_network(coordinators=(two[0], two[1]))
    both, leave, outcome = threading.Barrier(2, timeout=10), people.locked, list[str]()

    def together(*arguments: Any) -> Any:
        if db.engine.dialect.name == "postgresql":  # one writer at a time elsewhere
            both.wait()
        return leave(*arguments)

    def go(number: int) -> None:
        with app.app_context():
            try:
                erase_person(number, by=PORTAL)
                outcome.append("left")
            except (Refusal, Refusals):
                outcome.append("stays")

    numbers = [person.id for person in two]
    db.session.rollback()
    monkeypatch.setattr(people, "locked", together)
    threads = [threading.Thread(target=go, args=(number,)) for number in numbers]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    db.session.rollback()
    assert sorted(outcome) == ["left", "stays"]
    assert len(queries.coordinators(network.id)) == 1
