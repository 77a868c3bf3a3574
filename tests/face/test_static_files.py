"""Static files of text travel compressed, all others and those who cannot read that get them as they are."""

import gzip
import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli
import pytest

from portal.face.web.addresses import STATIC
from portal.face.web.static import TEXTS, UNUSED, compressed

on_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
LOOK = "/static/look.css"
UNPACKED = {"gzip": gzip.decompress, "br": brotli.decompress}


@on_sqlite
@pytest.mark.parametrize(
    ("accepts", "encoding"),
    [
        ("gzip, deflate", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br", "br"),
        ("identity", None),
        ("gzip;q=0", None),
        ("br;q=0, gzip", "gzip"),
        ("gzip; q=0.000, br;q=0.5", "br"),
        ("gzip;q=0.05", "gzip"),
        ("*;q=0", None),
    ],
)
def test_text_is_compressed_for_those_who_accept_it(client, accepts: str, encoding: str | None) -> None:
    plain = client.get(LOOK)
    small = client.get(LOOK, headers={"Accept-Encoding": accepts})
    assert "Content-Encoding" not in plain.headers
    assert plain.data == (STATIC / "look.css").read_bytes()
    assert plain.headers["Vary"] == small.headers["Vary"] == "Accept-Encoding"
    assert small.headers.get("Content-Encoding") == encoding
    assert plain.headers["Content-Type"] == small.headers["Content-Type"] == 'text/css; charset="utf-8"'
    if encoding:
        assert int(small.headers["Content-Length"]) == len(small.data) < len(plain.data) / 3
        assert UNPACKED[encoding](small.data) == plain.data


@on_sqlite
@pytest.mark.parametrize("accepts", ["", "gzip", "br"])
def test_head_says_what_get_would(client, accepts: str) -> None:
    headers = {"Accept-Encoding": accepts}
    asked, got = client.head(LOOK, headers=headers), client.get(LOOK, headers=headers)
    assert (asked.status_code, asked.data) == (200, b"")
    assert dict(asked.headers) == dict(got.headers)
    assert got.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert got.headers["X-Content-Type-Options"] == "nosniff"


@on_sqlite
@pytest.mark.parametrize("accepts", ["", "gzip", "br"])
def test_a_range_is_one_of_what_is_sent(client, accepts: str) -> None:
    headers = {"Accept-Encoding": accepts}
    whole = client.get(LOOK, headers=headers)
    part = client.get(LOOK, headers={**headers, "Range": "bytes=10-19"})
    assert part.status_code == 206
    assert part.data == whole.data[10:20]
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(whole.data)}"
    assert part.headers.get("Content-Encoding") == whole.headers.get("Content-Encoding")


@on_sqlite
@pytest.mark.parametrize(("held", "name"), [("Last-Modified", "If-Modified-Since"), ("ETag", "If-None-Match")])
def test_known_file_is_not_sent_again(client, held: str, name: str) -> None:
    headers = {"Accept-Encoding": "gzip"}
    first = client.get(LOOK, headers=headers)
    again = client.get(LOOK, headers={**headers, name: first.headers[held]})
    assert again.status_code == 304
    assert again.data == b""
    assert "Content-Encoding" not in again.headers


@on_sqlite
@pytest.mark.parametrize("path", ["/static/fonts/commissioner-latin.woff2", "/static/favicon.ico"])
def test_compact_files_and_pages_are_left_alone(client, path: str) -> None:
    answer = client.get(path, headers={"Accept-Encoding": "gzip, br"})
    assert answer.data == (STATIC / path.removeprefix("/static/")).read_bytes()
    assert "Vary" not in answer.headers


@on_sqlite
@pytest.mark.parametrize(
    "path", ["/static/nothing.css", "/static/look.css.gz", "/static/look.css.br", "/static/../app.py"]
)
def test_unknown_file_is_not_found(client, path: str) -> None:
    assert client.get(path, headers={"Accept-Encoding": "gzip"}).status_code == 404


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package's static files, which nobody may change."""
    source = tmp_path / "package"
    shutil.copytree(STATIC, source)
    os.utime(source / "look.css", (1_000_000_000, 1_000_000_000))
    for path in [source, *source.rglob("*")]:
        path.chmod(0o555)
    return source


def test_files_keep_their_content_and_time(package: Path, tmp_path: Path) -> None:
    made = compressed(package, tmp_path / "kept")
    for path in (path for path in package.rglob("*") if path.is_file()):
        copy = made / path.relative_to(package)
        assert copy.read_bytes() == path.read_bytes()
        assert int(copy.stat().st_mtime) == int(path.stat().st_mtime)
        assert copy.stat().st_mode & 0o200, "it can be removed again"
        assert copy.with_name(f"{copy.name}.br").is_file() == (path.suffix in TEXTS)


def test_nothing_is_made_twice_and_a_change_is_seen(package: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    first = compressed(package, kept)
    stamp = (first / "look.css.br").stat().st_ino
    assert compressed(package, kept) == first
    assert (first / "look.css.br").stat().st_ino == stamp
    (package / "look.css").chmod(0o755)
    text = (package / "look.css").read_text(encoding="utf-8")
    (package / "look.css").write_text(text.swapcase(), encoding="utf-8")  # of the same length
    second = compressed(package, kept)
    assert second != first
    assert brotli.decompress((second / "look.css.br").read_bytes()) == (package / "look.css").read_bytes()
    assert first.is_dir(), "a process of the release before may still read it"


def test_what_was_unused_for_a_week_goes(package: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    old, recent = kept / "old", kept / "recent"
    for directory, age in ((old, UNUSED + 60), (recent, UNUSED - 60)):
        directory.mkdir(parents=True)
        os.utime(directory, (time.time() - age,) * 2)
    made = compressed(package, kept)
    os.utime(made, (1, 1))
    compressed(package, kept)
    assert sorted(kept.iterdir()) == sorted([recent, made])


def test_several_processes_may_start_at_once(package: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    with ThreadPoolExecutor(4) as threads:
        made = set(threads.map(lambda _n: compressed(package, kept), range(4)))
    assert list(kept.iterdir()) == list(made)
