"""Whose turn it is: a line of threads and processes, in the order of arrival.

Each who comes draws a number and locks the byte of that number in a file; the turn is of whoever has no lower byte locked
before them. The system frees the byte of whoever leaves or dies, so nobody waits for the dead. Such locks belong to an open
file (`F_OFD_SETLK` of fcntl, Linux): threads stand in the line as processes do.

Of each process only the first looks at the file again and again. Those behind it sleep until it is through and wakes the
next: to look costs time of the processor, and under load everybody waits.
"""

import bisect
import contextlib
import fcntl
import os
import struct
import threading
import time
from collections.abc import Iterator

_COUNTER = struct.Struct("=QQ")  # the number that is drawn next, the number that had the turn last
_RANGE = struct.Struct("@hhqqi4x")  # struct flock: type, whence, start, length, process
_DOOR = 2**62  # the byte that is locked while a number is drawn
_PAUSE, _LONGEST = 0.0003, 0.02  # seconds between two looks, for each who stands before

_SET, _ASK = getattr(fcntl, "F_OFD_SETLK", None), getattr(fcntl, "F_OFD_GETLK", None)


class TooLate(Exception):
    """The turn did not come in time."""


_Place = tuple[int, int, threading.Lock]  # a number, what tells equal ones apart, and what its thread sleeps on


class _Here:
    """Who of this process stands in which line, by their numbers."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._lines: dict[str, list[_Place]] = {}

    def enter(self, path: str, number: int, deadline: float) -> _Place:
        """Sleep until nobody of this process stands before the number. Raises TooLate."""
        asleep = threading.Lock()
        asleep.acquire()
        place = (number, id(asleep), asleep)
        with self._guard:
            line = self._lines.setdefault(path, [])
            bisect.insort(line, place)
            is_first = line[0] is place
        if not is_first and not asleep.acquire(timeout=max(deadline - time.monotonic(), 0)):
            self.leave(path, place)
            raise TooLate
        return place

    def leave(self, path: str, place: _Place) -> None:
        """Wake whoever is the first now."""
        with self._guard:
            line = self._lines[path]
            line.remove(place)
            if not line:
                del self._lines[path]
            elif line[0][2].locked():
                line[0][2].release()


_here = _Here()


def _begin_alone() -> None:
    """The threads of the parent do not live in a fork of it."""
    global _here
    _here = _Here()


os.register_at_fork(after_in_child=_begin_alone)


@contextlib.contextmanager
def in_order(path: str, deadline: float) -> Iterator[None]:
    """Wait in the line of this file, then have the turn until the end of the block.

    Raises TooLate at `deadline` (of time.monotonic), and at once where no line can be written. Where the system has no
    such locks (macOS) everybody passes at once: the lock behind it still lets in one at a time, in no order.
    """
    if _SET is None or _ASK is None:
        yield
        return
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise TooLate from error
    place = None
    try:
        number = _drawn(descriptor, deadline)
        place = _here.enter(path, number, deadline)
        while _somebody_before(descriptor, number):
            _, served = _read(descriptor)
            _wait(min(_PAUSE * max(number - served, 1), _LONGEST), deadline)
        os.pwrite(descriptor, struct.pack("=Q", number), 8)
        yield
    finally:
        os.close(descriptor)  # before the next one looks
        if place is not None:
            _here.leave(path, place)


def _drawn(descriptor: int, deadline: float) -> int:
    """A number of one's own, its byte locked."""
    while not _lock(descriptor, _DOOR):
        _wait(_PAUSE, deadline)
    number, _served = _read(descriptor)
    os.pwrite(descriptor, struct.pack("=Q", number + 1), 0)
    taken = _lock(descriptor, number)
    _set(descriptor, fcntl.F_UNLCK, _DOOR)
    return number if taken else _drawn(descriptor, deadline)


def _read(descriptor: int) -> tuple[int, int]:
    raw = os.pread(descriptor, _COUNTER.size, 0).ljust(_COUNTER.size, b"\0")
    number, served = _COUNTER.unpack(raw)
    return number, served


def _lock(descriptor: int, byte: int) -> bool:
    try:
        _set(descriptor, fcntl.F_WRLCK, byte)
    except (BlockingIOError, PermissionError):  # EAGAIN or EACCES, as the system likes
        return False
    return True


def _set(descriptor: int, kind: int, byte: int) -> None:
    assert _SET is not None
    fcntl.fcntl(descriptor, _SET, _RANGE.pack(kind, os.SEEK_SET, byte, 1, 0))


def _somebody_before(descriptor: int, number: int) -> bool:
    assert _ASK is not None
    if number == 0:  # a length of 0 would mean everything
        return False
    asked = fcntl.fcntl(descriptor, _ASK, _RANGE.pack(fcntl.F_WRLCK, os.SEEK_SET, 0, number, 0))
    kind = _RANGE.unpack(asked)[0]
    return bool(kind != fcntl.F_UNLCK)


def _wait(seconds: float, deadline: float) -> None:
    if time.monotonic() > deadline:
        raise TooLate
    time.sleep(seconds)
