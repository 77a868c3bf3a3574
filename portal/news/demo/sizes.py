"""Any number of public posts, made up from a seed: three years of them, of networks and organisations."""

import datetime as dt
import random
from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from portal.ground import clock
from portal.ground.db import db
from portal.membership.models import Network
from portal.news.models import Post, PostStatus
from portal.news.services import BulkPost, bulk_publish
from portal.organisations.demo.towns import towns
from portal.organisations.models import Organisation, OrganisationStatus
from portal.words.i18n import Localized
from portal.words.vocabularies import vocabulary

_WHAT = {
    "pl": ("Nowa świetlica", "Zbiórka książek", "Dotacja na plac zabaw", "Festyn sąsiedzki", "Szukamy wolontariuszy"),
    "bg": ("Ново читалище", "Събиране на книги", "Площадка за игри", "Съседски празник", "Търсим доброволци"),
}
_LEAD = {"pl": "Co się wydarzyło i kto pomógł: {town}.", "bg": "Какво се случи и кой помогна: {town}."}
_DAYS = 1095
_OF_FIRST, _OF_NETWORKS = 0.1, 0.4  # the shares of the first network, and of all of them


def load_many(size: int, seed: int) -> int:
    """Make up posts until there are `size` published ones; returns how many were added. There must be a network."""
    public = sa.select(sa.func.count()).where(Post.status == PostStatus.PUBLISHED)
    known = db.session.scalar(public) or 0
    networks = db.session.scalars(sa.select(Network.id).order_by(Network.id)).all()
    published = sa.select(Organisation.id).where(Organisation.status == OrganisationStatus.PUBLISHED)
    organisations = db.session.scalars(published.order_by(Organisation.id)).all()
    db.session.rollback()
    return bulk_publish(_rows(max(0, size - known), networks, organisations, seed))


def _rows(count: int, networks: Sequence[int], organisations: Sequence[int], seed: int) -> Iterator[BulkPost]:
    chance = random.Random(seed)  # noqa: S311  (a repeatable demo, no secret)
    categories = [term.code for term in vocabulary("post_category")]
    weights = [10, *[1] * (len(categories) - 1)]  # most are plain news
    for _number in range(count):
        town, share = chance.choice(towns()), chance.random()
        language, of_network = town.language, share < _OF_NETWORKS or not organisations
        lead = _LEAD[language].format(town=town.name)
        yield BulkPost(
            network_id=(networks[0] if share < _OF_FIRST else chance.choice(networks)) if of_network else None,
            organisation_id=None if of_network else chance.choice(organisations),
            category=chance.choices(categories, weights)[0],
            title=Localized.of(language, f"{chance.choice(_WHAT[language])}: {town.name}"),
            lead=Localized.of(language, lead),
            body=Localized.of(language, f"<p>{lead}</p>" * chance.randrange(1, 12)),
            publish_at=clock.now() - dt.timedelta(minutes=chance.randrange(1, _DAYS * 1440)),
        )
