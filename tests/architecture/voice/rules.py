"""What a rule is, and a message as the rules see it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
HOLE = re.compile(r"\{\w+\}")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>|&#?\w+;")
ADDRESS = re.compile(r"https?://\S+|\S+@\S+\.\w+|\b[\w-]+(?:\.[a-z]{2,})+\b")


@dataclass(frozen=True)
class Entry:
    """One message of one catalogue: its source, its forms (one, or one for each plural) and what the file says of it."""

    lang: str
    source: str
    forms: tuple[str, ...]
    context: str | None = None
    plural: str | None = None
    fuzzy: bool = False
    obsolete: bool = False

    def __str__(self) -> str:
        return f"{self.lang} {self.source!r}" + (f" ({self.context})" if self.context else "")

    @property
    def pairs(self) -> Iterator[tuple[str, str]]:
        """Each form with the source that it renders."""
        for number, form in enumerate(self.forms):
            yield (self.source if self.plural is None or number == 0 else self.plural), form

    @property
    def texts(self) -> list[str]:
        """The words of each form: without tags, entities, addresses and placeholders (which leave a mark)."""
        return [HOLE.sub("◊", ADDRESS.sub("◊", TAG.sub("", form))) for form in self.forms]


Check = Callable[[Entry], Iterable[str]]


@dataclass(frozen=True)
class Rule:
    number: int
    says: str
    check: Check
    bad: tuple[Entry, ...]


RULES: list[Rule] = []


def rule(number: int, says: str, *bad: Entry) -> Callable[[Check], Check]:
    """Make a rule of a check. Every bad example must be rejected."""
    if not bad:
        raise ValueError(f"Rule {number} has no bad example")

    def add(check: Check) -> Check:
        RULES.append(Rule(number, says, check, bad))
        return check

    return add


def pl(text: str, source: str = "Some words", *, context: str | None = None) -> Entry:
    """A Polish example."""
    return Entry("pl", source, (text,), context)


def bg(text: str, source: str = "Some words", *, context: str | None = None) -> Entry:
    """A Bulgarian example."""
    return Entry("bg", source, (text,), context)


def normalised(text: str) -> str:
    """`%(name)s` written `{name}`, and `%%` as the sign that it stands for."""
    return PLACEHOLDER.sub(r"{\1}", text).replace("%%", "%") if PLACEHOLDER.search(text) else text


def read_catalogue(path: Path) -> list[Entry]:
    """The messages of a catalogue, without its head."""
    entries = []
    for entry in polib.pofile(str(path)):
        forms = [entry.msgstr_plural[n] for n in sorted(entry.msgstr_plural)] if entry.msgid_plural else [entry.msgstr]
        entries.append(
            Entry(
                lang=path.parts[-3],
                source=normalised(entry.msgid),
                forms=tuple(normalised(form) for form in forms),
                context=entry.msgctxt,
                plural=normalised(entry.msgid_plural) if entry.msgid_plural else None,
                fuzzy=entry.fuzzy,
                obsolete=bool(entry.obsolete),
            )
        )
    return entries
