"""Where finished pages lie: in the memory of the process, of one edition of the portal at a time, and behind it in Redis."""

import hashlib
import json
import logging
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

from portal.ground.redis_client import connected

log = logging.getLogger(__name__)

OVERHEAD = 2_000  # bytes that an entry costs beside its body: headers, key, objects
SHARED_FOR = 60  # seconds in Redis: no edition lasts longer than its minute
AWAY = 5.0  # seconds for which a Redis that did not answer is not asked


@dataclass(frozen=True, slots=True)
class Kept:
    """A finished page, compressed as its reader asked."""

    headers: tuple[tuple[str, str], ...]
    body: bytes
    etag: str

    @property
    def size(self) -> int:
        return len(self.body) + OVERHEAD

    def packed(self) -> bytes:
        """As bytes that `unpacked` reads."""
        return json.dumps([self.headers, self.etag]).encode() + b"\n" + self.body

    @classmethod
    def unpacked(cls, packed: bytes) -> "Kept":
        """Raises ValueError for what `packed` did not write."""
        head, _, body = packed.partition(b"\n")
        headers, etag = json.loads(head)
        return cls(tuple((str(name), str(value)) for name, value in headers), body, str(etag))


class PageStore:
    """Pages by what they were made for, at most `most` bytes of them: what was not asked for longest goes first.

    An edition is a state of the data and of the clock. All pages of another one go when a new one is asked for; a page
    that was begun under an edition that is no longer the current one is not kept.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._edition = ""
        self._pages: OrderedDict[tuple[str, ...], Kept] = OrderedDict()
        self._size = 0

    @property
    def size(self) -> int:
        """Bytes in use."""
        return self._size

    def get(self, edition: str, key: tuple[str, ...]) -> Kept | None:
        """The page, if it was made under this very edition."""
        return self.at_hand(edition, key)

    def at_hand(self, edition: str, key: tuple[str, ...]) -> Kept | None:
        """The same, if it lies in the memory of this process."""
        with self._lock:
            if edition != self._edition:
                self._edition = edition
                self._pages.clear()
                self._size = 0
                return None
            kept = self._pages.get(key)
            if kept is not None:
                self._pages.move_to_end(key)
            return kept

    def put(self, edition: str, key: tuple[str, ...], kept: Kept) -> None:
        """Keep a page that was made under an edition."""
        with self._lock:
            if edition != self._edition or kept.size > self._most:
                return
            before = self._pages.pop(key, None)
            self._size += kept.size - (before.size if before else 0)
            self._pages[key] = kept
            while self._size > self._most:
                _key, gone = self._pages.popitem(last=False)
                self._size -= gone.size


class SharedStore(PageStore):
    """The same with a Redis behind it: what one process made, the others need not make. It may be away at any time.

    `release` names the code that makes the pages: another one makes its own. A process puts at most `most` bytes there in
    a minute: whoever asks for ever new addresses fills no Redis.
    """

    def __init__(self, most: int, redis_url: str, release: str) -> None:
        super().__init__(most)
        self._url = redis_url
        self._release = release
        self._asked_again = 0.0  # by `time.monotonic`
        self._minute, self._given = 0, 0  # of that clock, and the bytes put there in it

    def get(self, edition: str, key: tuple[str, ...]) -> Kept | None:
        kept = super().get(edition, key)
        if kept is None and (packed := self._ask(edition, key)) is not None:
            try:
                kept = Kept.unpacked(packed)
            except ValueError:
                return None
            super().put(edition, key, kept)
        return kept

    def put(self, edition: str, key: tuple[str, ...], kept: Kept) -> None:
        super().put(edition, key, kept)
        minute = int(time.monotonic() // SHARED_FOR)
        with self._lock:
            given = kept.size + (self._given if minute == self._minute else 0)
            if given > self._most:
                return
            self._minute, self._given = minute, given
        self._ask(edition, key, kept.packed())

    def _ask(self, edition: str, key: tuple[str, ...], packed: bytes | None = None) -> bytes | None:
        """What lies there, or put this there."""
        from redis import RedisError

        if time.monotonic() < self._asked_again:
            return None
        name = "page:" + hashlib.sha256(repr((self._release, edition, key)).encode()).hexdigest()
        try:
            if packed is not None:
                connected(self._url).set(name, packed, ex=SHARED_FOR)
                return None
            found = connected(self._url).get(name)
        except RedisError as error:
            self._asked_again = time.monotonic() + AWAY
            log.warning("Redis is away: pages are kept by each process", extra={"error": type(error).__name__})
            return None
        return found if isinstance(found, bytes) else None
