"""What the services of networks refuse, whoever calls them."""

from typing import Any

import pytest
from flask import Flask

from portal.ground.authz import PORTAL
from portal.ground.errors import Conflict, Refusal
from portal.membership import queries, services
from portal.questions.services.building import MOST
from tests.factories.networks import make_network, make_question
from tests.factories.people import make_person


def test_network_needs_a_name(app: Flask) -> None:
    with pytest.raises(Refusal) as refused:
        services.create_network(language="pl", by=PORTAL, name="", summary="", description="")
    assert refused.value.parts[0].field == "name"


def test_coordinator_is_somebody_known_once(app: Flask) -> None:
    network, person = make_network(), make_person(email="kora@example.org")
    role = services.grant_coordinator(network.slug, "kora@example.org", by=PORTAL)
    for slug, address, field in (
        ("nie-ma", "kora@example.org", "network"),
        (network.slug, "nikt@example.org", "email"),
        (network.slug, "kora@example.org", "email"),
    ):
        with pytest.raises(Refusal) as refused:
            services.grant_coordinator(slug, address, by=PORTAL)
        assert refused.value.field == field
    services.end_coordinator(role, by=PORTAL)
    services.end_coordinator(role, by=PORTAL)
    assert not queries.is_coordinator(person, network)


@pytest.fixture
def coordinated(app: Flask) -> tuple[Any, Any]:
    network, person = make_network(), make_person(email="kora@example.org")
    services.grant_coordinator(network.slug, "kora@example.org", by=PORTAL)
    return network, person


def ask(network: Any, by: Any, text: str) -> Any:
    return services.add_question(network, language="pl", by=by, text=text, hint="", required=True)


def test_network_asks_so_many_questions_and_no_empty_one(coordinated: tuple[Any, Any]) -> None:
    network, by = coordinated
    with pytest.raises(Refusal) as refused:
        ask(network, by, "")
    assert refused.value.field == "text"
    for number in range(MOST):
        ask(network, by, f"Pytanie {number}?")
    with pytest.raises(Refusal):
        ask(network, by, "Jedno więcej?")


def test_first_question_stays_first_and_a_retired_one_is_not_moved(coordinated: tuple[Any, Any]) -> None:
    network, by = coordinated
    first, second = make_question(network), make_question(network, "Kiedy?")
    services.move_question(first, direction="up", by=by)
    services.move_question(second, direction="down", by=by)
    assert [one.id for one in queries.questions_of(network.id)] == [first.id, second.id]
    services.retire_question(second, by=by)
    services.move_question(second, direction="up", by=by)
    assert [one.id for one in queries.questions_of(network.id)] == [first.id]
    with pytest.raises(Conflict):
        services.change_question(
            second, version=second.question.row_version, language="pl", by=by, text="Inaczej?", hint="", required=True,
            most_words=None, most_letters=None,
        )  # fmt: skip
