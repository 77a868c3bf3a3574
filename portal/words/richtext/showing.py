"""Stored HTML as a page shows it: a table wider than the screen scrolls in a box of its own, which has a name."""

import re
from html import escape

from markupsafe import Markup

from portal.words.hyphens import joined
from portal.words.i18n import Shown, _, in_language
from portal.words.richtext.reading import plain

_LONG = re.compile(r"\S{28,}")  # letters: the longest words and names that people write have fewer
_WORDS = re.compile(r">[^<]*-[^<]*<")  # between two tags, with a hyphen
_HEADING = re.compile(r"<(/?)h([2-4])>")
_TABLE = re.compile(r"<table>(?:<caption>(.*?)</caption>)?")


def prose(shown: Shown, level: int = 2) -> Markup:
    """The HTML of a text that `clean` has stored, its headings from `level` on and none left out.

    The box of a table has the name of its caption, else "Table".
    """
    html = _below(shown.text, level) if "<h" in shown.text else shown.text
    html = _WORDS.sub(lambda words: joined(words.group()), html)
    if "<table>" not in html:
        return Markup(html)  # noqa: S704  (cleaned when it was stored)
    with in_language(shown.lang):
        html = _TABLE.sub(_boxed, html)
    return Markup(html.replace("</table>", "</table></div>"))  # noqa: S704  (as above)


def breakable(text: str) -> str:
    """Plain words for a page. What is too long for a word, such as the link of a meeting, may break anywhere.

    Only there: where every word may, a narrow column is as narrow as a letter, and ordinary words are cut.
    """
    if isinstance(text, Markup):
        return text
    text = joined(text)
    if not _LONG.search(text):
        return text
    parts, end = [], 0
    for long in _LONG.finditer(text):
        parts += [escape(text[end : long.start()]), f'<span class="long">{escape(long.group())}</span>']
        end = long.end()
    return Markup("".join(parts) + escape(text[end:]))  # noqa: S704  (escaped here)


def _boxed(table: re.Match[str]) -> str:
    name = escape(plain(table.group(1) or "").replace("\n", " ") or _("Table"))
    return f'<div class="sheet" role="region" tabindex="0" aria-label="{name}">{table.group()}'


def _below(html: str, level: int) -> str:
    """Each heading one below the nearest one before it that is larger: whoever goes from heading to heading meets no gap."""
    larger: list[str] = []  # signs of the headings under which the next one stands

    def shifted(tag: re.Match[str]) -> str:
        ends, size = tag.groups()
        if not ends:
            while larger and larger[-1] >= size:
                larger.pop()
            larger.append(size)
        return f"<{ends}h{level + len(larger) - 1}>"

    return _HEADING.sub(shifted, html)
