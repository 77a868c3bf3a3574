"""Pages of every kind, in a browser."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.browser import stage
from tests.browser.kinds import Kind
from tests.fixtures.browser import OpenPage
from tests.support.servers import LivePortal
from tests.support.visitor import Answer, Visitor

OpenKind = Callable[..., Page]


class Theatre:
    """The demo with the stage set: fetches any page kind as whoever sees it."""

    def __init__(self, portal: LivePortal) -> None:
        self.portal = portal
        self.words = stage.set_up(portal)
        self.visitors: dict[str | None, Visitor] = {None: Visitor(portal)}

    def visitor(self, role: str | None) -> Visitor:
        if role not in self.visitors:
            self.visitors[role] = Visitor(self.portal).sign_in(str(role))
        return self.visitors[role]

    def address(self, kind: Kind, language: str) -> str:
        return kind.address(language, self.words)

    def fetch(self, kind: Kind, language: str) -> Answer:
        """The page without a browser."""
        visitor, address = self.visitor(kind.role), self.address(kind, language)
        if kind.sends is None:
            return visitor.get(address)
        return visitor.send(address, {**kind.sends}, button=kind.button)


@pytest.fixture(scope="session")
def theatre(quiet_site: LivePortal) -> Theatre:
    return Theatre(quiet_site)


@pytest.fixture
def open_kind(theatre: Theatre, open_page: OpenPage) -> OpenKind:
    """`open_kind(kind, language, width=320)`: a page of this kind in a browser of its own."""

    def open_(kind: Kind, language: str, **options: Any) -> Page:
        page = open_page(theatre.portal, language=language, **options)
        if kind.role is not None:
            page.context.add_cookies(theatre.visitor(kind.role).browser_cookies())  # type: ignore[arg-type]
        address = theatre.address(kind, language)
        if kind.sends is not None:
            _answer_with(page, address, theatre.fetch(kind, language))
        response = page.goto(address)
        assert response is not None
        assert response.status == kind.status, f"{address} answered {response.status}"
        return page

    return open_


def _answer_with(page: Page, address: str, answer: Answer) -> None:
    """Show what the form of a page answers, under the page's address, with all its headers."""
    kept = {
        name: value for name, value in answer.headers.items() if name.lower() not in ("set-cookie", "content-length")
    }

    def fulfil(route: Route) -> None:
        route.fulfill(status=answer.status, headers=kept, body=answer.body)

    page.route(f"**{address}", fulfil)
