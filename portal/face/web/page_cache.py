"""Finished public pages, kept before Flask: a reader without a session gets the bytes that the last one got.

A page is kept under everything that it was made for (host, address, look, encoding), under the version of the data and
under the minute: what the clock changes on a public page changes with a whole minute, so a page ends with its own. A page
is therefore as fresh as if it were made anew, on every node, from the commit of a use-case on. Where the clock of a demo is
set, pages of another setting are not shown: one may have been begun before it and finished after it.

Only what the portal itself says is the same for everybody (`SHARED`) is kept, and asked for only by requests that bring no
cookie of the portal but the look.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Flask
from werkzeug.http import parse_cookie, parse_etags

from portal.face import access
from portal.face.web import at_once
from portal.face.web.page_store import Kept, PageStore, SharedStore
from portal.face.web.security import SHARED
from portal.ground import clock, logs
from portal.ground.config import Config
from portal.ground.cookies import cookie_name
from portal.ground.data_version import Watch
from portal.ground.db import db
from portal.ground.migrations import head
from portal.words.i18n.language import COOKIE as LANGUAGE_COOKIE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LONGEST_ADDRESS = 1_000  # characters of path and query; longer ones are made each time
LONGEST_HEADER = 2_000  # characters of Cookie and of Accept-Encoding
LARGEST = 512 * 1024  # bytes of a page
FILES = (
    ".csv",
    ".xlsx",
    ".json",
    ".jsonld",
    ".pdf",
)  # too large to be kept, and they answer conditions themselves (`downloads`, `media.document_response`)
_NOT_IN_304 = frozenset({"content-type", "content-length", "content-encoding", "content-language"})
_OWN = frozenset({"x-request-id", "date"})  # of one answer only


def init_page_cache(app: Flask, config: Config) -> None:
    """Put the cache before the application, unless the settings say that nothing is kept."""
    if config.page_cache:
        with app.app_context():
            watch = Watch(db.engine)
        app.wsgi_app = PageCache(app.wsgi_app, config, watch)  # type: ignore[method-assign]


@dataclass(frozen=True, slots=True)
class _Begun:
    """What an application said to `start_response`."""

    status: str
    headers: Sequence[tuple[str, str]]

    def header(self, name: str) -> str:
        return next((value for known, value in self.headers if known.lower() == name), "")


class PageCache:
    """The application, with its public pages kept."""

    def __init__(self, wsgi: "WSGIApplication", config: Config, watch: Watch) -> None:
        self._wsgi = wsgi
        self._watch = watch
        most = config.page_cache * 1024 * 1024
        release = f"{version('synergia')} {head()}"
        self._store = SharedStore(most, config.redis_url, release) if config.redis_url else PageStore(most)
        self._look = cookie_name(access.COOKIE, config)
        self._harmless = {self._look, cookie_name(LANGUAGE_COOKIE, config)}
        self._is_strict = not config.is_https  # over https our names have a prefix that others' do not have
        self._is_logged = not config.is_demo

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        key = self._key(environ)
        known = self._watch.read() if key else None
        if key is None or known is None:
            at_once.check(environ)
            return self._wsgi(environ, start_response)
        began = time.perf_counter()
        setting = clock.setting()
        edition = f"{known} {setting.name if setting else ''} {int(clock.now().timestamp()) // 60}"
        kept = self._store.at_hand(edition, key)
        if kept is None:
            at_once.check(environ)
            kept = self._store.get(edition, key)
        if kept is not None:
            return self._answer(kept, environ, start_response, began)
        if environ["REQUEST_METHOD"] == "HEAD":  # has no body to keep
            return self._wsgi(environ, start_response)
        return self._make(edition, key, environ, start_response)

    def _key(self, environ: "WSGIEnvironment") -> tuple[str, ...] | None:
        """What a page depends on; None for a request that is none for a public page."""
        path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        if (
            environ["REQUEST_METHOD"] not in ("GET", "HEAD")
            or len(path) + len(query) > LONGEST_ADDRESS
            or not at_once.is_page(path)
            or path.endswith(FILES)
            or "HTTP_RANGE" in environ
            or "HTTP_AUTHORIZATION" in environ
        ):
            return None
        encodings = environ.get("HTTP_ACCEPT_ENCODING", "")
        look = self._look_of(environ.get("HTTP_COOKIE", ""))
        if look is None or len(encodings) > LONGEST_HEADER:
            return None
        return (
            environ.get("HTTP_HOST", ""), environ.get("wsgi.url_scheme", ""), environ.get("SCRIPT_NAME", ""), path, query,
            encodings, look,
        )  # fmt: skip

    def _look_of(self, header: str) -> str | None:
        """The look that the reader chose; None when the cookies say more than that."""
        if not header:
            return ""
        if len(header) > LONGEST_HEADER:
            return None
        cookies = parse_cookie(header)
        if any(self._says_more(name) for name in cookies):
            return None
        settings = access.parse(cookies.get(self._look, ""))
        return "" if settings.is_default else settings.cookie

    def _says_more(self, name: str) -> bool:
        return name not in self._harmless and (self._is_strict or name.startswith("__Host-"))

    def _make(
        self, edition: str, key: tuple[str, ...], environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Let the application answer in full, keep it when it may be kept, and answer what was asked."""
        condition = environ.pop("HTTP_IF_NONE_MATCH", None)
        environ.pop("HTTP_IF_MODIFIED_SINCE", None)
        begun: list[_Begun] = []

        def start(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Callable[[bytes], object]:
            begun[:] = [_Begun(status, headers)]
            return _no_write

        chunks = self._wsgi(environ, start)
        answer = begun[0]
        is_known = answer.status.startswith("200") and _has(condition, answer.header("etag"))
        if not (answer.status.startswith("200") and answer.header("cache-control") == SHARED):
            if is_known:  # the condition was taken away, so the application could not say so itself
                b"".join(_closing(chunks))
                start_response("304 NOT MODIFIED", _without_body(answer.headers))
                return []
            start_response(answer.status, list(answer.headers))
            return chunks
        body = b"".join(_closing(chunks))
        kept = Kept(
            tuple((name, value) for name, value in answer.headers if name.lower() not in _OWN),
            body,
            answer.header("etag"),
        )
        if len(body) <= LARGEST:
            self._store.put(edition, key, kept)
        if is_known:
            own = [(name, value) for name, value in answer.headers if name.lower() in _OWN]
            start_response("304 NOT MODIFIED", [*_without_body(kept.headers), *own])
            return []
        start_response(answer.status, list(answer.headers))
        return [body]

    def _answer(
        self, kept: Kept, environ: "WSGIEnvironment", start_response: "StartResponse", began: float
    ) -> Iterable[bytes]:
        condition = environ.get("HTTP_IF_NONE_MATCH")
        is_known = _has(condition, kept.etag)
        status, headers = (
            ("304 NOT MODIFIED", _without_body(kept.headers)) if is_known else ("200 OK", list(kept.headers))
        )
        if self._is_logged:
            number = logs.new_request_id()
            headers.append(("X-Request-Id", number))
            path = quote(environ["PATH_INFO"].encode("latin-1"), safe="/")
            logs.answered(environ["REQUEST_METHOD"], path, int(status[:3]), began, request_id=number)
        start_response(status, headers)
        return [] if is_known or environ["REQUEST_METHOD"] == "HEAD" else [kept.body]


def _closing(chunks: Iterable[bytes]) -> Iterator[bytes]:
    try:
        yield from chunks
    finally:
        close = getattr(chunks, "close", None)
        if close is not None:
            close()


def _no_write(data: bytes) -> object:
    raise RuntimeError("The old write() of WSGI is not offered")


def _has(condition: str | None, etag: str) -> bool:
    """Does whoever asks with this If-None-Match have it already?"""
    return bool(etag) and condition is not None and parse_etags(condition).contains_weak(_bare(etag))


def _without_body(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers if name.lower() not in _NOT_IN_304]


def _bare(etag: str) -> str:
    return etag.removeprefix("W/").strip('"')
