"""What a hostile table of few bytes may take while it is read: a bounded memory, in our process and in the one beside it."""

import random
import subprocess
import sys
from collections.abc import Callable

import pytest

from portal.words.tables import read_file
from tests.support.servers import ROOT
from tests.support.workbooks import bomb, far_cells, lying_bomb, workbook

MOST = 200_000  # kB beside the process itself
MOST_BESIDE = 400_000  # kB of the process that reads workbooks, with all its libraries
MEASURE = """
import re, resource, sys
from portal.ground.errors import Refusal
from portal.words.tables import read_file

data = sys.stdin.buffer.read()
peak = lambda: int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read()).group(1))
before = peak()
try:
    said = f"{len(read_file(data).lines)} rows"
except Refusal as refusal:
    said = "refused"
print(said.replace(" ", "_"), peak() - before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def shared_text() -> bytes:
    """One text of 10,000 letters that every cell of a sheet names."""
    return workbook([["a" * 10_000] * 100] * 200)


def large_csv() -> bytes:
    return b"\r\n".join(b";".join(b"%d" % (number * place) for place in range(40)) for number in range(19_000))


def large_workbook() -> bytes:
    dice = random.Random(1)
    return workbook([[str(dice.random()) for _ in range(40)] for _ in range(15_000)])


HOSTILE: dict[str, Callable[[], bytes]] = {
    "bomb": lambda: bomb(400),
    "bomb that lies": lambda: lying_bomb(400),
    "cells far apart": far_cells,
    "cells less far apart": lambda: far_cells(100_000, 255),  # 26 million: 800 MB
    "a text in every cell": shared_text,
    "the largest CSV": large_csv,
    "the largest workbook": large_workbook,
    "one line of 20 MB": lambda: b"a" * 19_999_999,
    "delimiters": lambda: b";" * 19_999_999,
    "quotation marks": lambda: b'"' * 19_999_999,
    "an open quotation with delimiters": lambda: b'"' + b'","\n' * 4_999_999,
    "line ends": lambda: b"\n" * 19_999_999,
    "words of another page": lambda: bytes(range(128, 256)) * 150_000,
    "wide letters": lambda: "ж;ж\n".encode("utf-16") * 1_999_999,
    "a list of entries": lambda: b"PK\x03\x04" + b"PK\x01\x02" * 4_000_000 + b"PK\x05\x06" + bytes(18),
}


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_hostile_table_takes_a_bounded_memory(make: Callable[[], bytes]) -> None:
    """In a process of its own, as the peak of one never falls."""
    data = make()
    assert len(data) < 20_000_000
    done = subprocess.run([sys.executable, "-c", MEASURE], input=data, capture_output=True, check=True, cwd=ROOT)
    said, kilobytes, beside = done.stdout.decode().split()
    assert said == "refused" or said.endswith("_rows")
    assert int(kilobytes) < MOST
    assert int(beside) < MOST_BESIDE


def test_largest_workbook_is_read_and_not_only_refused() -> None:
    assert len(read_file(large_workbook()).lines) == 15_000
