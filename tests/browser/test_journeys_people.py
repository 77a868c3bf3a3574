"""Somebody calls the desk of a congress: added, found again, given another address, cancelled; and a sheet is printed."""

import secrets

import pytest
from playwright.sync_api import Page

from tests.browser.stage import CONGRESS
from tests.browser.walk import MODE_NAMES, MODES, Walk
from tests.fixtures.browser import OpenPage
from tests.support.servers import LivePortal
from tests.support.visitor import mailed

LIST = f"events/{CONGRESS}/participants"


@pytest.mark.parametrize(("language", "javascript"), MODES, ids=MODE_NAMES)
def test_caller_is_added_found_corrected_and_cancelled(
    open_page: OpenPage, open_as: OpenPage, site: LivePortal, language: str, javascript: bool
) -> None:
    how = {"language": language, "javascript": javascript}
    mark = secrets.token_hex(3)
    name, wrong, right = f"Żaneta Dzwoniąca {mark}", f"zla-{mark}@example.org", f"dobra-{mark}@example.org"
    coordinator = Walk(open_as("coordinator", **how), site, language)
    coordinator.go(LIST).follow("/participants/new").send(name=name, email=wrong)
    assert name in coordinator.main
    place = f"/{language}/registration/(?!confirm)"
    old_link = mailed(site, wrong, place)

    _search(coordinator.go(LIST).page, f"zaneta dzwoniaca {mark}")
    assert coordinator.page.locator("table.people tbody tr").count() == 1
    coordinator.page.locator("table.people th a").click()
    coordinator.follow("/address").send(email=right)
    assert right in coordinator.main
    holder = open_page(site, **how)
    answer = holder.goto(old_link)
    assert answer is not None and answer.status == 404
    Walk(holder, site, language).open_mailed(right, place)

    coordinator.follow("/cancel").send()
    assert coordinator.page.locator("ol.story li").count() >= 4
    _search(coordinator.go(LIST).page, mark)
    assert name not in coordinator.main
    _search(coordinator.go(f"{LIST}?state=cancelled").page, mark)
    assert name in coordinator.main


def test_sheet_of_a_workshop_fits_on_paper(open_as: OpenPage, site: LivePortal) -> None:
    coordinator = Walk(open_as("coordinator", language="pl", javascript=True), site, "pl")
    coordinator.go(f"{LIST}/workshops/6")
    coordinator.page.emulate_media(media="print")
    coordinator.page.set_viewport_size({"width": 700, "height": 1000})
    assert coordinator.page.locator(".tick-box").count() > 2
    row = coordinator.page.locator(".door-list tbody tr").first.bounding_box()
    assert row is not None and row["height"] < 60  # a line for each name, and no boxes below each other
    assert not coordinator.page.locator("header nav, footer, .crumbs").first.is_visible()


def _search(page: Page, words: str) -> None:
    page.locator("#q").fill(words)
    with page.expect_navigation():
        page.locator("#q").press("Enter")
