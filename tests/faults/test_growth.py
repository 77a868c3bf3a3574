"""What is done with a text costs no more than its length: twice the text takes at most three times the processor."""

import time
from collections.abc import Callable

import pytest

from portal.words.clean import neutralise, one_line
from portal.words.i18n import Shown
from portal.words.richtext import clean, plain, prose
from portal.words.text import fold, skeleton, slugify, sort_key
from portal.words.websites import as_opened

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
    "joined pictures": "👩\u200d",
}
DONE: dict[str, Callable[[str], object]] = {
    "neutralise": neutralise,
    "one_line": lambda text: one_line(text, 200),
    "plain": lambda text: plain(f"<p>{text}</p>"),
    "clean": lambda text: clean(f"<p>{text}</p>"),
    "as_opened": lambda text: as_opened(f"{text}b"),
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


def follows(work: Callable[[str], object], text: str, double: str) -> None:
    """Fails when twice the text costs more than three times. The best of five is looked at again, twice, before it is
    believed: a neighbour may have had the processor."""
    once, twice = float("inf"), float("inf")
    for _ in range(3):
        once, twice = min(once, seconds(work, text)), min(twice, seconds(work, double))
        if twice < NOTICED or twice <= MOST * once:
            return
    pytest.fail(f"{once:.4f} s, for twice the text {twice:.4f} s")


@pytest.mark.parametrize("unit", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("work", DONE.values(), ids=DONE)
def test_cost_follows_the_length(work: Callable[[str], object], unit: str) -> None:
    text = "a" + unit * (LENGTH // len(unit))
    follows(work, text, text + text)


PASTED = {
    "cells": "<tr><td>a<td>b",
    "tables": "<table><tr><td>a<td>b<tr><td>c<td>d</table>",
    "tables in cells": "<table><tr><td>a</table><td>",
    "signs of Word": "<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>1. </span>a</p>",
    "levels of Word Online": "<ul><li data-aria-level=3>a</ul><ul><li data-aria-level=1>b</ul>",
    "lists beside items": "<ul><li>a</li><ul><li>b</li></ul></ul>",
    "comments": "<!--[if gte mso 9]>a<![endif]-->b",
    "open comments": "<!--",
    "programs": "<style>a</style>",
    "open programs": "<style ",
    "elements of Office": "<o:p>a",
    "small signs": "<sup>a</sup><sub>b</sub>",
    "links": "<a href='https://example.org/a b'>a</a> ",
}


@pytest.mark.parametrize("unit", PASTED.values(), ids=PASTED)
def test_cost_of_what_is_pasted_follows_its_length(unit: str) -> None:
    text = "<table>" * unit.startswith("<tr") + unit * (LENGTH // len(unit))
    follows(clean, text, text + unit * (LENGTH // len(unit)))


@pytest.mark.parametrize(
    "show", [plain, lambda html: prose(Shown(html, "en", False, False, True))], ids=["plain", "prose"]
)
def test_cost_of_showing_tables_follows_their_length(show: Callable[[str], object]) -> None:
    table = clean("<table><caption>a<tr><td>a<td>b<sup>2</sup><tr><td>c<td>d</table>")
    follows(show, table * 100, table * 200)
