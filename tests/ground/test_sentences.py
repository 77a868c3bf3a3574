"""The ground speaks before there are words: in English, with the right number."""

import datetime as dt
import subprocess
import sys

import pytest

from portal.ground import clock


def test_ground_alone_speaks_english() -> None:
    code = (
        "from portal.ground.sentences import _l, _ln\n"
        "print(_l('Busy.'), *(_ln('%(n)s minute', '%(n)s minutes', n) for n in (1, 5)), sep=', ')"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "Busy., 1 minute, 5 minutes"


def test_clock_stops_at_an_aware_moment_only() -> None:
    with pytest.raises(ValueError, match="aware"), clock.frozen(dt.datetime(2026, 11, 21)):
        pass
