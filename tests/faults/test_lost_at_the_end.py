"""What happens after an answer is made does not change it: a connection that dies before it is given back is thrown away."""

from collections.abc import Iterator

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask, Response

from portal.ground.db import db, transaction
from portal.ground.statements import streamed
from tests.fixtures.live import MakeLive
from tests.support.client import CheckedClient
from tests.support.databases import inside
from tests.support.servers import LivePortal

pytestmark = pytest.mark.postgresql


@pytest.fixture
def live(make_live: MakeLive) -> LivePortal:
    return make_live("postgresql", workers=1)


@pytest.fixture
def app(live: LivePortal) -> Iterator[Flask]:
    with inside(live) as app:
        app.test_client_class = CheckedClient
        app.testing = False
        yield app


def kill_backends(live: LivePortal) -> int:
    """End every connection to the database as a failover does; how many there were."""
    address = live.environ["PORTAL_DATABASE_URL"].replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(address, autocommit=True) as connection:
        found = connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return len(found.fetchall())


@pytest.mark.parametrize("path", ["/pl/", "/bg/organisations", "/sitemap.xml", "/readyz"])
def test_connection_that_dies_after_the_answer_costs_nobody_the_page(live: LivePortal, app: Flask, path: str) -> None:
    killed = []

    def cut(response: Response) -> Response:
        killed.append(kill_backends(live))
        return response

    app.after_request_funcs.setdefault(None, []).insert(0, cut)  # the first is called last
    whole = app.test_client().get(path)
    assert sum(killed) > 0, "no connection was there to be cut"
    app.after_request_funcs[None].remove(cut)
    again = app.test_client().get(path)
    assert (whole.status_code, whole.data) == (again.status_code, again.data)
    assert again.status_code in ((200, 503) if path == "/readyz" else (200,))


def test_what_was_committed_is_answered_as_done(live: LivePortal, app: Flask) -> None:
    browser = app.test_client()
    page = browser.get("/pl/account/sign-up")
    app.after_request_funcs.setdefault(None, []).insert(0, lambda response: kill_backends(live) and response)
    words = {"name": "Ewa", "email": "ewa@example.org", "password": "lipa most chleb"}
    assert browser.submit(page, words).status_code == 303


def test_session_of_a_lost_connection_is_used_by_nobody_else(live: LivePortal, app: Flask) -> None:
    sessions = db.session.registry.registry
    for _ in range(3):
        known = len(sessions)
        with app.app_context():
            assert list(streamed(sa.select(sa.literal(1)), 1)) == [(1,)]  # in a transaction, which is to be ended
            assert len(sessions) == known + 1
            assert kill_backends(live) > 0
        assert len(sessions) == known
    with app.app_context():
        with transaction() as session:
            session.execute(sa.text("SELECT 1"))
        assert not db.session().dirty
