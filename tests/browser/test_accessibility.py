"""axe-core finds nothing: WCAG 2.0 to 2.2 A and AA and its best practices, in every language and in every theme; and what
it cannot see, letters of twice the size on a narrow screen, has its room."""

import pytest

from tests.browser.conftest import OpenKind
from tests.browser.kinds import BY_NAME, KINDS, Kind
from tests.browser.reflow import NARROW, wide_parts
from tests.support.checkers import axe
from tests.support.markup import LANGUAGES

THEMES = ("dark", "contrast", "yellow")
COLOURS = ("color-contrast", "link-in-text-block")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_page_kind_has_no_barrier(open_kind: OpenKind, kind: Kind, language: str) -> None:
    page = open_kind(kind, language)
    found = {"light": axe(page)}
    if language == "bg":
        for theme in THEMES:  # all that the server does for a theme is this attribute, so only colours can differ
            page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
            found[theme] = axe(page, rules=COLOURS)
        page.set_viewport_size({"width": NARROW, "height": 900})
        page.evaluate("() => document.documentElement.classList.add('text-200')")  # what the server does for 200 %
        found["large letters"] = wide_parts(page)
    assert not any(found.values()), found


@pytest.mark.parametrize("theme", THEMES)
def test_theme_is_an_attribute_of_the_page(open_kind: OpenKind, theme: str) -> None:
    page = open_kind(BY_NAME["home"], "bg", theme=theme)
    assert page.locator("html").get_attribute("data-theme") == theme
    assert axe(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_open_menus_have_no_barrier(open_kind: OpenKind, language: str) -> None:
    page = open_kind(BY_NAME["home"], language, width=320)
    for summary in page.locator("header summary:visible").all():
        summary.click()
    assert axe(page) == []
