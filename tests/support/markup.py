"""What is checked of every HTML page that a test ever fetches."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib

from portal.words.hyphens import JOINER

LANGUAGES = ("pl", "bg", "en")
XHTML = "{http://www.w3.org/1999/xhtml}"
CONTROLS = frozenset({"input", "select", "textarea"})
UNLABELLED_INPUTS = frozenset({"hidden", "submit", "button", "reset", "image"})
DATA_SCRIPTS = frozenset({"application/json", "application/ld+json"})
REFERENCES = ("aria-describedby", "aria-labelledby", "aria-controls", "aria-owns", "aria-errormessage", "list", "form")


class Page:
    """A parsed page: `errors` of the HTML parser, and elements by tag."""

    def __init__(self, html: str) -> None:
        parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), strict=False)
        self.root: Element = parser.parse(html)
        self.errors = [f"line {position[0]}: {code} {values or ''}".strip() for position, code, values in parser.errors]
        self.parents = {child: parent for parent in self.root.iter() for child in parent}

    def all(self, *tags: str) -> Iterator[Element]:
        for element in self.root.iter():
            if tag_of(element) in tags:
                yield element

    def ancestors(self, element: Element) -> Iterator[Element]:
        while element in self.parents:
            element = self.parents[element]
            yield element

    @property
    def ids(self) -> Counter[str]:
        return Counter(element.get("id", "") for element in self.root.iter() if element.get("id") is not None)


def tag_of(element: Element) -> str:
    return element.tag.removeprefix(XHTML) if isinstance(element.tag, str) else ""


def text_of(element: Element) -> str:
    """The text that a reader meets: words inside, and the alternatives of pictures."""
    parts = [element.text or ""]
    for child in element:
        parts += [child.get("alt") or child.get("aria-label") or "", text_of(child), child.tail or ""]
    return " ".join(" ".join(parts).split())


@lru_cache(maxsize=4)
def parsed(html: str) -> Page:
    """The page, only to be read: whoever checks it and then sends its form parses it once, which takes a while."""
    return Page(html)


def problems(html: str, path: str = "/en/") -> list[str]:
    """Everything that is wrong with a page at an address; empty for a good one."""
    page = parsed(html)
    return [
        *(f"HTML: {error}" for error in page.errors),
        *_head(page, path),
        *_references(page),
        *_inline_code(page),
        *_names(page),
    ]


def _head(page: Page, path: str) -> Iterator[str]:
    headings = list(page.all("h1"))
    if len(headings) != 1:
        yield f"{len(headings)} h1 instead of one"
    if any(not text_of(heading) for heading in headings):
        yield "empty h1"
    titles = [text_of(title) for title in page.all("title") if tag_of(page.parents[title]) == "head"]
    if len(titles) != 1 or not titles[0]:
        yield "no title"
    wanted = urlsplit(path).path.split("/")[1] if path.count("/") else ""
    language = page.root.get("lang")
    if language not in LANGUAGES or (wanted in LANGUAGES and language != wanted):
        yield f"lang is {language!r} at {path}"
    for element in page.root.iter():
        if element.get("lang") == "":
            yield f"empty lang on <{tag_of(element)}>"


def _references(page: Page) -> Iterator[str]:
    ids = page.ids
    for name, times in ids.items():
        if times > 1 or not name or re.search(r"\s", name):
            yield f"id {name!r} {times} times"
    for element in page.root.iter():
        for attribute in REFERENCES:
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    yield f"{attribute} of <{tag_of(element)}> names the missing id {name!r}"
    for label in page.all("label"):
        if label.get("for") and label.get("for") not in ids:
            yield f"a label is for the missing id {label.get('for')!r}"
    for link in page.all("a"):
        target = link.get("href") or ""
        if target.startswith("#") and target != "#" and target[1:] not in ids:
            yield f"a link goes to the missing {target}"


def _inline_code(page: Page) -> Iterator[str]:
    for element in page.root.iter():
        tag = tag_of(element)
        for attribute in element.attrib:
            if attribute == "style" or re.fullmatch(r"on[a-z]+", str(attribute)):
                yield f"inline {attribute} on <{tag}>"
        for attribute in ("href", "src", "action", "formaction"):
            if (element.get(attribute) or "").strip().lower().startswith("javascript:"):
                yield f"javascript: in {attribute} of <{tag}>"
        if tag == "style" or (tag == "script" and not element.get("src") and element.get("type") not in DATA_SCRIPTS):
            yield f"inline <{tag}>"
        source = element.get("src") or (element.get("href") if tag == "link" and _fetches(element) else "") or ""
        if urlsplit(source).netloc:
            yield f"<{tag}> fetches from another host: {source}"


def _fetches(link: Element) -> bool:
    return bool({"stylesheet", "icon", "preload", "modulepreload"} & set((link.get("rel") or "").split()))


def _names(page: Page) -> Iterator[str]:
    for image in page.all("img"):
        if image.get("alt") is None:
            yield f"a picture without alt: {image.get('src')}"
    for element in page.all(*CONTROLS):
        kind = (element.get("type") or "text").lower()
        if tag_of(element) == "input" and kind in UNLABELLED_INPUTS:
            continue
        if not _label(page, element):
            yield f"a control without a label: {element.get('name') or element.get('id')}"
    for element in page.all("button", "a"):
        if (tag_of(element) == "button" or element.get("href")) and not (text_of(element) or _label(page, element)):
            yield f"a <{tag_of(element)}> without words: {element.get('href') or element.get('name')}"
    for group in page.all("fieldset"):
        if not len(group) or tag_of(group[0]) != "legend" or not text_of(group[0]):
            yield "a fieldset without a legend"


def _label(page: Page, control: Element) -> str:
    if control.get("aria-label"):
        return str(control.get("aria-label"))
    named = (control.get("aria-labelledby") or "").split()
    words = [text_of(element) for element in page.root.iter() if named and element.get("id") in named]
    identity = control.get("id")
    words += [text_of(label) for label in page.all("label") if identity and label.get("for") == identity]
    words += [text_of(element) for element in page.ancestors(control) if tag_of(element) == "label"]
    return " ".join(word for word in words if word)


# Where a line begins or ends, so that a browser shows no white space beside it.
_LINES = (
    "address|article|aside|blockquote|body|br|button|caption|col|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|"
    "h[1-6]|head|header|hr|html|legend|li|link|main|meta|nav|ol|optgroup|option|p|script|section|select|summary|table|tbody|"
    "td|tfoot|th|thead|title|tr|ul"
)
_AS_TYPED = re.compile(r"(<(textarea|pre|script)\b.*?</\2>)", re.DOTALL)
_AFTER_LINE = re.compile(rf"(</?(?:{_LINES})\b[^<>]*>)[ \t]*\n\s*")


def flat(html: str) -> str:
    """HTML as it is read: no line break between lines, one blank for each other one, nothing that has no width.

    What stands in a textarea, a pre or a script stays as it was typed.
    """
    parts = _AS_TYPED.split(html)
    return "".join(
        _flat(part) if number % 3 == 0 else part if number % 3 == 1 else "" for number, part in enumerate(parts)
    )


def _flat(html: str) -> str:
    html = html.replace(JOINER, "")
    html = _AFTER_LINE.sub(r"\1", html)
    html = re.sub(rf"[ \t]*\n[ \t\n]*(?=</?(?:{_LINES})\b)", "", html)
    return re.sub(r"[ \t]*\n[ \t\n]*", " ", html)
