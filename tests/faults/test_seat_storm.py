"""People and organisers do everything to the seats of one event at once; what must be true is looked for after each act."""

import concurrent.futures
import datetime as dt
import random
import time
from collections import Counter

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.events.models import Event, ProgrammeSession
from portal.ground import clock
from portal.ground.db import db, transaction
from portal.ground.errors import Busy, Refusal
from portal.registration import services
from portal.registration.models import Booking, Registration
from portal.registration.services import Wish
from portal.registration.services.seats import lock_event
from tests.factories.books import check_counters, check_turns
from tests.factories.events import make_event, make_session
from tests.factories.registrations import change, confirmed, submit
from tests.fixtures.proof import Proof
from tests.registration.test_following import becomes, event_becomes

HOURS = (1.0, 1.5, 4.0)
LEAST = 12  # acts of each thread, however slow the machine is
LIVES = ("pending", "offered", "confirmed", "waiting")


class Storm:
    """One event with three workshops, of which two overlap; each thread acts with a chance of its own."""

    def __init__(self) -> None:
        event = make_event(seats=8, offer_hours=24)
        self.event = event.id
        self.sessions = [make_session(event, seats=3, hours=hours, length=1).id for hours in HOURS]
        for number in self.sessions * 4:
            confirmed(event, db.session.get_one(ProgrammeSession, number))

    def act(self, chance: random.Random) -> str:
        """One act of somebody; returns its name."""
        acts = (self.books, self.books, self.cancels, self.switches, self.seats, self.limit, self.accepts, self.lapses)
        chosen = chance.choice(acts)
        try:
            chosen(chance)
        except Refusal:  # also Busy: the portal said so, and nothing was done
            return f"{chosen.__name__} refused"
        finally:
            db.session.rollback()
        return chosen.__name__

    def books(self, chance: random.Random) -> None:
        event = db.session.get_one(Event, self.event)
        wanted = [db.session.get_one(ProgrammeSession, chance.choice(self.sessions))]
        services.confirm(submit(event, *wanted, email=f"s{chance.getrandbits(60)}@example.org").id)

    def cancels(self, chance: random.Random) -> None:
        services.cancel(self._one(chance))

    def switches(self, chance: random.Random) -> None:
        registration = db.session.get_one(Registration, self._one(chance))
        change(registration, Wish(chance.choice(self.sessions), waits=True))

    def seats(self, chance: random.Random) -> None:
        with transaction() as session:
            lock_event(session, self.event)
            becomes(session.get_one(ProgrammeSession, chance.choice(self.sessions)), seats=chance.randint(2, 6))

    def limit(self, chance: random.Random) -> None:
        with transaction() as session:
            event_becomes(lock_event(session, self.event), seats=chance.randint(6, 14))

    def accepts(self, chance: random.Random) -> None:
        number = self._one(chance)
        places = sa.select(Booking.session_id).where(Booking.registration_id == number, Booking.status == "offered")
        session = db.session.scalar(places)
        db.session.rollback()
        services.accept_place(number, session_id=session) if session else services.accept(number)

    def lapses(self, chance: random.Random) -> None:
        """The time of one offer is over, and the worker notices."""
        number = self._one(chance)
        with transaction() as session:
            lock_event(session, self.event)
            now = {"offer_ends_at": clock.now() - dt.timedelta(seconds=1)}
            offered = (Registration.id == number, Registration.status == "offered")
            session.execute(sa.update(Registration).where(*offered).values(**now))
            places = (Booking.registration_id == number, Booking.status == "offered")
            session.execute(sa.update(Booking).where(*places).values(**now))
        services.end_offers()

    def check(self) -> None:
        """Under the lock that every act takes first: what any two acts leave between them."""
        with transaction() as session:
            lock_event(session, self.event)
            check_counters(self.event)
            check_turns(self.event)

    def _one(self, chance: random.Random) -> int:
        held = sa.select(Registration.id).where(Registration.event_id == self.event, Registration.status.in_(LIVES))
        number = chance.choice(db.session.scalars(held.order_by(Registration.id)).all())
        db.session.rollback()
        return number


@pytest.mark.prove
def test_everything_at_once_keeps_the_books_right(app: Flask, engine: str, proof: Proof) -> None:
    """B2: ten minutes in `make prove`; the outbox has no mail twice, its keys are unique in the database."""
    storm, ends = Storm(), time.monotonic() + proof.count(2, 600)

    def blow(number: int) -> Counter[str]:
        chance, done = random.Random(proof.seed + number), Counter[str]()
        with app.app_context():
            while done.total() < LEAST or time.monotonic() < ends:
                done[storm.act(chance)] += 1
                _looked(storm)
        return done

    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        done = sum(pool.map(blow, range(6)), Counter())
    proof.record(f"acts of a storm, {engine}", tried=done.total(), held=done.total())
    assert services.sweep() == 0
    assert {"books", "cancels", "switches"} <= set(done), f"the storm was none: {done}"


def _looked(storm: Storm) -> None:
    while True:
        try:
            return storm.check()
        except Busy:
            continue
