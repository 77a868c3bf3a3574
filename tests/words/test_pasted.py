"""What office programs and mail programs put into the clipboard keeps its meaning: lists, headings, tables, small signs."""

import contextlib
import time
from pathlib import Path

import pytest
from markupsafe import Markup

from portal.ground.errors import Refusal
from portal.words.i18n import Shown
from portal.words.richtext import MAX_BYTES, breakable, clean, plain, prose
from portal.words.richtext.bounds import MOST_OPEN, is_parsable

SAMPLES = sorted((Path(__file__).resolve().parents[1] / "vectors" / "clipboard").glob("*.html"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_what_a_program_copies_is_stored_with_its_meaning(sample: Path) -> None:
    stored = clean(sample.read_text("utf-8"))
    assert stored == sample.with_suffix(".stored").read_text("utf-8").strip()
    assert clean(stored) == stored


def test_seven_programs_stand_in_the_samples() -> None:
    assert len(SAMPLES) == 7


def test_the_markup_of_word_is_not_deep_however_many_styles_it_lists() -> None:
    styles = '<w:LsdException Locked="false" Name="x"/>' * 2_500
    for island in (f"<!--[if gte mso 9]><xml>{styles}</xml><![endif]-->", f"<xml>{styles}</xml>", styles):
        assert clean(f"{island}<p class=MsoNormal>Zebranie<o:p/></p>") == "<p>Zebranie</p>"


@pytest.mark.parametrize(("sign", "tag"), [("·", "ul"), ("o", "ul"), ("§", "ul"), ("–", "ul"), ("\uf0b7", "ul"),
                                           ("1.", "ol"), ("a)", "ol"), ("(i)", "ol"), ("1.1.", "ol")])  # fmt: skip
def test_every_sign_of_word_begins_an_item(sign: str, tag: str) -> None:
    drawn = f"<span style='mso-list:Ignore'>{sign}<span>&nbsp;&nbsp;</span></span>"
    sent = f"<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>{drawn}Plan</p>"
    assert clean(sent) == f"<{tag}><li>Plan</li></{tag}>"


@pytest.mark.parametrize("words", ["§ 5. Zebranie", "– Tak, odparła.", "o godzinie 10", "1. maja", "a) i b)", "№ 3"])
def test_a_sign_in_an_ordinary_paragraph_stays_a_word(words: str) -> None:
    assert clean(f"<p class=MsoNormal>{words}</p>") == f"<p>{words}</p>"


def test_an_indented_paragraph_of_word_without_a_sign_is_no_item() -> None:
    assert clean("<p class=MsoListParagraph>o godzinie 10</p>") == "<p>o godzinie 10</p>"


def test_the_number_of_a_heading_stays() -> None:
    sent = "<h2 style='mso-list:l3 level1 lfo4'><span style='mso-list:Ignore'>IV. </span>Kosztorys</h2>"
    assert clean(sent) == "<h2>IV. Kosztorys</h2>"


def test_a_list_beside_its_item_makes_no_empty_number() -> None:
    stored = clean("<ol><li>a</li><ol><li>b</li></ol><li>c</li></ol>")
    assert stored == "<ol><li>a<ol><li>b</li></ol></li><li>c</li></ol>"


def test_after_the_deepest_list_the_rest_stays_numbered() -> None:
    deep = "<ul><li>x" * 9 + "</li></ul>" * 9
    stored = clean(f"<ol><li>a{deep}</li><li>b</li></ol>")
    assert stored.startswith("<ol><li>a<ul>")
    assert stored.endswith("</li><li>b</li></ol>")
    assert stored.count("x") == 9


def test_a_numbered_list_goes_on_after_what_stands_between() -> None:
    assert clean("<ol start=3><li>a</li></ol>") == '<ol start="3"><li>a</li></ol>'
    assert clean("<ol><li>a</li><hr><li>b</li></ol>") == '<ol><li>a</li></ol><hr><ol start="2"><li>b</li></ol>'
    for number in ("1", "-3", "x", ""):
        assert clean(f"<ol start='{number}'><li>a</li></ol>") == "<ol><li>a</li></ol>"


def test_a_table_that_only_arranges_is_read_for_its_words() -> None:
    assert (
        clean("<table><tr><td><h2>A</h2><p>b</p></td></tr><tr><td>c</td></tr></table>") == "<h2>A</h2><p>b</p><p>c</p>"
    )
    inner = "<table><tr><td>a<td>b<tr><td>c<td>d</table>"
    data = "<table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></tbody></table>"
    assert clean(f"<table><tr><td>x<td>y<tr><td>{inner}<td>z</table>") == f"<p>x y</p>{data}<p>z</p>"
    assert clean("<table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>") == "<p>a b</p><p>c d</p>"


def test_cells_span_no_further_than_their_table() -> None:
    stored = clean("<table><tr><th rowspan=9 colspan=999>a<th>b<tr><td rowspan=5>c<td>d<tr><td>e</table>")
    assert 'colspan="50" scope="col">a' in stored
    assert 'rowspan="2">c' in stored
    assert stored.count("rowspan") == 1


def test_a_picture_in_a_table_follows_it() -> None:
    picture = f'<img alt="A" src="/media/{"0a" * 32}.webp">'
    stored = clean(f"<table><tr><td>a{picture}<td>b<tr><td>c<td>d</table>")
    assert stored.endswith(f"</table><figure>{picture}</figure>")


def test_an_empty_table_is_none() -> None:
    assert clean("<table><tr><td><td><tr><td>&nbsp;<td></table>") == ""


def test_words_of_a_table_stand_in_lines_of_cells() -> None:
    sent = (
        "<table><caption>Dyżury</caption><tr><th>Kto<th>Kiedy<tr><td>Ala<br>Ola<td>wtorek</table><p>10<sup>2</sup></p>"
    )
    assert plain(clean(sent)) == "Dyżury\nKto | Kiedy\nAla Ola | wtorek\n10²"


def test_a_table_scrolls_in_a_box_that_a_keyboard_reaches_and_that_has_a_name() -> None:
    table = "<table>{}<tr><td>a<td>b<tr><td>c<td>d</table>"
    named = prose(Shown(clean(table.format('<caption>A &amp; "b"</caption>')), "bg", True, False, True))
    assert named.startswith('<div class="sheet" role="region" tabindex="0" aria-label="A &amp; &quot;b&quot;"><table>')
    assert named.endswith("</table></div>")
    assert 'aria-label="Таблица"' in prose(Shown(clean(table.format("")), "bg", True, False, True))


def test_only_what_is_too_long_for_a_word_may_break_anywhere() -> None:
    assert breakable("Dolnośląska Konstantynopolitańczyk <b>") == "Dolnośląska Konstantynopolitańczyk <b>"
    link = "https://meet.example.org/<b>&" + "a" * 99
    shown = f'<span class="long">https://meet.example.org/&lt;b&gt;&amp;{"a" * 99}</span>'
    assert breakable(f"A & {link} b") == f"A &amp; {shown} b"
    assert breakable(Markup(shown)) == shown


BOMBS = {
    "formatting opened again in every paragraph": "<p>" + "".join(f"<b style=x{n}>" for n in range(150)) + "<p>x" * 40_000,
    "hidden after an open comment": "<style><!--</style>" + "<div>" * 39_000,
    "hidden in an attribute": "<p a='><!--'>" + "<div>" * 39_000,
    "hidden in foreign markup": "<svg><style>" + "<div>" * 39_000,
    "elements of Office that never end": "<o:p>" * 20_000 + "</b:b>" * 13_000,
    "open comments": "<!--" * 50_000, "open programs": "<style" * 33_000, "open declarations": "<!" * 99_000,
    "rows": "<table>" + "<tr><td>a<td>b" * 14_000, "spans": "<table>" + "<tr><td rowspan=9>a<td colspan=9>b" * 5_000,
    "items": "<ol>" + "<li data-aria-level=9>a<li data-aria-level=1>b" * 4_000, "numbers": "<ol start=9999999999>" * 9_000,
    "signs": "<p class=MsoListParagraph>" + "1.&nbsp;" * 24_000,
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_no_text_costs_more_than_its_length(bomb: str) -> None:
    began = time.process_time()
    with contextlib.suppress(Refusal):
        assert len(clean(bomb)) <= MAX_BYTES
    assert time.process_time() - began < 5


def test_formatting_that_is_opened_again_briefly_is_refused() -> None:
    opened = "<p>" + "".join(f"<b style=x{n}>" for n in range(150))
    with pytest.raises(Refusal) as refused:
        clean(opened + "<p>x" * 1_500, field="body")
    assert refused.value.field == "body"
    assert clean("<p><b><i>" + "<p>x" * 5_000).startswith("<p><strong><em>x</em></strong></p>")


@pytest.mark.parametrize("tag", ["div", "ul", "x"])
def test_a_parser_would_need_the_square_of_what_is_open_so_it_is_counted_before(tag: str) -> None:
    assert is_parsable(f"<{tag}>" * MOST_OPEN)
    assert not is_parsable(f"<{tag}>" * (MOST_OPEN + 1))
    assert is_parsable(f"<{tag}>a</{tag}>" * (MOST_OPEN * 2))
