"""Stored HTML as a page shows it: a table wider than the screen scrolls in a box of its own, which has a name."""

import re
from html import escape

from markupsafe import Markup

from portal.words.i18n import Shown, _, in_language
from portal.words.richtext.reading import plain

_TABLE = re.compile(r"<table>(?:<caption>(.*?)</caption>)?")


def prose(shown: Shown) -> Markup:
    """The HTML of a text that `clean` has stored. The box of a table has the name of its caption, else "Table"."""
    if "<table>" not in shown.text:
        return Markup(shown.text)  # noqa: S704  (cleaned when it was stored)
    with in_language(shown.lang):
        html = _TABLE.sub(_boxed, shown.text)
    return Markup(html.replace("</table>", "</table></div>"))  # noqa: S704  (as above)


def _boxed(table: re.Match[str]) -> str:
    name = escape(plain(table.group(1) or "").replace("\n", " ") or _("Table"))
    return f'<div class="sheet" role="region" tabindex="0" aria-label="{name}">{table.group()}'
