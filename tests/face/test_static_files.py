"""Static files of text travel compressed, all others and those who cannot read that get them as they are."""

import gzip

import pytest

from portal.face.web.addresses import STATIC


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_text_is_compressed_for_those_who_accept_it(client) -> None:
    plain = client.get("/static/look.css")
    small = client.get("/static/look.css", headers={"Accept-Encoding": "gzip, deflate"})
    assert "Content-Encoding" not in plain.headers
    assert plain.data == (STATIC / "look.css").read_bytes()
    assert small.headers["Content-Encoding"] == "gzip"
    assert small.headers["Vary"] == "Accept-Encoding"
    assert int(small.headers["Content-Length"]) == len(small.data) < len(plain.data) / 3
    assert gzip.decompress(small.data) == plain.data


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_known_file_is_not_sent_again(client) -> None:
    headers = {"Accept-Encoding": "gzip"}
    first = client.get("/static/look.css", headers=headers)
    again = client.get("/static/look.css", headers={**headers, "If-Modified-Since": first.headers["Last-Modified"]})
    assert again.status_code == 304
    assert again.data == b""
    assert "Content-Encoding" not in again.headers


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("path", ["/static/fonts/commissioner-latin.woff2", "/static/favicon.ico"])
def test_compact_files_and_pages_are_left_alone(client, path: str) -> None:
    assert client.get(path, headers={"Accept-Encoding": "gzip"}).data[:2] != b"\x1f\x8b"


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_unknown_file_is_not_found(client) -> None:
    assert client.get("/static/nothing.css", headers={"Accept-Encoding": "gzip"}).status_code == 404
