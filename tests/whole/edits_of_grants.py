"""The edit forms of micro-grants, opened on rows that say everything in every language."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from portal.words.i18n import Localized
from tests.factories.grants import make_call, make_programme
from tests.factories.people import make_person
from tests.whole.opened import Opened, filled

TRANSLATED = ("bg", "en")
UNSAID = frozenset({"cancelled_at", "cancel_reason", "published_at"})  # what becomes of it: no form writes that


def _three(words: str, *, rich: bool = False) -> Localized:
    texts = {"pl": f"{words} po polsku", "bg": f"{words} на български", "en": f"{words} in English"}
    texts = {language: f"<p>{text}</p>" if rich else text for language, text in texts.items()}
    return Localized.of("pl", texts.pop("pl"), **texts)


def programme(language: str) -> Opened:
    owner = make_person()
    made = make_programme(owner, ends_on=dt.date(2027, 12, 31))
    row = filled(made, title=_three("Program"), legal_basis=_three("Umowa"))
    return Opened(f"grants/programmes/{row.id}/edit?text={language}", row, owner)


def call(page: str) -> Opened:
    owner = make_person()
    made = make_call(make_programme(owner), status="draft", closes_at=dt.datetime(2027, 5, 4, 23, 59))
    row = filled(
        made, title=_three("Nabór"), summary=_three("Na ławkę"), description=_three("Ogłoszenie", rich=True)
    )  # fmt: skip
    return Opened(f"grants/{row.slug}/{page}", row, owner, empty=UNSAID)


FORMS: Mapping[str, Mapping[str, Callable[[], Any]]] = {
    "ProgrammeEditForm": {"": lambda: programme("pl")},
    "TranslateProgrammeForm": {code: lambda code=code: programme(code) for code in TRANSLATED},
    "CallEditForm": {"": lambda: call("edit")},
    "TranslateCallForm": {code: lambda code=code: call(f"edit?text={code}") for code in TRANSLATED},
    "CallAreasForm": {"": lambda: call("areas")},
}
