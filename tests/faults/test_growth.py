"""What is done with a text costs no more than its length: twice the text takes at most three times the processor."""

import time
from collections.abc import Callable

import pytest

from portal.words.clean import neutralise, one_line
from portal.words.richtext import clean, plain
from portal.words.text import fold, skeleton, slugify, sort_key

LENGTH = 20_000
MOST = 3.0  # times, for twice the text
NOTICED = 0.002  # seconds: less than that says nothing about growth
TEXTS = {
    "marks of two classes": "\u0301\u0316",
    "one mark that is two": "\u0344\u0316",
    "wide blanks": "\u3000",
    "em blanks": "\u2003\n",
    "blank lines": " \n",
    "letters": "ąж",
    "hidden": "\u200b",
}
DONE: dict[str, Callable[[str], object]] = {
    "neutralise": neutralise,
    "one_line": lambda text: one_line(text, 200),
    "plain": lambda text: plain(f"<p>{text}</p>"),
    "clean": lambda text: clean(f"<p>{text}</p>"),
    "fold": fold,
    "skeleton": skeleton,
    "slugify": slugify,
    "sort_key": lambda text: sort_key(text, "pl"),
}


def seconds(work: Callable[[str], object], text: str) -> float:
    """Of processor, the best of five."""
    best = float("inf")
    for _ in range(5):
        began = time.process_time()
        work(text)
        best = min(best, time.process_time() - began)
    return best


@pytest.mark.parametrize("unit", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("work", DONE.values(), ids=DONE)
def test_cost_follows_the_length(work: Callable[[str], object], unit: str) -> None:
    text = "a" + unit * (LENGTH // len(unit))
    once, twice = seconds(work, text), seconds(work, text + text)
    assert twice < NOTICED or twice <= MOST * once, f"{once:.4f} s, for twice the text {twice:.4f} s"
