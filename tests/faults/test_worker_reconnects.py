"""The queue of the worker goes away and comes back: mails go out again at once, and nobody restarts anything."""

import functools
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from portal import mail
from portal.accounts.mails import PASSWORD
from portal.ground import jobs
from portal.ground.db import transaction
from tests.fixtures.live import MakeLive
from tests.support.databases import inside
from tests.support.postgresql import ROLE, PostgresServer
from tests.support.processes import wait_until
from tests.support.servers import LivePortal, MailCatcher, RedisServer


def queue_mail(to: str) -> None:
    link = mail.Link("accounts.new_password", purpose=PASSWORD, subject="account:1")
    with transaction():
        mail.queue(
            mail.Message(
                "accounts/mail/set_password",
                to=to,
                lang="pl",
                dedupe_key=to,
                kind=mail.Kind.ACCOUNT,
                links={"password": link},
            )
        )


def _has(catcher: MailCatcher, mails: int) -> bool:
    return len(catcher.messages) == mails


def mails_go_out(live: LivePortal, catcher: MailCatcher, faults: list[Callable[[], None]]) -> None:
    """A mail queued by a process that runs all along arrives after every fault, long before the sweep of each minute."""
    catcher.clear()
    live.start_worker()
    with inside(live) as app:
        queue = jobs.huey(app)
        for number, happen in enumerate([lambda: None, *faults]):
            # an earlier wish to wake the worker must not do the work of this one
            wait_until(lambda: queue.pending_count() + queue.scheduled_count() == 0, "The worker", log=live.log)
            happen()
            jobs.QUEUE.of(app).woken.clear()  # as when the last mail was queued some seconds ago
            queue_mail(f"reader{number}@example.org")
            arrived = functools.partial(_has, catcher, number + 1)
            wait_until(arrived, f"Mail {number}", log=live.log)


@pytest.mark.postgresql
def test_after_postgresql_cut_every_connection_or_restarted(
    own_server: PostgresServer, mail_catcher: MailCatcher, tmp_path: Path
) -> None:
    live = LivePortal(tmp_path, database_url=own_server.create("queue"), smtp_url=mail_catcher.url)
    live.run("db", "upgrade")

    def cut() -> None:
        with psycopg.connect(host=str(own_server.root), user=ROLE, dbname="postgres") as admin:
            admin.execute("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = 'queue'")

    def restart() -> None:
        own_server.stop()
        own_server.start()

    try:
        mails_go_out(live, mail_catcher, [cut, restart])
    finally:
        live.stop()


def test_after_redis_restarted(make_live: MakeLive, mail_catcher: MailCatcher, tmp_path: Path) -> None:
    redis = RedisServer(tmp_path)

    def restart() -> None:
        redis.stop()
        redis.start()

    try:
        mails_go_out(make_live(redis_url=redis.url, smtp_url=mail_catcher.url), mail_catcher, [restart, restart])
    finally:
        redis.stop()
