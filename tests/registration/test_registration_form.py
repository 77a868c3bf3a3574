"""The page on which somebody registers: which choice it starts with, and what it shows before anything is sent."""

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.ground.db import db
from portal.registration.models import Registration
from tests.factories.events import make_event, make_session, make_slot
from tests.support.client import CheckedClient
from tests.support.markup import parsed


def chosen(html: str, name: str) -> list[str]:
    """The values that are checked in a group of the form."""
    inputs = parsed(html).all("input")
    return [one.get("value", "") for one in inputs if one.get("name") == name and one.get("checked") is not None]


def test_workshop_of_the_link_is_chosen_beforehand(app: Flask, client: CheckedClient) -> None:
    event = make_event()
    slot = make_slot(event)
    free, full = make_session(event, slot=slot), make_session(event, slot=slot, seats=0)
    group, address = f"slot_{slot.id}", f"/en/events/{event.slug}/register"
    assert chosen(client.get(address).text, group) == ["none"]
    assert chosen(client.get(f"{address}?session={free.id}").text, group) == [str(free.id)]
    assert chosen(client.get(f"{address}?session={full.id}").text, group) == [f"{full.id}w"]


@pytest.mark.parametrize("asked", ["0", "-1", "999999999999999999999", "x", "7 OR 1", "%00"])
def test_link_to_a_workshop_that_is_not_there_opens_the_plain_form(
    app: Flask, client: CheckedClient, asked: str
) -> None:
    event = make_event()
    slot = make_slot(event)
    make_session(event, slot=slot)
    page = client.get(f"/en/events/{event.slug}/register?session={asked}")
    assert (page.status_code, chosen(page.text, f"slot_{slot.id}")) == (200, ["none"])


def test_looking_at_the_choice_sends_nothing_and_loses_nothing(app: Flask, client: CheckedClient) -> None:
    event = make_event()
    slot = make_slot(event)
    workshop = make_session(event, slot=slot)
    address = f"/en/events/{event.slug}/register"
    typed = {"name": "Ola Próbna", "email": "nobody", f"slot_{slot.id}": str(workshop.id)}
    seen = client.submit(address, typed, button="act=look")
    assert (seen.status_code, chosen(seen.text, f"slot_{slot.id}")) == (422, [str(workshop.id)])
    assert 'id="problems"' not in seen.text and "Ola Próbna" in seen.text
    sent = client.submit(address, {**typed, "email": "ola@example.org"}, button="act=look")
    assert sent.status_code == 422
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Registration)) == 0


def test_choice_that_asked_for_another_session_is_not_put_in_its_place(app: Flask, client: CheckedClient) -> None:
    event = make_event()
    slot = make_slot(event)
    asked, other = make_session(event, slot=slot), make_session(event, slot=slot)
    address = f"/en/events/{event.slug}/register?session={asked.id}"
    typed = {"name": "", "email": "ola@example.org", f"slot_{slot.id}": str(other.id)}
    assert chosen(client.submit(address, typed).text, f"slot_{slot.id}") == [str(other.id)]
