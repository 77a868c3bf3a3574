"""The ground speaks before there are words: in English, with the right number."""

import datetime as dt
import subprocess
import sys

import pytest
from markupsafe import Markup, escape

from portal.ground import clock
from portal.ground.sentences import LazyString


def test_ground_alone_speaks_english() -> None:
    code = (
        "from portal.ground.sentences import _l, _ln\n"
        "print(_l('Busy.'), *(_ln('%(n)s minute', '%(n)s minutes', n) for n in (1, 5)), sep=', ')"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "Busy., 1 minute, 5 minutes"


def test_sentence_with_words_of_people_is_escaped_on_a_page_and_markup_stays() -> None:
    assert escape(LazyString(lambda name: f"Hello {name}", "<b>Ewa</b>")) == "Hello &lt;b&gt;Ewa&lt;/b&gt;"
    assert escape(LazyString(Markup, "<b>Ewa</b>")) == "<b>Ewa</b>"


def test_clock_stops_at_an_aware_moment_only() -> None:
    with pytest.raises(ValueError, match="aware"), clock.frozen(dt.datetime(2026, 11, 21)):
        pass
