"""What is in a PDF: read by pypdf, which shares nothing with the program that made it."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from portal.words.hyphens import JOINER
from tests.support.markup import Page, tag_of, text_of

SAID = ("h1", "h2", "h3", "h4", "p", "li", "dt", "dd", "th", "td", "caption")


@dataclass(frozen=True, slots=True)
class Tag:
    """An element of the structure that a screen reader walks through, with the languages and scopes that it names."""

    name: str
    language: str
    scope: str
    alt: str = ""


class Read:
    """A PDF that was opened. `pages` are what each page says."""

    def __init__(self, data: bytes) -> None:
        self.file = PdfReader(io.BytesIO(data))
        self.root: Any = self.file.trailer["/Root"]

    @cached_property
    def pages(self) -> list[str]:
        return [page.extract_text() for page in self.file.pages]

    @cached_property
    def text(self) -> str:
        return "\n".join(self.pages)

    @property
    def languages(self) -> list[str]:
        """The languages of what is not in that of the paper: of whole elements, then of pieces inside one."""
        inside = re.findall(rb"/Lang\s*\((\w+)\)", b"".join(page.get_contents().get_data() for page in self.file.pages))
        return [one.language for one in self.tags if one.language] + [one.decode() for one in inside]

    @property
    def tags(self) -> list[Tag]:
        return list(_walked(self.root["/StructTreeRoot"]["/K"]))

    @property
    def alts(self) -> list[str]:
        """What pictures show, in words."""
        return [one.alt for one in self.tags if one.alt]

    @property
    def pictures(self) -> int:
        """How many pictures of points stand on the pages: what the house draws itself is made of lines."""
        return sum(len(page.images) for page in self.file.pages)

    @property
    def fonts(self) -> list[Any]:
        """The descriptors of every font, of which there is one for each weight."""
        found = [font.get_object() for page in self.file.pages for font in page["/Resources"]["/Font"].values()]
        return [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in found]

    def shapes_of(self, letter: str) -> int:
        """With how many shapes a letter is drawn: it has a number of its own for each (ISO 32000-1, 9.10.3)."""
        written = f"<{ord(letter):04X}>".encode()
        maps = {id(one): one for page in self.file.pages for one in page["/Resources"]["/Font"].values()}
        return sum(font["/ToUnicode"].get_data().upper().count(b" " + written) for font in maps.values())

    def says(self, words: str) -> bool:
        return squeezed(words) in squeezed(self.text)


def _walked(node: Any) -> Iterator[Tag]:
    if isinstance(node, IndirectObject):
        node = node.get_object()
    if isinstance(node, ArrayObject):
        for child in node:
            yield from _walked(child)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            attributes = [one.get_object() for one in _many(node.get("/A"))]
            scope = next((str(one["/Scope"]) for one in attributes if "/Scope" in one), "")
            yield Tag(str(node["/S"])[1:], str(node.get("/Lang", "")), scope, str(node.get("/Alt", "")))
        yield from _walked(node.get("/K"))


def _many(value: Any) -> list[Any]:
    value = value.get_object() if isinstance(value, IndirectObject) else value
    return [] if value is None else list(value) if isinstance(value, ArrayObject) else [value]


def squeezed(text: str) -> str:
    """Without white space, without the second hyphen that Polish writes where a line ends at one, and without joiners."""
    return "".join(text.split()).replace("--", "-").replace(JOINER, "")


def said_by(html: str, *, without: tuple[str, ...] = ()) -> list[str]:
    """What the content of a page says, piece by piece: what is not printed, acts and ways to other pages left out, and what
    stands under the ids `without`."""
    page = Page(html)
    main = next(page.all("main"))
    return [text for text in _pieces(main, {"no-print", "crumbs", "more", "actions"}, set(without)) if text]


def _pieces(element: Any, classes: set[str], ids: set[str]) -> Iterator[str]:
    if _named(element) & classes or element.get("id") in ids or element.get("aria-labelledby") in ids:
        return
    if tag_of(element) in ("form", "nav", "svg", "button"):
        return
    if _is_said(element) and not any(
        _is_said(one) or tag_of(one) == "form" for one in element.iter() if one is not element
    ):
        if not any({"more", "vh"} & _named(one) for one in element.iter()):
            yield text_of(element)
        return
    for child in element:
        yield from _pieces(child, classes, ids)


def _is_said(element: Any) -> bool:
    return tag_of(element) in SAID or "lines" in _named(element)


def _named(element: Any) -> set[str]:
    return set(element.get("class", "").split())
