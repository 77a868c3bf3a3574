"""A printed profile is one page with the QR code of its address, and the card stands in a frame of another site."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.fixtures.browser import OpenPage
from tests.support.servers import LivePortal

PROFILES = {
    "pl": "stowarzyszenie-pracownia-sasiedzka",
    "bg": "klub-otkrita-obshtnost",
    "en": "spoldzielnia-socjalna-golebiowszczyzna-i-przyjaciele-z-miedzyszkolnego-ogrodu",
}


@pytest.mark.parametrize("language", PROFILES)
def test_a_profile_takes_one_page_of_paper(open_page: OpenPage, site: LivePortal, language: str) -> None:
    page = open_page(site, language=language)
    page.goto(f"/{language}/organisations/{PROFILES[language]}")
    assert not page.locator(".profile-head .print-only img").is_visible()
    page.emulate_media(media="print")
    code = page.locator(".profile-head .print-only img")
    code.wait_for(state="visible")
    page.wait_for_function("() => document.querySelector('.profile-head .print-only img').naturalWidth > 0")
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1
    for gone in ("header nav", "footer", ".crumbs"):
        assert not page.locator(gone).first.is_visible(), gone


@pytest.fixture
def other_site() -> Iterator[tuple[str, list[str]]]:
    """(address, HTML that it shows): somebody else's site on another port."""
    shown: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>x</title>{''.join(shown)}".encode())

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("localhost", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}/", shown
    server.shutdown()


def test_the_card_stands_in_a_frame_elsewhere_and_the_profile_does_not(
    open_as: OpenPage, chromium, site: LivePortal, other_site: tuple[str, list[str]]
) -> None:
    slug = PROFILES["pl"]
    owner = open_as("owner", language="pl")
    owner.goto(f"/pl/organisations/{slug}/share")
    address, shown = other_site
    shown.append(owner.locator("#frame-code").input_value())
    shown.append(f'<iframe src="{site.base_url}/pl/organisations/{slug}"></iframe>')
    context = chromium.new_context()
    page = context.new_page()
    page.goto(address)
    card = page.frame_locator("iframe").first
    card.locator("h1").wait_for()
    assert "Pracownia" in card.locator("h1").inner_text()
    assert page.frames[-1].evaluate("document.body.innerText").find("Pracownia") == -1
    assert not context.cookies()
    context.close()
