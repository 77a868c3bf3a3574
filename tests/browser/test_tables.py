"""Tables on a phone and words in narrow places: each value beside its label, each word whole."""

import pytest

from tests.browser.conftest import OpenKind
from tests.browser.kinds import BY_NAME
from tests.browser.reflow import NARROW

LABELLED = """() => [...document.querySelectorAll('.reflow td[data-label]')].flatMap(cell => {
  const range = document.createRange(), left = cell.getBoundingClientRect().left;
  const label = getComputedStyle(cell, '::before'), column = parseFloat(label.width);
  if (label.display === 'block') return [];
  const words = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), found = [];
  while (words.nextNode()) {
    if (!words.currentNode.data.trim() || words.currentNode.parentNode.closest('.vh')) continue;
    range.selectNodeContents(words.currentNode);
    for (const box of range.getClientRects())
      if (box.width > 1 && box.left < left + column - 1) found.push(words.currentNode.data.trim());
  }
  return found;
})"""


@pytest.mark.parametrize(
    "name", ["participants", "event-manage-draft", "network-questions", "events-mine", "organisation-people"]
)
def test_no_value_of_a_narrow_table_stands_under_its_label(open_kind: OpenKind, name: str) -> None:
    page = open_kind(BY_NAME[name], "bg", width=NARROW)
    assert page.locator(".reflow td[data-label]").count() > 0
    assert page.evaluate(LABELLED) == []


CUT_WORDS = """() => {
  const range = document.createRange(), found = [];
  const words = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const node = words.currentNode;
    if (!node.parentNode.closest('.tag, .slot, th, td') || node.parentNode.closest('.vh')) continue;
    for (const word of node.data.matchAll(/[\\p{L}\u00ad]{3,}/gu)) {
      if (word[0].includes('\u00ad')) continue;  // divided with a hyphen where it is divided
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) found.push(word[0]);
    }
  }
  return found;
}"""


@pytest.mark.parametrize("width", [NARROW, 1280])
@pytest.mark.parametrize("name", ["participants", "network-questions", "programme", "event-manage-draft"])
def test_no_word_of_a_table_or_a_tag_is_cut(open_kind: OpenKind, name: str, width: int) -> None:
    page = open_kind(BY_NAME[name], "pl", width=width)
    assert page.evaluate(CUT_WORDS) == []


LINES = """() => [...document.querySelectorAll('main .reflow tbody td[data-label]')]
  .filter(cell => !cell.querySelector('ul, p + p'))
  .map(cell => [cell.innerText, Math.round(
    (cell.clientHeight - parseFloat(getComputedStyle(cell).paddingTop) * 2) / parseFloat(getComputedStyle(cell).lineHeight))])
  .filter(([words, lines]) => lines > 3 && words.length < 60)"""


@pytest.mark.parametrize("name", ["account-devices", "events-mine", "organisation-people", "news-mine"])
def test_no_column_of_a_wide_table_takes_the_room_of_the_others(open_kind: OpenKind, name: str) -> None:
    page = open_kind(BY_NAME[name], "bg", width=1280)
    assert page.locator("main .reflow tbody td[data-label]").count() > 0
    assert page.evaluate(LINES) == []
