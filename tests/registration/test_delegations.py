"""Delegations: seats for an organisation, whose people are named now or later, and each completes their own data (N7)."""

import datetime as dt

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.events.models import Event
from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.ground.errors import Conflict, Refusal
from portal.registration import delegates, queries, services
from portal.registration.models import Delegation, Registration
from portal.registration.services import MustWait
from tests.factories.delegations import delegates as people_of
from tests.factories.delegations import delegation, latest, request, rows, seats, unconfirmed
from tests.factories.events import make_event, make_session, refreshed
from tests.factories.registrations import confirmed, keep
from tests.fixtures.pages import FrozenClock, Outbox

DAY = dt.timedelta(days=1)
NOW = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
STARTS = NOW + 40 * DAY


@pytest.fixture(autouse=True)
def _clock(frozen_clock: FrozenClock) -> None:
    frozen_clock.set(NOW)


def event_of(seats: int | None = 10, **more: object) -> Event:
    values = {"starts_at": STARTS, "ends_at": STARTS + DAY, "takes_delegations": True, **more}
    return make_event(seats=seats, **values)


def free(event: Event) -> int:
    db.session.rollback()
    places = queries.event_places(event.id)
    assert places is not None
    return places.free


def counter(event: Event) -> int:
    query = sa.text("SELECT taken FROM event_seats WHERE event_id = :event")
    return int(db.session.execute(query, {"event": event.id}).scalar_one())


def status(registration: Registration) -> str:
    return refreshed(registration).status


def person(event: Event, name: str) -> Registration:
    db.session.rollback()
    query = sa.select(Registration).where(Registration.event_id == event.id, Registration.name == name)
    return db.session.scalars(query.order_by(Registration.id.desc()).limit(1)).one()


@pytest.mark.both_engines
def test_unnamed_seats_are_taken_until_names_are_due_by_the_clock_itself(app: Flask, frozen_clock: FrozenClock) -> None:
    event = event_of(names_due_days=5)
    made = unconfirmed(event, 4)
    assert free(event) == 10
    services.confirm_delegation(made.id)
    assert (free(event), seats(made)) == (6, ["held"] * 4)
    due = refreshed(made).names_due_at
    assert due == STARTS - 5 * DAY
    frozen_clock.set(due - dt.timedelta(seconds=1))
    assert free(event) == 6
    frozen_clock.set(due)
    assert (free(event), counter(event)) == (10, 4)  # nobody has noticed, and they are free
    services.end_offers()
    assert (free(event), counter(event), seats(made)) == (10, 0, ["lapsed"] * 4)


@pytest.mark.both_engines
def test_seats_without_names_go_to_the_queue_in_the_transaction_that_notices(
    app: Flask, frozen_clock: FrozenClock, outbox: Outbox
) -> None:
    event = event_of(3)
    made = delegation(event, 3, "Anna Lipa <anna@example.org>")
    frozen_clock.set(NOW + DAY)
    waits = confirmed(event)
    assert (waits.status, seats(made)) == ("waiting", ["named", "held", "held"])
    outbox.deliver()
    frozen_clock.set(refreshed(made).names_due_at)
    late = confirmed(event, email="pozno@example.org")
    assert (status(waits), status(late), seats(made)) == ("confirmed", "confirmed", ["named", "lapsed", "lapsed"])
    told = [one for one in outbox.deliver() if one["To"] == refreshed(made).email]
    assert len(told) == 1 and "2" in outbox.text(told[0])


def test_two_reminders_come_before_and_none_twice(app: Flask, frozen_clock: FrozenClock, outbox: Outbox) -> None:
    event = event_of()
    made = delegation(event, 3)
    delegation(event, 2, "Anna Lipa <anna@example.org>", "Jan Lipa <jan@example.org>")
    outbox.deliver()
    due, told = made.names_due_at, []
    for before in (8 * DAY, 7 * DAY, 6 * DAY, 2 * DAY, DAY):
        frozen_clock.set(due - before)
        told += [services.remind_of_names(), services.remind_of_names()]
    assert told == [0, 0, 1, 0, 0, 0, 1, 0, 0, 0]
    assert [one["To"] for one in outbox.deliver()] == [made.email] * 2


def test_names_are_due_before_the_event_however_near_it_is(app: Flask) -> None:
    def due(in_days: float, days: int | None = None) -> dt.timedelta:
        return (
            delegates.names_due(
                event_of(starts_at=NOW + in_days * DAY, ends_at=NOW + 99 * DAY, names_due_days=days), NOW
            )
            - NOW
        )

    assert [due(40), due(40, 20), due(8), due(3), due(1)] == [33 * DAY, 20 * DAY, 2 * DAY, 2 * DAY, DAY]


@pytest.mark.both_engines
def test_each_named_person_has_a_link_and_nobody_else_learns_what_they_say(app: Flask, outbox: Outbox) -> None:
    event = event_of()
    workshop = make_session(event, seats=5)
    made = delegation(event, 3, "Anna Lipa <biuro@example.org>", "Jan Lipa <biuro@example.org>")
    mails = outbox.deliver()
    own = [one for one in mails if one["To"] == "biuro@example.org"]
    links = {path for one in own for path in outbox.paths(one) if "/registration/" in path}
    assert len(own) == 2 and len(links) == 2  # one mailbox, and each a link of their own
    assert (seats(made), free(event), counter(event)) == (["named", "named", "held"], 7, 3)
    assert [one.completed_at for one in rows(made)] == [None] * 3
    anna = person(event, "Anna Lipa")
    services.change(
        anna.id,
        version=anna.row_version,
        name="Anna Lipa",
        affiliation="Fundacja Lipa",
        wanted=[services.Wish(workshop.id)],
    )
    assert [one.completed_at is not None for one in rows(made)] == [True, False, False]
    assert anna.affiliation == "Fundacja Lipa"


@pytest.mark.both_engines
def test_one_person_has_one_registration_and_never_two_seats(app: Flask) -> None:
    event = event_of(10)
    alone = confirmed(event, name="Anna Lipa", email="anna@example.org")
    first = delegation(event, 2, "Anna Lipa <Anna@example.org>", "Jan Lipa <jan@example.org>")
    second = delegation(event, 2, "Jan  LIPA <jan@example.org>", affiliation="Koło Buk")
    assert (seats(first), seats(second)) == (["named", "named"], ["named", "held"])
    assert (counter(event), free(event)) == (3, 7)  # Anna, Jan, and one without a name
    assert [one.registration_id for one in rows(first)] == [alone.id, rows(second)[0].registration_id]
    with pytest.raises(Conflict):  # who came alone is not theirs to replace
        services.substitute(first.id, rows(first)[0].id, name="Ewa Buk", email="ewa@example.org")


def test_whoever_waits_alone_gets_the_seat_that_they_are_named_for(app: Flask, frozen_clock: FrozenClock) -> None:
    event = event_of(2)
    made = delegation(event, 2)
    frozen_clock.set(NOW + DAY)
    waits = confirmed(event, name="Anna Lipa", email="anna@example.org")
    services.name_people(made.id, people_of("Anna Lipa <anna@example.org>"), language="pl")
    assert (status(waits), seats(made), counter(event)) == ("confirmed", ["named", "held"], 2)


@pytest.mark.both_engines
@pytest.mark.parametrize(("whole", "are_then"), [(True, ["waiting"] * 3), (False, ["held", "waiting", "waiting"])])
def test_all_or_as_many_as_there_are(app: Flask, whole: bool, are_then: list[str]) -> None:
    event = event_of(2)
    confirmed(event)
    assert (
        seats(delegation(event, 3, whole=whole) if not whole else delegation(event, 2, whole=True))
        == are_then[: 3 - whole]
    )


def test_nobody_waits_who_was_not_told_so(app: Flask) -> None:
    event = event_of(2)
    with pytest.raises(MustWait):
        unconfirmed(event, 3, accepts_waiting=False)
    unconfirmed(event, 3, accepts_waiting=True)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"size": 1}, "size"), ({"size": -3}, "size"), ({"size": 10**12}, "size"), ({"affiliation": " "}, "affiliation"),
        ({"size": 11, "whole": True}, "size"),
    ],
)  # fmt: skip
def test_form_that_cannot_be_is_refused_at_its_field(app: Flask, more: dict[str, object], field: str) -> None:
    event = event_of(10)
    with pytest.raises(Refusal) as refused:
        unconfirmed(event, **{"size": 2, **more})
    assert field in [part.field for part in refused.value.parts]


def test_more_names_than_seats_are_refused_whole(app: Flask) -> None:
    event = event_of()
    with pytest.raises(Refusal):
        unconfirmed(event, 2, "A A", "B B", "C C")
    made = delegation(event, 2)
    with pytest.raises(Refusal):
        services.name_people(made.id, people_of("A A", "B B", "C C"), language="pl")
    assert seats(made) == ["held", "held"]


def test_form_sent_twice_and_a_second_form_of_the_mailbox_are_one(app: Flask, outbox: Outbox) -> None:
    event = event_of()
    asked = request(event, 3)
    services.submit_delegation(asked), services.submit_delegation(asked)
    made = latest(event)
    services.confirm_delegation(made.id), services.confirm_delegation(made.id)
    services.submit_delegation(request(event, 5, email=asked.email))
    assert len(queries.delegation_lines(event.id)) == 1 and free(event) == 7
    assert len(outbox.deliver()) == 3  # to confirm, the seats, and the link again


def test_reserves_and_the_limit_of_an_organisation_count_seats_without_names(app: Flask) -> None:
    event = event_of(10, asks_organisation=True, max_per_organisation=3)
    made = delegation(event, 5)
    assert seats(made) == ["held"] * 3 + ["waiting"] * 2
    with pytest.raises(Refusal):
        unconfirmed(event, 4, whole=True)
    kept = event_of(4, asks_organisation=True)
    keep(kept, 3, "business")
    assert seats(delegation(kept, 3)) == ["held", "waiting", "waiting"]
    assert seats(delegation(kept, 3, sector="business")) == ["held"] * 3


def test_team_decides_on_the_delegation_and_a_request_keeps_its_seats(app: Flask) -> None:
    event = event_of(5, approval=True, requests_hold=True)
    made = delegation(event, 3, "Anna Lipa <anna@example.org>")
    assert (made.status, seats(made), free(event)) == ("pending", ["held"] * 3, 2)
    other = delegation(event, 3)
    assert (seats(other), free(event)) == (["wished"] * 3, 2)
    services.approve_delegation(made.id, by=PORTAL)
    assert (seats(made), free(event)) == (["named", "held", "held"], 2)
    services.reject_delegation(other.id, reason="Za mało miejsc", by=PORTAL)
    assert (seats(other), refreshed(other).status) == (["returned"] * 3, "rejected")


def test_offered_seats_are_taken_or_go_on_at_the_instant_of_their_end(app: Flask, frozen_clock: FrozenClock) -> None:
    event = event_of(2, offer_hours=24)
    holder = confirmed(event)
    made = delegation(event, 2)
    assert seats(made) == ["held", "waiting"]
    services.cancel(holder.id)
    assert seats(made) == ["held", "offered"]
    assert services.take_offer(made.id) == 1 and services.take_offer(made.id) == 0
    assert (seats(made), rows(made)[1].until) == (["held", "held"], made.names_due_at)
    last = delegation(event, 2)
    services.give_back_seats(made.id, 2)
    assert seats(last) == ["offered", "offered"]
    frozen_clock.set(rows(last)[0].until)
    assert (services.take_offer(last.id), free(event)) == (0, 2)


@pytest.mark.both_engines
def test_substitute_keeps_bookings_and_both_are_told(app: Flask, outbox: Outbox) -> None:
    event = event_of()
    workshop = make_session(event, seats=1)
    made = delegation(event, 2, "Anna Lipa <anna@example.org>")
    anna = person(event, "Anna Lipa")
    wanted = [services.Wish(workshop.id)]
    services.change(anna.id, version=anna.row_version, name="Anna Lipa", affiliation="", wanted=wanted)
    outbox.deliver()
    services.substitute(made.id, rows(made)[0].id, name="Ewa Buk", email="ewa@example.org")
    ewa = person(event, "Ewa Buk")
    assert [one.session_id for one in queries.places([ewa.id])] == [workshop.id]
    assert (status(anna), rows(made)[0].registration_id, rows(made)[0].completed_at) == ("transferred", ewa.id, None)
    assert sorted(one["To"] for one in outbox.deliver()) == ["anna@example.org", "ewa@example.org"]
    assert counter(event) == 2


def test_whoever_has_no_mailbox_gets_a_sheet_and_no_mail(app: Flask, outbox: Outbox) -> None:
    event = event_of()
    made = delegation(event, 3, "Anna Lipa", "Jan Lipa", "Ewa Buk <ewa@example.org>")
    assert {one["To"] for one in outbox.deliver()} == {made.email, "ewa@example.org"}
    first, second, third = rows(made)
    assert services.sheet(made.id, first.id) != services.sheet(made.id, second.id)
    with pytest.raises(Conflict):
        services.sheet(made.id, third.id)
    services.take_name_back(made.id, first.id)
    assert (counter(event), outbox.deliver()) == (2, [])


def test_cancelled_delegation_keeps_the_people_who_were_named(app: Flask) -> None:
    event = event_of()
    made = delegation(event, 3, "Anna Lipa <anna@example.org>")
    with pytest.raises(Refusal):
        services.cancel_delegation(made.id, reason=" ", by=PORTAL)
    services.cancel_delegation(made.id, reason="Pomyłka", by=PORTAL)
    assert (seats(made), free(event)) == (["named", "returned", "returned"], 9)
    assert status(person(event, "Anna Lipa")) == "confirmed"


def test_unconfirmed_form_goes_with_its_names_after_two_days(app: Flask, frozen_clock: FrozenClock) -> None:
    number = unconfirmed(event_of(), 2, "Anna Lipa <anna@example.org>").id
    frozen_clock.set(NOW + 2 * DAY + dt.timedelta(seconds=1))
    assert services.expire_delegations() == 1
    assert db.session.get(Delegation, number) is None
