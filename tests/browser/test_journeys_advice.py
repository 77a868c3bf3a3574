"""Advice from the phone of the adviser to the figure that a visitor reads: confirmed, frozen, corrected, on paper."""

import datetime as dt
import secrets

import pytest

from portal.ground import clock
from portal.projects.models import ZONE
from tests.browser.stage import ORGANISATION
from tests.browser.walk import Walk
from tests.fixtures.browser import OpenPage
from tests.support.papers import Read
from tests.support.servers import LivePortal

PHONE = 320
MODES = [("bg", True), ("pl", False)]
# What the reader of each language is told: hours of three quarters, then of half an hour, and the word over an erratum.
HOURS = {"bg": ("0,8 ч.", "0,5 ч."), "pl": ("0,8 h", "0,5 h")}


@pytest.mark.parametrize(("language", "javascript"), MODES, ids=["bg-with-javascript", "pl-without-javascript"])
def test_advice_from_the_phone_of_the_adviser_to_the_figure_that_a_visitor_reads(
    open_page: OpenPage, open_as: OpenPage, site: LivePortal, language: str, javascript: bool
) -> None:
    how = {"language": language, "javascript": javascript, "width": PHONE}
    adviser, coordinator = (Walk(open_as(role, **how), site, language) for role in ("owner", "coordinator"))
    visitor = Walk(open_page(site, **how), site, language)
    today = clock.today(ZONE)
    yesterday, title = today - dt.timedelta(days=1), f"Statut {secrets.token_hex(3)}"
    slug = _running(adviser, today)

    _advises(adviser, slug, title, yesterday)
    _confirms(coordinator, slug)
    assert title in visitor.go(f"projects/{slug}").follow("/figures/advice-hours").main

    coordinator.go(f"projects/{slug}/reports").send(first=str(yesterday), last=str(yesterday))
    report = coordinator.path
    was, now = HOURS[language]
    assert was in _plain(visitor.open(report).main)
    assert visitor.page.locator(".notice.warn").count() == 0

    _corrects(coordinator, slug, title)
    _confirms(adviser, slug)
    errata = _plain(visitor.open(report).page.locator(".notice.warn").inner_text())
    assert was in errata
    assert now in errata
    _reads(visitor, slug, title, now)


def _running(owner: Walk, today: dt.date) -> str:
    """A public project of this year and the next, that works for a network."""
    dates = {"starts_on": f"{today.year}-01-01", "ends_on": f"{today.year + 1}-12-31"}
    owner.go(f"organisations/{ORGANISATION}/projects/new").send(
        language="pl", title="Porady blisko domu", summary="Doradzamy grupom w gminie.", **dates
    )
    slug = owner.part("projects")
    networks = owner.go(f"projects/{slug}/edit/what").page.locator('select[name="network"] option')
    owner.send(network=networks.last.get_attribute("value"))  # its only one
    owner.go(f"projects/{slug}/publish").send()
    return slug


def _advises(adviser: Walk, slug: str, title: str, day: dt.date) -> None:
    """From the own projects to the entry: yesterday's talk, in one form."""
    page = adviser.go("projects/mine").follow(f"/projects/{slug}/advice").page
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    for mark in page.locator(".mark label").all():
        box = mark.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
    adviser.offer(who="", title=title)  # nobody, and no minutes: said at once
    assert page.locator("#problems li").count() == 2
    assert page.locator('[name="title"]').input_value() == title
    page.locator("details.more-box > summary").click()
    adviser.send(
        who="Grupa nad stawem", minutes="45", title=title, topic="legal", channel="phone", kind="group", day=str(day)
    )
    assert "45" in page.locator(".notice.ok").inner_text()
    assert page.locator('[name="title"]').input_value() == ""
    own = page.locator("table.queue").inner_text()
    assert title in own
    assert "Grupa nad stawem" in own
    assert page.locator("table.bars tfoot td.n").inner_text() == "45"


def _confirms(second: Walk, slug: str) -> None:
    second.go(f"projects/{slug}/records?status=delivered").send(record=True)
    assert second.page.locator(".notice.ok").count() == 1


def _corrects(coordinator: Walk, slug: str, title: str) -> None:
    """It was half an hour."""
    link = coordinator.go(f"projects/{slug}/records").page.get_by_role("link", name=title)
    coordinator.open(str(link.get_attribute("href"))).send(minutes="30")


def _reads(visitor: Walk, slug: str, title: str, hours: str) -> None:
    """From the number to its sessions, and the same number on paper."""
    figure = visitor.go(f"projects/{slug}").follow("/figures/advice-hours")
    assert hours in _plain(figure.page.locator("h1").inner_text())
    assert title in figure.main
    visitor.go(f"projects/{slug}")
    address = visitor.page.locator('main a[href$=".pdf"]').first.get_attribute("href")
    answer = visitor.page.request.get(str(address))
    assert answer.headers["content-type"] == "application/pdf"
    assert hours in _plain(Read(answer.body()).text)


def _plain(text: str) -> str:
    """With one blank for whatever stands between words."""
    return " ".join(text.split())
