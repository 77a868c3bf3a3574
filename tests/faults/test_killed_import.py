"""A worker is killed while it makes the profiles of a list, and another one goes on: none is made twice and none is missing."""

import signal
from collections import Counter

import pytest
import sqlalchemy as sa

from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.imports import services
from portal.imports.models import ImportBatch
from portal.organisations.models import Organisation
from portal.tasks.models import Task
from tests.factories.imports import make_batch, row
from tests.fixtures.live import MakeLive
from tests.support.databases import inside
from tests.support.processes import wait_until

MANY = 600


def made() -> Counter[str]:
    db.session.rollback()
    return Counter(one.source for one in db.session.scalars(sa.select(Organisation.name)))


def state() -> str:
    db.session.rollback()
    return str(db.session.scalar(sa.select(ImportBatch.state)))


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_worker_killed_halfway(make_live: MakeLive, engine: str) -> None:
    live = make_live(engine)
    with inside(live):
        batch = make_batch([row(number) for number in range(MANY)])
        services.carry_out(batch, version=batch.row_version, is_public=False, makes_doubles=False, by=PORTAL)
        live.start_worker()
        wait_until(lambda: bool(made()), "The first profiles", log=live.log, seconds=90)
        live.stop(signal.SIGKILL)
        reached = made().total()
        assert 0 < reached < MANY and reached % 50 == 0 and state() == "running"
        with transaction() as session:
            session.execute(sa.update(Task).values(lease_until=clock.now()))  # as a minute later
        live.start_worker()
        wait_until(lambda: state() == "done", "The rest", log=live.log, seconds=300)
        live.stop()
        assert made() == Counter(f"Stowarzyszenie Klon {number}" for number in range(MANY))
