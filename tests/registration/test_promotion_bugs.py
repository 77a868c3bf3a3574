"""B6: what other systems got wrong when somebody moves up, each once: it does not happen here."""

import datetime as dt

from flask import Flask

from portal.registration import queries, services
from portal.registration.services import Wish
from tests.factories.events import make_event, make_session, refreshed
from tests.factories.registrations import change, confirmed, state, taken
from tests.fixtures.pages import FrozenClock, Outbox
from tests.registration.test_following import becomes, event_becomes


def test_who_takes_an_offer_and_cancels_does_not_get_the_same_seat_again(app: Flask, frozen_clock: FrozenClock) -> None:
    """B6: pretix 1163. The seat goes to the next one, and whoever comes back stands behind."""
    event = make_event(seats=1, offer_hours=24)
    holder, first, second = (confirmed(event, email=f"{name}@example.org") for name in ("a", "b", "c"))
    services.cancel(holder.id)
    services.accept(first.id)
    services.cancel(first.id)
    assert [refreshed(one).status for one in (first, second)] == ["cancelled", "offered"]
    frozen_clock.shift(minutes=1)
    again = confirmed(event, email="b@example.org")
    assert again.id != first.id and again.status == "waiting" and again.queue_at > refreshed(second).queue_at


def test_seat_of_somebody_who_moved_up_and_cancelled_is_free(app: Flask) -> None:
    """B6: pretix 1405. No seat stays blocked for who had it from the waiting list."""
    event = make_event()
    workshop = make_session(event, seats=1)
    holder, moved_up = confirmed(event, workshop), confirmed(event, workshop)
    becomes(workshop, seats=2)
    services.cancel(moved_up.id)
    services.cancel(holder.id)
    assert taken(workshop) == 0
    assert [state(confirmed(event, workshop), workshop) for _ in range(3)] == ["booked", "booked", "waiting"]


def test_first_in_the_list_moves_up_though_their_role_is_offered_no_more(app: Flask, frozen_clock: FrozenClock) -> None:
    """B6: pretix 2119, where the last one got the seat because the first ones waited for what was sold no longer."""
    event = make_event(seats=1, participant_roles="participant,volunteer")
    holder, first = confirmed(event, role="participant"), confirmed(event, role="volunteer")
    frozen_clock.shift(minutes=1)
    event_becomes(event, participant_roles="participant,guest")
    last = confirmed(event, role="guest")
    services.cancel(holder.id)
    assert [refreshed(one).status for one in (first, last)] == ["confirmed", "waiting"]


def test_nobody_moves_up_into_two_workshops_at_one_time(app: Flask) -> None:
    """B6: codebar 1313. Two places become free in one moment: one is theirs, the other one goes to the next."""
    event = make_event()
    both = [make_session(event, seats=0), make_session(event, seats=0, hours=2.5)]
    first = confirmed(event)
    change(first, *(Wish(one.id, waits=True) for one in both))
    second = confirmed(event, both[1])
    for one in both:
        becomes(one, seats=1)
    assert sorted(state(first, one) for one in both) == ["booked", "waiting"]
    assert state(second, both[1]) == "booked" and services.sweep() == 0


def test_whoever_waits_is_told_that_they_wait_and_gets_no_calendar_file(app: Flask, outbox: Outbox) -> None:
    """B6: contao-event-registration 44, which sent them the mail of those with a place."""
    event = make_event(seats=1)
    confirmed(event)
    outbox.deliver()
    confirmed(event, email="czeka@example.org")
    (mail,) = [one for one in outbox.deliver() if one["To"] == "czeka@example.org" and "oczekując" in one["Subject"]]
    assert not list(mail.iter_attachments())
    assert "Pozycja na liście oczekujących: 1" in outbox.text(mail)


def test_somebody_who_cannot_be_seated_holds_nobody_up(app: Flask, frozen_clock: FrozenClock) -> None:
    """B6: CiviCRM, whose first group that does not fit blocks the whole queue. They keep their turn meanwhile."""
    event = make_event()
    wanted, other = make_session(event, seats=1), make_session(event, seats=5, hours=2.5)
    holder, busy = confirmed(event, wanted), confirmed(event, other)
    change(busy, Wish(other.id), Wish(wanted.id, waits=True))
    frozen_clock.shift(minutes=1)
    behind = confirmed(event, wanted)
    services.cancel(holder.id)
    assert (state(busy, wanted), state(behind, wanted)) == ("waiting", "booked")
    (turn,) = [one.position for one in queries.places([busy.id]) if one.session_id == wanted.id]
    assert turn == 1


def test_place_at_the_event_books_no_full_workshop_along(app: Flask) -> None:
    """B6: Decidim, which books the meetings of a conference without counting the seats of each."""
    event = make_event(seats=1)
    workshop = make_session(event, seats=1)
    holder = confirmed(event, workshop)
    first = confirmed(event, workshop)
    event_becomes(event, seats=2)
    assert refreshed(first).status == "confirmed"
    assert (state(holder, workshop), state(first, workshop), taken(workshop)) == ("booked", "waiting", 1)


def test_nobody_moves_up_into_what_has_begun(app: Flask, frozen_clock: FrozenClock) -> None:
    """B6: pretix 1031, which offered a seat after the start."""
    event = make_event(seats=1)
    holder, waits = confirmed(event), confirmed(event)
    frozen_clock.set(refreshed(event).ends_at + dt.timedelta(seconds=1))
    event_becomes(event, seats=2)
    assert [refreshed(one).status for one in (holder, waits)] == ["confirmed", "waiting"]
