"""Stored HTML is safe, of our structure and stable, whatever is sent."""

import contextlib
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.ground.errors import Refusal
from portal.words.i18n import Shown
from portal.words.richtext import MAX_BYTES, clean, excerpt, lines, plain, prose
from portal.words.richtext.addresses import safe_href
from portal.words.richtext.bounds import DROPPED
from portal.words.richtext.structure import DEEPEST

PAYLOADS = (Path(__file__).resolve().parents[1] / "vectors" / "xss_payloads.txt").read_text("utf-8").split("\n%%\n")
OURS = f"/media/{'0a' * 32}.webp"

ALLOWED: dict[str, set[str]] = {
    **{tag: set() for tag in "h2 h3 h4 p ul li blockquote strong em sub sup br hr figure".split()},
    **{tag: set() for tag in "table caption thead tbody tr".split()},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "a": {"href", "rel"},
    "abbr": {"title"},
    "img": {"src", "alt"},
}
WORDS = {"a", "abbr", "strong", "em", "sub", "sup", "br"}
INSIDE = {
    "ul": {"li"}, "ol": {"li"}, "figure": {"img"}, "blockquote": {"p", "ul", "ol"},
    "body": {"h2", "h3", "h4", "p", "ul", "ol", "blockquote", "hr", "figure", "table"},
    "table": {"caption", "thead", "tbody"}, "thead": {"tr"}, "tbody": {"tr"}, "tr": {"td", "th"},
    **{tag: {*WORDS, "ul", "ol"} for tag in ("td", "th", "li", "caption")}, "p": WORDS,
}  # fmt: skip


def elements(html: str) -> Iterator[tuple[str, str, dict[Any, str]]]:
    """(parent, tag, attributes) of each element, as a browser reads the HTML."""

    def walk(node: Any) -> Iterator[tuple[str, str, dict[Any, str]]]:
        for child in node:
            assert isinstance(child.tag, str), f"a comment: {html}"
            yield node.tag, child.tag, dict(child.attrib)
            yield from walk(child)

    document = html5lib.parse(f"<!doctype html><body>{html}", namespaceHTMLElements=False)
    yield from walk(document.find("body"))


def assert_safe(html: str) -> None:
    for parent, tag, attributes in elements(html):
        assert tag in ALLOWED, html
        assert set(attributes) <= ALLOWED[tag], html
        assert parent not in INSIDE or tag in INSIDE[parent], f"{tag} in {parent}: {html}"
        if tag == "a":
            assert re.match(r"(https?://[^/]|mailto:\w|tel:[\w+]|/(?!/))", attributes["href"]), html
        if tag == "img":
            assert re.fullmatch(r"/media/[0-9a-f]{64}\.webp", attributes["src"]), html


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_is_disarmed(payload: str) -> None:
    stored = clean(payload)
    assert_safe(stored)
    assert clean(stored) == stored
    words = "".join(html5lib.parse(f"<body>{stored}", namespaceHTMLElements=False).itertext())
    for program in ("alert(", "alert`"):
        if program in words:  # only what was text for a browser too may stay as text
            assert program in "".join(html5lib.parse(f"<body>{payload}", namespaceHTMLElements=False).itertext())


def test_corpus_is_large() -> None:
    assert len(PAYLOADS) >= 100
    assert len(set(PAYLOADS)) == len(PAYLOADS)


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("", ""),
        ("   \n\n ", ""),
        ("One line", "<p>One line</p>"),
        ("One\n\nTwo & <3\nstill two", "<p>One</p><p>Two &amp; &lt;3<br>still two</p>"),
        ("R&amp;D", "<p>R&amp;amp;D</p>"),
        ("<p>&amp;amp;amp;lt; &lt;b&gt;</p>", "<p>&amp;amp;amp;lt; &lt;b&gt;</p>"),
        ("<p>http://a.pl/?a=1&amp;b=2</p>",
         '<p><a href="http://a.pl/?a=1&amp;b=2" rel="nofollow ugc">http://a.pl/?a=1&amp;b=2</a></p>'),
        ("<div>One<br><br>Two<br>three</div><div><br></div>", "<p>One</p><p>Two<br>three</p>"),
        ("<h1>Title</h1><h2>Two</h2><h5>Five</h5>", "<h2>Title</h2><h2>Two</h2><h4>Five</h4>"),
        ("text <b>bold</b> tail", "<p>text <strong>bold</strong> tail</p>"),
        ("<strong></strong><p></p><p>&nbsp;</p><em> </em>", ""),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li>a<br>b</li></ul>"),
        ("<li>a</li>b", "<ul><li>a</li></ul><p>b</p>"),
        ("<blockquote>q<p>r</p></blockquote>s", "<blockquote><p>q</p><p>r</p></blockquote><p>s</p>"),
        ("a<hr>b", "<p>a</p><hr><p>b</p>"),
        ("<b><p>x</p><p>y</p></b>", "<p><strong>x</strong></p><p><strong>y</strong></p>"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "<p>a b</p>"),
        ("<pre>a\n  b</pre>", "<p>a<br>b</p>"),
        ("<abbr title='non-governmental'>NGO</abbr>", '<p><abbr title="non-governmental">NGO</abbr></p>'),
        (f"<p>a<img src='{OURS}' alt='A \"b\"' onerror=x>b</p>",
         f'<p>a</p><figure><img alt="A &quot;b&quot;" src="{OURS}"></figure><p>b</p>'),
        ("<img src='https://example.org/x.png' alt='x'>", ""),
        ("<a href='/pl/news'>here</a>", '<p><a href="/pl/news">here</a></p>'),
        ("<a href='www.example.org'>x</a>", '<p><a href="https://www.example.org" rel="nofollow ugc">x</a></p>'),
        ("<a href='anna@example.org'>x</a>", '<p><a href="mailto:anna@example.org" rel="nofollow ugc">x</a></p>'),
        ("<a href='javascript:123'>x</a>", "<p>x</p>"),
        ("see www.example.org.",
         '<p>see <a href="https://www.example.org" rel="nofollow ugc">www.example.org</a>.</p>'),
        ("see http://example.org/a",
         '<p>see <a href="http://example.org/a" rel="nofollow ugc">http://example.org/a</a></p>'),
        ("<p>a&#x202e;b&#8203;c&#1;d</p>", "<p>abcd</p>"),
        ("<p>a\x00b\u202ec\ufeff</p>", "<p>abc</p>"),
        ("<p>Łódź и София</p>", "<p>Łódź и София</p>"),
    ],
)  # fmt: skip
def test_what_is_stored(sent: str, stored: str) -> None:
    assert clean(sent) == stored
    assert clean(stored) == stored


def test_paste_from_word_is_read_for_its_meaning() -> None:
    sent = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{color:red}</style></head><body>
    <!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
    <p class=MsoNormal style='margin:0cm'><b><span lang=PL style='font-size:14.0pt'>Zebranie<o:p></o:p></span></b></p>
    <p class=MsoNormal><o:p>&nbsp;</o:p></p>
    <p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span><![endif]>
    Plan</p>
    <p class=MsoListParagraph>·&nbsp; Wybory</p><p class=MsoNormal>Koniec</p></body></html>"""
    assert clean(sent) == ("<p><strong>Zebranie</strong></p><ul><li>Plan</li><li>Wybory</li></ul><p>Koniec</p>")


def test_paste_from_google_docs_is_not_all_bold() -> None:
    sent = (
        '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr" style="line-height:1">'
        '<span style="font-size:11pt;font-weight:700;font-style:normal">Bold</span><span style="font-weight:400"> and </span>'
        '<span style="font-weight:400;font-style:italic">italic</span></p><br><ul><li dir="ltr"><p role="presentation">'
        "<span>Item</span></p></li></ul></b>"
    )
    assert clean(sent) == "<p><strong>Bold</strong> and <em>italic</em></p><ul><li>Item</li></ul>"


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", "JaVaScRiPt:1", "java\nscript:1", "\x01javascript:1", " javascript:1", "java\u200bscript:1",
     "vbscript:1", "data:1", "data:text/html,x", "file:///etc/passwd", "//evil.example", "/\\evil.example", "\\\\evil",
     "http:evil", "http://", "https://user@evil.example", "https://good.example@evil.example", "https://x:99999/",
     "mailto:", "tel:", "blob:https://x", "about:blank", "feed:javascript:1", "http://[",
     "javascript://good.example/%0aalert(1)", "ftp://good.example/", "x" * 3000, "", "#", "?a=1"],
)  # fmt: skip
def test_unsafe_address_is_no_link(href: str) -> None:
    assert safe_href(href) is None


def test_too_long_is_refused() -> None:
    for sent in ("x" * (MAX_BYTES + 1), "ъ" * (MAX_BYTES // 2 + 1), "<p>" + "&" * MAX_BYTES, "&" * (MAX_BYTES // 2)):
        with pytest.raises(Refusal) as refused:
            clean(sent, field="body")
        assert refused.value.field == "body"


BOMBS = {
    "div": "<div>" * 40_000, "b": "<b>" * 66_000, "b_p": "<b><p>" * 33_000, "ul": "<ul><li>" * 25_000,
    "table": "<table>" * 28_000, "svg": "<svg>" * 40_000, "font": "".join(f"<b style=x{n}>" for n in range(14_000)),
    "hidden": "<x><div></x></div>" * 11_000, "comments": "<div><!--</div>-->" * 11_000, "quotes": "<!--" * 50_000,
    "less": "<" * 49_000, "and": "&" * 39_000, "mail": "a@" * 95_000, "dots": "a." * 95_000, "links": "www." * 49_000,
    "breaks": "a<br>" * 39_000, "attributes": "<p " + "a=1 " * 49_000 + ">",
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS)
def test_bomb_is_refused_or_cleaned_soon(bomb: str) -> None:
    began = time.process_time()
    with contextlib.suppress(Refusal):
        assert len(clean(BOMBS[bomb])) <= MAX_BYTES
    assert time.process_time() - began < 10  # quadratic work would take minutes; ordinary is below 1


FRAGMENTS = st.sampled_from(
    ["<table><tr><td>a<td>b<tr><td>", "<th>", "</td>", "<tr>", "<thead>", "</tr>", "<caption>", "</caption>", "<td colspan=3>",
     "<td rowspan=9>", "<table role=none>", "<sup>", "</sup>", "<sub>", "<ol start=4>", "<li data-aria-level=2>",
     "<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'>", "<span style='mso-list:Ignore'>", "1.&nbsp;", "</ol>", "</ul>",
     "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<i>", "</i>", "<ul>", "</ul>", "<ol>", "<li>", "</li>", "<br>", "<hr>",
     "<blockquote>", "</blockquote>", "<h1>", "</h1>", "<h3>", "</h3>", "<a href=/x>", "<a href='javascript:1'>", "</a>",
     f"<img src={OURS}>", "<table>", "<tr>", "<td>", "</table>", "<pre>", "</pre>", "<span style='font-weight:700'>",
     "</span>", "<script>", "</script>", "<!--", "-->", "<svg>", "<math>", "<style>", "<abbr title=x>", "</abbr>", " ", "\n",
     "\n\n", "&nbsp;", "·", "&lt;", "&amp;", "amp;", "&quot;", "<abbr title=\"'&amp;<>\">", "&",
     "<", ">", '"', "www.example.org", "http://a.pl/?a=1&b", "Ala", "кот", "\x00", "\u202e"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(FRAGMENTS | st.text(max_size=4), max_size=25).map("".join))
@example("<ol start=4><li data-aria-level=2><table><tr><td>a<td>b<tr><td>")  # a table ends the list around it
def test_anything_is_safe_and_stable(sent: str) -> None:
    stored = clean(sent)
    assert_safe(stored)
    assert clean(stored) == stored
    assert "\n".join(line.words for line in lines(stored)) == plain(stored)


@settings(deadline=None)
@given(st.text())
def test_any_text_is_safe_and_stable(sent: str) -> None:
    stored = clean(sent)
    assert_safe(stored)
    assert clean(stored) == stored


def test_plain_has_a_line_for_each_block() -> None:
    html = "<h2>Title</h2><p>One <strong>two</strong><br>three &amp; four</p><ul><li>a<ul><li>b</li></ul></li></ul>"
    html += f'<figure><img alt="Picture" src="{OURS}"></figure>'
    assert plain(html) == "Title\nOne two\nthree & four\na\nb\nPicture"


def test_lines_know_what_they_are() -> None:
    html = (
        "<h2>Title</h2><p>One</p><ol><li>a<ul><li>b</li></ul></li><li><p>c</p></li></ol><blockquote><p>d</p><p>e</p>"
        "</blockquote><p>f</p><table><tbody><tr><td>g</td><td>h</td></tr></tbody></table>"
    )
    assert [(line.kind, line.words) for line in lines(html)] == [
        ("heading", "Title"), ("paragraph", "One"), ("step", "a"), ("item", "b"), ("step", "c"), ("quote", "d"),
        ("quote", "e"), ("paragraph", "f"), ("paragraph", "g | h"),
    ]  # fmt: skip


def test_excerpt_is_cut_between_words() -> None:
    html = "<p>Jeden dwa, trzy</p><p>cztery</p>"
    assert excerpt(html, 100) == "Jeden dwa, trzy cztery"
    assert excerpt(html, 12) == "Jeden dwa…"
    assert excerpt(html, 16) == "Jeden dwa, trzy…"
    assert excerpt("<p>" + "x" * 50 + "</p>", 10) == "x" * 9 + "…"


@pytest.mark.parametrize("tag", sorted(DROPPED - {"head", "frameset", "embed", "plaintext"}))  # those hold no words
def test_programs_and_foreign_markup_go_with_their_words(tag: str) -> None:
    assert "sekret" not in clean(f"<p>Lipa</p><{tag}>sekret</{tag}>")


def test_text_that_is_nested_too_deep_is_refused_and_what_people_paste_is_not() -> None:
    with pytest.raises(Refusal):
        clean("<div><blockquote>" * DEEPEST + "a", field="body")
    assert clean("<div>" * 60 + "a") == "<p>a</p>"


@pytest.mark.parametrize("raw", [" https://example.org/a", "\u200bhttps://example.org/a", "https://example.org/a\n"])
def test_blanks_and_marks_around_an_address_go(raw: str) -> None:
    assert safe_href(raw) == "https://example.org/a"


@pytest.mark.parametrize(
    ("written", "level", "shown"),
    [("234", 3, "345"), ("33232", 2, "22232"), ("424", 2, "223"), ("2442", 2, "2332"), ("34343", 3, "34343")],
)
def test_headings_of_people_stand_below_the_heading_of_the_page_without_a_gap(
    written: str, level: int, shown: str
) -> None:
    def html(sizes: str) -> str:
        return "".join(f"<h{size}>a</h{size}><p>b</p>" for size in sizes)

    assert prose(Shown(html(written), "pl", False, False, False), level) == html(shown)
