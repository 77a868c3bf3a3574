"""What office programs put into the clipboard, pasted into the visual editor, saved and opened again."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

from tests.browser.stage import ORGANISATION
from tests.browser.walk import Walk
from tests.fixtures.browser import OpenPage
from tests.support.servers import LivePortal

CLIPBOARD = Path(__file__).resolve().parents[1] / "vectors" / "clipboard"
SAMPLES = sorted(CLIPBOARD.glob("*.html"))
COPY = """html => document.addEventListener("copy", event => {
  event.clipboardData.setData("text/html", html);
  event.clipboardData.setData("text/plain", "x");
  event.preventDefault();
  event.stopImmediatePropagation();
}, {once: true, capture: true})"""


@pytest.fixture
def writer(open_as: OpenPage, site: LivePortal) -> Walk:
    writer = Walk(open_as("owner", language="pl"), site, "pl")
    writer.go(f"organisations/{ORGANISATION}/news/new")
    return writer


def paste(page: Page, html: str) -> None:
    """By keyboard, out of the clipboard."""
    page.locator("main trix-editor").focus()
    page.evaluate(COPY, html)
    page.keyboard.press("Control+c")
    page.keyboard.press("Control+v")


def paste_and_wait(page: Page, html: str) -> None:
    with page.expect_response("**/pasted"):
        paste(page, html)
    page.wait_for_function("() => !document.querySelector('main trix-editor[aria-busy]')")


def saved(writer: Walk) -> str:
    """What is stored, as the form shows it when it is opened again."""
    writer.send(title="Wklejone", lead="Krótko.")
    writer.go(f"news/{writer.part('news')}/edit")
    return one_blank(writer.page.locator("main [name=body]").input_value())


def one_blank(html: str) -> str:
    """Trix writes every other of several blanks as one that does not break."""
    return re.sub("(?:[ \u00a0]|&nbsp;)+", " ", html)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_what_was_pasted_is_stored_with_its_meaning(writer: Walk, sample: Path) -> None:
    paste_and_wait(writer.page, sample.read_text("utf-8"))
    assert saved(writer) == one_blank(sample.with_suffix(".stored").read_text("utf-8").strip())


def test_lists_of_word_are_seen_in_the_visual_editor_and_words_stay_where_they_were(writer: Walk) -> None:
    editor = writer.page.locator("main trix-editor")
    editor.press_sequentially("Przed")
    item = "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>{}</p>"
    paste_and_wait(writer.page, item.format("m<sup>2</sup>") + item.format("Ławka"))
    assert editor.locator("ul > li").all_inner_texts()[-1] == "Ławka"
    assert saved(writer) == "<p>Przed</p><ul><li>m<sup>2</sup></li><li>Ławka</li></ul>"


def test_a_table_goes_into_the_middle_of_what_was_written_and_the_field_says_why_it_changes(writer: Walk) -> None:
    page = writer.page
    editor = page.locator("main trix-editor")
    editor.press_sequentially("PrzedPo")
    for place in (7, 6, 5):  # it hears late: a key that comes before the one before was heard is lost
        page.wait_for_function(f"() => document.querySelector('trix-editor').editor.getSelectedRange()[0] === {place}")
        if place > 5:
            editor.press("ArrowLeft")
    paste_and_wait(page, "<table><tr><td>a<td>b<tr><td>c<td>d</table>")
    assert editor.count() == 0
    area = page.locator("main [name=body]")
    assert area.is_visible()
    assert area.evaluate("one => one === document.activeElement")
    told = [page.locator(f"#{name}") for name in str(area.get_attribute("aria-describedby")).split()]
    assert any(one.is_visible() and "HTML" in one.inner_text() for one in told)
    table = "<table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></tbody></table>"
    assert saved(writer) == f"<p>Przed</p>{table}<p>Po</p>"


def test_without_an_answer_the_editor_reads_the_clipboard_by_itself(writer: Walk) -> None:
    def away(route: Route) -> None:
        route.abort()

    writer.page.route("**/pasted", away)
    paste(writer.page, "<ul><li>Ławka</li></ul>")
    writer.page.locator("main trix-editor li").wait_for()
    assert saved(writer) == "<ul><li>Ławka</li></ul>"


def test_what_is_too_long_is_not_sent_and_what_says_nothing_is_not_counted(writer: Walk) -> None:
    page = writer.page
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    long = "ą" * 110_000
    paste(page, f"<p>Ławka</p><p>{long}</p>")
    page.locator("main trix-editor p").nth(1).wait_for()
    assert not [url for url in sent if url.endswith("/pasted")]
    page.keyboard.press("Control+a")
    paste_and_wait(page, f"<!--{long}--><style>{long}</style><p>Ławka</p>")
    assert page.locator("main trix-editor").inner_text().strip() == "Ławka"


def test_a_form_sent_meanwhile_waits_for_what_was_pasted(writer: Walk) -> None:
    page = writer.page
    held: list[Route] = []
    page.route("**/pasted", lambda route: held.append(route))
    page.fill("main [name=title]", "Wklejone")
    page.fill("main [name=lead]", "Krótko.")
    paste(page, "<p>Później</p>")
    page.wait_for_function("() => document.querySelector('main trix-editor[aria-busy]')")
    page.locator("main form [type=submit]").first.click()
    assert page.url.endswith("/news/new")
    with page.expect_navigation():
        held[0].continue_()
    writer.go(f"news/{writer.part('news')}/edit")
    assert page.locator("main [name=body]").input_value() == "<p>Później</p>"
