"""Static files of text travel compressed. Each is compressed once in a process, not once in a request."""

import gzip
from collections.abc import Callable, Iterable
from typing import Any

TEXTS = (".css", ".js", ".mjs", ".svg", ".json", ".txt")
LEVEL = 9
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class CompressedTexts:
    """WSGI middleware around a server of static files under one prefix; everything else passes untouched."""

    def __init__(self, wsgi: Wsgi, prefix: str) -> None:
        self.wsgi, self.prefix = wsgi, prefix
        self.known: dict[tuple[str, str], bytes] = {}  # (path, Last-Modified): files of the package, so it stays small

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not self._is_wanted(environ):
            return self.wsgi(environ, start_response)
        answer: list[Any] = []
        body = self.wsgi(environ, lambda status, headers, *rest: answer.extend((status, headers)))
        try:
            status, headers = answer
            content = b"".join(body)
        finally:
            if hasattr(body, "close"):
                body.close()
        if status.startswith("200"):
            given = {name.lower(): value for name, value in headers}
            content = self._compressed((environ["PATH_INFO"], given.get("last-modified", "")), content)
            kept = [pair for pair in headers if pair[0].lower() not in ("content-length", "vary")]
            headers = [
                *kept,
                ("Content-Length", str(len(content))),
                ("Content-Encoding", "gzip"),
                ("Vary", "Accept-Encoding"),
            ]
        start_response(status, headers)
        return [content]

    def _is_wanted(self, environ: dict[str, Any]) -> bool:
        path = environ.get("PATH_INFO", "")
        return (
            path.startswith(self.prefix)
            and path.endswith(TEXTS)
            and environ["REQUEST_METHOD"] == "GET"
            and "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
            and "HTTP_RANGE" not in environ
        )

    def _compressed(self, key: tuple[str, str], content: bytes) -> bytes:
        if key not in self.known:
            self.known[key] = gzip.compress(content, LEVEL, mtime=0)
        return self.known[key]
