"""Rules 18 to 22, 24 and 25: how people are spoken to, buttons, names, capitals."""

import re
from collections.abc import Iterator

from tests.architecture.voice.rules import HOLE, TAG, Entry, bg, pl, rule

POLISH_PRONOUNS = re.compile(r"\b(Ty|Tobie|Ciebie|Cię|Ci|Twój|Twoj\w*|Twoi\w*|Twego|Wy|Was|Wam|Wasz\w*)\b")
POLISH_LETTER = re.compile(r"\b(Pan|Pani|Pana|Panu|Państw\w+)\b")
POLISH_GENDER = re.compile(
    r"\w+(łeś|łaś|łbyś|łabyś|liście|łyście)\b|\b(jesteś|zostań)\s\w+(ny|na|ty|ta)\b|/a\b|\(a\)|\(y\)|/-", re.I
)
BULGARIAN_YOU = re.compile(r"\b(ти|теб|твой|твоя|твоят|твое|твоето|твои|твоите)\b", re.I)
BULGARIAN_LOWER = re.compile(r"\b(вие|вас|ви|ваш\w*)\b")
BULGARIAN_SINGULAR = re.compile(
    r"(?<!да )(?<!да\u00a0)\b(въведи|избери|провери|запази|изпрати|потвърди|опитай|влез|виж)\b", re.I
)
BULGARIAN_GENDER = re.compile(r"\bсте\s\w+(ен|ена|ан|ана|ян|яна|ят|ята|ит|ита)\b|/а\b|\(а\)|/-", re.I)
INFINITIVE = re.compile(r"(ać|eć|ić|yć|ąć)$")
IMPERATIVES_LIKE_INFINITIVES = frozenset({"Zapłać", "Wpłać"})
BULGARIAN_NOUNS = frozenset(("Вход Изход Регистрация Отказ Назад Предварителен Кандидатстване").split())
LONGEST_BUTTON = 40
POLISH_PREPOSITIONS = r"(?:w|we|z|ze|do|od|na|o|po|przy|dla|przez|u|ku|za|nad|pod|przed|między|bez)"
NAMED = r"\{(?:organisation|person|city|event|network|session)\}"
MOMENT = re.compile(r"\{\w*(?:date|time|deadline|day|until|since|received|begin|start|end|when|_at)\w*\}\.")
ABBREVIATIONS = frozenset(("REGON RODO JPEG JSON HTML XLSX ОРЗД WCAG IBAN TOTP").split())
NAMES = frozenset(
    (
        "Synergia Atom Polska Polsce Polski Bułgaria Bułgarii Europa Europejski Warszawa Warszawie Sofia "
        "Krajowy Rejestr Sądowy Facebook Instagram YouTube LinkedIn JavaScript OpenStreetMap Mastodon "
        "Синергия Полша България Европа Варшава София Вие Вас Ви Ваш Ваша Ваше Ваши Ваша Вашия Вашия Вашата "
        "Вашето Вашите"
    ).split()
)


@rule(18, "pl: no capital pronoun, Państwo only in letters", pl("Zmień Twoje konto"), pl("Zapraszamy Państwa"))
def polish_address(entry: Entry) -> Iterator[str]:
    for text in entry.texts if entry.lang == "pl" else ():
        if match := POLISH_PRONOUNS.search(text) or (POLISH_LETTER.search(text) if entry.context != "letter" else None):
            yield f"{match.group()!r}"


@rule(
    19,
    "pl: no sentence with a gender",
    pl("Zapisałeś się"),
    pl("Jesteś zalogowany"),
    pl("uczestnik/-czka"),
    pl("zapisany(a)"),
)
def polish_gender(entry: Entry) -> Iterator[str]:
    for text in entry.texts if entry.lang == "pl" else ():
        if match := POLISH_GENDER.search(text):
            yield f"{match.group()!r} has a gender"


@rule(
    20, "bg: Вие, with a capital", bg("Провери твоя профил"), bg("Можете да промените вашия профил"), bg("Избери мрежа")
)
def bulgarian_address(entry: Entry) -> Iterator[str]:
    for text in entry.texts if entry.lang == "bg" else ():
        for pattern in (BULGARIAN_YOU, BULGARIAN_LOWER, BULGARIAN_SINGULAR):
            if match := pattern.search(text):
                yield f"{match.group()!r}"


@rule(21, "bg: no sentence with a gender", bg("Вие сте поканен"), bg("поканен/а"), bg("записан(а)"))
def bulgarian_gender(entry: Entry) -> Iterator[str]:
    for text in entry.texts if entry.lang == "bg" else ():
        if match := BULGARIAN_GENDER.search(text):
            yield f"{match.group()!r} has a gender"


@rule(
    22,
    "a button: Polish imperative, Bulgarian noun, at most 40 characters",
    pl("Zapisać zmiany", context="button"),
    bg("Запазете промените", context="button"),
    bg("Нова мрежа", context="button"),
    pl("Zapisz zmiany w profilu organizacji członkowskiej", context="button"),
)
def buttons(entry: Entry) -> Iterator[str]:
    for text in entry.texts if entry.context == "button" else ():
        first = re.split(r"[\s\u00a0:]", text.strip(), maxsplit=1)[0]
        if entry.lang == "pl" and INFINITIVE.search(first) and first not in IMPERATIVES_LIKE_INFINITIVES:
            yield f"{first!r} is an infinitive"
        if entry.lang == "bg" and re.search(r"\w(ете|йте)\b", text):
            yield "an imperative"
        if entry.lang == "bg" and not first.endswith("не") and first not in BULGARIAN_NOUNS:
            yield f"{first!r} is not a noun of an action"
        if len(text) > LONGEST_BUTTON:
            yield f"{len(text)} characters"


@rule(
    24,
    "no preposition that governs a name; no full stop after a Bulgarian date",
    bg("Добавено в {network}", "Added: {network}"),
    bg("във {n} мрежи", "{n}"),
    pl("Dołącz do {network}", "{network}"),
    bg("Срокът е {deadline}.", "{deadline}."),
)
def names_are_not_inflected(entry: Entry) -> Iterator[str]:
    for form in (re.sub(r"[\u00a0\s]+", " ", TAG.sub("", form)) for form in entry.forms):
        if entry.lang == "bg" and re.search(r"(?i)\b(в|във|с|със) \{", form):
            yield "в or с before a placeholder"
        if entry.lang == "pl" and (match := re.search(rf"(?i)\b{POLISH_PREPOSITIONS} {NAMED}", form)):
            yield f"{match.group()!r}"
        if entry.lang == "bg" and MOMENT.search(form):
            yield "a full stop after a date or time"


@rule(
    25,
    "sentence case in labels; no shouting",
    pl("Nazwa Organizacji", "Name"),
    pl("UWAGA nowy termin", "New date"),
    bg("Нова Мрежа", "New"),
)
def sentence_case(entry: Entry) -> Iterator[str]:
    for source, text in zip((source for source, _ in entry.pairs), entry.texts, strict=True):
        for word in re.findall(r"[A-ZĄĆĘŁŃÓŚŹŻА-Я]{4,}", text):
            if word not in ABBREVIATIONS:
                yield f"{word!r} shouts"
        is_label = source.rstrip()[-1:] not in ".?:" and len(HOLE.sub("", source).split()) <= 6
        inner = re.findall(r"[^\W\d_][,)]?[ \u00a0](?=([^\W\d_]+))", text)
        for word in inner if is_label else ():
            if word[0].isupper() and len(word) > 1 and not word.isupper() and word not in NAMES:
                yield f"{word!r} has a capital inside a label"
