"""A paper as data: its blocks, one after the other, in the language of the moment.

The words of a paper are chosen here, as a template of a page would: whole sentences of the catalogues, and texts of people
with the language that they are really in. How a block looks is written once, in `portal/papers/house.typ`.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Literal

from portal.face.pdf.letters import settable
from portal.face.qr import qr_path
from portal.ground.config import CONFIG
from portal.words.hyphens import JOINER
from portal.words.i18n import LazyString, Localized, Shown, _, current_language

STATIC = Path(__file__).parents[2] / "static"
PORTAL = "Synergia"
TICK = None  # a cell in which somebody makes a tick with a pen

Words = str | LazyString | Localized | Shown
Said = Words | Sequence["Said"]  # several, one after the other
Data = str | int | bool | None | Sequence["Data"] | dict[str, "Data"]


PICTURE_BYTES = 120_000  # of all pictures of a paper: half of what its data may have, as numbers
WIDE = 4  # times as wide as high: such a picture is made to fit by its width
TALL = 4  # fifths as high as wide: a photo that is higher is made to fit by its height
LONG = 28  # letters between two hyphens: no column may hold them
_WORD = re.compile(r"(\S+)")
_PERHAPS_ALONE = re.compile(rf"\S{{{LONG}}}|@|://|{JOINER}")


def _said(words: Said) -> Data:
    """A text, or one with its language where that is not the one of the paper."""
    if isinstance(words, Localized):
        words = words.shown()
    if isinstance(words, Shown):
        text = _text(words.text)
        return {"t": text, "l": words.lang} if words.is_fallback else text
    if isinstance(words, str | LazyString):
        return _text(str(words))
    return [_said(one) for one in words]


def _text(words: str) -> Data:
    """A text, or its words that stand alone with what lies between them."""
    if _PERHAPS_ALONE.search(words) is None:
        return settable(words)
    pieces: list[Data] = []
    for alone, some in groupby(_WORD.split(words), _stands_alone):
        if alone:
            pieces += [{"w": _plain(one)} for one in some]
        else:
            pieces.append(settable("".join(some)))
    return pieces


def _stands_alone(word: str) -> bool:
    """No line may end in it as it would in others: an address, a short word with a hyphen (`words.hyphens`), a long one."""
    return (
        "@" in word or "://" in word or JOINER in word or (len(word) >= LONG and max(map(len, word.split("-"))) >= LONG)
    )


def _plain(words: str) -> str:
    """A text where no language and no way of breaking can be told."""
    return settable(words.replace(JOINER, ""))


@dataclass(frozen=True, slots=True)
class Head:
    """What the paper is about, once and first: a small line over the heading, and lines under it."""

    over: Said
    heading: Said
    lines: Sequence[Said] = ()
    note: Said = ""

    def data(self) -> dict[str, Data]:
        lines = [_said(one) for one in self.lines]
        return {"over": _said(self.over), "heading": _said(self.heading), "lines": lines, "note": _said(self.note)}


@dataclass(frozen=True, slots=True)
class Part:
    """The heading of a part; of level 3 only under one of level 2."""

    words: Said
    level: Literal[2, 3] = 2

    def data(self) -> dict[str, Data]:
        return {"words": _said(self.words), "level": self.level}


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph; its lines stay lines."""

    words: Said
    look: Literal["", "note", "before", "quote", "strong"] = ""  # before: a note about what follows

    def data(self) -> dict[str, Data]:
        return {"words": _said(self.words), "look": self.look}


@dataclass(frozen=True, slots=True)
class Pairs:
    """Labels, each with one thing or several; those without any are left out."""

    items: Sequence[tuple[Said, Sequence[Said]]]
    columns: int = 2

    def data(self) -> dict[str, Data]:
        shown = [[_said(label), [_said(one) for one in said]] for label, said in self.items if said]
        return {"items": shown, "columns": self.columns}


@dataclass(frozen=True, slots=True)
class Lines:
    """A list with a label before each: an hour, and what there is. The first of what follows stands out."""

    items: Sequence[tuple[Said, Sequence[Said]]]

    def data(self) -> dict[str, Data]:
        return {"items": [[_said(label), [_said(one) for one in said]] for label, said in self.items]}


@dataclass(frozen=True, slots=True)
class Items:
    """A list, with numbers where the order matters."""

    items: Sequence[Said]
    numbered: bool = False

    def data(self) -> dict[str, Data]:
        return {"items": [_said(one) for one in self.items], "numbered": self.numbered}


@dataclass(frozen=True, slots=True)
class Rows:
    """A table. Each column has a head and a share of the width, 0 for as much as it needs."""

    caption: Said
    heads: Sequence[tuple[Said, int]]
    rows: Sequence[Sequence[Said | None]]

    def data(self) -> dict[str, Data]:
        rows: list[Data] = [[TICK if one is TICK else _said(one) for one in row] for row in self.rows]
        heads = [_said(words) for words, _width in self.heads]
        return {
            "caption": _said(self.caption), "heads": heads, "widths": [width for _words, width in self.heads], "rows": rows,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Picture:
    """A WebP picture with what it shows in words; `content` of so many bytes as `PICTURE_BYTES` allows all of a paper."""

    alt: Shown
    content: bytes
    width: int
    height: int

    def data(self) -> dict[str, Data]:
        return {
            "alt": _plain(self.alt.text), "lang": self.alt.lang or current_language(), "content": list(self.content),
            "wide": self.width > self.height * WIDE, "tall": self.height * 5 > self.width * TALL,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pictures:
    """Small pictures one after the other, such as logos. Those that the paper has no room for say what they show instead."""

    items: Sequence[Picture]

    def data(self) -> dict[str, Data]:
        shown, left, room = [], [], PICTURE_BYTES
        for one in self.items:
            if len(one.content) > room or not one.content:
                left.append(_said(one.alt))
            else:
                shown.append(one.data())
                room -= len(one.content)
        return {"items": shown, "left": left}

    @property
    def left(self) -> int:
        """How many bytes the paper has left for other pictures."""
        return max(PICTURE_BYTES - sum(len(one.content) for one in self.items), 0)


@dataclass(frozen=True, slots=True)
class Photos:
    """Photos two in a row, each with what stands under it. One for which there is no room among `room` bytes says what it
    shows instead."""

    items: Sequence[tuple[Picture, Sequence[Said]]]
    room: int = PICTURE_BYTES

    def data(self) -> dict[str, Data]:
        shown: list[Data] = []
        room = self.room
        for picture, lines in self.items:
            fits = 0 < len(picture.content) <= room
            room -= len(picture.content) if fits else 0
            under = [_said(one) for one in lines]
            shown.append({"picture": picture.data() if fits else None, "instead": _said(picture.alt), "lines": under})
        return {"items": shown}


@dataclass(frozen=True, slots=True)
class Way:
    """The address of a page where one reads on: in letters, and as a QR code for whoever holds the paper."""

    address: str

    def data(self) -> dict[str, Data]:
        side, path = qr_path(self.address)
        code = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d="{path}"/></svg>'
        return {"address": _said(self.address), "code": code, "alt": _plain(_("QR code with the address of the page"))}


Block = Head | Part | Passage | Pairs | Lines | Items | Rows | Pictures | Photos | Way


@dataclass(frozen=True, slots=True)
class Paper:
    """`title` is what a reader's window shows, in the language of the paper; `name` what kind of paper it is, on every page.

    `made_at` is the moment that it is true of: the same paper of the same moment has the same bytes. `template` stands in
    `portal/papers`.
    """

    title: str
    name: str
    made_at: dt.datetime
    blocks: Sequence[Block]
    template: str = "paper.typ"

    @property
    def rows(self) -> int:
        """How long it is, whatever stands in it."""
        return sum(_length(block) for block in self.blocks)

    def data(self) -> dict[str, Data]:
        """What the template reads. `page` is the sentence with places for the number of the page and of all pages."""
        return {
            "title": _plain(self.title),
            "name": _plain(self.name),
            "lang": current_language(),
            "portal": PORTAL,
            "address": CONFIG.get().base_url.partition("://")[2],
            "page": _plain(_("Page %(n)s of %(total)s", n="{n}", total="{total}")),
            "mark": _picture("mark.svg"),
            "band": _picture("krajka.svg"),
            "blocks": [{"kind": type(block).__name__.lower(), **block.data()} for block in self.blocks],
        }


def _length(block: Block) -> int:
    many: Iterable[object] = block.rows if isinstance(block, Rows) else getattr(block, "items", ())
    return 1 + sum(1 for _one in many)


@lru_cache
def _picture(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")
