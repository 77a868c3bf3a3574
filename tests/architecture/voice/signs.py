"""Rules 7 to 16: quotation marks, dashes, no-break spaces, alphabets."""

import re
from collections.abc import Iterator

from tests.architecture.voice.rules import ADDRESS, HOLE, TAG, Entry, bg, pl, rule

PAIRS = {"pl": r"„[^„”]*”", "bg": r"„[^„“]*“", "en": r"“[^“”]*”"}
UNITS = r"(?:zł|€|PLN|EUR|[kMG]B|tys\.|г\.|ч\.|хил\.)"
BEFORE_NUMBER = r"(?:nr|godz\.|art\.|ust\.|pkt|чл\.|ал\.|т\.|№)"
LATIN = "A-Za-z\u00c0-\u024f"
CYRILLIC = "\u0400-\u04ff"
QUOTED = re.compile(r"„[^„”“]*[”“]")  # an example of what one may type is in whatever alphabet
BULGARIAN_NAMES = re.compile("[Бб]ългарски")
ISO_DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")
LANG_MARKED = re.compile(r"<(\w+)[^<>]*\blang=[^<>]*>.*?</\1>")


@rule(7, "no ASCII \" anywhere, no ' in pl and bg", pl('sieć "Północ"'), bg("мрежа 'Север'"))
def ascii_quotes(entry: Entry) -> Iterator[str]:
    for form in entry.forms:
        text = TAG.sub("", form)
        if '"' in text or ("'" in text and entry.lang in ("pl", "bg")):
            yield "a typewriter's quotation mark"


@rule(
    8, "quotation marks pair as the language pairs them", pl("sieć „Północ“"), pl("sieć „Północ"), bg("мрежа „Север”")
)
def paired_quotes(entry: Entry) -> Iterator[str]:
    for form in entry.forms:
        if re.search("[„“”]", re.sub(PAIRS[entry.lang], "", form)):
            yield "quotation marks that do not pair"


@rule(9, "the dash is –, also between digits", pl("sieć - grupa"), pl("sieć — grupa"), pl("a--b"), bg("20-21 ноември"))
def dashes(entry: Entry) -> Iterator[str]:
    for form in entry.forms:
        if re.search(r" - |--|—|\d-\d", ISO_DATE.sub("◊", ADDRESS.sub("◊", form))):
            yield "a hyphen or a long dash where – belongs"


@rule(10, "no three full stops, no exclamation; № in bg", pl("Trwa wczytywanie..."), pl("Gotowe!"), bg("N° 12"))
def loud_signs(entry: Entry) -> Iterator[str]:
    for form in entry.forms:
        if "..." in form or "!" in form or (entry.lang == "bg" and "N°" in form):
            yield "..., ! or N°"


@rule(11, "pl: no-break space after a one-letter word", pl("imię i nazwisko"), pl("W sieci"))
def one_letter_words(entry: Entry) -> Iterator[str]:
    for form in entry.forms:
        if entry.lang == "pl" and re.search(r"(?<![\w{])[aiouwzAIOUWZ] ", form):
            yield "a plain space after a one-letter word: run `make i18n`"


@rule(
    12,
    "no-break space between number and unit or sign, none before %",
    pl("5 zł"),
    pl("nr {number}"),
    bg("{n} ч."),
    pl("5 %"),
)
def units(entry: Entry) -> Iterator[str]:
    for form in entry.forms:
        if re.search(rf"[\d}}] {UNITS}(?!\w)|(?<!\w){BEFORE_NUMBER} [\d{{]|[\s\u00a0]%", form):
            yield "a plain space at a number, or any before %: run `make i18n`"


@rule(13, "no word of two alphabets", bg("мрежa"), pl("siеć"))
def mixed_alphabets(entry: Entry) -> Iterator[str]:
    for form in entry.forms:
        for word in re.findall(r"[^\W\d_]+", HOLE.sub(" ", TAG.sub(" ", form))):
            if re.search(f"[{LATIN}]", word) and re.search(f"[{CYRILLIC}]", word):
                yield f"Latin and Cyrillic letters in {word!r}"


@rule(14, "bg: no Latin word that looks Cyrillic; pl: no Cyrillic but български", bg("c мрежа"), pl("сеть"))
def wrong_alphabet(entry: Entry) -> Iterator[str]:
    for form in entry.forms:
        text = HOLE.sub(" ", TAG.sub(" ", LANG_MARKED.sub(" ", ADDRESS.sub(" ", form))))
        if entry.lang == "bg" and re.search(r"(?<!\w)[ABCEHKMOPTXaceopxy]+(?!\w)", text):
            yield "a word of Latin letters that look Cyrillic"
        if entry.lang != "bg" and re.search(f"[{CYRILLIC}]", BULGARIAN_NAMES.sub("", QUOTED.sub("", text))):
            yield "Cyrillic letters"


@rule(15, "bg: no letters of other Cyrillic languages", bg("сеты"), bg("мережі"), bg("њива"))
def foreign_cyrillic(entry: Entry) -> Iterator[str]:
    for form in entry.forms:
        if entry.lang == "bg" and re.search("[ыэёіїєўјђћљњџѓќѕ]", form.casefold()):
            yield "a letter that Bulgarian does not have"


@rule(16, "bg: ѝ is ѝ", bg("мрежата и."), bg("имейл и и адрес"), bg("на й"), bg("на и\u0300"))
def grave_i(entry: Entry) -> Iterator[str]:
    for form in entry.forms:
        if entry.lang == "bg" and re.search(r"(?i)\bи(?:[,.;:?)]|$)|\bи\s+и\b|(?<!\w)й(?!\w)|и\u0300", form):
            yield "probably ѝ"
