"""In which role somebody takes part: asked only where there is something to choose, and never more than is offered."""

from typing import Any

import pytest
from flask import Flask

from portal.events.models import Event
from portal.ground.db import transaction
from portal.ground.errors import Refusal
from portal.registration import services
from portal.words.tables import read_file
from tests.factories.events import make_coordinator, make_event, make_network, refreshed
from tests.factories.registrations import change, confirmed, submit
from tests.registration.test_questions import latest, own, register
from tests.support.client import CheckedClient

TYPED = {"name": "Ola Próbna", "email": "ola@example.org"}


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event(participant_roles="participant,volunteer")


def offer(event: Event, codes: str) -> None:
    with transaction() as session:
        session.get_one(Event, event.id).participant_roles = codes


@pytest.mark.parametrize(("offered", "is_then"), [("", "participant"), ("volunteer", "volunteer")])
def test_nothing_is_asked_where_there_is_nothing_to_choose(
    event: Event, client: CheckedClient, offered: str, is_then: str
) -> None:
    offer(event, offered)
    page = client.get(register(event))
    assert 'name="role"' not in page.text
    assert client.submit(page, TYPED).status_code == 303
    assert latest().role == is_then


def test_role_is_chosen_and_shown_and_changed(event: Event, client: CheckedClient) -> None:
    assert client.submit(register(event), {**TYPED, "role": "volunteer"}).status_code == 303
    one = latest()
    services.confirm(one.id)
    page = own(one)
    assert "wolontariat" in client.get(page).text
    before = refreshed(one).row_version
    assert client.submit(f"{page}/change", {"role": "participant"}).status_code == 303
    assert (refreshed(one).role, refreshed(one).row_version > before) == ("participant", True)


def test_nobody_takes_a_role_that_is_not_offered(event: Event, client: CheckedClient) -> None:
    page = client.get(register(event))
    token = {"csrf_token": page.text.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]}
    refused = client.post(register(event), data={**TYPED, **token, "role": "speaker"})
    assert refused.status_code == 422
    for wanted in ("speaker", None):
        with pytest.raises(Refusal):
            submit(event, role=wanted)
    registration = confirmed(event, role="volunteer")
    with pytest.raises(Refusal):
        services.change(
            registration.id, version=refreshed(registration).row_version, name="Anna Nowak", affiliation="", wanted=[],
            role="speaker",
        )  # fmt: skip


def test_role_that_is_offered_no_longer_stays_with_who_has_it(event: Event, client: CheckedClient) -> None:
    registration = confirmed(event, role="volunteer")
    offer(event, "participant,media")
    change(registration)
    assert refreshed(registration).role == "volunteer"
    address = f"{own(registration)}/change"
    assert client.submit(address, {"affiliation": "Koło"}).status_code == 303
    assert refreshed(registration).role == "volunteer"


def taken_home(browser: Any, event: Event) -> Any:
    """The lines of the file of all columns."""
    page = f"/en/events/{event.slug}/participants/export"
    return read_file(browser.submit(page, button="ending=csv").data).lines


def test_roles_stand_in_the_file_of_an_event_that_offers_them(as_person: Any) -> None:
    network = make_network()
    plain, event = make_event(network), make_event(network, participant_roles="participant,volunteer")
    confirmed(plain)
    confirmed(event, role="volunteer")
    browser = as_person(make_coordinator(network))
    heads, row = taken_home(browser, event)
    assert dict(zip(heads.cells, row.cells, strict=True))["Role"] == "volunteer"
    first, _row = taken_home(browser, plain)
    assert "Role" not in first.cells
