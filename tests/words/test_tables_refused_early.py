"""Size before content: what is too much is refused before anything is unpacked, and within a moment."""

import io
import struct
import subprocess
import sys
import time
import zipfile

import pytest

from portal.ground.errors import Busy
from portal.words.tables import Bounds, NoTable, read_file, read_text, workbooks
from tests.support.workbooks import bomb, workbook

MOMENT = 5.0  # seconds, on a machine that is busy


def refused(data: bytes) -> str:
    began = time.process_time()
    with pytest.raises(NoTable) as found:
        read_file(data)
    assert time.process_time() - began < MOMENT
    return str(found.value.reason)


def test_workbook_that_says_it_is_large_opens_no_process(monkeypatch) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_args, **_more: pytest.fail("a process was started"))
    assert "larger than" in refused(bomb(60))
    assert "old XLS" in refused(workbooks.OLE + bytes(100))


@pytest.mark.parametrize("count", [1_001, 60_000])
def test_list_of_many_entries_is_not_read(monkeypatch, count: int) -> None:
    """An entry of the directory is at least 46 bytes; what says that there are more is never parsed."""
    monkeypatch.setattr(zipfile, "ZipFile", lambda *_args: pytest.fail("the directory was read"))
    directory = (b"PK\x01\x02" + bytes(42)) * count
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), 4, 0)
    assert "cannot read" in refused(b"PK\x03\x04" + directory + end)


def test_directory_of_the_large_kind_is_not_read(monkeypatch) -> None:
    """ZIP64: for archives of more than 4 GB or 65,535 entries, which no workbook of ours is."""
    monkeypatch.setattr(zipfile, "ZipFile", lambda *_args: pytest.fail("the directory was read"))
    data = workbook([["a"]])
    end = data.rfind(b"PK\x05\x06")
    assert "cannot read" in refused(data[:end] + b"PK\x06\x07" + bytes(16) + data[end:])


def test_second_entry_of_one_name_is_refused() -> None:
    stream = io.BytesIO(workbook([["a"]]))
    with zipfile.ZipFile(stream, "a") as more, pytest.warns(UserWarning, match="Duplicate"):
        more.writestr("xl/workbook.xml", b"")
    assert "cannot read" in refused(stream.getvalue())


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b" ;\n"])
def test_empty_lines_without_end_are_not_read_to_the_end(end: bytes) -> None:
    assert "20,000 rows" in refused(end * (19_000_000 // len(end)))


def test_reading_program_is_found_and_knows_its_limits() -> None:
    done = subprocess.run([sys.executable, "-I", workbooks._READER], capture_output=True)
    assert done.returncode == 1 and b"IndexError" in done.stderr


def test_whoever_finds_the_reader_busy_is_asked_to_come_again(monkeypatch) -> None:
    monkeypatch.setattr(workbooks, "_WAIT", 0.01)
    with workbooks._one_at_a_time, pytest.raises(Busy):
        read_file(workbook([["a"]]))


def test_broken_directory_is_no_workbook() -> None:
    data = workbook([["a"]])
    broken = data.replace(b"PK\x01\x02", b"PK\x01\x09")
    assert "cannot read" in refused(broken)


def test_large_workbook_and_large_text_are_refused_by_their_size() -> None:
    assert "limit is" in refused(workbooks.ZIP + bytes(20_000_000))
    with pytest.raises(NoTable):
        read_text("a" * 20_000_001, Bounds())


def test_long_cell_and_rows_held_together_are_refused() -> None:
    assert "Line 2 has a cell" in refused(b"a;b\n" + b"c" * 20_000 + b";d\n")
    assert "quotation mark" in refused(b'a;b\n"' + b"c;d\n" * 400_000)
