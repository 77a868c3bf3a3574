"""How long the totals of a network take: 200 projects with 100,000 confirmed records, each with two that took part; and a
project with many records, whose card is measured."""

import datetime as dt
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import sqlalchemy as sa

from bench.servers import environment
from portal.app import create_app
from portal.ground.authz import PORTAL
from portal.ground.config import Config
from portal.ground.db import db, transaction
from portal.ground.derived import renew
from portal.ground.statements import in_batches, table
from portal.impact import queries
from portal.impact.models import Frame
from portal.impact.outputs import Output
from portal.impact.services import FIGURES, add_outcome, feed, make_frame
from portal.membership.models import Network
from portal.organisations.models import Organisation
from portal.projects.models import Activity, Project, Record, RecordParty, RecordStatus
from portal.projects.services import BulkProject, bulk_publish
from portal.words.i18n import Localized

PROJECTS, RECORDS, NAMES, PARTIES = 200, 100_000, 5000, 2
OF_A_CARD = 2000  # records
TIMES = 20
FIRST, MOMENT = dt.date(2021, 1, 1), dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
DAYS = 1800
ASKED = (("training-hours", "hour"), ("organisations-strengthened", "organisation"), ("people-estimated", "person"))


@dataclass(frozen=True, slots=True)
class Found:
    """Milliseconds, the median of TIMES: all totals, the projects and years of one, a frame of a funder with all of the projects
    and half of the records, and a project counted anew, which is what a confirmed record costs. `strengthened` is what the
    totals say of organisations."""

    totals: float
    one: float
    frame: float
    recount: float
    strengthened: int


def measure(var: Path, database_url: str = "") -> Found:
    app = create_app(Config.from_environment(environment(var, database_url=database_url)))
    with app.app_context():
        network = db.session.scalar(sa.select(Network.id).order_by(Network.id).limit(1)) or 0
        _fill(network, PROJECTS, RECORDS)
        whose = queries.of_network(network)
        (row,) = queries.totals(whose).of("organisations-strengthened")

        def one() -> None:
            queries.behind_total(whose, "training-hours")
            queries.years_of_total(whose, "training-hours")

        asked = _frame(network)
        number = db.session.scalars(sa.select(Project.id).where(Project.network_id == network).limit(1)).one()
        return Found(
            _median(lambda: queries.totals(whose)), _median(one), _median(lambda: queries.reached(asked)),
            _median(lambda: _anew(number)), row.amount,
        )  # fmt: skip


def _frame(network: int) -> Frame:
    """A frame of the first half of the time, in which the projects feed four outcomes in turn."""
    found = db.session.get_one(Network, network)
    last = FIRST + dt.timedelta(days=DAYS // 2)
    made = make_frame(found, language="pl", by=PORTAL, title="Ramy", funder="Fundusz", starts_on=FIRST, ends_on=last)
    targets = {Output(code, unit): 1000 for code, unit in ASKED}
    outcomes = [add_outcome(made, language="pl", title=f"Rezultat {n}", targets=targets, by=PORTAL) for n in range(4)]
    feeds = {one.id: outcomes[n % 4].id for n, one in enumerate(queries.to_feed(made))}
    feed(made, feeds, by=PORTAL)
    return made


def a_card(var: Path, database_url: str = "") -> str:
    """Make a public project with OF_A_CARD records; returns its address."""
    app = create_app(Config.from_environment(environment(var, database_url=database_url)))
    with app.app_context():
        network = db.session.scalar(sa.select(Network.id).order_by(Network.id.desc()).limit(1)) or 0
        last = db.session.scalar(sa.select(sa.func.max(Project.id))) or 0
        _fill(network, 1, OF_A_CARD, after=last)
        return db.session.scalars(sa.select(Project.slug).where(Project.id > last)).one()


def _anew(number: int) -> None:
    with transaction():
        FIGURES.renew(number)


def _fill(network: int, projects: int, records: int, *, after: int = 0) -> None:
    chance = random.Random(1)
    organisation = db.session.scalars(sa.select(Organisation.id).order_by(Organisation.id).limit(1)).one()
    db.session.rollback()
    title = Localized.of("pl", "Pomiar")
    bulk_publish(
        BulkProject(organisation, network, title, title, "", FIRST, FIRST + dt.timedelta(days=DAYS), MOMENT)
        for _ in range(projects)
    )
    numbers = db.session.scalars(sa.select(Project.id).where(Project.network_id == network, Project.id > after)).all()
    for batch in in_batches(_records(numbers, records, chance), 5000):
        with transaction() as session:
            session.execute(sa.insert(table(Record)), batch)
    named = db.session.scalars(sa.select(Record.id).where(Record.confirmed_at == MOMENT).order_by(Record.id)).all()
    for parties in in_batches(_parties(named, chance), 5000):
        with transaction() as session:
            session.execute(sa.insert(table(RecordParty)), parties)
    renew(FIGURES)


def _records(projects: Any, records: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    activities = [*Activity]
    for number in range(records):
        yield {
            "project_id": projects[number % len(projects)], "activity": chance.choice(activities).value,
            "status": RecordStatus.CONFIRMED.value, "title": Localized.of("pl", "Spotkanie"),
            "day": FIRST + dt.timedelta(days=chance.randrange(DAYS)), "begins": "", "minutes": 90, "place": "",
            "leader": "", "leader_key": "", "people": 9, "stage": "", "channel": "", "evidence": "", "reason": "",
            "confirmed_at": MOMENT, "row_version": 1, "created_at": MOMENT, "updated_at": MOMENT,
        }  # fmt: skip


def _parties(records: Any, chance: random.Random) -> Iterator[dict[str, Any]]:
    for record in records:
        for name in chance.sample(range(NAMES), PARTIES):
            said = f"Ochotnicza Straż Pożarna nr {name}"
            yield {"record_id": record, "name": said, "key": said.lower(), "kind": "organisation"}


def _median(what: Callable[[], object]) -> float:
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        what()
        taken.append((time.perf_counter() - began) * 1000)
        db.session.rollback()
    return median(taken)
