"""Between the web server and the portal: a request is read whole, and an answer is sent, without a thread that waits.

The web server hands a request over when its head has come. What follows is read by the loop of the process: a sender that is
slow, or stops, costs the bytes it has sent and no thread, so it holds nobody up. It may be silent for `seconds`, sends RATE
bytes a second in the long run, and is through in LONGEST; else its request is answered with 408 (RFC 9110, 15.5.9).

Requests that may write have threads of their own, and so have the questions whether the process lives. However many people
wait for a lock, a page is read; however many read, the machine that asks does not take the process for dead.
A page that lies ready in the memory of the process gets no thread: the loop sends it (`at_once`).

The interface to the server is RSGI (https://github.com/emmett-framework/granian/blob/master/docs/spec/RSGI.md), the one to
the portal WSGI.
"""

import asyncio
import io
import itertools
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import IO, TYPE_CHECKING, Protocol

from portal.face.web.at_once import NotAtOnce, asking, is_page
from portal.face.web.budget import MAX_BODY, REFUSED, most
from portal.face.web.security import PROBES
from portal.ground.db import SAFE_METHODS

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

THREADS = 8  # requests of a process that only read and are worked on at once
WRITERS = 4  # and of those that may write
RATE = 1000  # bytes of a body that are worth another second: a bad telephone line sends more
LONGEST = 600  # seconds for a body: 5 MB at 10 kB a second
THROWN_AWAY = 4 * MAX_BODY  # bytes that are read of a body that is too large, so that its sender hears why
SMALL = 64 * 1024  # bytes of a body that always have room
ROOM = 64 * 1024 * 1024  # bytes of larger bodies that a process holds while they come
IN_MEMORY = 1024 * 1024  # bytes of an answer; a larger one (an archive) is sent by the web server from a file
OPENED_WITHIN = 10  # seconds after which the web server has that file open and its name may go

Head = tuple[int, list[tuple[str, str]]]


class Headers(Protocol):
    """The headers of a request, names in lower case. Values that are not ASCII are left out."""

    def __contains__(self, name: str) -> bool: ...
    def keys(self) -> list[str]: ...
    def get(self, name: str, default: str) -> str: ...
    def get_all(self, name: str) -> list[str]: ...


class Scope(Protocol):
    """The head of a request."""

    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str
    authority: str | None
    headers: Headers


class Exchange(Protocol):
    """What follows the head, and the answer. The answer may be given by any thread."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...
    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None: ...
    def response_file(self, status: int, headers: list[tuple[str, str]], file: str) -> None: ...


class Gateway:
    """An RSGI application out of a WSGI one."""

    def __init__(self, wsgi: "WSGIApplication", *, seconds: float, at_once: bool = False) -> None:
        """With `at_once` the application can say, without waiting for anything, which pages it has ready."""
        self._wsgi = wsgi
        self._seconds = seconds
        self._at_once = at_once
        self._held = 0  # bytes of larger bodies

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        # made here: the process that made `self` is forked
        self._reading, self._writing = ThreadPoolExecutor(THREADS, "reading"), ThreadPoolExecutor(WRITERS, "writing")
        self._probing = ThreadPoolExecutor(len(PROBES), "probing")

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        for threads in (self._reading, self._writing, self._probing):
            threads.shutdown()

    async def __rsgi__(self, scope: Scope, exchange: Exchange) -> None:
        body, refused = io.BytesIO(), 0
        if "content-length" in scope.headers or "transfer-encoding" in scope.headers:
            refused = await self._read(scope.headers, exchange, body, most(scope.path))
        environ = _environ(scope, body, refused)
        if self._at_once and not refused and is_page(scope.path) and self._had_ready(environ, exchange):
            return
        loop = asyncio.get_running_loop()
        sent_from = await loop.run_in_executor(self._threads(scope), self._answer, environ, exchange, refused)
        if sent_from:
            loop.call_later(OPENED_WITHIN, sent_from.close)

    def _threads(self, scope: Scope) -> ThreadPoolExecutor:
        if scope.method not in SAFE_METHODS:
            return self._writing
        return self._probing if scope.path in PROBES else self._reading

    async def _read(self, headers: Headers, exchange: Exchange, body: io.BytesIO, largest: int) -> int:
        """Read what follows the head into `body`. Returns the status of the refusal, 0 when there is none; 413 for more
        than `largest` bytes."""
        if "transfer-encoding" in headers:  # a cut connection could not be told from the end
            return 411
        length = int(headers.get("content-length", "0"))
        if length > THROWN_AWAY:
            return 413
        refused, received, held = 413 if length > largest else 0, 0, 0
        clock = asyncio.get_running_loop().time
        last = clock() + LONGEST
        try:
            async with asyncio.timeout(self._seconds) as limit:
                async for piece in exchange:
                    received += len(piece)
                    earned = (limit.when() or 0) + len(piece) / RATE
                    limit.reschedule(min(earned, clock() + self._seconds, last))
                    if refused:
                        continue
                    if received > SMALL:
                        if self._held + len(piece) > ROOM:
                            refused = 503
                            body.truncate(0)
                            continue
                        held += len(piece)
                        self._held += len(piece)
                    body.write(piece)
        except TimeoutError:
            refused = refused or 408
        finally:
            self._held -= held
        body.seek(0)
        return refused or (0 if received == length else 400)

    def _had_ready(self, environ: dict[str, object], exchange: Exchange) -> bool:
        """Answer from the loop with a page that lies ready. To hand it to a thread would cost more than to look."""
        head: list[Head] = []

        def start_response(
            status: str, headers: list[tuple[str, str]], exc_info: object = None, /
        ) -> Callable[[bytes], object]:
            head[:] = [(int(status[:3]), headers)]
            return _no_write

        try:
            page = b"".join(self._wsgi(asking(environ), start_response))
        except NotAtOnce:
            return False
        exchange.response_bytes(*head[0], page)
        return True

    def _answer(self, environ: dict[str, object], exchange: Exchange, refused: int) -> IO[bytes] | None:
        """Have the portal answer and hand that to the server, whole. Returns the file in which a large answer lies."""
        head: list[Head] = []
        written: list[bytes] = []

        def start_response(
            status: str, headers: list[tuple[str, str]], exc_info: object = None, /
        ) -> Callable[[bytes], object]:
            closing = [("Connection", "close")] if refused else []  # what was not read would be the next request
            head[:] = [(int(status[:3]), headers + closing)]
            return written.append

        answer = self._wsgi(environ, start_response)
        try:
            pieces, file = _gather(itertools.chain(written, answer))
        finally:
            if hasattr(answer, "close"):
                answer.close()
        if file is None:
            exchange.response_bytes(*head[0], pieces)
        else:
            exchange.response_file(*head[0], file.name)
        return file


def _no_write(data: bytes) -> object:
    raise RuntimeError("The old write() of WSGI is not offered")


def _gather(answer: Iterable[bytes]) -> tuple[bytes, IO[bytes] | None]:
    """An answer in memory, or in a file when it is larger than that."""
    pieces: list[bytes] = []
    size, file = 0, None
    for piece in answer:
        size += len(piece)
        if file is None and size > IN_MEMORY:
            file = tempfile.NamedTemporaryFile()  # noqa: SIM115  (closed when the web server has opened it)
            file.writelines(pieces)
        if file is None:
            pieces.append(piece)
        else:
            file.write(piece)
    if file is not None:
        file.flush()
    return b"".join(pieces), file


def _environ(scope: Scope, body: IO[bytes], refused: int) -> dict[str, object]:
    """What PEP 3333 asks for, and the status with which the request is refused."""
    headers = scope.headers
    server, _, port = scope.server.rpartition(":")
    environ: dict[str, object] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string.encode().decode("latin-1"),
        "SERVER_NAME": server.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name in headers.keys():  # noqa: SIM118  (not a mapping)
        if "_" not in name:  # in WSGI `X_Forwarded_For` could not be told from the one of the proxy
            values = headers.get_all(name)
            environ[f"HTTP_{name.upper().replace('-', '_')}"] = ("; " if name == "cookie" else ",").join(values)
    # An address with a host in it goes before the header (RFC 9112 3.2.2): the portal wants them to be the same.
    hosts = headers.get_all("host")
    if scope.authority is not None and hosts != [scope.authority]:
        environ["HTTP_HOST"] = ",".join([scope.authority, "", *hosts])
    environ["CONTENT_TYPE"] = environ.pop("HTTP_CONTENT_TYPE", "")
    environ["CONTENT_LENGTH"] = environ.pop("HTTP_CONTENT_LENGTH", "")
    if refused:
        environ |= {REFUSED: refused, "CONTENT_LENGTH": "0"}
    return environ
