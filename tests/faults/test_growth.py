"""What is done with a text costs no more than its length: twice the text takes at most three times the processor."""

import contextlib
import gc
import time
from collections.abc import Callable, Sequence

import pytest
from flask import Flask

from portal.face.pdf import Passage
from portal.ground.errors import Refusal
from portal.projects.record_table import read as records
from portal.registration.invitees import _addresses, named
from portal.words.clean import neutralise, one_line
from portal.words.i18n import Shown
from portal.words.richtext import clean, plain, prose
from portal.words.tables import Bounds, read_text
from portal.words.tables.encodings import encoding_of
from portal.words.text import fold, skeleton, slugify, sort_key, stems
from portal.words.websites import as_opened

LENGTH = 10_000  # characters of the shortest text; the first look is at twice and at four times as many
MOST = 3.0  # times, for twice the text
NOTICED = 0.002  # seconds: less than that says nothing about growth
TEXTS = {
    "marks of two classes": "\u0301\u0316",
    "one mark that is two": "\u0344\u0316",
    "wide blanks": "\u3000",
    "em blanks": "\u2003\n",
    "blank lines": " \n",
    "letters": "ąж",
    "endings": "owie",
    "words with endings": "seniorami пенсионерите ",
    "hidden": "\u200b",
    "joined pictures": "👩\u200d",
}
DONE: dict[str, Callable[[str], object]] = {
    "neutralise": neutralise,
    "one_line": lambda text: one_line(text, 200),
    "plain": lambda text: plain(f"<p>{text}</p>"),
    "clean": lambda text: clean(f"<p>{text}</p>"),
    "as_opened": lambda text: as_opened(f"{text}b"),
    "paper": lambda text: Passage(text).data(),
    "fold": fold,
    "skeleton": skeleton,
    "stems": stems,
    "slugify": slugify,
    "sort_key": lambda text: sort_key(text, "pl"),
}


def seconds(work: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """Of processor for each text, the best of five, in turn: what a neighbour takes it takes from all of them. Without
    the collector of garbage, as timeit does: when it runs depends on everything that was imported before."""
    best = [float("inf")] * len(texts)
    gc.disable()
    try:
        for _ in range(5):
            for index, text in enumerate(texts):
                began = time.process_time()
                work(text)
                best[index] = min(best[index], time.process_time() - began)
    finally:
        gc.enable()
    return best


def follows(work: Callable[[str], object], text: Callable[[int], str]) -> None:
    """Fails when the text times two costs more than three times. A neighbour on the same core halves the speed from one
    moment to the next, which makes four of two; so a doubt is settled from a quarter of the longest text on, where three times
    for each doubling are nine, a neighbour makes eight and work that grows with the square makes sixteen. No text is longer
    than what may be worked on."""
    once, twice = seconds(work, [text(2), text(4)])
    if twice < NOTICED or twice <= MOST * once:
        return
    once, twice, four = seconds(work, [text(1), text(2), text(4)])
    if four > MOST**2 * once:
        pytest.fail(f"{once:.4f} s, for twice the text {twice:.4f} s, for four times {four:.4f} s")


@pytest.mark.parametrize("unit", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("work", DONE.values(), ids=DONE)
def test_cost_follows_the_length(work: Callable[[str], object], unit: str) -> None:
    follows(work, lambda times: ("a" + unit * (LENGTH // len(unit))) * times)


TABLES = {
    "quoted": '"a;b";',
    "quotation marks": '"',
    "delimiters": "a;",
    "rows": "a;b\n",
    "empty lines": "\n",
    "people": "Ala <a@x.pl>, b@x.pl\n",
    "brackets": "a@x.pl<",
    "open brackets": "<",
    "closed brackets": "<>",
    "signs between": "; , ",
    "at signs": "@",
    "words": "a ",
}
LISTED = Bounds(file=10_000_000, rows=100_000, columns=100_000, cells=1_000_000, cell=100_000)


READ: dict[str, Callable[[str], object]] = {
    "table": lambda text: read_text(text, LISTED),
    "people": named,
    "addresses": lambda text: list(_addresses(text)),
    "letters": lambda text: encoding_of(text.encode("cp1250")),
    "records": lambda text: records("Data\tTemat\n" + text, ""),
}


@pytest.mark.parametrize("unit", TABLES.values(), ids=TABLES)
@pytest.mark.parametrize("work", READ.values(), ids=READ)
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_cost_of_a_table_follows_its_length(app: Flask, work: Callable[[str], object], unit: str) -> None:
    def read_or_refused(text: str) -> None:
        with contextlib.suppress(Refusal):
            work(text)

    follows(read_or_refused, lambda times: unit * (LENGTH // len(unit)) * times)


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
    begun = "<table>" * unit.startswith("<tr")
    follows(clean, lambda times: begun + unit * (LENGTH // len(unit)) * times)


@pytest.mark.parametrize(
    "show", [plain, lambda html: prose(Shown(html, "en", False, False, True))], ids=["plain", "prose"]
)
def test_cost_of_showing_tables_follows_their_length(show: Callable[[str], object]) -> None:
    table = clean("<table><caption>a<tr><td>a<td>b<sup>2</sup><tr><td>c<td>d</table>")
    follows(show, lambda times: table * 50 * times)
