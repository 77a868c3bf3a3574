"""Requests byte by byte: what no HTTP library would send."""

import contextlib
import socket
from collections.abc import Iterator


def head(port: int, *lines: str, method: str = "GET", path: str = "/en/", host: bool = True) -> bytes:
    """The head of a request with these header lines."""
    known = [f"Host: 127.0.0.1:{port}"] if host else []
    return "\r\n".join([f"{method} {path} HTTP/1.1", *known, *lines, "", ""]).encode()


def form_head(port: int, length: int, kind: str, path: str) -> bytes:
    """The head of a form with a body of `length` bytes."""
    return head(port, f"Content-Type: {kind}", f"Content-Length: {length}", method="POST", path=path)


@contextlib.contextmanager
def connections(port: int, count: int, first: bytes) -> Iterator[list[socket.socket]]:
    """`count` connections, each with these first bytes sent."""
    with contextlib.ExitStack() as stack:
        opened = []
        for _ in range(count):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30))
            connection.sendall(first)
            opened.append(connection)
        yield opened


def answer(connection: socket.socket) -> tuple[int, dict[str, str], str]:
    """Status, headers (names in lower case) and text of what the server says before it closes the connection.

    The status is 0 when it closes without a word.
    """
    received = b""
    with contextlib.suppress(ConnectionResetError):
        while piece := connection.recv(65536):
            received += piece
            if _is_whole(received):
                break
    if not received:
        return 0, {}, ""
    lines, _, text = received.partition(b"\r\n\r\n")
    status, *rest = lines.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
    return int(status.split()[1]), headers, text.decode("utf-8", "replace")


def _is_whole(received: bytes) -> bool:
    lines, end, text = received.partition(b"\r\n\r\n")
    for line in lines.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return bool(end) and len(text) >= int(line.partition(b":")[2])
    return False
