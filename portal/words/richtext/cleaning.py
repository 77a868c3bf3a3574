"""The way in: nh3 parses like a browser and drops scripts, our structure is built, bleach has the last look and links.

bleach is no longer maintained; it can go in one edit of this module.
"""

import re
from collections.abc import MutableMapping
from functools import cache, partial
from html import escape
from typing import TYPE_CHECKING, TypeAlias

from portal.ground.errors import Refusal
from portal.words.clean import neutralise
from portal.words.i18n import LazyString, _l, formats
from portal.words.richtext.addresses import SCHEMES, safe_href, safe_picture
from portal.words.richtext.bounds import DROPPED, is_parsable, seen
from portal.words.richtext.structure import READ, REL, WRITTEN, TooDeep, structured

if TYPE_CHECKING:
    import bleach

# Of a link, as bleach gives them: by (namespace, name), and its words by "_text".
Attributes: TypeAlias = MutableMapping[tuple[str | None, str] | str, str]

MAX_BYTES = 200_000
_TAG = re.compile(r"<[A-Za-z/!?]")
_EMPTY_LINES = re.compile(r"\n[ \t]*\n\s*")
# Non-characters, which neutralised text cannot have.
_STAND_INS = (("&amp;", "\ufdd0"), ("&lt;", "\ufdd1"), ("&gt;", "\ufdd2"))


def clean(html: str, *, field: str | None = None) -> str:
    """What is stored for `html`: safe, well-formed, in our structure. Idempotent; empty when there are no words.

    Text without any tag becomes paragraphs at empty lines. Raises Refusal when it is longer than MAX_BYTES.
    """
    _check_length(html, field)
    text = neutralise(html)
    if not _TAG.search(text):
        text = _paragraphs(text)
    # Neutralised again: what was a character reference until now can hide and turn text just as well.
    built = _structured(neutralise(_parsed(_bounded(text, field))), field)
    _check_length(built, field)
    stored = _linked(built)
    if stored.count("<a ") != built.count("<a "):
        stored = _structured(stored, field)  # new links stand where ours do: around <strong>, never inside
    _check_length(stored, field)  # what is stored can be sent again
    return stored


def _bounded(html: str, field: str | None) -> str:
    html = seen(html)
    if not is_parsable(html):
        raise _too_deep(field)
    return html


def _structured(html: str, field: str | None) -> str:
    try:
        return structured(html)
    except TooDeep:
        raise _too_deep(field) from None


def _too_deep(field: str | None) -> Refusal:
    return Refusal(_l("The formatting of this text is too deep. Paste it without formatting."), field=field)


def _linked(built: str) -> str:
    """bleach over what we built. References are hidden from it: it takes &amp;amp; for &amp; and needs long for many."""
    for reference, stand_in in _STAND_INS:
        built = built.replace(reference, stand_in)
    stored = str(_last_look().clean(built))
    for reference, stand_in in _STAND_INS:
        stored = stored.replace(stand_in, reference)
    return stored


def _check_length(html: str, field: str | None) -> None:
    if len(html) > MAX_BYTES or len(html.encode("utf-8", "replace")) > MAX_BYTES:
        limit = LazyString(formats.file_size, MAX_BYTES)
        raise Refusal(_l("The text is longer than %(limit)s. Shorten it or divide it.", limit=limit), field=field)


def _paragraphs(text: str) -> str:
    parts = [escape(part.strip(), quote=False) for part in _EMPTY_LINES.split(text)]
    return "".join("<p>{}</p>".format(part.replace("\n", "<br>")) for part in parts if part)


def _parsed(html: str) -> str:
    import nh3

    return nh3.clean(
        html,
        tags=set(READ),
        clean_content_tags=DROPPED,
        attributes={
            "a": {"href", "style"}, "img": {"src", "alt"}, "abbr": {"title"}, "ol": {"start"}, "li": {"data-aria-level"},
            "table": {"role"}, "td": {"colspan", "rowspan", "role"}, "th": {"colspan", "rowspan"},
            "p": {"style", "class", "role", "aria-level"},
            **{tag: {"style"} for tag in ("b", "strong", "i", "em", "span", "sub", "sup")},
        },
        url_schemes=set(SCHEMES),
        link_rel=None,
        strip_comments=True,
    )  # fmt: skip


@cache
def _last_look() -> "bleach.Cleaner":
    import bleach
    from bleach.linkifier import LinkifyFilter

    linkify = partial(LinkifyFilter, callbacks=[_link], skip_tags={"pre"}, parse_email=False)
    return bleach.Cleaner(
        tags=WRITTEN, attributes=_is_allowed, protocols=SCHEMES, strip=True, strip_comments=True, filters=[linkify]
    )


def _is_allowed(tag: str, name: str, value: str) -> bool:
    if tag == "a":
        return (name == "href" and safe_href(value) is not None) or (name == "rel" and value == REL)
    if tag == "img":
        return name == "alt" or (name == "src" and safe_picture(value) is not None)
    if tag in ("td", "th") and name in ("colspan", "rowspan"):
        return value.isdigit()
    if tag == "th" and name == "scope":
        return value in ("col", "row")
    return (tag, name) == ("abbr", "title") or ((tag, name) == ("ol", "start") and value.isdigit())


def _link(attrs: Attributes, new: bool = False) -> Attributes | None:
    """Every link leaves by the same door; a bare address in the text becomes a link to https."""
    href = attrs.get((None, "href"), "")
    if new and href.startswith("http://") and not attrs.get("_text", "").startswith("http://"):
        href = attrs[(None, "href")] = "https://" + href.removeprefix("http://")
    if safe_href(href) is None:
        return None
    if not href.startswith("/"):
        attrs[(None, "rel")] = REL
    return attrs
