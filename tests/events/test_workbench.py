"""The way of a coordinator: from the first draft to a public programme, and what may change later."""

import datetime as dt
from urllib.parse import urlsplit

import pytest

from portal.events import queries
from portal.events.models import EventStatus
from tests.factories.events import NEW, make_coordinator, make_event, make_network, make_session
from tests.support import markup


@pytest.fixture
def network(app, frozen_clock):
    return make_network()


@pytest.fixture
def browser(as_person, network):
    return as_person(make_coordinator(network))


@pytest.fixture
def event(browser, network):
    response = browser.submit(f"/pl/networks/{network.slug}/events/new", NEW)
    assert response.status_code == 303, response.text
    return queries.by_slug("kongres-sasiadek-i-sasiadow")


def url(event, rest="manage"):
    return f"/pl/events/{event.slug}/{rest}"


def add_parts(browser, event):
    browser.submit(url(event, "rooms/new"), {"name": "Sala Tkaczy", "capacity": "20"})
    browser.submit(url(event, "rooms/new"), {"name": "Sala Ogrodowa", "capacity": "12"})
    browser.submit(url(event, "slots/new"), {"starts_at": "2026-12-04T10:00", "ends_at": "2026-12-04T11:30"})
    return queries.rooms(event.id), queries.slots(event.id)[0]


def add_session(browser, event, slot, room, title="Budżet dla sąsiadów", **more):
    fields = {"title": title, "kind": "workshop", "slot": str(slot.id), "room": str(room.id), "seats": "12", **more}
    return browser.submit(url(event, f"sessions/new?slot={slot.id}"), fields)


def test_what_is_worth_a_look_is_folded_and_leads_to_its_session(browser, network):
    event, speaker = make_event(network), "Anna Nowak"
    first, second = make_session(event, speakers=speaker), make_session(event, speakers=speaker)
    page = browser.get(f"/en/events/{event.slug}/manage").text
    folded = page.partition("Worth a look: 1 thing in the programme")[2].partition("</details>")[0]
    assert [f"/sessions/{one.id}/edit" in folded for one in (first, second)] == [True, True]


def test_new_event_is_a_draft_with_its_times_on_the_wall(event):
    assert event.status == EventStatus.DRAFT
    assert event.starts_at == dt.datetime(2026, 12, 4, 8, 0, tzinfo=dt.UTC)
    assert event.title.original == "pl" and event.description.source.count("<p>") == 2


def test_new_event_says_all_errors_at_once(browser, network):
    response = browser.submit(
        f"/pl/networks/{network.slug}/events/new",
        {**NEW, "title": "", "ends_at": "jutro", "seats": "-3"},
    )
    assert response.status_code == 422
    for field in ("title", "ends_at", "seats"):
        assert f'href="#{field}"' in response.text
    assert "jutro" in response.text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_at": "2026-12-04T08:00"}, "ends_at"),
        ({"starts_at": "2027-03-28T02:30", "ends_at": "2027-03-29T12:00"}, "starts_at"),
        ({"registration_closes_at": "2026-12-24T08:00"}, "registration_closes_at"),
        (
            {"registration_opens_at": "2026-12-03T08:00", "registration_closes_at": "2026-12-02T08:00"},
            "registration_closes_at",
        ),
    ],
)
def test_new_event_refuses_impossible_times(browser, network, changes, field):
    response = browser.submit(f"/pl/networks/{network.slug}/events/new", {**NEW, **changes})
    assert response.status_code == 422 and f'href="#{field}"' in response.text


def test_programme_is_built_on_the_workbench(browser, event):
    rooms, slot = add_parts(browser, event)
    assert add_session(browser, event, slot, rooms[0]).status_code == 303
    page = browser.get(url(event))
    assert "Budżet dla sąsiadów" in page.text
    quick = browser.submit(page, {"title": "Drugi warsztat", "then": "quick"}, action=url(event, "sessions/new"))
    assert quick.status_code == 303
    second = queries.sessions(event.id)[1]
    assert (second.room_id, second.seats) == (rooms[1].id, 12)  # the first free room, and what it holds


def test_session_refuses_what_lies_outside_the_event(browser, event):
    response = browser.submit(
        url(event, "sessions/new"),
        {"title": "Nocny spacer", "starts_at": "2026-12-06T10:00", "ends_at": "2026-12-06T09:00"},
    )
    assert response.status_code == 422
    assert 'href="#starts_at"' in response.text and 'href="#ends_at"' in response.text
    assert "Nocny spacer" in response.text


def test_session_without_slot_and_time_asks_for_one(browser, event):
    response = browser.submit(url(event, "sessions/new"), {"title": "Bez godziny"})
    assert response.status_code == 422 and 'href="#starts_at"' in response.text


def test_copy_keeps_everything_but_the_words(browser, event):
    rooms, slot = add_parts(browser, event)
    add_session(browser, event, slot, rooms[0], speakers="Irena Sójka", languages=["pl", "bg"])
    item = queries.sessions(event.id)[0]
    copy = browser.submit(url(event, f"sessions/new?copy={item.id}"), {"title": "Druga tura"}, button="then=another")
    assert copy.status_code == 303 and "copy=" in copy.location
    second = queries.sessions(event.id)[1]
    assert (second.slot_id, second.room_id, second.languages, second.speakers) == (slot.id, rooms[0].id, "pl,bg", "")


def test_room_clash_and_seats_are_hints_and_not_refusals(browser, event):
    rooms, slot = add_parts(browser, event)
    add_session(browser, event, slot, rooms[0], seats="30")
    add_session(browser, event, slot, rooms[0], title="W tej samej sali")
    page = browser.get("/en" + url(event)[3:])
    assert "Two sessions in one room at the same time" in page.text
    assert "More places than the room holds (20)" in page.text


def test_publication_needs_a_session(browser, event):
    refused = browser.submit(url(event, "publish"))
    assert refused.status_code == 422
    rooms, slot = add_parts(browser, event)
    add_session(browser, event, slot, rooms[0])
    assert browser.submit(url(event, "publish")).status_code == 303
    assert queries.by_slug(event.slug).status == EventStatus.PUBLISHED


def test_stale_edit_of_a_session_shows_both_versions(browser, event):
    rooms, slot = add_parts(browser, event)
    add_session(browser, event, slot, rooms[0])
    address = url(event, f"sessions/{queries.sessions(event.id)[0].id}/edit")
    old_tab = browser.get(address)
    browser.submit(address, {"title": "Tytuł koleżanki"})
    stale = browser.submit(old_tab, {"title": "Mój tytuł"})
    assert stale.status_code == 409
    assert "Tytuł koleżanki" in stale.text and "Mój tytuł" in stale.text
    assert browser.submit(stale, {"title": "Mój tytuł"}).status_code == 303


def test_stale_edit_of_an_event_shows_both_versions(browser, event):
    old_tab = browser.get(url(event, "edit"))
    browser.submit(url(event, "edit"), {"town": "Zgierz"})
    stale = browser.submit(old_tab, {"town": "Pabianice"})
    assert stale.status_code == 409 and "Zgierz" in stale.text and "Pabianice" in stale.text


def test_stale_translation_of_an_event_shows_both_versions(browser, event):
    old_tab = browser.get(url(event, "translate?to=bg"))
    browser.submit(url(event, "translate?to=bg"), {"title": "Конгрес на съседите"})
    stale = browser.submit(old_tab, {"title": "Събор на съседите"})
    assert stale.status_code == 409
    assert "Конгрес на съседите" in stale.text and "Събор на съседите" in stale.text
    assert browser.submit(stale, {"title": "Събор на съседите"}).status_code == 303


def test_stale_edit_of_a_room_shows_both_versions(browser, event):
    rooms, _slot = add_parts(browser, event)
    address = url(event, f"rooms/{rooms[0].id}/edit")
    old_tab = browser.get(address)
    browser.submit(address, {"name_bg": "Зала на тъкачите", "capacity": "25"})
    stale = browser.submit(old_tab, {"name_pl": "Sala przy oknie"})
    assert stale.status_code == 409
    assert "Зала на тъкачите" in stale.text and "Sala przy oknie" in stale.text
    assert browser.submit(stale, {"name_pl": "Sala przy oknie"}).status_code == 303


def test_stale_edit_of_a_slot_shows_both_versions(browser, event):
    _rooms, slot = add_parts(browser, event)
    address = url(event, f"slots/{slot.id}/edit")
    old_tab = browser.get(address)
    browser.submit(address, {"name_pl": "Poranek koleżanki"})
    stale = browser.submit(old_tab, {"starts_at": "2026-12-04T12:00", "ends_at": "2026-12-04T13:00"})
    assert stale.status_code == 409
    assert "Poranek koleżanki" in stale.text and "4.12.2026 12:00" in stale.text
    assert browser.submit(stale, {"name_pl": "Poranek koleżanki"}).status_code == 303


def test_frame_cannot_leave_sessions_outside(browser, event):
    rooms, slot = add_parts(browser, event)
    add_session(browser, event, slot, rooms[0])
    refused = browser.submit(url(event, "edit"), {"starts_at": "2026-12-05T09:00"})
    assert refused.status_code == 422 and 'href="#starts_at"' in refused.text
    refused = browser.submit(url(event, "edit"), {"timezone": "Europe/Sofia"})
    assert refused.status_code == 422 and 'href="#timezone"' in refused.text


def test_slot_moves_its_sessions(browser, event):
    rooms, slot = add_parts(browser, event)
    add_session(browser, event, slot, rooms[0])
    moved = browser.submit(
        url(event, f"slots/{slot.id}/edit"), {"starts_at": "2026-12-04T12:00", "ends_at": "2026-12-04T13:00"}
    )
    assert moved.status_code == 303
    item = queries.sessions(event.id)[0]
    assert (item.starts_at.hour, item.ends_at.hour) == (11, 12)


def test_room_with_sessions_stays(browser, event):
    rooms, slot = add_parts(browser, event)
    add_session(browser, event, slot, rooms[0])
    assert browser.submit(url(event, f"rooms/{rooms[0].id}/delete")).status_code == 422
    assert browser.submit(url(event, f"rooms/{rooms[1].id}/delete")).status_code == 303


def test_rooms_are_named_in_several_languages(browser, event):
    rooms, _slot = add_parts(browser, event)
    address = url(event, f"rooms/{rooms[0].id}/edit")
    assert browser.submit(address, {"name_pl": ""}).status_code == 422
    assert browser.submit(address, {"name_bg": "Зала на тъкачите"}).status_code == 303
    assert queries.rooms(event.id)[0].name.get("bg") == "Зала на тъкачите"


def test_translation_goes_from_the_event_through_its_sessions(browser, event):
    rooms, slot = add_parts(browser, event)
    add_session(browser, event, slot, rooms[0])
    item = queries.sessions(event.id)[0]
    saved = browser.submit(url(event, "translate?to=bg"), {"title": "Конгрес на съседите"}, button="then=next")
    assert f"sessions/{item.id}/translate" in saved.location
    saved = browser.submit(browser.follow(saved), {"title": "Бюджет за съседи"}, button="then=next")
    assert "manage" in saved.location
    assert queries.by_slug(event.slug).title.get("bg") == "Конгрес на съседите"
    assert queries.sessions(event.id)[0].title.get("bg") == "Бюджет за съседи"


def test_draft_can_be_deleted_and_a_public_event_cannot(browser, event):
    rooms, slot = add_parts(browser, event)
    add_session(browser, event, slot, rooms[0])
    item = queries.sessions(event.id)[0]
    assert browser.submit(url(event, f"sessions/{item.id}/delete")).status_code == 303
    add_session(browser, event, slot, rooms[0])
    browser.submit(url(event, "publish"))
    assert browser.get(url(event, "delete")).status_code == 403
    assert browser.get(url(event, f"sessions/{queries.sessions(event.id)[0].id}/delete")).status_code == 403


def test_cancelled_event_says_why_and_stays_as_it_was(browser, client, event):
    rooms, slot = add_parts(browser, event)
    add_session(browser, event, slot, rooms[0])
    browser.submit(url(event, "publish"))
    assert browser.submit(url(event, "cancel"), {"reason": ""}).status_code == 422
    assert browser.submit(url(event, "cancel"), {"reason": "Powódź w mieście."}).status_code == 303
    assert "Powódź w mieście." in client.get(f"/pl/events/{event.slug}").text
    assert browser.get(url(event, "edit")).status_code == 403


def test_cancelled_session_stays_in_the_programme(browser, client, event):
    rooms, slot = add_parts(browser, event)
    add_session(browser, event, slot, rooms[0])
    browser.submit(url(event, "publish"))
    item = queries.sessions(event.id)[0]
    done = browser.submit(url(event, f"sessions/{item.id}/cancel"), {"reason": "Choroba prowadzącej."})
    assert done.status_code == 303
    page = client.get(f"/pl/events/{event.slug}/sessions/{item.id}")
    assert "Choroba prowadzącej." in page.text
    assert browser.get(url(event, f"sessions/{item.id}/cancel")).status_code == 403


def test_draft_is_invisible_to_others(client, event):
    assert client.get(f"/pl/events/{event.slug}").status_code == 404
    assert client.get(f"/pl/events/{event.slug}/manage").status_code == 404


def test_cancelled_event_can_still_be_read_by_its_coordinator(browser, event, as_person):
    rooms, slot = add_parts(browser, event)
    add_session(browser, event, slot, rooms[0])
    browser.submit(url(event, "publish"))
    browser.submit(url(event, "cancel"), {"reason": "Powódź."})
    workbench = browser.get(url(event, "manage"))
    assert workbench.status_code == 200
    main = next(part for part in markup.parsed(workbench.text).root.iter() if markup.tag_of(part) == "main")
    links = {urlsplit(part.get("href")).path for part in main.iter() if markup.tag_of(part) == "a"} - {""}
    assert url(event, "participants") in links
    refused = {path: status for path in links if (status := browser.get(path).status_code) != 200}
    assert not refused, "the workbench of a cancelled event leads to what it refuses"
    assert not [part for part in main.iter() if markup.tag_of(part) == "form"]
    assert browser.get(url(event, "participants/export")).status_code == 200
    assert url(event, "manage") in browser.get("/pl/events/mine").text
    assert browser.get(url(event, "edit")).status_code == 403
    assert as_person(make_coordinator(make_network())).get(url(event, "manage")).status_code == 403
