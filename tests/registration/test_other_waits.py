"""Whoever waits in several lists for one time says what becomes of the others when one place is given."""

from flask import Flask

from portal.registration import services
from portal.registration.services import Wish
from tests.factories.events import make_event, make_session, refreshed
from tests.factories.registrations import change, confirmed, state, taken
from tests.fixtures.pages import FrozenClock, Outbox
from tests.support.client import CheckedClient

LABEL = "A place from a waiting list ends the other waiting places at the same time"


def full_event(**values: object) -> tuple[object, list[object], list[object]]:
    """Two workshops at one time and one later, each full."""
    event = make_event(**values)
    workshops = [make_session(event, seats=1, hours=hours) for hours in (2, 2.5, 8)]
    return event, workshops, [confirmed(event, one) for one in workshops]


def test_other_waits_stay_unless_their_person_says_otherwise(app: Flask, frozen_clock: FrozenClock) -> None:
    event, (one, other, later), holders = full_event()
    person = confirmed(event, one, other, later)
    services.cancel(holders[0].id)
    assert [state(person, session) for session in (one, other, later)] == ["booked", "waiting", "waiting"]


def test_a_place_ends_the_waits_at_its_time_and_the_mail_says_so(
    app: Flask, frozen_clock: FrozenClock, outbox: Outbox
) -> None:
    event, (one, other, later), holders = full_event()
    person = confirmed(event, one, other, later, drops_waits=True, locale="en")
    keeps = confirmed(event, other)
    outbox.deliver()
    services.cancel(holders[0].id)
    assert [state(person, session) for session in (one, other, later)] == ["booked", "released", "waiting"]
    (mail,) = [text for to, text in mails(outbox) if to == person.email]
    assert "is now booked for you" in mail and "you chose that other waiting places end then" in mail
    assert refreshed(other).title.source in mail and refreshed(later).title.source not in mail
    services.cancel(holders[1].id)
    assert (state(keeps, other), taken(other)) == ("booked", 1)


def mails(outbox: Outbox) -> list[tuple[str, str]]:
    return [(str(one["To"]), one.get_body(("plain",)).get_content().replace("\n", " ")) for one in outbox.deliver()]


def test_an_accepted_offer_ends_the_waits_at_its_time(app: Flask, frozen_clock: FrozenClock) -> None:
    event, (one, other, later), holders = full_event(offer_hours=2)
    person = confirmed(event, one, other, later, drops_waits=True)
    services.cancel(holders[0].id)
    assert [state(person, session) for session in (one, other, later)] == ["offered", "waiting", "waiting"]
    services.accept_place(person.id, session_id=one.id)
    assert [state(person, session) for session in (one, other, later)] == ["booked", "released", "waiting"]


def test_what_somebody_chooses_themselves_ends_nothing(app: Flask, frozen_clock: FrozenClock) -> None:
    event = make_event()
    free, full = make_session(event, seats=5, hours=2), make_session(event, seats=1, hours=2)
    confirmed(event, full)
    person = confirmed(event, full, drops_waits=True)
    change(person, Wish(free.id), Wish(full.id, waits=True))
    assert [state(person, session) for session in (free, full)] == ["booked", "waiting"]


def test_who_is_told_of_a_move_reads_what_ended_too(app: Flask, frozen_clock: FrozenClock, outbox: Outbox) -> None:
    event, (one, other, _later), holders = full_event()
    person = confirmed(event, one, other, drops_waits=True, locale="en")
    outbox.deliver()
    services.leave(holders[0].id, session_id=one.id)
    assert [state(person, session) for session in (one, other)] == ["booked", "released"]
    assert [to for to, text in mails(outbox) if "you chose that other waiting places end then" in text] == [
        person.email
    ]


def test_form_asks_only_where_two_workshops_are_at_one_time(app: Flask, client: CheckedClient) -> None:
    event, (one, other, _later), _holders = full_event()
    alone = make_event()
    make_session(alone, hours=2)
    make_session(alone, hours=5)
    single = services.open_own(confirmed(alone).id).token
    assert LABEL not in client.get(f"/en/registration/{single}/change").text
    assert LABEL not in client.get(f"/en/events/{event.slug}/register").text, "the first form stays short"
    person = confirmed(event, one, other)
    address = f"/en/registration/{services.open_own(person.id).token}"
    assert "at the same time stay." in client.get(address).text
    page = client.get(f"{address}/change")
    assert LABEL in page.text
    client.submit(page, {"drops_waits": "y"})
    assert refreshed(person).drops_waits
    assert "at the same time end." in client.get(address).text
    assert [state(person, session) for session in (one, other)] == ["waiting", "waiting"]
