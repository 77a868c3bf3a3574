"""Any number of public projects, made up from a seed: six years of them, some for a network of their organisation."""

import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence

import sqlalchemy as sa

from portal.ground import clock
from portal.ground.db import db
from portal.membership.models import Membership, MembershipStatus
from portal.organisations.models import Organisation, OrganisationStatus
from portal.organisations.places import LANGUAGE_OF
from portal.projects.models import ZONE, Project, ProjectState
from portal.projects.services import BulkProject, bulk_publish
from portal.words.i18n import Localized
from portal.words.vocabularies import vocabulary

_WHAT = {
    "pl": ("Otwarta świetlica", "Ogród sąsiedzki", "Szkoła samorządu", "Głos młodych", "Uczymy się razem"),
    "bg": ("Отворено читалище", "Съседска градина", "Училище за местна власт", "Гласът на младите", "Учим се заедно"),
}
_SUMMARY = {"pl": "Spotkania i warsztaty: {town}.", "bg": "Срещи и работилници: {town}."}
_BACK, _AHEAD, _SHORTEST, _LONGEST = 1825, 365, 60, 900  # days
_FOR_A_NETWORK = 0.3


def load_many(size: int, seed: int) -> int:
    """Make up projects until there are `size` public ones; returns how many were added. There must be an organisation."""
    known = db.session.scalar(sa.select(sa.func.count()).where(Project.state == ProjectState.PUBLISHED)) or 0
    published = sa.select(Organisation.id, Organisation.country, Organisation.town)
    published = published.where(Organisation.status == OrganisationStatus.PUBLISHED).order_by(Organisation.id)
    organisations = [(row[0], row[1], row[2]) for row in db.session.execute(published)]
    joined: dict[int, list[int]] = {}
    members = sa.select(Membership.organisation_id, Membership.network_id)
    for organisation, network in db.session.execute(members.where(Membership.status == MembershipStatus.ACTIVE)):
        joined.setdefault(organisation, []).append(network)
    db.session.rollback()
    return bulk_publish(_rows(max(0, size - known), organisations, joined, seed))


def _rows(
    count: int, organisations: Sequence[tuple[int, str, str]], joined: Mapping[int, Sequence[int]], seed: int
) -> Iterator[BulkProject]:
    chance = random.Random(seed)  # noqa: S311  (a repeatable demo, no secret)
    areas = [term.code for term in vocabulary("area_of_support")]
    today = clock.today(ZONE)
    for _number in range(count):
        number, country, town = chance.choice(organisations)
        language, first = LANGUAGE_OF[country], today + dt.timedelta(days=chance.randrange(-_BACK, _AHEAD))
        networks = sorted(joined.get(number, ()))
        yield BulkProject(
            organisation_id=number,
            network_id=chance.choice(networks) if networks and chance.random() < _FOR_A_NETWORK else None,
            title=Localized.of(language, f"{chance.choice(_WHAT[language])}: {town}"),
            summary=Localized.of(language, _SUMMARY[language].format(town=town)),
            areas=",".join(chance.sample(areas, chance.randrange(1, 4))),
            starts_on=first,
            ends_on=first + dt.timedelta(days=chance.randrange(_SHORTEST, _LONGEST)),
            published_at=clock.now() - dt.timedelta(minutes=chance.randrange(1, _BACK * 1440)),
        )
