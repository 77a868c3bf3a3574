"""Any number of workers, in earnest: real processes, killed, hung, cut off and told a wrong time."""

import math
import socket
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa

from portal import mail
from portal.accounts.mails import PASSWORD
from portal.ground import jobs
from portal.ground.db import db, transaction
from portal.ground.jobs import Ending, Heartbeat, Job
from tests.fixtures.live import MakeLive
from tests.fixtures.proof import Proof
from tests.support import processes
from tests.support.crew import Crew, Probe
from tests.support.databases import inside
from tests.support.postgresql import PostgresServer
from tests.support.processes import wait_until
from tests.support.servers import ROOT, LivePortal, MailCatcher, RedisServer

both_engines = pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
MakeCrew = Callable[..., Crew]


@pytest.fixture
def make_crew(tmp_path: Path) -> Iterator[MakeCrew]:
    """`make_crew(live, [Probe("one")], minute=2)`: workers that are stopped after the test."""
    made: list[Crew] = []

    def make(live: LivePortal, probes: list[Probe], **how: object) -> Crew:
        made.append(Crew(live, tmp_path, probes, **how))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for crew in made:
        crew.stop()


def of_database(live: LivePortal, *columns: sa.orm.InstrumentedAttribute[str | None]) -> list[str]:
    """What stands in a column now."""
    with inside(live):
        return sorted(filter(None, db.session.scalars(sa.select(*columns))))


def queue_mail(live: LivePortal, to: str) -> None:
    link = mail.Link("accounts.new_password", purpose=PASSWORD, subject="account:1")
    with inside(live), transaction():
        mail.queue(
            mail.Message(
                "accounts/mail/set_password",
                to=to,
                lang="pl",
                dedupe_key=to,
                links={"password": link},
                kind=mail.Kind.ACCOUNT,
            )
        )


@both_engines
@pytest.mark.prove
@pytest.mark.parametrize("number", [2, 3])
def test_workers_share_the_work_and_each_due_time_has_one_run(
    make_live: MakeLive, make_crew: MakeCrew, database: str, number: int, proof: Proof
) -> None:
    rounds = proof.count(5, 60)
    probes = [Probe(f"job {one}", seconds=0.4) for one in range(number + 1)]
    crew = make_crew(make_live(database), probes, minute=4.0).start(number)
    crew.wait_for(rounds * len(probes), seconds=rounds * 4 + 120)
    wait_until(lambda: len(of_database(crew.live, Heartbeat.name)) == number, "All heartbeats")
    crew.wait_for_more(3 * len(probes))
    ahead = time.time() - time.monotonic()
    slots = {probe.name: [math.floor((run.begun + ahead) / 4.0) for run in crew.runs(probe.name)] for probe in probes}
    twice = [job for job, taken in slots.items() if len(set(taken)) < len(taken)]
    missed = [job for job, taken in slots.items() if any(b - a > 2 for a, b in pairwise(taken))]
    proof.record(f"runs of {number} workers, {database}", tried=len(crew.runs()), held=len(crew.runs()) - len(twice))
    assert (twice, missed, crew.overlaps()) == ([], [], [])
    assert {run.pid for run in crew.runs()} == {worker.pid for worker in crew.workers}


@both_engines
def test_what_a_killed_worker_did_is_taken_over(make_live: MakeLive, make_crew: MakeCrew, database: str) -> None:
    crew = make_crew(make_live(database), [Probe("long", seconds=2.0)], beat=1.0).start(2)
    crew.wait_for(2)
    before = len(crew.runs())
    wait_until(lambda: len(crew.runs()) > before, "A run")
    killed = crew.runs()[-1].pid
    crew.kill(killed)
    died = time.monotonic()
    (_, after) = crew.wait_for_more(2)
    assert after.pid != killed and after.begun > died
    assert crew.overlaps() == []
    with inside(crew.live):
        job = db.session.scalars(sa.select(Job)).one()
        assert job.outcome == Ending.DONE
        assert len(db.session.scalars(sa.select(Heartbeat.name)).all()) == 1, "and nobody keeps the row of the dead"


@both_engines
def test_worker_whose_job_hangs_starts_anew_and_the_job_is_done(
    make_live: MakeLive, make_crew: MakeCrew, database: str
) -> None:
    probes = [Probe("hangs", longest=3), Probe("beside", lane="other")]
    crew = make_crew(make_live(database), probes).start()
    crew.wait_for(1, "hangs")
    crew.hang(True)
    wait_until(lambda: crew.runs("hangs")[-1].ended is None, "A job that hangs")
    wait_until(lambda: "starts anew: hangs: hangs" in crew.live.log.read_text(), "A new start", seconds=60)
    crew.hang(False)
    more = crew.wait_for_more(2, "hangs")
    crew.wait_for_more(2, "beside")
    assert {run.pid for run in more} == {crew.workers[0].pid}, "in its place: whoever watches the process sees no end"
    with inside(crew.live):
        assert len(db.session.scalars(sa.select(Heartbeat.name)).all()) == 1


@both_engines
def test_clock_that_is_moved_back_and_forth_stops_and_doubles_nothing(
    make_live: MakeLive, make_crew: MakeCrew, database: str
) -> None:
    crew = make_crew(make_live(database), [Probe("short"), Probe("long", seconds=1.5, lane="other")]).start(2)
    crew.wait_for(2, "long")
    for seconds in (-3600, 86400, -86400, 0):
        crew.set_clock(seconds)
        crew.wait_for_more(2, "short")
        crew.wait_for_more(2, "long")
    assert crew.overlaps() == []
    with inside(crew.live):
        assert not [job.name for job in db.session.scalars(sa.select(Job)) if job.outcome == Ending.LOST]


def has_caught(catcher: MailCatcher, mails: int) -> bool:
    return len(catcher.messages) == mails


@pytest.mark.prove
def test_redis_away_stops_nothing_and_redis_back_wakes_again(
    make_live: MakeLive, make_crew: MakeCrew, mail_catcher: MailCatcher, tmp_path: Path, proof: Proof
) -> None:
    """The measure: four minutes without Redis."""
    redis = RedisServer(tmp_path)
    mail_catcher.clear()
    live = make_live(redis_url=redis.url, smtp_url=mail_catcher.url)
    crew = make_crew(live, [Probe("often"), Probe("rare", minutes=100000)], real=["mail"]).start()
    try:
        crew.wait_for(1, "rare")
        redis.stop()
        over = time.monotonic() + proof.count(4, 240)
        sent = 0
        while sent < 2 or time.monotonic() < over:
            queue_mail(live, f"reader{sent}@example.org")
            sent += 1
            wait_until(partial(has_caught, mail_catcher, sent), "A mail", log=live.log)
            crew.wait_for_more(1, "often")
        redis.start()
        with inside(live):
            jobs.wake("rare")
        crew.wait_for(2, "rare", seconds=60)
        assert live.log.read_text().count("the queue is away") == 1, "told once, and not every second"
    finally:
        redis.stop()
    proof.record("mails sent without Redis", tried=sent, held=len(mail_catcher.messages))


@pytest.mark.postgresql
def test_postgresql_away_for_a_while_stops_no_worker(
    own_server: PostgresServer, make_crew: MakeCrew, tmp_path: Path
) -> None:
    live = LivePortal(tmp_path / "live", database_url=own_server.create("away"))
    live.run("db", "upgrade")
    crew = make_crew(live, [Probe("short"), Probe("long", seconds=1.0, lane="other")]).start(2)
    for _ in range(2):
        crew.wait_for_more(2, "long")
        own_server.stop()
        time.sleep(3)
        own_server.start()
    crew.wait_for_more(2, "short")
    crew.wait_for_more(2, "long")
    assert crew.overlaps() == []
    assert all(worker.poll() is None for worker in crew.workers)


def test_mail_server_that_hangs_and_a_long_job_stop_nothing_else(make_live: MakeLive, make_crew: MakeCrew) -> None:
    """It takes the connection and says nothing, for the twenty seconds that a mail waits for it."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        live = make_live(smtp_url=f"smtp://127.0.0.1:{silent.getsockname()[1]}")
        queue_mail(live, "first@example.org")
        crew = make_crew(live, [Probe("short"), Probe("long", seconds=10.0, lane="night")], real=["mail"]).start()
        silent.settimeout(60)
        connection, _address = silent.accept()
        beats = of_beats(live)
        crew.wait_for_more(3, "short")
        wait_until(lambda: of_beats(live) > beats + 2, "The heartbeat")
        with inside(live):
            running = set(db.session.scalars(sa.select(Job.name).where(Job.worker.is_not(None))))
            assert jobs.lives()
        assert {"mail", "long"} <= running
        connection.close()


def of_beats(live: LivePortal) -> int:
    with inside(live):
        return db.session.scalars(sa.select(Heartbeat.beats)).one()


def test_long_job_holds_up_no_mail(make_live: MakeLive, make_crew: MakeCrew, mail_catcher: MailCatcher) -> None:
    mail_catcher.clear()
    live = make_live(smtp_url=mail_catcher.url)
    crew = make_crew(live, [Probe("long", minutes=100000)], real=["mail"])
    crew.hang(True)
    crew.start()
    wait_until(lambda: bool(crew.runs("long")), "The long job", log=live.log, seconds=60)
    queue_mail(live, "first@example.org")
    wait_until(lambda: len(mail_catcher.messages) == 1, "The mail", log=live.log)
    assert crew.runs("long")[-1].ended is None
    crew.hang(False)


def test_worker_that_is_asked_to_end_lets_its_job_end(make_live: MakeLive, make_crew: MakeCrew) -> None:
    live = make_live()
    crew = make_crew(live, [Probe("long", seconds=2.0, minutes=100000)]).start()
    wait_until(lambda: bool(crew.runs()), "The job", log=live.log, seconds=60)
    (worker,) = crew.workers
    worker.terminate()
    assert worker.wait(20) == 0
    assert crew.runs()[-1].ended is not None
    with inside(live):
        assert db.session.scalars(sa.select(Job.outcome)).all() == [Ending.DONE]
        assert db.session.scalars(sa.select(Heartbeat.name)).all() == []


@both_engines
def test_job_is_woken_long_before_its_time_and_once_more_while_it_runs(
    make_live: MakeLive, make_crew: MakeCrew, database: str
) -> None:
    crew = make_crew(make_live(database), [Probe("rare", minutes=100000, seconds=3.0, lane="tasks")]).start(2)
    crew.wait_for(1)
    with inside(crew.live):
        jobs.wake("rare")
        wait_until(lambda: len(crew.runs()) == 2, "The run that was asked for", log=crew.live.log, seconds=60)
        jobs.QUEUE.get().woken.clear()  # as when that was some seconds ago
        jobs.wake("rare")
    crew.wait_for(3)
    assert crew.overlaps() == []


@both_engines
def test_two_workers_as_they_are_started_do_all_there_is_once_and_end_when_asked(
    make_live: MakeLive, database: str
) -> None:
    """`portal worker` with its own times, the second one as it was started before workers shared their work."""
    live = make_live(database)
    commands = [[*live._portal(), "worker"], [*live._portal(), "worker", "--no-periodic"]]
    workers = [processes.start(command, live.log, environ=live.environ, cwd=ROOT) for command in commands]
    try:
        wait_until(lambda: len(of_database(live, Heartbeat.name)) == 2, "Both heartbeats", log=live.log, seconds=90)
        wait_until(
            lambda: all(job["outcome"] for job in live.json("jobs", "list")), "All jobs", log=live.log, seconds=60
        )
        with inside(live):
            assert jobs.lives()
            assert {job.outcome for job in db.session.scalars(sa.select(Job))} == {Ending.DONE}
        for worker in workers:
            worker.terminate()
        assert [worker.wait(20) for worker in workers] == [0, 0]
        assert of_database(live, Heartbeat.name) == []
    finally:
        for worker in workers:
            processes.stop(worker)
