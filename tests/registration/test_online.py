"""Where an online meeting is: for people with a confirmed place, and for nobody else."""

from typing import Any

import pytest

from portal.events import services as events
from portal.events.fields import EVENT
from portal.events.models import Mode
from portal.events.services.editing import Telling
from portal.ground.authz import PORTAL
from portal.registration import services
from portal.words import search
from portal.words.i18n import Localized
from tests.factories.events import make_event, refreshed
from tests.factories.registrations import confirmed, tell_changes

ADDRESS = "https://spotkania.example.org/pokoj-7"
NOTES = "Hasło: lipa"


@pytest.fixture
def event(app: Any, frozen_clock: Any) -> Any:
    return make_event(
        mode=Mode.ONLINE, seats=1, online_url=ADDRESS, online_notes=Localized.of("pl", NOTES), town="",
        venue=Localized(),
    )  # fmt: skip


def own_page(client: Any, registration: Any) -> str:
    return str(client.get(f"/pl/registration/{services.open_own(registration.id).token}").text)


def test_public_pages_files_and_search_do_not_hold_the_address(client: Any, event: Any) -> None:
    slug = event.slug
    for page in (f"/pl/events/{slug}", f"/pl/events/{slug}.ics", "/pl/events.ics", f"/pl/events/{slug}/register",
                 "/pl/events", f"/pl/events/{slug}/programme"):  # fmt: skip
        answer = client.get(page)
        assert answer.status_code == 200 and "pokoj-7" not in answer.text and NOTES not in answer.text, page
    assert not search.search("pokoj", lang="pl").items and not search.search("lipa", lang="pl").items
    assert "znajdzie adres spotkania" in client.get(f"/pl/events/{slug}").text


def test_who_has_a_place_gets_the_address_and_who_waits_does_not(client: Any, event: Any, outbox: Any) -> None:
    first = confirmed(event, email="ala@example.net")
    second = confirmed(event, email="ola@example.net")
    outbox.deliver()
    assert ADDRESS in own_page(client, first) and NOTES in own_page(client, first)
    assert ADDRESS not in own_page(client, second) and NOTES not in own_page(client, second)
    assert any(ADDRESS in outbox.text(one) and NOTES in outbox.text(one) for one in outbox.to("ala@example.net"))
    assert not any(ADDRESS in outbox.text(one) for one in outbox.to("ola@example.net"))


def test_the_mail_that_asks_to_confirm_does_not_hold_the_address(event: Any, outbox: Any) -> None:
    confirmed(event, email="ala@example.net")
    outbox.deliver()
    first, *_later = outbox.to("ala@example.net")
    assert "/confirm" in outbox.text(first) and ADDRESS not in outbox.text(first)


def test_another_address_reaches_those_who_come(client: Any, event: Any, outbox: Any) -> None:
    registration = confirmed(event, email="ala@example.net")
    outbox.deliver()
    before = len(outbox.to("ala@example.net"))
    row = refreshed(event)
    values = {**EVENT.read(row, "pl", row.timezone), "online_url": "https://inne.example.org/9"}
    with pytest.raises(events.editing.Touches):
        events.update_event(row, version=row.row_version, by=PORTAL, **values)
    events.update_event(row, version=row.row_version, agreed=Telling.TELL, by=PORTAL, **values)
    tell_changes()
    outbox.deliver()
    *_old, last = outbox.to("ala@example.net")
    assert len(outbox.to("ala@example.net")) == before + 1
    assert "https://inne.example.org/9" in outbox.text(last)
    assert "https://inne.example.org/9" in own_page(client, registration)


def test_address_that_is_not_known_yet_is_promised_on_the_own_page(client: Any, app: Any, frozen_clock: Any) -> None:
    event = make_event(mode=Mode.HYBRID)
    page = own_page(client, confirmed(event))
    assert "Adres spotkania online nie jest jeszcze znany" in page


def test_whoever_cancelled_sees_the_address_no_more(client: Any, event: Any) -> None:
    registration = confirmed(event, email="ala@example.net")
    token = services.open_own(registration.id).token
    client.post(f"/pl/registration/{token}/cancel", data={})
    assert ADDRESS in own_page(client, registration)
