"""What people say to a change of the programme: keep, switch, give up; who has lost a place stands first elsewhere."""

import pytest
from flask import Flask

from portal.events.models import ProgrammeSession
from portal.ground.db import db
from portal.ground.errors import Conflict, Refusals
from portal.registration import queries, services
from portal.registration.models import Notice, Registration
from portal.registration.services import Choice, Wish
from tests.factories.events import HOUR, make_event, make_session, refreshed
from tests.factories.registrations import confirmed, state, taken, tell_changes
from tests.fixtures.pages import FrozenClock, Outbox
from tests.registration.test_following import becomes, cancelled
from tests.support.client import CheckedClient

KEEP, LEAVE = Choice(keeps=True), Choice(keeps=False)


def instead(session: ProgrammeSession, *, waits: bool = False) -> Choice:
    return Choice(keeps=False, instead=Wish(session.id, waits=waits))


def moved(session: ProgrammeSession, hours: float = 3) -> None:
    row = refreshed(session)
    becomes(session, starts_at=row.starts_at + hours * HOUR, ends_at=row.ends_at + hours * HOUR)
    tell_changes()


def open_changes(registration: Registration) -> int:
    return len(queries.changes_of(registration.id))


def test_keeping_changes_nothing_and_is_not_asked_again(app: Flask) -> None:
    event = make_event()
    session = make_session(event, seats=2)
    one = confirmed(event, session)
    moved(session)
    assert open_changes(one) == 1
    assert services.choose(one.id, choices={session.id: KEEP}) is False
    assert (open_changes(one), state(one, session)) == (0, "booked")


def test_switching_gives_the_place_to_the_next_and_takes_another(app: Flask, outbox: Outbox) -> None:
    event = make_event()
    session, other = make_session(event, seats=1, hours=2), make_session(event, seats=1, hours=2)
    one, waits = confirmed(event, session), confirmed(event, session)
    moved(session)
    outbox.deliver()
    (change,) = queries.changes_of(one.id)
    assert [workshop.id for workshop in change.others] == [other.id]
    assert services.choose(one.id, choices={session.id: instead(other)}) is True
    assert (state(one, session), state(one, other), state(waits, session)) == ("released", "booked", "booked")
    assert (taken(session), taken(other)) == (1, 1)
    assert {str(mail["To"]) for mail in outbox.deliver()} == {one.email, waits.email}


def test_switch_to_a_place_that_is_gone_keeps_everything(app: Flask) -> None:
    event = make_event()
    session, other = make_session(event, seats=1, hours=2), make_session(event, seats=1, hours=2)
    one = confirmed(event, session)
    moved(session)
    confirmed(event, other)
    with pytest.raises(Refusals):
        services.choose(one.id, choices={session.id: instead(other)})
    assert (state(one, session), state(one, other), open_changes(one)) == ("booked", None, 1)


def test_giving_up_leaves_everything_else(app: Flask) -> None:
    event = make_event()
    session, other = make_session(event, seats=1, hours=2), make_session(event, seats=1, hours=6)
    one = confirmed(event, session, other)
    moved(session)
    services.choose(one.id, choices={session.id: LEAVE})
    assert (state(one, session), state(one, other), taken(session)) == ("released", "booked", 0)


@pytest.mark.parametrize("answer", [LEAVE, None])
def test_on_the_second_day_what_is_over_hinders_nobody(
    app: Flask, frozen_clock: FrozenClock, answer: Choice | None
) -> None:
    """A workshop of yesterday is neither kept nor given up by an answer about one of tomorrow."""
    event = make_event()
    over = make_session(event, seats=3, hours=0)
    session, other = make_session(event, seats=3, hours=26), make_session(event, seats=3, hours=26)
    one = confirmed(event, over, session)
    frozen_clock.set(refreshed(over).ends_at + HOUR)
    moved(session, 2)
    services.choose(one.id, choices={session.id: answer or instead(other)})
    assert (state(one, over), state(one, session)) == ("booked", "released")
    assert state(one, other) == (None if answer else "booked")


def test_who_lost_a_place_by_the_programme_stands_first_elsewhere(app: Flask) -> None:
    """Before those who have waited longer; two of them by who chose first."""
    event = make_event()
    gone, full = make_session(event, seats=2, hours=2), make_session(event, seats=1, hours=2)
    holder, waits = confirmed(event, full), confirmed(event, full)
    first, second = confirmed(event, gone), confirmed(event, gone)
    cancelled(gone)
    tell_changes()
    assert [state(one, gone) for one in (first, second)] == ["displaced", "displaced"]
    for one in (first, second):
        services.choose(one.id, choices={gone.id: instead(full, waits=True)})
    positions = [queries.places([one.id])[0].position for one in (first, second, waits)]
    assert positions == [1, 2, 3]
    services.cancel(holder.id)
    assert [state(one, full) for one in (first, second, waits)] == ["booked", "waiting", "waiting"]


def test_who_only_waited_for_what_is_cancelled_stands_last(app: Flask) -> None:
    event = make_event()
    gone, full = make_session(event, seats=1, hours=2), make_session(event, seats=1, hours=2)
    confirmed(event, full), confirmed(event, gone)
    waits, ahead = confirmed(event, gone), confirmed(event, full)
    cancelled(gone)
    tell_changes()
    assert state(waits, gone) == "released"
    services.choose(waits.id, choices={gone.id: instead(full, waits=True)})
    assert [queries.places([one.id])[0].position for one in (ahead, waits)] == [1, 2]


def test_place_in_front_goes_with_whoever_takes_over(app: Flask) -> None:
    event = make_event()
    gone, full = make_session(event, seats=1, hours=2), make_session(event, seats=1, hours=2)
    confirmed(event, full)
    waits, one = confirmed(event, full), confirmed(event, gone)
    cancelled(gone)
    tell_changes()
    services.choose(one.id, choices={gone.id: instead(full, waits=True)})
    new = services.hand_over(one.id, name="Ewa Nowa", email="ewa@example.org")
    assert [queries.places([who.id])[0].position for who in (new, waits)] == [1, 2]


def test_answer_to_what_has_changed_again_is_refused(app: Flask) -> None:
    """Nobody keeps eleven o'clock who was told of ten."""
    event = make_event()
    session = make_session(event, seats=1, hours=2)
    one = confirmed(event, session)
    moved(session)
    row = refreshed(session)
    becomes(session, starts_at=row.starts_at + HOUR, ends_at=row.ends_at + HOUR)
    with pytest.raises(Conflict):
        services.choose(one.id, choices={session.id: LEAVE})
    assert state(one, session) == "booked"
    tell_changes()
    assert open_changes(one) == 1


def page_of(outbox: Outbox) -> str:
    (mail,) = outbox.deliver()
    return next(path for path in outbox.paths(mail) if path.endswith("/changes"))


def test_page_of_the_mail_asks_and_saves(client: CheckedClient, outbox: Outbox) -> None:
    event = make_event()
    session, other = make_session(event, seats=1, hours=2), make_session(event, seats=3, hours=2)
    late = make_session(event, seats=3, hours=9)
    one = confirmed(event, session, late)
    outbox.deliver()
    moved(session)
    path = page_of(outbox)
    shown = client.get(path)
    assert shown.status_code == 200
    assert late.title.source in shown.text, "what does not change is said"
    assert db.session.query(Notice).filter(Notice.told_at.is_not(None)).count() == 1, "looking changes nothing"
    missing = client.submit(path, {f"change_{session.id}": "999999"})
    assert (missing.status_code, state(one, session)) == (422, "booked")
    saved = client.submit(path, {f"change_{session.id}": str(other.id)})
    assert (saved.status_code, state(one, session), state(one, other)) == (303, "released", "booked")
    assert client.get(path).status_code == 303, "there is nothing left to answer"


def test_own_page_leads_to_what_is_to_be_answered(client: CheckedClient, outbox: Outbox) -> None:
    event = make_event()
    session = make_session(event, seats=1, hours=2)
    confirmed(event, session)
    outbox.deliver()
    moved(session)
    path = page_of(outbox)
    assert path in client.get(path.removesuffix("/changes")).text
    client.submit(path, {f"change_{session.id}": "keep"})
    assert path not in client.get(path.removesuffix("/changes")).text


def test_link_of_somebody_else_opens_nothing(client: CheckedClient, outbox: Outbox) -> None:
    event = make_event()
    session = make_session(event, seats=1, hours=2)
    one = confirmed(event, session)
    outbox.deliver()
    moved(session)
    path = page_of(outbox)
    token = path.split("/")[-2]
    assert client.get(path.replace(token, token[:-2] + "zz")).status_code in (404, 410)
    services.cancel(one.id)
    assert client.get(path).status_code == 303
