"""Networks and the questions they ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from portal.face.media import File, StoredVariant, media_path
from portal.ground.db import db
from portal.membership.models import Answer, Network, Question
from portal.membership.queries.members import count_of_members
from portal.words.i18n import Localized, current_language
from portal.words.text import sort_key

Named = TypeVar("Named", Network, "NetworkShown")


@dataclass(frozen=True, slots=True)
class NetworkShown:
    """A network in a list, with the number of its public members."""

    id: int
    slug: str
    name: Localized
    summary: Localized
    variants: list[StoredVariant] | None
    members: int

    @property
    def picture_url(self) -> str:
        """The address of the small logo, or an empty text."""
        return media_path(self.variants[0]["key"]) if self.variants else ""


_MEMBERS = count_of_members(Network.id).label("members")
_SHOWN = sa.select(Network.id, Network.slug, Network.name, Network.summary, File.variants, _MEMBERS).outerjoin(
    File, File.id == Network.logo_id
)
_LARGEST = _SHOWN.order_by(_MEMBERS.desc(), Network.id).limit(sa.bindparam("most", type_=sa.Integer))
_BY_SLUG = sa.select(Network).where(Network.slug == sa.bindparam("slug")).options(joinedload(Network.logo))


def network_by_slug(slug: str) -> Network | None:
    """The network at an address, with its logo."""
    return db.session.scalar(_BY_SLUG, {"slug": slug})


def network_of(network_id: int) -> Network | None:
    return db.session.get(Network, network_id)


def all_networks() -> Sequence[Network]:
    """Every network, in the alphabet of the page's language."""
    return _in_alphabet(db.session.scalars(sa.select(Network)).all())


def networks_shown(limit: int | None = None) -> Sequence[NetworkShown]:
    """Networks with the number of their members in one query: those with most members when there is a limit, else all
    in the alphabet of the page's language."""
    rows = db.session.execute(_SHOWN) if limit is None else db.session.execute(_LARGEST, {"most": limit})
    return _in_alphabet([NetworkShown(*row) for row in rows])


def questions_of(network_id: int, *, retired: bool = False) -> Sequence[Question]:
    """What the network asks, in its order; `retired` asks for those that are no longer asked."""
    query = sa.select(Question).where(Question.network_id == network_id).order_by(Question.position, Question.id)
    return db.session.scalars(
        query.where(Question.retired_at.is_not(None) if retired else Question.retired_at.is_(None))
    ).all()


def question_of(slug: str, number: int) -> Question | None:
    """A question that the network at this address still asks, with the network."""
    return db.session.scalar(
        sa.select(Question)
        .join(Question.network)
        .where(Network.slug == slug, Question.id == number, Question.retired_at.is_(None))
        .options(contains_eager(Question.network))
    )


def is_answered(question_id: int) -> bool:
    return bool(db.session.scalar(sa.select(sa.exists().where(Answer.question_id == question_id))))


def _in_alphabet(networks: Sequence[Named]) -> Sequence[Named]:
    language = current_language()
    return sorted(networks, key=lambda network: (sort_key(network.name.shown().text, language), network.id))
