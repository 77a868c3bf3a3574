"""The form of a congress on a phone: short, in a sensible order, and true while one chooses."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenKind
from tests.browser.kinds import BY_NAME, Kind
from tests.browser.reflow import NARROW
from tests.fixtures.browser import OpenPage
from tests.support.servers import LivePortal

SCREEN = 640  # px, the height of a small phone
LONGEST_WORKSHOPS = 2500  # px: 24 workshops in four slots
LONGEST_FORM = 3500  # px, from the first field to the end of the button
HEIGHTS = """() => {
  const box = one => one.getBoundingClientRect();
  const slots = [...document.querySelectorAll('main fieldset:has([type=radio])')];
  return {
    choices: document.querySelectorAll('main [type=radio]:not([value=none])').length,
    workshops: box(slots.at(-1)).bottom - box(slots[0]).top,
    form: box(document.querySelector('main form [type=submit]')).bottom - box(document.getElementById('name')).top,
  };
}"""


@pytest.mark.parametrize("language", ["pl", "bg"])
def test_form_of_the_congress_is_short_on_a_phone(open_kind: OpenKind, language: str) -> None:
    heights = open_kind(BY_NAME["registration"], language, width=NARROW).evaluate(HEIGHTS)
    assert heights["choices"] == 24
    assert heights["workshops"] <= LONGEST_WORKSHOPS
    assert heights["form"] <= LONGEST_FORM


def test_keyboard_meets_none_first_and_each_slot_once(open_kind: OpenKind) -> None:
    page = open_kind(BY_NAME["registration"], "pl", width=NARROW)
    page.locator("#affiliation").focus()
    met = []
    for _ in range(6):
        page.keyboard.press("Tab")
        met.append(page.evaluate("document.activeElement.name || document.activeElement.target"))
        if met[-1].startswith("slot"):
            assert page.evaluate("document.activeElement.value") == "none"
    assert met[0] == "_blank"
    assert met[1:5] == ["slot_1", "slot_2", "slot_3", "slot_4"]


def test_choice_stands_before_the_button_while_one_chooses(open_kind: OpenKind) -> None:
    page = open_kind(BY_NAME["registration"], "pl")
    line = summary(page).locator("[data-group=slot_1] .said")
    expect(line).to_have_text("bez warsztatu")
    full = page.locator('[name=slot_1][value$="w"]')
    full.check()
    title = full.locator("xpath=following-sibling::label").inner_text()
    expect(line).to_have_text(re.compile(rf"^{re.escape(title)}\s+lista oczekujących$"))
    page.locator("[name=slot_1][value=none]").check()
    expect(line).to_have_text("bez warsztatu")
    expect(page.locator("button[value=look]")).to_be_hidden()


def test_choice_is_shown_by_a_button_without_javascript(open_kind: OpenKind) -> None:
    page = open_kind(BY_NAME["registration"], "pl", javascript=False, width=NARROW)
    expect(summary(page)).to_be_hidden()
    page.locator("#name").fill("Ola Próbna")
    free = page.locator('[name=slot_2]:not([value=none]):not([value$="w"])').first
    title = free.locator("xpath=following-sibling::label").inner_text()
    free.check()
    page.locator("button[value=look]").click()
    expect(summary(page).locator("[data-group=slot_2] .said")).to_have_text(title)
    expect(page.locator("#problems")).to_have_count(0)
    expect(page.locator("#name")).to_have_value("Ola Próbna")
    assert page.url.endswith("#your-choice")


@pytest.mark.parametrize("language", ["pl", "bg"])
def test_workshop_of_a_link_is_chosen_and_in_view(open_kind: OpenKind, language: str) -> None:
    kind = Kind("registration-for", BY_NAME["registration"].path + "?session=7#workshop-7")
    page = open_kind(kind, language, javascript=False, width=NARROW, height=640)
    expect(page.locator("#workshop-7 input")).to_be_checked()
    expect(page.locator("#workshop-7")).to_be_in_viewport()
    expect(summary(page)).to_be_visible()


@pytest.mark.parametrize("language", ["pl", "bg"])
@pytest.mark.parametrize("name", ["event", "event-full", "programme", "session", "registration-manage"])
def test_act_of_a_page_stands_within_one_and_a_half_screens_of_a_phone(
    open_kind: OpenKind, name: str, language: str
) -> None:
    page = open_kind(BY_NAME[name], language, width=NARROW, height=SCREEN)
    box = page.locator("main .btn").first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= SCREEN * 1.5


def summary(page: Page) -> Locator:
    return page.locator("[data-choices]")


def test_back_after_a_corrected_error_shows_the_form_with_what_was_typed(open_page: OpenPage, site: LivePortal) -> None:
    """B4: the back button."""
    page = open_page(site, language="pl")
    page.goto("/pl/events/kongres-wspolpracy-lokalnej/register")
    form = page.locator("main form[method=post]").first
    page.fill("#name", "Ola Wracająca")
    page.locator("main .pick input").nth(2).check()
    chosen = page.locator("main .pick input:checked").first.get_attribute("id")
    with page.expect_navigation():
        form.locator("[type=submit]").first.click()  # without an address
    assert page.locator("#problems").count() == 1
    page.fill("#email", "wraca@example.org")
    with page.expect_navigation():
        page.locator("main form[method=post] [type=submit]").first.click()
    assert page.url.endswith("/register/sent")
    page.go_back()
    assert page.input_value("#name") == "Ola Wracająca"
    assert page.input_value("#email") == "wraca@example.org"
    assert page.locator(f"[id='{chosen}']").is_checked()


def test_a_form_that_is_opened_anew_is_empty_and_no_password_is_kept(open_page: OpenPage, site: LivePortal) -> None:
    page = open_page(site, language="pl")
    page.goto("/pl/account/sign-up")
    page.fill("[name=name]", "Ola Nowa")
    page.fill("[name=password]", "trzy losowe słowa")
    with page.expect_navigation():
        page.locator("main form[method=post] [type=submit]").first.click()
    stored = page.evaluate("JSON.stringify(sessionStorage)")
    assert "Ola Nowa" in stored
    assert "losowe" not in stored
    page.goto("/pl/account/sign-up")
    assert page.input_value("[name=name]") == ""
