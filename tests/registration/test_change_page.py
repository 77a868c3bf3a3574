"""The page on which somebody changes the own registration: it gives up no place by accident."""

import re

from flask import Flask

from portal.ground.db import transaction
from portal.registration import services
from portal.registration.services import Wish
from portal.words.i18n import Localized
from tests.factories.events import make_event, make_session, make_slot, refreshed
from tests.factories.registrations import change, confirmed, state
from tests.support.client import CheckedClient


def test_moved_session_that_overlaps_is_shown_and_has_to_be_solved(app: Flask, client: CheckedClient) -> None:
    event = make_event()
    slot = make_slot(event)
    one, other = make_session(event, slot=slot), make_session(event, hours=6)
    registration = confirmed(event, one, other)
    with transaction() as session:
        moved = session.merge(other)
        moved.slot_id, moved.starts_at, moved.ends_at = slot.id, refreshed(slot).starts_at, refreshed(slot).ends_at
    token = services.open_own(registration.id).token
    page = client.get(f"/en/registration/{token}/change")
    assert page.status_code == 200
    assert client.submit(page, {}).status_code == 422
    assert client.submit(page, {f"slot_{slot.id}": str(other.id)}).status_code == 303
    assert (state(registration, one), state(registration, other)) == ("released", "booked")


def test_waiting_place_beside_a_booking_survives_a_change_of_name(app: Flask, client: CheckedClient) -> None:
    event = make_event()
    slot = make_slot(event)
    mine, full = make_session(event, slot=slot), make_session(event, slot=slot, seats=0)
    registration = confirmed(event, mine)
    change(registration, Wish(mine.id), Wish(full.id, waits=True))
    token = services.open_own(registration.id).token
    assert client.submit(f"/en/registration/{token}/change", {"name": "Anna Maria"}).status_code == 303
    assert (state(registration, mine), state(registration, full)) == ("booked", "waiting")


def test_change_from_an_old_page_gives_up_no_place_that_it_did_not_know_of(app: Flask, client: CheckedClient) -> None:
    event = make_event()
    slot = make_slot(event)
    workshop = make_session(event, slot=slot, title=Localized.of("pl", "Budżet"))
    registration = confirmed(event)
    address = f"/pl/registration/{services.open_own(registration.id).token}/change"
    old_tab = client.get(address)
    assert client.submit(address, {f"slot_{slot.id}": str(workshop.id)}).status_code == 303
    stale = client.submit(old_tab, {"affiliation": "Koło Gospodyń"})
    assert (stale.status_code, state(registration, workshop)) == (409, "booked")
    assert "Zgłoszenie zmieniło się" in stale.text and "Koło Gospodyń" in stale.text
    assert re.search(r'class="theirs".*?Budżet.*?class="ours".*?zostawiam wolny', stale.text, re.DOTALL)
    assert client.submit(stale, {f"slot_{slot.id}": str(workshop.id)}).status_code == 303
    assert (state(registration, workshop), refreshed(registration).affiliation) == ("booked", "Koło Gospodyń")


def test_who_got_the_place_meanwhile_sees_it_chosen(app: Flask, client: CheckedClient) -> None:
    event = make_event()
    slot = make_slot(event)
    workshop = make_session(event, slot=slot, seats=1)
    holder, registration = confirmed(event, workshop), confirmed(event, workshop)
    old_tab = client.get(f"/en/registration/{services.open_own(registration.id).token}/change")
    services.cancel(holder.id)
    shown = client.submit(old_tab, {"name": "Anna Maria"})
    assert (shown.status_code, state(registration, workshop)) == (409, "booked")
    assert re.search(rf'value="{workshop.id}"[^>]* checked', shown.text)
    assert client.submit(shown, {}).status_code == 303
    assert (state(registration, workshop), refreshed(registration).name) == ("booked", "Anna Maria")


def test_group_without_an_answer_stays_as_it_was(app: Flask, client: CheckedClient) -> None:
    event = make_event()
    slot = make_slot(event)
    mine, full = make_session(event, slot=slot), make_session(event, slot=slot, seats=0)
    registration = confirmed(event, mine)
    address = f"/en/registration/{services.open_own(registration.id).token}/change"
    refused = client.submit(address, {f"slot_{slot.id}": str(full.id)})  # shown as free a moment ago
    assert refused.status_code == 422
    assert client.submit(refused, {}).status_code == 303
    assert state(registration, mine) == "booked"
