"""Parts that a test may break."""

from collections.abc import Iterator

import pytest

from tests.support.postgresql import PostgresServer


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    """A PostgreSQL of this test alone, because it is going to be stopped."""
    server = PostgresServer()
    yield server
    server.remove()
