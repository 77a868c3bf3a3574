"""What a page shows only when something is opened, chosen or printed, and what Windows does to its colours."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenKind
from tests.browser.kinds import BY_NAME
from tests.browser.reflow import NARROW, wide_parts
from tests.support.markup import LANGUAGES

OUTLINED = "one => getComputedStyle(one).outlineStyle !== 'none' && parseFloat(getComputedStyle(one).outlineWidth) >= 2"
BORDERED = "one => getComputedStyle(one).borderTopStyle !== 'none'"


def menu(page: Page) -> None:
    page.locator(".masthead .menu-link").click()


def filters(page: Page) -> None:
    page.locator("a[href='#filters']").click()


def panel(page: Page) -> None:
    page.locator(".access summary").click()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "open_"), [("home", menu), ("directory", filters), ("home", panel)])
def test_what_is_opened_fits_a_phone(
    open_kind: OpenKind, name: str, open_: Callable[[Page], None], language: str
) -> None:
    page = open_kind(BY_NAME[name], language, width=NARROW)
    open_(page)
    assert wide_parts(page) == []


@pytest.mark.parametrize("width", [NARROW, 1280])
def test_dialog_of_a_link_fits_and_shows_where_the_keyboard_is(open_kind: OpenKind, width: int) -> None:
    page = open_kind(BY_NAME["post-new"], "pl", width=width)
    page.locator("trix-editor").click()
    page.locator("[data-trix-action=link]").click()
    address = page.locator(".trix-input--dialog")
    assert address.evaluate(OUTLINED)
    frame, field = page.locator(".trix-dialog").bounding_box(), address.bounding_box()
    assert frame is not None
    assert field is not None
    assert field["x"] + field["width"] <= frame["x"] + frame["width"]
    assert wide_parts(page) == []


def test_toolbar_of_the_editor_is_one_stop_and_says_what_is_on(open_kind: OpenKind) -> None:
    page = open_kind(BY_NAME["post-new"], "pl")
    tools = page.locator("[role=toolbar] button")
    assert tools.evaluate_all("all => all.filter(one => one.tabIndex === 0).length") == 1
    assert page.locator("trix-editor").get_attribute("aria-multiline") == "true"
    bold = page.locator("[data-trix-attribute=bold]")
    assert bold.get_attribute("aria-pressed") == "false"
    bold.focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("[data-trix-attribute=italic]").evaluate("one => one === document.activeElement")
    page.keyboard.press("Home")
    assert bold.evaluate("one => one === document.activeElement")
    page.locator("trix-editor").click()
    page.keyboard.press("Control+b")
    page.locator("[data-trix-attribute=bold][aria-pressed=true]").wait_for()


@pytest.mark.parametrize(
    ("name", "chosen"),
    [("home", ".langs [aria-current]"), ("networks", ".nav [aria-current]"), ("programme", ".tabs [aria-current]")],
)
def test_what_is_chosen_is_seen_when_colours_are_forced(open_kind: OpenKind, name: str, chosen: str) -> None:
    page = open_kind(BY_NAME[name], "pl")
    page.emulate_media(forced_colors="active")
    try:
        assert page.locator(chosen).first.evaluate(OUTLINED)
        for field in page.locator("main :is(input:not([type=hidden]), .btn)").all()[:5]:
            assert field.evaluate(BORDERED)
    finally:
        page.emulate_media(forced_colors="none")


def test_where_one_is_looks_like_no_choice_when_colours_are_forced(open_kind: OpenKind) -> None:
    page = open_kind(BY_NAME["event"], "bg")
    page.emulate_media(forced_colors="active")
    try:
        assert not page.locator(".crumbs [aria-current]").evaluate(OUTLINED)
    finally:
        page.emulate_media(forced_colors="none")


@pytest.mark.parametrize("name", ["profile", "network", "post", "home"])
def test_paper_has_the_text_and_its_address_but_no_ornament(open_kind: OpenKind, name: str) -> None:
    page = open_kind(BY_NAME[name], "pl")
    page.emulate_media(media="print")
    try:
        for gone in (".topbar", ".nav", ".find-box", ".krajka", ".crumbs", ".profile-cover", ".foot"):
            assert all(not one.is_visible() for one in page.locator(gone).all()), gone
        assert page.locator("h1").is_visible()
        address = page.locator(".frame.print-only")
        assert address.is_visible()
        assert "/pl/" in address.inner_text()
    finally:
        page.emulate_media(media="screen")


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_and_hours_are_typed_in_the_language_of_the_page_and_not_of_the_browser(
    open_kind: OpenKind, language: str
) -> None:
    page = open_kind(BY_NAME["event-edit"], language)
    assert page.locator("input[type=date], input[type=time], input[type=datetime-local]").count() == 0
    group = page.locator("fieldset.moment").first
    day, hour = group.locator("input").all()
    typed = {"pl": r"\d{1,2}\.\d\d\.20\d\d", "bg": r"\d{1,2}\.\d\d\.20\d\d", "en": r"\d{1,2} [A-Z][a-z]+ 20\d\d"}[
        language
    ]
    assert re.fullmatch(typed, day.input_value())
    assert re.fullmatch(r"\d{1,2}:\d\d", hour.input_value())
    weekdays = {"pl": "czwartek", "bg": "четвъртък", "en": "Thursday"}
    assert group.locator(".hint").last.inner_text() == weekdays[language]
