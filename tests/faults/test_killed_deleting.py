"""A process is killed while it deletes what is kept of many people, and the next run goes on: the reports count each once."""

import datetime as dt
import signal

import pytest
import sqlalchemy as sa

from portal.ground import clock
from portal.ground.db import db
from portal.registration import services
from portal.registration.models import Deletion, Registration
from portal.registration.retaining import fingerprint
from portal.registration.services import BulkRegistration
from tests.factories.events import make_event
from tests.fixtures.live import MakeLive
from tests.support import processes
from tests.support.databases import inside
from tests.support.holding import held_after
from tests.support.processes import wait_until

MANY = 2000


def reports() -> list[tuple[int, str]]:
    db.session.rollback()
    return [(row.number, row.ids_hash) for row in db.session.scalars(sa.select(Deletion).order_by(Deletion.id))]


def named() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).where(Registration.email != "")) or 0


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_killed_in_the_middle(make_live: MakeLive, engine: str) -> None:
    live = make_live(engine)
    with inside(live):
        long_ago = clock.now() - dt.timedelta(days=400)
        event = make_event(starts_at=long_ago)
        people = (
            BulkRegistration(f"Osoba {number}", f"osoba{number}@example.org", "pl", long_ago - dt.timedelta(days=9))
            for number in range(MANY)
        )
        services.bulk_register(event.id, people)
        numbers = list(db.session.scalars(sa.select(Registration.id).order_by(Registration.id)))
        command = [*live._portal(), "jobs", "run", "registrations"]
        with held_after("deletion", 2):
            run = processes.start(command, live.log, environ=live.environ)
            wait_until(lambda: len(reports()) > 1, "The first reports", log=live.log, seconds=120)
            processes.stop(run, signal.SIGKILL)
        done = sum(number for number, _hash in reports())
        assert 0 < done < MANY and named() == MANY - done, "no row without its report, and no report without its rows"
        live.run("jobs", "run", "registrations")
        found = reports()
        assert sum(number for number, _hash in found) == MANY and named() == 0
        for number, ids_hash in found:
            gone, numbers = numbers[:number], numbers[number:]
            assert ids_hash == fingerprint(gone)
