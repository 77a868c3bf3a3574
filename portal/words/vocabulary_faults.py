"""What is wrong with the words of vocab.csv: what a reader would stumble over, and what a program would."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from portal.words.i18n import LANGUAGES

COLUMNS = ("vocabulary", "code", *LANGUAGES)
CODE = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
LATIN, CYRILLIC = re.compile(r"[A-Za-z\u00c0-\u024f]"), re.compile(r"[\u0400-\u04ff]")
# Signs that no language of ours writes so, and forms that name one gender in brackets or behind a stroke.
SIGNS = {
    "two blanks": re.compile(r"\s{2}"),
    "a blank that does not break": re.compile("[\u00a0\u202f]"),  # is set when a text is shown, never stored
    "a straight quotation mark": re.compile('"'),
    "a hyphen as a dash": re.compile(r" -{1,2} |\u2014"),
    "three dots or an exclamation mark": re.compile(r"\.\.\.|!"),
    "several forms in one term": re.compile(r" \| |\{n\}|%\("),  # a term is one form: plurals are of the catalogues
    "a gender behind a stroke or in brackets": re.compile(r"\w(?:/-?(?:a|y|ka|\u0430)\b|\((?:a|y|ka|\u0430)\))"),
    "an invisible sign": re.compile("[\u200b-\u200f\ufeff\u00ad\t]"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a term, and in which language where it is one of them."""

    vocabulary: str
    code: str
    says: str
    lang: str = ""


def faults(rows: Sequence[Mapping[str, str]]) -> Iterator[Fault]:
    """All that is wrong with the rows of the table, in their order."""
    codes: set[tuple[str, str]] = set()
    words: dict[tuple[str, str, str], str] = {}
    last, closed = "", set[str]()
    for row in rows:
        name, code = row.get("vocabulary") or "", row.get("code") or ""
        if set(row) != set(COLUMNS) or None in row.values():
            yield Fault(name, code, "The row has other columns than the head.")
            continue
        if not CODE.fullmatch(code) or not CODE.fullmatch(name):
            yield Fault(name, code, "A code is small letters, digits and strokes.")
        if (name, code) in codes:
            yield Fault(name, code, "The code is there twice.")
        if name != last:
            if name in closed:
                yield Fault(name, code, "The list goes on after another one.")
            closed.add(last)
            last = name
        codes.add((name, code))
        for lang in LANGUAGES:
            yield from (Fault(name, code, says, lang) for says in _faults_of(row[lang], row["en"], lang))
            other = words.setdefault((name, lang, row[lang].casefold()), code)
            if row[lang] and other != code:
                yield Fault(name, code, f"It is called like {other}.", lang)


def _faults_of(text: str, english: str, lang: str) -> Iterator[str]:
    if not text.strip():
        yield "It has no name."
        return
    if text != text.strip():
        yield "It begins or ends with a blank."
    if text != unicodedata.normalize("NFC", text):
        yield "Its letters are composed in another way (NFC)."
    yield from (f"It has {what}." for what, sign in SIGNS.items() if sign.search(text))
    if lang != "en" and "'" in text:
        yield "It has a straight apostrophe."
    yield from _of_script(text, lang)
    if lang != "en" and text[0].isupper() and english[:1].islower():
        yield "It begins with a capital where English does not."


def _of_script(text: str, lang: str) -> Iterator[str]:
    if lang != "bg" and CYRILLIC.search(text):
        yield "It has letters of another script."
    if lang == "bg" and not CYRILLIC.search(text) and text[0].islower():  # a name such as Facebook stays as it is
        yield "It has no letter of its script."
    if any(LATIN.search(word) and CYRILLIC.search(word) for word in re.findall(r"\w+", text)):
        yield "A word has letters of two scripts."
