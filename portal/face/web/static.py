"""Static files, compressed before they are asked for: beside each text lie its .br and .gz, and WhiteNoise picks one.

They are made at the first start with these files and kept in the portal's own directory, under the hash of everything
that goes in: the package may be read-only, and what is served is always what the package holds.
"""

import contextlib
import hashlib
import logging
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from wsgiref.headers import Headers

from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

log = logging.getLogger(__name__)

TEXTS = (".css", ".js", ".mjs", ".svg", ".json", ".txt")
_REFUSED = re.compile(r";\s*q\s*=\s*0(?:\.0{0,3})?\s*$", re.IGNORECASE)
YEAR = 365 * 24 * 3600
FORMAT = b"1"  # another one when what is made of the same files changes
UNUSED = 7 * 24 * 3600  # seconds after whose start the files of an earlier release may go

Wsgi = Callable[..., Any]


def static_files(wsgi: Wsgi, source: Path, kept: Path) -> WhiteNoise:
    """`wsgi` with the files of `source` under /static/. Their addresses carry the hash of their content: kept for ever."""
    return _Files(
        wsgi, root=str(compressed(source, kept)), prefix="static/", max_age=YEAR, allow_all_origins=False, charset="utf-8",
        immutable_file_test=lambda path, url: True, add_headers_function=_add_headers,
    )  # fmt: skip


class _Files(WhiteNoise):  # type: ignore[misc]  # it has no types
    """WhiteNoise looks for the name of a coding in the header; one that is named with a weight of 0 is not wanted
    (RFC 9110, 12.5.3)."""

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        wanted = environ.get("HTTP_ACCEPT_ENCODING", "")
        if "0" in wanted:
            kept = [one for one in wanted.split(",") if not _REFUSED.search(one)]
            environ["HTTP_ACCEPT_ENCODING"] = ",".join(kept)
        answer: Iterable[bytes] = super().__call__(environ, start_response)
        return answer


def _add_headers(headers: Headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"


def compressed(source: Path, kept: Path) -> Path:
    """A directory in `kept` with the files of `source` and their compressed variants; made only when it is not there.

    Where nothing can be made (a disk that is full or may not be written) it is `source` itself: larger, but served.
    """
    made = kept / _digest(source)
    if not made.is_dir():
        try:
            _make(source, made)
        except OSError as error:
            log.warning("static files are served without compression: %s", error)
            return source
    with contextlib.suppress(OSError):
        os.utime(made)
        _remove_unused(kept)
    return made


def _digest(source: Path) -> str:
    digest = hashlib.blake2b(FORMAT, digest_size=8)
    for path in _files(source):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(source).as_posix()}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _files(source: Path) -> list[Path]:
    return sorted(path for path in source.rglob("*") if path.is_file())


def _make(source: Path, made: Path) -> None:
    """Whole or not at all: several processes may start at once."""
    made.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=made.parent, prefix=".") as work:
        files = Path(work) / "files"
        compressor = Compressor(quiet=True)
        for path in _files(source):
            copy = files / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)  # without its mode: the package may be read-only
            os.utime(
                copy, (path.stat().st_atime, path.stat().st_mtime)
            )  # WhiteNoise makes ETag and Last-Modified of it
            if path.suffix in TEXTS:
                compressor.compress(str(copy))
        try:
            files.rename(made)
        except OSError:
            if not made.is_dir():  # another process was faster
                raise


def _remove_unused(kept: Path) -> None:
    """What no process has started with for a week."""
    for path in kept.iterdir():
        with contextlib.suppress(FileNotFoundError):  # another process tidies up as well
            if path.stat().st_mtime < time.time() - UNUSED:
                shutil.rmtree(path, ignore_errors=True)
