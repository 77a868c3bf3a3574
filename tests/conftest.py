"""What every test may ask for; see the modules of `tests/fixtures/`."""

import os

import pytest

from tests.support import catalogues

pytest_plugins = [
    "tests.fixtures.database",
    "tests.fixtures.soundness",
    "tests.fixtures.pages",
    "tests.fixtures.live",
    "tests.fixtures.browser",
    "tests.fixtures.proof",
]


def pytest_configure(config: pytest.Config) -> None:
    for name in [name for name in os.environ if name.startswith("PORTAL_")]:
        del os.environ[name]  # a test says itself what the settings are
    if not hasattr(config, "workerinput"):
        catalogues.compile_older()
