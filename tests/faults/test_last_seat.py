"""Every way to a seat, at the last seat, by many at once: never one seat too many, and none is left beside somebody who waits."""

import concurrent.futures
import itertools
import re
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from flask import Flask

from portal.ground.errors import Busy, Refusal
from portal.registration import services
from tests.factories.events import make_event, make_session
from tests.factories.seating import GIVE_SEATS, WAYS, Act, House
from tests.fixtures.proof import Proof

AT_ONCE = 32
SERVICES = Path(services.__file__).parent
GIVES = re.compile(
    r"\b(enter|take_place|count_event|count_places)\(session|born\(RegistrationStatus.CONFIRMED|RegistrationStatus.CONFIRMED, by="
)
GIVE_BACK = {"seats", "changing", "lapsing"}  # what counts, and what counts down


@pytest.mark.prove
@pytest.mark.parametrize("limited", ["event", "workshop"])
@pytest.mark.parametrize("way", WAYS)
def test_one_way_at_the_last_seat(app: Flask, engine: str, proof: Proof, way: str, limited: str) -> None:
    _race(app, engine, proof, [way] * proof.count(4, AT_ONCE), limited)


@pytest.mark.prove
@pytest.mark.parametrize("limited", ["event", "workshop"])
def test_all_ways_at_the_last_seat(app: Flask, engine: str, proof: Proof, limited: str) -> None:
    ways = itertools.islice(itertools.cycle(WAYS), proof.count(len(WAYS), AT_ONCE))
    _race(app, engine, proof, list(ways), limited)


def _race(app: Flask, engine: str, proof: Proof, ways: Sequence[str], limited: str) -> None:
    event = make_event()
    house = House(event, make_session(event, seats=1000), limits_event=limited == "event")
    house.seats(None)
    acts = [WAYS[way](house) for way in ways]
    seats = house.occupied + 1
    house.seats(seats)
    _at_once(app, acts)
    occupied, waiting = house.occupied, house.waiting
    what = " and ".join(sorted(set(ways))) if len(set(ways)) == 1 else "all ways"
    proof.record(f"{what} at the last seat of the {limited}, {engine}", tried=len(acts), held=len(acts))
    assert occupied <= seats
    assert occupied == seats or not waiting or (limited == "event" and house.is_kept), (
        f"{seats - occupied} free beside {waiting} who wait"
    )
    assert services.sweep() == 0


def _at_once(app: Flask, acts: Sequence[Act]) -> None:
    """All of them, from one moment on. A seat that is gone is an answer; a busy database is asked again, as browsers do."""
    start = threading.Barrier(len(acts))

    def do(act: Act) -> None:
        with app.app_context():
            start.wait()
            while True:
                try:
                    act()
                except Busy:
                    continue
                except Refusal:
                    pass
                return

    with concurrent.futures.ThreadPoolExecutor(len(acts)) as pool:
        list(pool.map(do, acts))


def test_no_module_gives_seats_in_a_way_that_is_not_raced() -> None:
    """Whoever writes another one finds it named here, and adds its way to tests/factories/seating.py."""
    found = {path.stem for path in SERVICES.glob("*.py") if GIVES.search(path.read_text())}
    assert found - GIVE_BACK == set(GIVE_SEATS)
    assert {way for ways in GIVE_SEATS.values() for way in ways} <= set(WAYS)
