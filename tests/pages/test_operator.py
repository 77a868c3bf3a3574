"""Who runs the portal: said once by the portal team, read in the statements."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.pages import queries
from tests.factories.people import make_administrator
from tests.support.client import CheckedClient

WORDS = {
    "name": "Fundacja Próba", "address": "ul. Próbna 1, 90-001 Łódź", "email": "biuro@example.org",
    "phone": "+48 22 000 00 00", "protection_officer": "iod@example.org", "accessibility_contact": "Zespół dostępności",
}  # fmt: skip


@pytest.fixture
def team(app: Flask, as_person: Callable[[Any], CheckedClient]) -> CheckedClient:
    return as_person(make_administrator())


def test_statements_name_whoever_runs_the_portal(team: CheckedClient, client: CheckedClient) -> None:
    assert "a11y-podmiot" not in client.get("/pl/accessibility").text
    assert "jeszcze nie podano" in team.get("/pl/account").text
    assert team.submit("/pl/operator", WORDS).status_code == 303
    assert "jeszcze nie podano" not in team.get("/pl/account").text
    statement = client.get("/pl/accessibility").text
    for part in ('id="a11y-podmiot">Fundacja Próba', 'id="a11y-osoba">Zespół', "tel:+48220000000", "mailto:biuro@"):
        assert part in statement
    assert "ul. Próbna 1" in client.get("/bg/about").text
    assert "Fundacja Próba" in client.get("/en/privacy").text


def test_every_mistake_is_shown_at_once_and_nothing_is_lost(team: CheckedClient) -> None:
    answer = team.submit("/en/operator", {**WORDS, "name": "", "email": "biuro", "protection_officer": "iod"})
    assert answer.status_code == 422
    assert answer.text.count('aria-invalid="true"') == 3
    assert 'value="ul. Próbna 1, 90-001 Łódź"' in answer.text
    assert queries.operator() is None


def test_two_who_write_at_once_see_both_versions(team: CheckedClient) -> None:
    mine, theirs = team.get("/en/operator"), team.get("/en/operator")
    assert team.submit(theirs, WORDS).status_code == 303
    answer = team.submit(mine, {**WORDS, "name": "Stowarzyszenie Inne"})
    assert answer.status_code == 409
    assert "Fundacja Próba" in answer.text
    assert "Stowarzyszenie Inne" in answer.text
    assert team.submit(answer, {"name": "Stowarzyszenie Inne"}).status_code == 303
