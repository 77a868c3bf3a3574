"""Rules 17 and 23: words that belong to another language, and words that the portal does not use."""

import re
from collections.abc import Iterator

from tests.architecture.voice.rules import Entry, bg, pl, rule
from tests.architecture.voice.signs import QUOTED

# Names and abbreviations that are the same in every language; a new one is added here on purpose.
SAME_EVERYWHERE = frozenset(
    (
        "Logo PDF ZIP JSON CSV XLSX XLS ODS UTF HTML SVG PNG JPEG JPG WebP GIF Atom RSS iCalendar ICS Synergia KRS NIP "
        "REGON RODO EIK IBAN EUR PLN BGN QR URL JavaScript Facebook Instagram YouTube LinkedIn Mastodon OpenStreetMap "
        "GitHub TOTP SMS WCAG AA EN kB MB GB B I II III IV V VI VII VIII IX X UTC polski English SHA"
    ).split()
)
# Words that Polish shares with English.
SAME_IN_POLISH = SAME_EVERYWHERE | frozenset(
    (
        "Portal Region Status Format Plan Menu Newsletter Online Forum Program Film Wideo Audio Administrator "
        "Problem Opis Errata h min"
    ).split()
)
ENGLISH = re.compile(
    r"(?i)\b(the|of|you|your|and|with|from|for|this|that|please|log ?in|log ?out|upload|download|click|submit|user|"
    r"settings|is|are|have|not|search|share|feedback|home|event|events)\b"
)

NEVER = {
    "pl": [
        r"administrator(?!\w* danych)", r"admin\b", r"operator\w* danych", r"aplikacj", r"aplikow", r"podani[ea]\b",
        r"profil\w* użytkownik", r"rejestracj", r"zapisy\b", r"kolejk", r"kolejce", r"call\b", r"patronat", r"opiekun",
        r"kauz", r"postulat", r"sesj(?!\w* społeczn)", r"post(?:y|u|ów|em|a)?\b", r"szkic", r"email", r"(?<!e-)mail",
        r"klikn", r"kliki", r"naciśnij tutaj", r"w celu dokonania",
        r"błąd", r"błęd", r"błędn", r"nieprawidłow", r"niepoprawn", r"niestety", r"musisz", r"brak danych", r"czy na pewno",
        r"inwalid", r"niepełnosprawni\b",
    ],
    "bg": [
        r"администратор(?!\w* на лич)", r"админ\b", r"контрольор", r"апликаци", r"молб", r"акаунт",
        r"регистраци\w* за събити", r"опашк", r"кол\b", r"патрон", r"домакин", r"попечител", r"проблем", r"уъркшоп", r"сеси",
        r"пост(?:а|ове|овете|ът)?\b", r"e-mail", r"мейл", r"линк", r"кликн", r"клик\b", r"натисн", r"с оглед на",
        r"грешк", r"невалид", r"неправил", r"за съжаление", r"трябва да", r"няма данни", r"сигурни ли сте", r"инвалид",
    ],
}  # fmt: skip
# A word for an application that one submits is right for one on a telephone.
ALLOWED_FOR = {r"aplikacj": re.compile(r"(?i)\bapp\b"), r"апликаци": re.compile(r"(?i)\bapp\b")}
TITLE_OF_A_PAGE_WITH_ERRORS = re.compile(r"^(Błąd|Грешка):(?: |$)")


@rule(
    17,
    "translated, and into the right language",
    pl("Organisation profile", "Organisation profile"),
    pl("Kliknij the link"),
    bg("Портал Workshop"),
)
def translated(entry: Entry) -> Iterator[str]:
    allowed = SAME_IN_POLISH if entry.lang == "pl" else SAME_EVERYWHERE
    for (source, form), text in zip(entry.pairs, entry.texts, strict=True):
        latin = [word for word in re.findall(r"[A-Za-z]+(?:-[A-Za-z]+)*", QUOTED.sub("", text)) if word not in allowed]
        if form == source and latin:
            yield "the same as its source"
        elif entry.lang == "bg" and latin:
            yield f"Latin words: {', '.join(latin)}"
        elif match := ENGLISH.search(text):
            yield f"an English word: {match.group()}"


@rule(
    23,
    "none of the words that the portal never uses",
    pl("Napisz do administratora."),
    pl("Kliknij tutaj"),
    pl("Wyślij aplikację", "Send the application"),
    pl("Wystąpił błąd."),
    pl("Wyślij mail"),
    bg("Влезте в акаунта"),
    bg("Отворете линка"),
    bg("Невалиден адрес"),
)
def never_words(entry: Entry) -> Iterator[str]:
    for text in entry.texts:
        text = TITLE_OF_A_PAGE_WITH_ERRORS.sub("", text).replace("\u00a0", " ")
        for stem in NEVER.get(entry.lang, ()):
            if stem in ALLOWED_FOR and ALLOWED_FOR[stem].search(entry.source):
                continue
            if match := re.search(rf"(?i)(?<!\w){stem}\w*", text):
                yield f"{match.group()!r} is never used"
