"""Writing our structure: blocks that are never empty, words with their marks, lists and quotations of bounded depth.

Tables stand alone; a cell holds words, line breaks and lists.
"""

import re
from collections.abc import Sequence
from html import escape

from portal.words.richtext.tables import Cell, Table

LISTS = frozenset({"ul", "ol"})
DEEPEST_LIST = 6

SPACE = re.compile(r"[ \t\n\r\f]+")
_BULLET = re.compile(r"[·•▪‣](?:[\s\u00a0]|<br>)+(?=[^\s\u00a0])")  # how Word writes an item of a list
CELLS = frozenset({"cell", "table"})
_LINES = frozenset({"li", "cell"})
_AROUND = frozenset({"blockquote", "ul", "ol", "li"})

Mark = tuple[str, str]  # tag, its attributes already escaped ("" for none)


class Writer:
    """Builds blocks; opens a paragraph only when there are words for it, so nothing is ever empty."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.containers: list[str] = []  # open blockquote, ul, ol, li; table, and the cell or caption in it
        self.levels: list[int] = []  # of the lists that `item_at` has opened
        self.resting = False  # between two of its items
        self.table: Table | None = None
        self.cell_from = 0  # where the cell or caption begins in `out`
        self.after_table: list[str] = []
        self.block = ""  # p or a heading; what the next words go into
        self.words: list[str] = []
        self.opened: list[Mark] = []
        self.breaks = 0
        self.has_words = False
        self.space = False

    # words

    def text(self, text: str, marks: Sequence[Mark]) -> None:
        shown = SPACE.sub(" ", text)
        if not self.has_words or self.breaks:
            shown = shown.lstrip(" \u00a0")
        if not shown.strip(" "):
            self.space = self.space or bool(shown)
            return
        self._leave_resting()
        if not self.has_words and self.block == "":
            self._leave(LISTS)  # words between the items of a list belong to none of them
        self._break_lines()
        self._switch(marks, " " if self.has_words and (self.space or shown.startswith(" ")) else "")
        self.words.append(escape(shown.strip(" "), quote=False))
        self.space = shown.endswith(" ")
        self.has_words = True

    def line_break(self) -> None:
        self.breaks += 1
        self.space = False

    def _break_lines(self) -> None:
        if not self.breaks or not self.has_words:
            self.breaks = 0
            return
        if self.breaks > 1 and self._is_paragraph():
            self.end_block()
        else:
            self._switch(())
            self.words.append("<br>")
        self.breaks, self.space = 0, False

    def _is_paragraph(self) -> bool:
        return self.block in ("", "p") and not self.in_item()

    def _switch(self, marks: Sequence[Mark], between: str = "") -> None:
        """Close what ends, write the space between, open what begins."""
        same = 0
        while same < len(marks) and same < len(self.opened) and marks[same] == self.opened[same]:
            same += 1
        self.words += [f"</{tag}>" for tag, _ in reversed(self.opened[same:])]
        if between:
            self.words.append(between)
        self.words += [f"<{tag}{attribute}>" for tag, attribute in marks[same:]]
        self.opened = list(marks)

    # blocks

    def begin_block(self, tag: str) -> None:
        if self.in_item():  # inside an item of a list a paragraph is a new line
            self.line_break()
            return
        self.end_block()
        if not self.resting:
            self._leave(LISTS)
        self.block = "p" if self.containers and tag != "p" else tag

    def end_block(self) -> None:
        self._switch(())
        words = "".join(self.words)
        if words:
            self._write(words)
        self.words, self.block, self.breaks, self.has_words, self.space = [], "", 0, False, False

    def _write(self, words: str) -> None:
        bullet = None if self.in_item() or self.block not in ("", "p") else _BULLET.match(words)
        if bullet:
            item = f"<li>{words[bullet.end() :]}</li></ul>"
            if self.out and self.out[-1].endswith("</li></ul>"):
                self.out[-1] = self.out[-1].removesuffix("</ul>") + item
            else:
                self.out.append(f"<ul>{item}")
        elif self.in_item():
            self.out.append(words)
        else:
            tag = self.block or "p"
            self.out.append(f"<{tag}>{words}</{tag}>")

    def alone(self, html: str) -> None:
        """A block of its own, outside of lists and quotations: a picture, a line. Those of a table follow it."""
        if self.table:
            self.line_break()
            self.after_table.append(html)
            return
        self._leave_all()
        self.out.append(html)

    # containers

    def begin_quotation(self) -> None:
        if self.containers:
            self.begin_block("p")
            return
        self.end_block()
        self._open("blockquote")

    def end_quotation(self) -> None:
        if "blockquote" in self.containers:
            self._leave_resting()
            self.end_block()
            self._close_to(self.containers.index("blockquote"))

    def begin_list(self, tag: str, number: int = 1) -> bool:
        """Open a list whose first item has this number. False when it stands too deep: its items belong to the one around."""
        self.end_block()
        self._leave_resting()
        if sum(container in LISTS for container in self.containers) == DEEPEST_LIST:
            return False
        if self.containers and self.containers[-1] in LISTS:  # beside its item, as Google Docs writes it
            if self.out[-1] != "</li>":
                return False
            self.out.pop()
            self.containers.append("li")
        self._open(tag, number)
        return True

    def end_list(self) -> None:
        self.end_block()
        for place in range(len(self.containers) - 1, -1, -1):
            if self.containers[place] in CELLS:
                return
            if self.containers[place] in LISTS:
                self._close_to(place)
                return

    def begin_item(self, tag: str = "ul", number: int = 1) -> None:
        """Open an item; of a new list of this kind where none is open."""
        self.end_block()
        self._leave_resting()
        if self.containers and self.containers[-1] == "li":
            self._close_to(len(self.containers) - 1)
        if not self.containers or self.containers[-1] not in LISTS:
            self._open(tag, number)
        self._open("li")

    def item_at(self, level: int, tag: str, number: int) -> None:
        """Open an item of which only the level is known. Until `rest`; then the next one may go on with the list."""
        self.end_block()
        self.resting = False
        while len(self.levels) > 1 and self.levels[-2] >= level:
            self._close_level()
        if self.levels and self.levels[-1] > level:
            self.levels[-1] = level  # what jumped to a deeper level comes back to the one between
        if self.levels and self.levels[-1] == level and self._kind() != tag:
            self._close_level()
        if not self.levels or self.levels[-1] < level:
            if not self.levels:
                self._leave(LISTS)
            if len(self.levels) < DEEPEST_LIST:
                self._open(tag, number)
                self.levels.append(level)
        if self.containers[-1] == "li":
            self._close_to(len(self.containers) - 1)
        self._open("li")

    def rest(self) -> None:
        """The words of that item have ended."""
        self.end_block()
        self.resting = bool(self.levels)

    def _kind(self) -> str:
        return next((container for container in reversed(self.containers) if container in LISTS), "")

    def _close_level(self) -> None:
        self.levels.pop()
        lists = [place for place, container in enumerate(self.containers) if container in LISTS]
        if lists:  # a table may have ended them already
            self._close_to(lists[-1])

    def _leave_resting(self) -> None:
        if self.resting:
            self.resting = False
            while self.levels:
                self._close_level()

    def end_item(self) -> None:
        if self.in_item() and self.containers[-1] == "li":
            self.end_block()
            self._close_to(len(self.containers) - 1)

    def in_item(self) -> bool:
        """Do words go where a paragraph is no more than a new line: an item of a list, a cell?"""
        return bool(self.containers) and self.containers[-1] in _LINES and not self.resting

    # tables

    def begin_table(self) -> None:
        self._leave_all()
        self.table = Table()
        self.containers.append("table")

    def begin_cell(self) -> None:
        """A cell or the caption."""
        self.end_block()
        self.cell_from = len(self.out)
        self.containers.append("cell")

    def end_cell(self, cell: Cell | None) -> None:
        """Into the row goes the `cell`, without one it was the caption."""
        assert self.table
        self.end_block()
        self._leave_resting()
        self._close_to(self.containers.index("cell") + 1)
        self.containers.pop()
        html = "".join(self.out[self.cell_from :])
        del self.out[self.cell_from :]
        if cell:
            cell.html = html
            self.table.add(cell)
        else:
            self.table.caption = html

    def end_table(self) -> None:
        assert self.table
        self.end_block()
        self.containers.clear()
        self.out += [self.table.written(), *self.after_table]
        self.table, self.after_table = None, []

    # what is open

    def _leave(self, kinds: frozenset[str]) -> None:
        while self.containers and self.containers[-1] in kinds:
            self._close_to(len(self.containers) - 1)

    def _leave_all(self) -> None:
        self.end_block()
        self._leave_resting()
        self._leave(_AROUND)

    def _open(self, tag: str, number: int = 1) -> None:
        self.containers.append(tag)
        self.out.append(f'<{tag} start="{number}">' if tag == "ol" and number != 1 else f"<{tag}>")

    def _close_to(self, place: int) -> None:
        while len(self.containers) > place:
            tag = self.containers.pop()
            if self.out[-1] == f"<{tag}>" or self.out[-1].startswith(f"<{tag} start="):
                self.out.pop()  # nothing came into it
            else:
                self.out.append(f"</{tag}>")

    def finish(self) -> str:
        self._leave_all()
        return "".join(self.out)
