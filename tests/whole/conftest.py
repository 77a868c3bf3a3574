"""What the tests of the whole may ask for."""

from pathlib import Path

import pytest
from flask import Flask

from portal import rebuilding
from tests.support.rebuilding import quietly
from tests.support.releases import RELEASES, restored


@pytest.fixture
def filled(app: Flask, tmp_path: Path) -> Flask:
    """The newest release that was kept, brought up to this one, with its index made by today's rules."""
    restored(app, RELEASES[-1], tmp_path)
    assert not any(one.failed for one in rebuilding.rebuild_search(quietly))
    return app
