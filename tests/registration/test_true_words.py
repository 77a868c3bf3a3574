"""What is said after an act is what happened: each sentence is tried together with its effect."""

import datetime as dt

import pytest
from flask import Flask

from portal.events.models import EventStatus
from portal.ground import clock
from portal.ground.db import db, transaction
from portal.membership.models import Network
from portal.registration import services
from portal.registration.models import Registration
from portal.registration.services import Wish
from portal.words.i18n import Localized
from tests.factories.events import make_coordinator, make_event, make_session, make_slot, refreshed
from tests.factories.registrations import change, confirmed, state, submit
from tests.fixtures.pages import Outbox
from tests.support.client import CheckedClient

NEW_FILE = "The new calendar file is in the e-mail."
SOFIA = {"timezone": "Europe/Sofia", "town": "Стара Загора", "venue": Localized.of("bg", "Зала „Форум“")}


def address(registration: Registration) -> str:
    return f"/en/registration/{services.open_own(registration.id).token}"


def test_a_new_calendar_file_is_promised_exactly_when_it_is_sent(
    app: Flask, client: CheckedClient, outbox: Outbox
) -> None:
    event = make_event()
    slot = make_slot(event)
    workshop = make_session(event, slot=slot)
    registration = confirmed(event)
    outbox.deliver()
    named = client.follow(client.submit(f"{address(registration)}/change", {"name": "Anna Maria"}))
    assert "Changes saved." in named.text and NEW_FILE not in named.text
    assert outbox.deliver() == []
    booked = client.follow(client.submit(f"{address(registration)}/change", {f"slot_{slot.id}": str(workshop.id)}))
    assert NEW_FILE in booked.text
    (message,) = outbox.deliver()
    assert any(part.get_content_type() == "text/calendar" for part in message.walk())


def test_nobody_is_said_to_have_the_place_that_nobody_waited_for(app: Flask, client: CheckedClient) -> None:
    registration = confirmed(make_event(seats=3))
    page = client.follow(client.submit(f"{address(registration)}/cancel"))
    assert "it is free for somebody else" in page.text
    assert "Its places are free for others." in page.text
    assert "gone to others" not in page.text and "someone else will take it" not in page.text


def test_whoever_waits_leaves_the_list_and_cancels_no_place(app: Flask, client: CheckedClient) -> None:
    event = make_event(seats=1)
    confirmed(event)
    waiting = confirmed(event)
    page = client.get(f"{address(waiting)}/cancel")
    assert "you start at the end of the list" in page.text
    assert "A place that somebody waits for" not in page.text
    assert "You have left the waiting list." in client.follow(client.submit(page)).text
    assert refreshed(waiting).status == "cancelled"


def test_giving_up_a_waiting_place_is_not_called_giving_up_a_place(app: Flask, client: CheckedClient) -> None:
    event = make_event()
    booked, full = make_session(event), make_session(event, hours=6, seats=0)
    registration = confirmed(event, booked)
    change(registration, Wish(booked.id), Wish(full.id, waits=True))
    own = address(registration)
    assert "You have left the waiting list." in client.follow(client.submit(f"{own}/leave/{full.id}")).text
    assert "The place is given up." in client.follow(client.submit(f"{own}/leave/{booked.id}")).text
    assert (state(registration, booked), state(registration, full)) == ("released", "released")


@pytest.mark.parametrize("has_workshops", [True, False])
def test_a_mail_of_the_waiting_list_names_workshops_only_where_some_were_chosen(
    app: Flask, outbox: Outbox, has_workshops: bool
) -> None:
    event = make_event(seats=1)
    workshops = [make_session(event)] if has_workshops else []
    confirmed(event)
    outbox.deliver()
    waiting = confirmed(event, *workshops)
    text = next(outbox.text(one) for one in outbox.deliver() if str(one["Subject"]).startswith("Lista oczekujących"))
    assert refreshed(waiting).status == "waiting"
    assert "Gdy zwolni się miejsce" in text.replace("\u00a0", " ")
    assert ("Wybrane warsztaty też czekają." in text) is has_workshops


def test_who_confirms_into_the_waiting_list_is_promised_no_calendar_file(
    app: Flask, client: CheckedClient, outbox: Outbox
) -> None:
    event = make_event(seats=1)
    submit(event)
    (message,) = outbox.deliver()
    (path,) = outbox.paths(message)
    confirmed(event)
    outbox.deliver()
    page = client.follow(client.submit(path))
    assert "Zgłoszenie jest na liście oczekujących." in page.text
    assert "plik do kalendarza" not in page.text.replace("\u00a0", " ")
    assert not any(part.get_content_type() == "text/calendar" for one in outbox.deliver() for part in one.walk())


def test_a_cancelled_event_offers_no_button_that_confirms(app: Flask, client: CheckedClient, outbox: Outbox) -> None:
    event = make_event()
    submit(event)
    (message,) = outbox.deliver()
    (path,) = outbox.paths(message)
    assert "<button" in client.get(path).text.partition("<main")[2]
    with transaction() as session:
        row = session.merge(event)
        row.status, row.cancelled_at = EventStatus.CANCELLED, clock.now()
    page = client.get(path).text.partition("<main")[2]
    assert "Tego zgłoszenia nie można już potwierdzić" in page
    assert "To wydarzenie jest odwołane." in page
    assert "<button" not in page.partition("</main>")[0]


@pytest.mark.parametrize(
    ("language", "named"),
    [("pl", "godz.\u00a010:00 czasu sofijskiego"), ("bg", "10:00\u00a0ч."), ("en", "10:00 Sofia time")],
)
def test_a_deadline_says_whose_clock_it_goes_by(app: Flask, client: CheckedClient, language: str, named: str) -> None:
    starts = dt.datetime(2027, 3, 4, 8, tzinfo=dt.UTC)
    event = make_event(starts_at=starts, ends_at=starts + dt.timedelta(hours=6), **SOFIA)
    for path in ("", "/register"):
        assert named in client.get(f"/{language}/events/{event.slug}{path}").text
    programme = client.get(f"/{language}/events/{event.slug}/programme").text
    assert (": czas sofijski" in programme, ": Sofia time" in programme) == (language == "pl", language == "en")


def test_every_hour_of_a_mail_says_its_clock(app: Flask, outbox: Outbox) -> None:
    event = make_event()
    confirmed(event, make_session(event))
    for message in outbox.deliver():
        hours = [line for line in outbox.text(message).replace("\u00a0", " ").splitlines() if "godz." in line]
        assert hours and all("czasu warszawskiego" in line for line in hours), hours


def test_a_foreign_title_in_a_mail_says_its_language_and_why(app: Flask, outbox: Outbox) -> None:
    event = make_event(title=Localized.of("bg", "Обща среща <на мрежата>"), **SOFIA)
    confirmed(event)
    message = outbox.deliver()[-1]
    html, text = outbox.html(message), outbox.text(message)
    assert '<span lang="bg">Обща среща &lt;на мрежата&gt;</span>' in html
    assert '<span lang="bg">Зала „Форум“</span>, Stara Zagora' in html
    assert "Обща среща <на мрежата>" in text and "Обща среща <на мрежата>" in str(message["Subject"])
    assert "Treści bez tłumaczenia są w" in text
    assert not set("\ue000\ue001\ue002") & set(html + text + str(message["Subject"]))


def test_signs_of_a_foreign_text_cannot_be_typed_into_a_mail(app: Flask, outbox: Outbox) -> None:
    event = make_event(title=Localized.of("pl", "A\ue000bg\ue001B\ue002C"))
    confirmed(event)
    message = outbox.deliver()[-1]
    assert 'lang="bg"' not in outbox.html(message)
    assert "AbgBC" in outbox.text(message)


def test_tiles_say_the_number_as_the_language_counts(app: Flask, as_person) -> None:
    event = make_event()
    for hours in (2, 4):
        make_slot(event, hours)
    make_session(event)
    browser = as_person(make_coordinator(db.session.get_one(Network, event.network_id)))
    for language, words in {
        "pl": ("<b>1</b> punkt programu", "<b>2</b> bloki czasowe", "<b>0</b> sal", "<b>0</b> zgłoszeń"),
        "bg": ("<b>1</b> точка от програмата", "<b>2</b> часови блока", "<b>0</b> зали", "<b>0</b> записани души"),
        "en": ("<b>1</b> session", "<b>2</b> slots", "<b>0</b> rooms", "<b>0</b> registrations"),
    }.items():
        page = browser.get(f"/{language}/events/{event.slug}/manage").text
        assert all(tile in page for tile in words), language
