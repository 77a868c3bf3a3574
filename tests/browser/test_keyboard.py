"""The keyboard goes through a whole page: skip links first, then in the order of the text, seen all the way, and out again."""

import pytest

from tests.browser.conftest import OpenKind
from tests.browser.kinds import BY_NAME

# What has the focus: its place in the text, whether it is on the screen, and what lies over its middle (WCAG 2.2, 2.4.11).
STOP = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const seen = [one, ...(one.labels || [])].filter(part => part.getClientRects().length);
  const uncovered = seen.some(part => [...part.getClientRects()].some(box => {
    const x = box.left + box.width / 2, y = box.top + box.height / 2;
    const top = document.elementFromPoint(x, y);
    return top && (part.contains(top) || top.contains(part) || [...(one.labels || [])].some(label => label.contains(top)));
  }));
  return {
    place: [...document.querySelectorAll('*')].indexOf(one), uncovered,
    skip: one.matches('.skip, .skip *'), href: one.getAttribute('href'), what: one.outerHTML.slice(0, 160),
  };
}"""
# What can be reached: of a group of radios one, of a closed part nothing but its summary.
REACHABLE = """() => {
  const all = [...document.querySelectorAll('*')], groups = new Set();
  return all.filter(one => one.tabIndex >= 0 && !one.disabled && !one.matches('[type=hidden]') && one !== document.body
      && (one.closest('.skip') || one.checkVisibility({checkVisibilityCSS: true})))
    .filter(one => {
      if (one.type !== 'radio') return true;
      const group = [...document.getElementsByName(one.name)].filter(other => other.form === one.form);
      return one === (group.find(other => other.checked) || group[0]);
    }).map(one => all.indexOf(one));
}"""
MOST = 400
PAGES = (
    "home",
    "directory",
    "directory-map",
    "profile",
    "organisation-who-sees",
    "import-shown",
    "claim",
    "registration",
)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_tab_passes_every_control_once_in_the_order_of_the_text(open_kind: OpenKind, name: str, width: int) -> None:
    page = open_kind(BY_NAME[name], "pl", width=width)
    reachable, stops = page.evaluate(REACHABLE), []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or (stops and stop["place"] == stops[0]["place"]):
            break
        stops.append(stop)
    places = [stop["place"] for stop in stops]
    assert len(stops) < MOST, f"a trap: {stops[-1]['what']}"
    assert places == sorted(set(places)), "the keyboard jumps"
    assert places == reachable
    assert [stop["what"] for stop in stops if not stop["uncovered"]] == []
    skips = [stop["href"] for stop in stops if stop["skip"]]
    assert [stop["href"] for stop in stops[: len(skips)]] == skips and skips[0] == "#content"
    assert {"#content", "#menu"} <= set(skips)


def test_what_lies_over_the_focus_is_seen(open_kind: OpenKind) -> None:
    page = open_kind(BY_NAME["about"], "pl")
    for _ in range(4):
        page.keyboard.press("Tab")
    assert page.evaluate(STOP)["uncovered"]
    page.evaluate(
        """() => { const over = document.createElement('div'); document.body.append(over);
             Object.assign(over.style, {position: 'fixed', inset: 0}); }"""
    )
    assert not page.evaluate(STOP)["uncovered"]
