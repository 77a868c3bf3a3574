"""Addresses: the language is their first part, absolute ones come from the configured base address only."""

import hashlib
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, urlsplit

from flask import Flask, Request, current_app, g, request, url_for
from werkzeug.routing import BaseConverter, IntegerConverter, Map

from portal.ground.appvar import AppVar
from portal.ground.config import CONFIG
from portal.words.i18n import ENDONYMS, LANGUAGES, current_language

STATIC = Path(__file__).resolve().parents[2] / "static"


HOME: AppVar[str] = AppVar("home")  # the endpoint of the first page
_PATTERNS: AppVar[dict[tuple[object, ...], str | None]] = AppVar("paths", dict)


class LanguageConverter(BaseConverter):
    """The first part of every page's address."""

    regex = "|".join(LANGUAGES)
    part_isolating = True


class SlugConverter(BaseConverter):
    regex = "[a-z0-9]+(?:-[a-z0-9]+)*"
    part_isolating = True


class NumberConverter(IntegerConverter):
    """The number of a row. One that no row can have is an address that does not exist, and is asked of no database."""

    def __init__(
        self,
        map: Map,
        fixed_digits: int = 0,
        min: int | None = None,
        max: int | None = 2**31 - 1,
        signed: bool = False,
    ) -> None:
        super().__init__(map, fixed_digits, min, max, signed)


def init_addresses(app: Flask, home: str) -> None:
    """`home` is the endpoint of the first page."""
    app.url_map.converters["int"] = NumberConverter
    app.url_map.converters["lang"] = LanguageConverter
    app.url_map.converters["slug"] = SlugConverter
    app.url_map.strict_slashes = False
    HOME.set(app, home)

    @app.url_value_preprocessor
    def take_language(endpoint: str | None, values: dict[str, object] | None) -> None:
        if values and "lang" in values:
            g.lang = values.pop("lang")

    @app.url_defaults
    def give_language(endpoint: str, values: dict[str, object]) -> None:
        if "lang" not in values and app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values["lang"] = current_language()


_request: Callable[[], Request] = request._get_current_object  # type: ignore[attr-defined]  # without its proxy
_plain = re.compile("[A-Za-z0-9_-]+", re.ASCII).fullmatch  # words that an address holds as they are


def path_to(endpoint: str, **values: object) -> str:
    """What `url_for` gives, at a tenth of its cost, for an endpoint by its full name: a list has one for each row.

    The address is built once for each endpoint, language and set of names and kept as a pattern; words and numbers are
    only put into it. What must be quoted, and `_anchor` or `_external`, goes the long way.
    """
    return _from_pattern(endpoint, values, _request().root_path, url_for)


def _from_pattern(endpoint: str, values: dict[str, object], root: str | None, build: Callable[..., str]) -> str:
    shape: list[object] = [endpoint, current_language(), root]
    for name, value in values.items():
        if not (type(value) is int or (type(value) is str and _plain(value))) or name[0] == "_":
            return build(endpoint, **values)
        shape.append(name)
    patterns = _PATTERNS.get()
    key = tuple(shape)
    if key not in patterns:
        patterns[key] = _pattern(endpoint, values, build)
    pattern = patterns[key]
    return build(endpoint, **values) if pattern is None else pattern % values


def _pattern(endpoint: str, values: dict[str, object], build: Callable[..., str]) -> str | None:
    """The address with `%(name)s` for each value, or None when a value is one of few that its rule allows."""
    marks = {name: 7_000_000_000 + number for number, name in enumerate(values)}
    try:
        address = build(endpoint, **{name: str(mark) for name, mark in marks.items()})
    except ValueError:
        return None
    address = address.replace("%", "%%")
    for name, mark in marks.items():
        address = address.replace(str(mark), f"%({name})s")
    return address


def absolute_url(endpoint: str, **values: object) -> str:
    """The full address of a page, under the configured base address, never that of the request."""
    base = CONFIG.get().base_url
    return base + _from_pattern(endpoint, values, None, _path_outside)


def feed_tag(what: str) -> str:
    """An id of something in a feed, the same whatever becomes of titles, slugs and languages (RFC 4151)."""
    return f"tag:{urlsplit(CONFIG.get().base_url).hostname},2026:{what}"


def _path_outside(endpoint: str, **values: object) -> str:
    if "lang" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        values["lang"] = current_language()
    return current_app.url_map.bind("unused").build(endpoint, values)


@lru_cache(maxsize=512)
def static_url(name: str) -> str:
    """The address of a static file with the hash of its content: it may be cached for ever."""
    digest = hashlib.blake2b((STATIC / name).read_bytes(), digest_size=6).hexdigest()
    return f"/static/{name}?v={digest}"


def is_safe_path(target: str | None) -> bool:
    """Is this a path on this portal that one may be sent to? Anything with a host, a scheme or a backslash is not."""
    if not target or not target.startswith("/") or target.startswith("//") or "\\" in target:
        return False
    if any(ord(character) < 32 for character in target):
        return False
    parts = urlsplit(target)
    return not parts.scheme and not parts.netloc


def here() -> str:
    """Path and query of this request as they may stand in a page: whatever was sent, encoded."""
    query = request.query_string.decode("ascii", "ignore") if request.method in ("GET", "HEAD") else ""
    path = quote(request.path, safe="/-._~")
    return f"{path}?{query}" if query else path


def language_links() -> list[tuple[str, str, str, bool]]:
    """(code, own name, address of this same page with its filters, is it the current one) for the language switch."""
    current = current_language()
    query = request.query_string.decode("ascii", "ignore")
    rows = []
    for code in LANGUAGES:
        path = _path_in(code)
        rows.append((code, ENDONYMS[code], f"{path}?{query}" if query else path, code == current))
    return rows


def _path_in(code: str) -> str:
    """This page in another language; a page that exists only as an answer to a form leads to its own address."""
    head, _slash, rest = quote(request.path, safe="/-._~").lstrip("/").partition("/")
    return f"/{code}/{rest}" if head in LANGUAGES else url_for(HOME.get(), lang=code)
