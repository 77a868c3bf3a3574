"""Pages of every kind, in a browser."""

import itertools
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser import stage
from tests.browser.kinds import Kind
from tests.fixtures.browser import Watch, theme_cookie
from tests.support.checkers import axe_source
from tests.support.servers import LivePortal
from tests.support.visitor import Answer, Visitor

OpenKind = Callable[..., Page]
NEW = 300  # seconds for which somebody has just signed in: some pages ask for a password or a code after that


class Theatre:
    """The demo with the stage set: fetches any page kind as whoever sees it."""

    def __init__(self, portal: LivePortal) -> None:
        self.portal = portal
        self.words = stage.set_up(portal)
        self.lasting = {None: Visitor(portal), "guarded": stage.guarded(portal, "representative")}
        self.signed_in: dict[str, tuple[float, Visitor]] = {}
        self.numbers = itertools.count(1)

    def visitor(self, role: str | None) -> Visitor:
        if role is None or role in self.lasting:
            return self.lasting[role]
        since, visitor = self.signed_in.get(role, (0.0, self.lasting[None]))
        if not since or time.monotonic() - since > NEW:
            visitor = Visitor(self.portal).sign_in(role)
            self.signed_in[role] = (time.monotonic(), visitor)
        return visitor

    def address(self, kind: Kind, language: str) -> str:
        return kind.address(language, self.words)

    def fetch(self, kind: Kind, language: str) -> Answer:
        """The page without a browser."""
        visitor, address = self.visitor(kind.role), self.address(kind, language)
        if kind.sends is None:
            return visitor.get(address)
        sender = Visitor(self.portal) if kind.stranger else visitor
        return sender.send(visitor.get(address), kind.filled(next(self.numbers)), button=kind.button)


@pytest.fixture(scope="session")
def theatre(quiet_site: LivePortal) -> Theatre:
    return Theatre(quiet_site)


class Window:
    """One browser page for many tests, one after the other: a new page costs as much as looking at it."""

    def __init__(self, chromium: Browser, portal: LivePortal, *, javascript: bool) -> None:
        self.portal = portal
        self.context = chromium.new_context(base_url=portal.base_url, java_script_enabled=javascript)
        self.context.set_default_timeout(15_000)
        self.watch = Watch(self.context, urlsplit(portal.base_url).netloc)
        if javascript:
            self.context.add_init_script(axe_source())
        self.page = self.context.new_page()

    def empty(self, *, width: int, height: int, theme: str | None) -> Page:
        """The page as a visitor who was never here has it."""
        self.page.unroute_all()  # the page before stays until the next one: an empty one between them would cost a process
        self.context.clear_cookies()
        self.watch.faults.clear()
        self.page.set_viewport_size({"width": width, "height": height})
        if theme:
            self.context.add_cookies([theme_cookie(theme, self.portal)])
        return self.page


@pytest.fixture(scope="session")
def windows(chromium: Browser, theatre: Theatre) -> Iterator[dict[bool, Window]]:
    """A window with JavaScript and one without."""
    opened = {javascript: Window(chromium, theatre.portal, javascript=javascript) for javascript in (True, False)}
    yield opened
    for window in opened.values():
        window.context.close()


@pytest.fixture
def open_kind(theatre: Theatre, windows: dict[bool, Window]) -> Iterator[OpenKind]:
    """`open_kind(kind, language, width=320)`: a page of this kind, in the one window of all these tests; once a test."""
    used: list[Window] = []

    def open_(
        kind: Kind, language: str, *, javascript: bool = True, width: int = 1280, height: int = 900,
        theme: str | None = None,
    ) -> Page:  # fmt: skip
        assert not used, "a second page would replace the first"
        used.append(windows[javascript])
        page = windows[javascript].empty(width=width, height=height, theme=theme)
        if kind.role is not None:
            page.context.add_cookies(theatre.visitor(kind.role).browser_cookies())
        address = theatre.address(kind, language)
        if kind.sends is not None:
            _answer_with(page, address, theatre.fetch(kind, language))
        response = page.goto(address)
        assert response is not None
        assert response.status == kind.status, f"{address} answered {response.status}"
        return page

    yield open_
    faults = [fault for window in used for fault in window.watch.faults]
    assert not faults, "\n".join(faults)


def _answer_with(page: Page, address: str, answer: Answer) -> None:
    """Show what the form of a page answers, under the page's address, with all its headers."""
    kept = {
        name: value for name, value in answer.headers.items() if name.lower() not in ("set-cookie", "content-length")
    }

    def fulfil(route: Route) -> None:
        route.fulfill(status=answer.status, headers=kept, body=answer.body)

    page.route(f"**{address}", fulfil)
