"""Whatever people and coordinators do, in whatever order: after each step the books are right and nobody is passed over."""

import contextlib
import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from portal.events.facts import EventChanged, Placement, SessionCancelled, SessionChanged
from portal.events.models import Event, ProgrammeSession, SessionStatus
from portal.events.services.editing import frame
from portal.ground import audit, clock
from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.ground.errors import Refusal
from portal.ground.facts import announce
from portal.mail import Mail
from portal.registration import services
from portal.registration.models import Booking, Registration
from portal.registration.services import Wish
from tests.factories.books import check_counters, check_turns, rows_of
from tests.factories.events import make_event, make_session, unique
from tests.factories.registrations import change, submit

HOURS = (1.0, 1.5, 2.0, 4.0, 4.0)
people = st.integers(0, 11)
company = st.sampled_from((0, 0, 1, 2))
chosen = st.sets(st.integers(0, len(HOURS) - 1), max_size=3)


class Congress(RuleBasedStateMachine):
    """A small congress: five workshops that partly overlap, and up to a dozen registrations."""

    app: Flask

    @initialize(
        seats=st.lists(st.integers(0, 2), min_size=len(HOURS), max_size=len(HOURS)),
        limit=st.sampled_from((1, 2, 2, None)),  # fewer than the crowd: somebody waits from the beginning
        crowd=st.lists(chosen, min_size=3, max_size=5),
        approval=st.sampled_from((False, False, True)),
        offer_hours=st.sampled_from((None, 1, 24)),
        companions=st.sampled_from((None, 2)),
    )
    def begin(
        self, seats: list[int], limit: int | None, crowd: list[set[int]], approval: bool, offer_hours: int | None,
        companions: int | None,
    ) -> None:  # fmt: skip
        """Some have come already, so that the first act meets full workshops and waiting lists and not an empty house."""
        event = make_event(
            seats=limit, approval=approval, requests_hold=approval, offer_hours=offer_hours, max_companions=companions
        )
        self.event_id = event.id
        self.sessions = [make_session(event, seats=n, hours=h, length=1).id for n, h in zip(seats, HOURS, strict=True)]
        self.moments: dict[int, dt.datetime] = {}
        self.moved = False
        self.clock = clock.frozen(clock.now())
        self.clock.__enter__()
        for wanted in crowd:
            self.arrive(wanted, 0)

    def teardown(self) -> None:
        if hasattr(self, "clock"):
            self.clock.__exit__(None, None, None)
        db.session.rollback()

    def one(self, number: int, *states: str) -> int | None:
        """One of those whose registration has not ended (or is in one of these states): acts are not spent on the others."""
        db.session.rollback()
        lives = states or ("unverified", "pending", "offered", "confirmed", "waiting")
        query = sa.select(Registration.id).where(Registration.event_id == self.event_id, Registration.status.in_(lives))
        found = db.session.scalars(query.order_by(Registration.id)).all()
        return found[number % len(found)] if found else None

    @rule(minutes=st.sampled_from((1, 5, 10, 59, 60, 600)))
    def time_passes(self, minutes: int) -> None:
        """Ten hours are longer than an hour to answer an offer, also when it was made in the evening."""
        now = clock.now()
        self.clock.__exit__(None, None, None)
        self.clock = clock.frozen(now + dt.timedelta(minutes=minutes))
        self.clock.__enter__()

    def _sent(self, wanted: set[int], company: int = 0) -> int:
        sessions = [db.session.get_one(ProgrammeSession, self.sessions[n]) for n in sorted(wanted)]
        return submit(
            db.session.get_one(Event, self.event_id), *sessions, email=f"m{unique()}@example.org", companions=company
        ).id

    @rule(wanted=chosen)
    def send_form(self, wanted: set[int]) -> None:
        with contextlib.suppress(Refusal):
            self._sent(wanted)

    @rule(wanted=chosen, company=company)
    def arrive(self, wanted: set[int], company: int) -> None:
        """Send the form and confirm it at once, as most do."""
        with contextlib.suppress(Refusal):
            services.confirm(self._sent(wanted, company))

    @rule(number=people, company=company)
    def bring(self, number: int, company: int) -> None:
        """Bring others along, more or fewer than was said, and keep the workshops."""
        with contextlib.suppress(Refusal):
            if registration := self.one(number):
                held = [Wish(one.session, True) for one in rows_of(self.event_id) if one.registration == registration]
                change(db.session.get_one(Registration, registration), *held, companions=company)

    @rule(number=people)
    def confirm(self, number: int) -> None:
        with contextlib.suppress(Refusal):
            if registration := self.one(number, "unverified"):
                services.confirm(registration)

    @rule(number=people, wanted=chosen, waits=st.booleans())
    def change(self, number: int, wanted: set[int], waits: bool) -> None:
        with contextlib.suppress(Refusal):
            if registration := self.one(number):
                wishes = [Wish(self.sessions[n], waits) for n in sorted(wanted)]
                change(db.session.get_one(Registration, registration), *wishes)

    @rule(number=people)
    def cancel(self, number: int) -> None:
        with contextlib.suppress(Refusal):
            if registration := self.one(number):
                services.cancel(registration)

    @rule(number=people, yes=st.sampled_from((True, True, False)))
    def decide(self, number: int, yes: bool) -> None:
        if registration := self.one(number, "pending"):
            event = db.session.get_one(Event, self.event_id)
            if yes:
                assert services.approve(event, [registration], by=PORTAL).done == 1
            else:
                assert services.reject(event, [registration], reason="Za mało sal", by=PORTAL).done == 1

    @rule(number=people)
    def accept(self, number: int) -> None:
        if registration := self.one(number, "offered"):
            until = db.session.get_one(Registration, registration).offer_ends_at
            with pytest.raises(Refusal) if until <= clock.now() else contextlib.nullcontext():
                assert services.accept(registration)

    @rule(number=people)
    def accept_a_place(self, number: int) -> None:
        db.session.rollback()
        offered = sa.select(Booking).join(Registration, Registration.id == Booking.registration_id)
        found = db.session.scalars(
            offered.where(Booking.status == "offered", Registration.event_id == self.event_id).order_by(Booking.id)
        ).all()
        if found:
            booking = found[number % len(found)]
            registration, session, until = booking.registration_id, booking.session_id, booking.offer_ends_at
            with pytest.raises(Refusal) if until <= clock.now() else contextlib.nullcontext():
                assert services.accept_place(registration, session_id=session)

    @rule(number=people)
    def give_up_waiting(self, number: int) -> None:
        with contextlib.suppress(Refusal):
            if registration := self.one(number, "waiting"):
                services.cancel(registration)

    @rule(number=st.integers(0, len(HOURS) - 1), seats=st.integers(0, 4))
    def set_seats(self, number: int, seats: int) -> None:
        with contextlib.suppress(Refusal):
            self._session_becomes(number, seats=seats)

    @rule(number=st.integers(0, len(HOURS) - 1), half_hours=st.integers(2, 10))
    def move(self, number: int, half_hours: int) -> None:
        with contextlib.suppress(Refusal):
            starts = db.session.get_one(Event, self.event_id).starts_at + half_hours * dt.timedelta(minutes=30)
            self._session_becomes(number, starts_at=starts, ends_at=starts + dt.timedelta(hours=1))
            self.moved = True

    def _session_becomes(self, number: int, **values: Any) -> None:
        with transaction() as session:
            row = session.get_one(ProgrammeSession, self.sessions[number], populate_existing=True)
            if row.status == SessionStatus.CANCELLED:
                return
            old = Placement(row.starts_at, row.ends_at, row.room_id, row.seats)
            for name, value in values.items():
                setattr(row, name, value)
            session.flush()
            announce(
                SessionChanged(
                    self.event_id, row.id, old, Placement(row.starts_at, row.ends_at, row.room_id, row.seats)
                )
            )

    @rule(number=st.integers(0, len(HOURS) - 1), really=st.integers(0, 4))
    def cancel_session(self, number: int, really: int) -> None:
        if really:
            return
        with transaction() as session:
            row = session.get_one(ProgrammeSession, self.sessions[number], populate_existing=True)
            if row.status == SessionStatus.CANCELLED:
                return
            row.status = SessionStatus.CANCELLED
            session.flush()
            place = Placement(row.starts_at, row.ends_at, row.room_id, row.seats)
            announce(SessionCancelled(self.event_id, row.id, place, "Choroba"))

    @rule(limit=st.none() | st.integers(0, 6))
    def limit_event(self, limit: int | None) -> None:
        with contextlib.suppress(Refusal), transaction() as session:
            event = session.get_one(Event, self.event_id, populate_existing=True)
            old = frame(event)
            event.seats = limit
            session.flush()
            announce(EventChanged(event.id, old, frame(event)))

    @invariant()
    def books_are_right(self) -> None:
        if hasattr(self, "event_id"):
            db.session.rollback()
            check_counters(self.event_id)

    @invariant()
    def nobody_is_passed_over(self) -> None:
        if hasattr(self, "event_id"):
            check_turns(self.event_id, moved=self.moved)

    @invariant()
    def moments_of_queueing_never_change(self) -> None:
        if not hasattr(self, "event_id"):
            return
        for one in rows_of(self.event_id):
            assert self.moments.setdefault(one.number, one.at) == one.at

    @invariant()
    def sweeping_finds_nothing(self) -> None:
        if hasattr(self, "event_id"):
            services.end_offers()
            mails = db.session.scalar(sa.select(sa.func.count(Mail.id)))
            assert services.sweep() == 0
            assert db.session.scalar(sa.select(sa.func.count(Mail.id))) == mails


@pytest.mark.prove
def test_any_order_of_acts_keeps_the_books_right(app: Flask, engine: str, proof: Any) -> None:
    """B3: a hundred thousand acts on SQLite; the audit trail is whole after them."""
    examples, steps = proof.count(12, 2000 if engine == "sqlite" else 100), proof.count(25, 50)
    run_state_machine_as_test(
        Congress,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    assert audit.verify().broken_at is None
    proof.record(f"acts on a congress in any order, {engine}", tried=examples * steps, held=examples * steps)
