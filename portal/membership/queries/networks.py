"""Networks and the questions they ask."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.face.media import File, StoredVariant, media_path
from portal.ground.db import db
from portal.membership.models import KIND, Network, NetworkSize
from portal.questions import queries as questions
from portal.questions.models import Question
from portal.questions.queries import Asked
from portal.words.i18n import Localized, current_language
from portal.words.search import in_alphabet, matching_ids
from portal.words.text import sort_key


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


_MEMBERS = sa.func.coalesce(NetworkSize.members, 0)
_SHOWN = (
    sa.select(Network.id, Network.slug, Network.name, Network.summary, File.variants, _MEMBERS)
    .outerjoin(File, File.id == Network.logo_id)
    .outerjoin(NetworkSize, NetworkSize.network_id == Network.id)
)
_LARGEST = _SHOWN.order_by(_MEMBERS.desc(), Network.id).limit(sa.bindparam("most", type_=sa.Integer))
_BY_SLUG = sa.select(Network).where(Network.slug == sa.bindparam("slug")).options(joinedload(Network.logo))


def name_of_network(number: int) -> Localized | None:
    """What the network with this number is called."""
    return db.session.scalar(sa.select(Network.name).where(Network.id == number))


def network_by_slug(slug: str) -> Network | None:
    """The network at an address, with its logo."""
    return db.session.scalar(_BY_SLUG, {"slug": slug})


def network_of(network_id: int) -> Network | None:
    return db.session.get(Network, network_id)


def all_networks() -> Sequence[tuple[str, Localized]]:
    """(slug, name) of every network, in the alphabet of the page's language: for a list to choose one from."""
    names = sa.select(Network.slug, Network.name)
    return [(slug, name) for slug, name in db.session.execute(in_alphabet(names, KIND, Network.id, current_language()))]


def largest_networks(limit: int) -> Sequence[NetworkShown]:
    """The networks with most public members, in the alphabet of the page's language."""
    language = current_language()
    found = [NetworkShown(*row) for row in db.session.execute(_LARGEST, {"most": limit})]
    return sorted(found, key=lambda network: (sort_key(network.name.shown().text, language), network.id))


def networks_listed(words: str = "", *, offset: int, limit: int) -> tuple[Sequence[NetworkShown], int]:
    """The networks that `words` find, or all, in the alphabet of the page's language: a part of the list, and how many
    there are in all; of a part behind the end 0."""
    found = _SHOWN.where(Network.id.in_(matching_ids(words, KIND))) if words else _SHOWN
    listed = in_alphabet(found, KIND, Network.id, current_language()).offset(offset).limit(limit)
    rows = db.session.execute(listed.add_columns(sa.func.count().over())).all()
    return [NetworkShown(*row[:-1]) for row in rows], rows[0][-1] if rows else 0


@dataclass(frozen=True, slots=True)
class NetworkQuestion:
    """A question to applicants, with the network that asks it."""

    network: Network
    question: Question

    @property
    def id(self) -> int:
        """The number of the question."""
        return self.question.id


def questions_of(network_id: int) -> Sequence[Asked]:
    """What the network asks, in its order."""
    return questions.asked(_set_of(network_id))


def retired_questions(network_id: int) -> Sequence[Question]:
    """What it asks no longer."""
    return questions.retired(_set_of(network_id))


def _set_of(network_id: int) -> int | None:
    return db.session.scalar(sa.select(Network.question_set_id).where(Network.id == network_id))


def question_of(slug: str, number: int) -> NetworkQuestion | None:
    """A question that the network at this address still asks, with the network."""
    row = db.session.execute(
        sa.select(Network, Question)
        .join(Question, Question.question_set_id == Network.question_set_id)
        .where(Network.slug == slug, Question.id == number, Question.retired_at.is_(None))
    ).first()
    return NetworkQuestion(*row) if row else None
