"""Questions that depend on an answer: there when it is given, explained where no script runs, and never lost."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenKind
from tests.browser.kinds import BY_NAME

GROUPS = "fieldset[data-after]"


def test_depending_questions_come_and_go_with_their_answer(open_kind: OpenKind) -> None:
    page = open_kind(BY_NAME["network-apply-typed"], "pl", width=320)
    groups = page.locator(GROUPS)
    assert groups.count() == 3
    for number in range(3):
        expect(groups.nth(number)).to_be_hidden()
    page.locator('main [type=radio][value="o3"]').check()
    expect(groups.nth(0)).to_be_visible()
    page.locator('main [type=radio][value="o1"]').check()
    expect(groups.nth(0)).to_be_hidden()
    page.locator('main [type=checkbox][value="y"]').check()
    expect(groups.nth(2)).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('fieldset[data-after]') !== null"), (
        "the keyboard meets it next"
    )


@pytest.mark.parametrize("language", ["pl", "bg", "en"])
def test_depending_questions_are_all_there_without_a_script(open_kind: OpenKind, language: str) -> None:
    page = open_kind(BY_NAME["network-apply-typed"], language, javascript=False)
    for number in range(3):
        expect(page.locator(GROUPS).nth(number)).to_be_visible()
        expect(page.locator(GROUPS).nth(number).locator("legend").first).to_be_visible()
