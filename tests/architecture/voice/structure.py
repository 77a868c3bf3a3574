"""Rules 1 to 6: a translation has the shape of its source."""

import re
import unicodedata
from collections.abc import Iterator

from tests.architecture.voice.rules import ADDRESS, HOLE, TAG, Entry, bg, pl, rule

FORMS = {"pl": 3, "bg": 2, "en": 2}
INVISIBLE = re.compile("[\u200b-\u200f\ufeff\u00ad\t]")
FINAL = ".?:…,"


@rule(
    1,
    "nothing empty, fuzzy or obsolete; as many forms as the language has, each a sentence with {n}, the first two different",
    pl(""),
    Entry("bg", "Save", ("Запазване",), fuzzy=True),
    Entry("bg", "Save", ("Запазване",), obsolete=True),
    Entry("pl", "{n} place", ("{n} miejsce", "{n} miejsca"), plural="{n} places"),
    Entry("pl", "{n} place", ("jedno miejsce", "{n} miejsca", "{n} miejsc"), plural="{n} places"),
    Entry("bg", "{n} place", ("{n} места", "{n} места"), plural="{n} places"),
)
def complete(entry: Entry) -> Iterator[str]:
    if entry.fuzzy or entry.obsolete:
        yield "fuzzy or obsolete"
    if not all(form.strip() for form in entry.forms):
        yield "empty"
    elif entry.plural is not None:
        yield from _plural_faults(entry)


def _plural_faults(entry: Entry) -> Iterator[str]:
    assert entry.plural is not None
    if len(entry.forms) != FORMS[entry.lang]:
        yield f"{len(entry.forms)} forms instead of {FORMS[entry.lang]}"
    if "{n}" in entry.plural and not all("{n}" in form for form in entry.forms):
        yield "a form without {n}"
    if len(entry.forms) > 1 and entry.forms[0] == entry.forms[1]:
        yield "the first two forms are the same"


@rule(2, "the same placeholders in every form", pl("Plik ma {rozmiar}.", "The file is {size}."))
def placeholders(entry: Entry) -> Iterator[str]:
    for source, form in entry.pairs:
        if set(HOLE.findall(source)) != set(HOLE.findall(form)):
            yield f"placeholders {sorted(set(HOLE.findall(form)))} instead of {sorted(set(HOLE.findall(source)))}"


@rule(
    3,
    "the same tags and entities, nested alike",
    pl("<b>Usuń", "<b>Delete</b>"),
    pl("<b><i>Usuń</b></i>", "<b><i>Delete</i></b>"),
    bg("<a>връзка</a> и <a>връзка</a>", "a <a>link</a>"),
)
def tags(entry: Entry) -> Iterator[str]:
    for source, form in entry.pairs:
        if sorted(TAG.findall(source)) != sorted(TAG.findall(form)):
            yield "other tags or entities than the source"
        elif not _nested(form):
            yield "tags are not nested"


def _nested(text: str) -> bool:
    opened: list[str] = []
    for closing, name in re.findall(r"<(/?)([a-zA-Z]\w*)[^<>]*>", text):
        if not closing and name not in ("br", "img", "wbr"):
            opened.append(name)
        elif closing and (not opened or opened.pop() != name):
            return False
    return not opened


@rule(4, "the same final sign", pl("Zapisano zmiany", "Changes saved."), bg("Име:", "Name"))
def final_sign(entry: Entry) -> Iterator[str]:
    for source, form in entry.pairs:
        wanted, found = (text.rstrip()[-1:] if text.rstrip()[-1:] in FINAL else "" for text in (source, form))
        bulgarian_date = entry.lang == "bg" and re.search(r"(г\.|ч\.|\}|\})$", form.rstrip()) and wanted in (".", "")
        if wanted != found and not bulgarian_date:
            yield f"ends in {found!r} and the source in {wanted!r}"


@rule(
    5,
    "the white space of the ends and the line breaks of the source; NFC; nothing invisible",
    pl(" Zapisz", "Save"),
    pl("Zapisz\n", "Save"),
    pl("Łódz\u0301", "Lodz"),
    bg("Запаз\u00adване", "Save"),
)
def spaces_of_the_ends(entry: Entry) -> Iterator[str]:
    for source, form in entry.pairs:
        ends = [
            (text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :], text.count("\n"))
            for text in (source, form)
        ]
        if form and ends[0] != ends[1]:
            yield "other white space at an end, or other line breaks"
        if unicodedata.normalize("NFC", form) != form:
            yield "not NFC"
        if INVISIBLE.search(form):
            yield "an invisible character"


@rule(
    6,
    "single spaces; none before , . ; : ? ! ) or a closing quotation mark, none after an opening one; one after , ; :",
    pl("Imię  i nazwisko"),
    pl("Termin : jutro"),
    pl("(PDF )"),
    bg("мрежа „ Север“"),
    bg("име,адрес"),
)
def inner_spaces(entry: Entry) -> Iterator[str]:
    closing = {"pl": "”", "bg": "“"}.get(entry.lang, "”")
    for form in entry.forms:
        text = ADDRESS.sub("◊", form)
        if re.search(r"[ \u00a0]{2}", text):
            yield "a double space"
        if re.search(rf"[ \u00a0][,.;:?!){closing}]", text) or re.search(r"[(„][ \u00a0]", text):
            yield "a space beside a sign"
        if re.search(rf"[,;:](?![\s\d{closing}»‘)\]<]|$)", text):
            yield "no space after , ; or :"
