"""Reflow (WCAG 2.2, 1.4.10): at 320 px nothing is read by scrolling sideways."""

from playwright.sync_api import Page

NARROW = 320

_WIDE_PARTS = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.body.querySelectorAll('*')]
    .filter(one => one.getBoundingClientRect().right > width + 0.5)
    .slice(0, 5).map(one => one.outerHTML.slice(0, 120));
}"""


def wide_parts(page: Page) -> list[str]:
    """The first parts that are wider than the window."""
    found: list[str] = page.evaluate(_WIDE_PARTS)
    return found
