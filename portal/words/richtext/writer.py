"""Writing our structure: blocks that are never empty, words with their marks, lists and quotations of bounded depth."""

import re
from collections.abc import Sequence
from html import escape

LISTS = frozenset({"ul", "ol"})
DEEPEST_LIST = 3

SPACE = re.compile(r"[ \t\n\r\f]+")
_BULLET = re.compile(r"[·•▪‣](?:[\s\u00a0]|<br>)+(?=[^\s\u00a0])")  # how Word writes an item of a list

Mark = tuple[str, str]  # tag, its attributes already escaped ("" for none)


class Writer:
    """Builds blocks; opens a paragraph only when there are words for it, so nothing is ever empty."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.containers: list[str] = []  # open blockquote, ul, ol, li
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
        """A block of its own, outside of lists and quotations: a picture, a line."""
        self.end_block()
        self._leave(frozenset(("blockquote", "ul", "ol", "li")))
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
            self.end_block()
            self._close_to(self.containers.index("blockquote"))

    def begin_list(self, tag: str) -> None:
        depth = sum(container in LISTS for container in self.containers)
        if depth == DEEPEST_LIST:
            return
        self.end_block()
        if self.containers and self.containers[-1] in LISTS:
            self._open("li")
        self._open(tag)

    def end_list(self) -> None:
        self.end_block()
        for place in range(len(self.containers) - 1, -1, -1):
            if self.containers[place] in LISTS:
                self._close_to(place)
                return

    def begin_item(self) -> None:
        self.end_block()
        if self.in_item():
            self._close_to(len(self.containers) - 1)
        if not self.containers or self.containers[-1] not in LISTS:
            self._open("ul")
        self._open("li")

    def end_item(self) -> None:
        if self.in_item():
            self.end_block()
            self._close_to(len(self.containers) - 1)

    def in_item(self) -> bool:
        return bool(self.containers) and self.containers[-1] == "li"

    def _leave(self, kinds: frozenset[str]) -> None:
        while self.containers and self.containers[-1] in kinds:
            self._close_to(len(self.containers) - 1)

    def _open(self, tag: str) -> None:
        self.containers.append(tag)
        self.out.append(f"<{tag}>")

    def _close_to(self, place: int) -> None:
        while len(self.containers) > place:
            tag = self.containers.pop()
            if self.out[-1] == f"<{tag}>":
                self.out.pop()  # nothing came into it
            else:
                self.out.append(f"</{tag}>")

    def finish(self) -> str:
        self.end_block()
        self._close_to(0)
        return "".join(self.out)
