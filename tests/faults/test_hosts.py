"""Exactly one Host, and it is the portal's: whatever else a request says about where it goes is refused in a sentence."""

import re
from collections.abc import Iterator

import pytest

from tests.support.servers import LivePortal
from tests.support.sockets import answer, connections, head

SENTENCE = "The portal is only to be found at"


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LivePortal]:
    portal = LivePortal(tmp_path_factory.mktemp("hosts"), workers=1)
    portal.run("db", "upgrade")
    portal.start(worker=False)
    yield portal
    portal.stop()


def said(portal: LivePortal, request: bytes) -> tuple[int, str]:
    with connections(portal.port, 1, request) as (connection,):
        status, _headers, text = answer(connection)
        return status, text


def get(portal: LivePortal, *lines: str, path: str = "/en/") -> tuple[int, str]:
    return said(portal, head(portal.port, *lines, "Connection: close", path=path, host=False))


REFUSED = {
    "none": (),
    "empty": ("Host:",),
    "foreign": ("Host: evil.example",),
    "two, the second foreign": ("Host: 127.0.0.1:{port}", "Host: evil.example"),
    "two, the first foreign": ("Host: evil.example", "Host: 127.0.0.1:{port}"),
    "the same twice": ("Host: 127.0.0.1:{port}", "Host: 127.0.0.1:{port}"),
    "a second after a bare line feed": ("Host: 127.0.0.1:{port}\nHost: evil.example",),
    "two in one": ("Host: 127.0.0.1:{port},evil.example",),
    "user": ("Host: evil.example@127.0.0.1:{port}",),
    "own name as user": ("Host: 127.0.0.1@evil.example",),
    "trailing dot": ("Host: localhost.:{port}",),
    "path": ("Host: 127.0.0.1:{port}/evil",),
    "question": ("Host: 127.0.0.1?evil.example",),
    "port that is none": ("Host: 127.0.0.1:port",),
    "port without a number": ("Host: 127.0.0.1:",),
    "letters that are not ASCII": ("Host: 127.0.0.1\xb7",),
    "digits of another script": ("Host: 127.0.0.1:\xb2",),
    "blank inside": ("Host: 127.0.0.1 evil.example",),
    "tabulator inside": ("Host: 127.0.0.1\tevil.example",),
    "longer name": ("Host: 127.0.0.1.evil.example",),
    "number for an address": ("Host: 2130706433:{port}",),
}


@pytest.mark.parametrize("lines", REFUSED.values(), ids=REFUSED)
def test_other_host_is_refused_in_a_sentence(portal: LivePortal, lines: tuple[str, ...]) -> None:
    status, text = get(portal, *(line.format(port=portal.port) for line in lines))
    assert status == 400
    assert SENTENCE in text
    assert "evil" not in text


@pytest.mark.parametrize("control", ["\x00", "\x01", "\x0b", "\x1f", "\x7f", "\r"])
def test_control_character_in_the_host_is_never_answered_with_a_page(portal: LivePortal, control: str) -> None:
    """The web server itself refuses these, without a word."""
    assert get(portal, f"Host: 127.0.0.1:{portal.port}{control}")[0] == 400


def test_folded_host_is_refused(portal: LivePortal) -> None:
    assert get(portal, f"Host: 127.0.0.1:{portal.port}\r\n evil.example")[0] == 400


def test_host_in_the_address_is_the_portals_too(portal: LivePortal) -> None:
    """It goes before the header (RFC 9112, 3.2.2)."""
    own = f"Host: 127.0.0.1:{portal.port}"
    assert get(portal, own, path=f"http://127.0.0.1:{portal.port}/en/")[0] == 200
    for lines, path in (([own], "http://evil.example/en/"), ([], f"http://127.0.0.1:{portal.port}/en/")):
        status, text = get(portal, *lines, path=path)
        assert status == 400
        assert SENTENCE in text


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost", "LOCALHOST:{port}", "[::1]:{port}", "127.0.0.1:9"])
def test_own_host_is_answered(portal: LivePortal, host: str) -> None:
    """A port may be one that leads here, of a tunnel or a proxy."""
    assert get(portal, f"Host: {host.format(port=portal.port)}")[0] == 200


@pytest.mark.parametrize("lines", [(), ("Host: 10.0.0.7",), ("Host: 10.0.0.7:8000",)])
def test_probe_may_come_by_any_address(portal: LivePortal, lines: tuple[str, ...]) -> None:
    assert get(portal, *lines, path="/healthz")[0] == 200
    assert get(portal, *lines, path="/readyz")[0] in (200, 503)


def test_other_names_for_where_it_goes_are_not_read(portal: LivePortal) -> None:
    """Feeds, site map and links name the configured address, whatever a proxy or a client adds."""
    lines = (
        "Host: localhost",
        "X-Forwarded-Host: evil.example",
        "X_Forwarded_Host: evil.example",
        "Forwarded: host=evil.example",
        "X-Forwarded-Server: evil.example",
        "X-Original-URL: /evil",
        "X-Rewrite-URL: /evil",
    )
    for path in ("/en/", "/pl/news/feed.atom", "/sitemap.xml", "/robots.txt"):
        status, text = get(portal, *lines, path=path)
        assert status == 200, path
        assert "evil" not in text
        addresses = set(re.findall(rf"https?://[^/\s\"'<>]+:{portal.port}", text))
        assert addresses <= {portal.base_url}
    assert portal.base_url in get(portal, *lines, path="/sitemap.xml")[1]
