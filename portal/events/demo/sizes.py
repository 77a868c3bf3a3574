"""Any number of public events, made up from a seed: three years of past ones and a year of those to come."""

import datetime as dt
import random
from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from portal.events.models import Event, EventStatus
from portal.events.services import BulkEvent, bulk_create_events
from portal.ground import clock
from portal.ground.db import db
from portal.membership.models import Network
from portal.organisations.demo.towns import Town, towns
from portal.words.i18n import Localized

_WHAT = {
    "pl": (
        "Spotkanie sieci",
        "Szkolenie: rozliczenie dotacji",
        "Warsztat dla świetlic",
        "Narada wiosenna",
        "Dzień otwarty",
    ),
    "bg": ("Среща на мрежата", "Обучение по отчитане", "Работилница за читалища", "Пролетен съвет", "Отворени врати"),
}
_SUMMARY = {"pl": "Spotkamy się na miejscu: {town}.", "bg": "Ще се срещнем на място: {town}."}
_VENUE = {"pl": "Dom kultury", "bg": "Читалище"}
_BEFORE, _AFTER = 1095, 365  # days
_OF_FIRST = 0.1  # the share of the first network, so that somebody runs many


def load_many(size: int, seed: int) -> int:
    """Make up events until there are `size` public ones; returns how many were added. There must be a network."""
    public = sa.select(sa.func.count()).where(Event.status == EventStatus.PUBLISHED)
    known = db.session.scalar(public) or 0
    networks = db.session.scalars(sa.select(Network.id).order_by(Network.id)).all()
    db.session.rollback()
    return len(bulk_create_events(_rows(max(0, size - known), networks, seed)))


def _rows(count: int, networks: Sequence[int], seed: int) -> Iterator[BulkEvent]:
    chance = random.Random(seed)  # noqa: S311  (a repeatable demo, no secret)
    midnight = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    for _number in range(count):
        town: Town = chance.choice(towns())
        starts = midnight + dt.timedelta(days=chance.randrange(-_BEFORE, _AFTER), hours=chance.randrange(7, 17))
        language = town.language
        yield BulkEvent(
            network_id=networks[0] if chance.random() < _OF_FIRST else chance.choice(networks),
            title=Localized.of(language, f"{chance.choice(_WHAT[language])}: {town.name}"),
            summary=Localized.of(language, _SUMMARY[language].format(town=town.name)),
            venue=Localized.of(language, _VENUE[language]),
            town=town.name,
            timezone=town.zone,
            starts_at=starts,
            ends_at=starts + dt.timedelta(hours=chance.randrange(2, 9)),
            published_at=min(starts, midnight) - dt.timedelta(days=30),
        )
