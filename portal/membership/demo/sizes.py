"""Any number of networks with members, made up from a seed: a few have thousands, most a few dozen."""

import datetime as dt
import itertools
import random
from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from portal.ground.db import db
from portal.membership.models import Network
from portal.membership.services import BulkMember, BulkNetwork, bulk_create_networks, bulk_join
from portal.organisations.demo.towns import towns
from portal.organisations.models import Organisation, OrganisationStatus
from portal.words.i18n import Localized

_WHAT = {
    "pl": (
        "Sieć sąsiedzka",
        "Sieć kultury",
        "Sieć wsi",
        "Sieć ekologiczna",
        "Sieć seniorów",
        "Sieć młodych",
        "Sieć sportu",
    ),
    "bg": ("Съседска мрежа", "Мрежа за култура", "Селска мрежа", "Зелена мрежа", "Мрежа на младите", "Спортна мрежа"),
}
_ENGLISH = {"Sieć kultury": "Culture network", "Мрежа за култура": "Culture network", "Sieć wsi": "Rural network"}
_SUMMARY = {"pl": "Organizacje, które działają razem: {town}.", "bg": "Организации, които работят заедно: {town}."}
_IN = (1, 5, 3, 1)  # weights: an organisation is in none, one, two or three networks
BEGAN = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)


def load_many(size: int, seed: int) -> int:
    """Make up networks until there are `size`, with published organisations in them; returns how many were added."""
    known = db.session.scalar(sa.select(sa.func.count()).select_from(Network)) or 0
    published = sa.select(Organisation.id).where(Organisation.status == OrganisationStatus.PUBLISHED)
    organisations = db.session.scalars(published.order_by(Organisation.id)).all()
    db.session.rollback()
    made = bulk_create_networks(_rows(max(0, size - known), seed))
    if made:
        bulk_join(_members(made, organisations, seed))
    return len(made)


def _rows(count: int, seed: int) -> Iterator[BulkNetwork]:
    chance = random.Random(seed)  # noqa: S311  (a repeatable demo, no secret)
    for number in range(count):
        town = chance.choice(towns())
        what, language = chance.choice(_WHAT[town.language]), town.language
        english = {"en": f"{_ENGLISH[what]}: {town.name}"} if what in _ENGLISH else {}
        summary = _SUMMARY[language].format(town=town.name)
        yield BulkNetwork(
            name=Localized.of(language, f"{what}: {town.name}", **english),
            summary=Localized.of(language, summary),
            description=Localized.of(language, f"<p>{summary}</p>"),
            timezone=town.zone,
            made_at=BEGAN + dt.timedelta(hours=number),
        )


def _members(networks: Sequence[int], organisations: Sequence[int], seed: int) -> Iterator[BulkMember]:
    chance = random.Random(seed)  # noqa: S311  (a repeatable demo, no secret)
    share = list(itertools.accumulate(1 / (place + 3) for place in range(len(networks))))
    for organisation in organisations:
        (wanted,) = chance.choices(range(len(_IN)), _IN)
        for network in sorted(set(chance.choices(networks, cum_weights=share, k=wanted))):
            yield BulkMember(network, organisation, BEGAN + dt.timedelta(days=chance.randrange(900)))
