"""Which column of a list is which field of a profile: by the words of its first row, in three languages.

Fields come from the profile itself: a new one is read under its own label without a line here."""

from collections.abc import Mapping, Sequence
from functools import cache

from portal.organisations.fields import ASKED, PROFILE
from portal.words.fields import Field, FieldSet, Kind
from portal.words.fields.cells import LONGEST_WORD, code_words
from portal.words.i18n import LANGUAGES, _l, in_language
from portal.words.text import fold

# No fields of a profile: contacts are rows beside it. A list has one of each kind.
CONTACTS = {
    "contact_email": Field("contact_email", Kind.EMAIL, _l("Contact e-mail address"), most=320),
    "contact_phone": Field("contact_phone", Kind.PHONE, _l("Telephone number"), most=40),
}
# Fields that a list may have. Other rows and moments are nothing that a cell says.
READ = FieldSet(*ASKED, *CONTACTS.values()).where(lambda field: field.kind not in (Kind.ROW, Kind.MOMENT))
STARTS = PROFILE.where(lambda field: field.needed is not None and field.choices is not None and field.start is None)

# What people call these columns beside the labels of the form.
ALSO: Mapping[str, Sequence[str]] = {
    "name": [
        "Name", "Organisation", "Organization", "Organisation name", "Nazwa", "Nazwa organizacji", "Organizacja",
        "Nazwa pełna", "Наименование", "Име", "Организация", "Име на организацията", "Наименование на организацията",
    ],
    "legal_form": ["Form", "Type", "Forma prawna", "Forma", "Правна форма", "Вид"],
    "town": [
        "Town", "City", "Place", "Village", "Locality", "Miejscowość", "Miasto", "Siedziba", "Населено място", "Град",
        "Седалище", "Село",
    ],
    "region": ["Voivodeship", "Oblast", "Province", "Województwo", "Region", "Област", "Регион"],
    "themes": ["Theme", "Topics", "Activity", "Temat", "Tematy", "Dziedzina", "Obszar działania", "Тема", "Дейност"],
    "founded_year": ["Founded", "Year", "Rok założenia", "Rok powstania", "Година на създаване", "Основана"],
    "summary": ["Description", "Short description", "Opis", "Krótki opis", "Описание", "Кратко описание"],
    "website": ["Web", "WWW", "URL", "Site", "Strona", "Strona internetowa", "Strona WWW", "Сайт", "Уебсайт"],
    "contact_email": ["E-mail", "Email", "Mail", "Adres e-mail", "Имейл", "Ел. поща", "Електронна поща"],
    "contact_phone": ["Phone", "Telephone", "Tel", "Telefon", "Numer telefonu", "Телефон", "Тел"],
    "krs": ["KRS", "Nr KRS", "KRS number", "Numer KRS", "KRS номер", "PL-KRS"],
    "nip": ["NIP", "Numer NIP", "Tax number", "PL-NIP"],
    "regon": ["REGON", "Nr REGON", "Numer REGON", "PL-REGON"],
    "eik": ["EIK", "ЕИК", "БУЛСТАТ", "Bulstat", "BG-EIK", "ЕИК/БУЛСТАТ"],
}  # fmt: skip
# What people write for a term beside its names. One word for several terms is asked for by code.
SHORT: Mapping[str, Mapping[str, Sequence[str]]] = {
    "legal_form": {
        "stowarzyszenie": ["pl-assoc"], "stowarzyszenie rejestrowe": ["pl-assoc"], "kgw": ["pl-kgw"], "osp": ["pl-osp"],
        "uks": ["pl-uks"], "spółka z o.o. non-profit": ["pl-nonprofit-llc"], "klub sportowy": ["pl-sport-club"],
        "rada rodziców": ["pl-parents"], "klub seniora": ["pl-senior-club"],
        "association": ["pl-assoc", "bg-assoc-public", "bg-assoc-private"],
        "foundation": ["pl-foundation", "bg-found-public", "bg-found-private"],
        "сдружение": ["bg-assoc-public", "bg-assoc-private"], "фондация": ["bg-found-public", "bg-found-private"],
        "читалище": ["bg-chitalishte"], "chitalishte": ["bg-chitalishte"], "czitaliszte": ["bg-chitalishte"],
    },
    "region": {
        "София": ["BG-22", "BG-23"], "Sofia": ["BG-22", "BG-23"], "София-град": ["BG-22"], "София (столица)": ["BG-22"],
        "Sofia city": ["BG-22"], "Софийска": ["BG-23"], "Софийска област": ["BG-23"], "Sofia province": ["BG-23"],
    },
}  # fmt: skip
BEFORE: Mapping[str, Sequence[str]] = {"region": ["województwo", "woj.", "woj", "област", "oblast", "обл.", "обл"]}


@cache
def _known() -> Mapping[str, str]:
    """Field by folded head: our own labels first, so that a file of ours comes back as it went."""
    found: dict[str, str] = {}
    for field in READ:
        for language in LANGUAGES:
            with in_language(language):
                found.setdefault(_folded(str(field.label)), field.name)
    for name, words in ALSO.items():
        if name in READ:
            for word in words:
                found.setdefault(_folded(word), name)
    return found


def _folded(head: str) -> str:
    return fold(head[:LONGEST_WORD]).strip(" :*.")


def guessed(heads: Sequence[str]) -> dict[str, int]:
    """The column of each field that some head names; the first one wins."""
    found: dict[str, int] = {}
    for place, head in enumerate(heads):
        name = _known().get(_folded(head))
        if name is not None:
            found.setdefault(name, place)
    return found


@cache
def terms(name: str) -> Mapping[str, Sequence[str]]:
    """The codes that a folded word can mean in a field of choices: its code, and its label in every language."""
    found = code_words(READ[name])
    for word, meant in SHORT.get(name, {}).items():
        known = {str(code) for codes in found.values() for code in codes}
        found[fold(word)] = [code for code in meant if code in known]
    return found


def meant(name: str, typed: str) -> Sequence[str]:
    """The codes that somebody can mean by a word in a field of choices."""
    folded, known = fold(typed[:LONGEST_WORD]), terms(name)
    if folded in known:
        return known[folded]
    for word in BEFORE.get(name, ()):
        start = f"{fold(word)} "
        if folded.startswith(start) and folded.removeprefix(start) in known:
            return known[folded.removeprefix(start)]
    return ()
