"""A directory of any size, made up from a seed."""

import datetime as dt
import random
from collections.abc import Iterator

import sqlalchemy as sa

from portal.ground.db import db
from portal.organisations.demo.towns import towns
from portal.organisations.models import Organisation, OrganisationStatus, Scheme
from portal.organisations.services import BulkRow, bulk_create
from portal.organisations.themes import terms
from portal.words.i18n import Localized

_FIRST = {
    "pl": ("Stowarzyszenie", "Fundacja", "Koło", "Towarzystwo", "Klub"),
    "bg": ("Сдружение", "Фондация", "Читалище", "Клуб"),
}
_SECOND = {
    "pl": ("Ziemi", "Przyjaciół", "Sąsiadów", "Pamięci", "Doliny", "Źródła", "Młodych", "Żurawia", "Łąki", "Ścieżki"),
    "bg": ("на съседите", "за промяна", "Извор", "Бъдеще", "на приятелите", "Щъркел", "Липа", "Пътека", "Жар", "Люляк"),
}
_FORMS = {
    "pl": ("pl-assoc", "pl-foundation", "pl-kgw", "pl-informal"),
    "bg": ("bg-assoc-public", "bg-found-public", "bg-chitalishte", "bg-informal"),
}


def load_many(size: int, seed: int) -> int:
    """Publish made-up organisations until there are `size`; returns how many were added. The same seed, the same rows."""
    published = db.session.scalar(sa.select(sa.func.count()).where(Organisation.status == OrganisationStatus.PUBLISHED))
    db.session.rollback()
    missing = max(0, size - int(published or 0))
    return bulk_create(_rows(missing, seed)) if missing else 0


def _rows(count: int, seed: int) -> Iterator[BulkRow]:
    chance = random.Random(seed)  # noqa: S311  (a repeatable demo, no secret)
    other = random.Random(f"terms {seed}")  # noqa: S311  (names and places stay those of the seed)
    began = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    for number in range(count):
        place = chance.choice(towns())
        town, language = place.name, place.language
        name = f"{chance.choice(_FIRST[language])} {chance.choice(_SECOND[language])} {number + 1}"
        summary = {"pl": f"Działamy na miejscu: {town}.", "bg": f"Работим на място: {town}."}[language]
        yield BulkRow(
            name=Localized.of(language, name),
            summary=Localized.of(language, summary),
            description=Localized.of(language, f"<p>{summary}</p>"),
            legal_form=chance.choice(_FORMS[language]),
            town=town,
            region=place.region,
            themes=tuple(sorted(chance.sample([str(theme) for theme in range(1, 13)], 2), key=int)),
            published_at=began + dt.timedelta(minutes=number),
            terms=tuple(_terms(other, language)),
        )


def _terms(chance: random.Random, language: str) -> Iterator[tuple[str, str]]:
    """What somebody says in most schemes: one size and place, few groups, spheres and goals, the own language."""
    spheres = Scheme.ART4 if language == "pl" else Scheme.ART38
    yield Scheme.LANGUAGE.value, language
    for scheme, most in (
        (Scheme.SIZE, 1),
        (Scheme.SETTLEMENT_TYPE, 1),
        (Scheme.TARGET_GROUP, 3),
        (spheres, 3),
        (Scheme.SDG, 2),
    ):
        for term in chance.sample(terms(scheme), chance.randint(1, most)):
            yield scheme.value, term.code
    if chance.random() < 0.3:
        yield Scheme.VENUE_ACCESS.value, "step-free"
