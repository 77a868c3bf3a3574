"""A person at the browser who reads what stands there, on a phone: each page fits it and has no barrier."""

import datetime as dt
from typing import Any, Self

from babel.dates import format_date
from playwright.sync_api import Page

from tests.browser.reflow import NARROW, wide_parts
from tests.browser.walk import Walk
from tests.support.checkers import axe
from tests.support.processes import wait_until
from tests.support.servers import LivePortal

PHONE = {"width": NARROW, "height": 640}


class ReadingWalk(Walk):
    """`ReadingWalk(page, portal, "bg", glass).go("events").reads("Събития")`.

    `glass` is a second page, with JavaScript, in which axe looks at what a page without it shows.
    """

    def __init__(self, page: Page, portal: LivePortal, language: str, glass: Page | None = None) -> None:
        super().__init__(page, portal, language)
        self.glass = glass

    def reads(self, *words: str) -> Self:
        """All this stands on the page; it is not wider than a phone, and axe finds nothing."""
        shown = plain(self.main)
        missing = [one for one in words if one not in shown]
        assert not missing, f"{self.path} does not say {missing} but:\n{shown}"
        found = {"wide": wide_parts(self.page), "axe": axe(self._looked_at())}
        assert not any(found.values()), (self.path, found)
        return self

    def lacks(self, *words: str) -> Self:
        """None of this stands on the page."""
        assert [one for one in words if one in plain(self.main)] == [], self.path
        return self

    def press(self, action: str) -> Self:
        """The button of the form that leads there."""
        with self.page.expect_navigation():
            self.page.locator(f'main form[action$="{action}"] button[type=submit]').first.click()
        return self

    def _looked_at(self) -> Page:
        if self.glass is None:
            return self.page
        html = self.page.content()
        self.glass.route("**/*", lambda route: _answered(route, self.page.url, html))
        self.glass.goto(self.page.url)
        self.glass.unroute_all()
        return self.glass


def _answered(route: Any, address: str, html: str) -> None:
    """The page as it was shown, and everything it loads from the portal."""
    if route.request.is_navigation_request() and route.request.url == address.partition("#")[0]:
        route.fulfill(body=html, content_type="text/html; charset=utf-8")
    else:
        route.fallback()


def letter(portal: LivePortal, address: str, subject: str = "") -> str:
    """Subject and words of the newest mail to somebody that has come, of those in which these words stand."""
    found: list[str] = []

    def has_come() -> bool:
        written = (plain(f"{one.subject}\n{one.text}") for one in portal.mails(address) if one.text and one.subject)
        found[:] = [one for one in written if subject in one]
        return bool(found)

    wait_until(has_come, f"A mail to {address}", log=portal.log, seconds=90)
    return found[0]


def weekday(day: dt.date, language: str) -> str:
    """What a day of the week is called on a page."""
    return format_date(day, "EEEE", locale=language)


def plain(words: str) -> str:
    """Words with plain spaces, and without the places where a long one may be broken."""
    return " ".join(words.replace("\u00ad", "").replace("\u2060", "").split())
