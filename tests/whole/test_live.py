"""The portal as it runs in earnest: several web processes and a worker, on both databases."""

import json
import urllib.request

import pytest

from tests.fixtures.live import MakeLive
from tests.support.processes import wait_until


def ready(base_url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{base_url}/readyz", timeout=5) as answer:
            return bool(json.load(answer)["status"] == "ready")
    except OSError:
        return False


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_web_and_worker_get_ready_and_stop_on_request(make_live: MakeLive, engine: str) -> None:
    portal = make_live(engine, workers=2).start()
    wait_until(lambda: ready(portal.base_url), "The worker", log=portal.log)
    portal.stop()
    assert not ready(portal.base_url)
