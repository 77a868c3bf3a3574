"""The facet of the directory that networks give: which of them an organisation is in."""

from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa

from portal.ground.db import db
from portal.membership.models import KIND, Membership, MembershipStatus, Network
from portal.organisations.models import Organisation
from portal.words import search
from portal.words.facets import Facet, Words
from portal.words.i18n import _l

_SLUGS = (
    sa.select(Membership.organisation_id, Network.slug)
    .join(Network, Network.id == Membership.network_id)
    .where(
        Membership.organisation_id.in_(sa.bindparam("organisations", expanding=True)),
        Membership.status == MembershipStatus.ACTIVE,
    )
)
_NAMES = sa.select(Network.slug, Network.name).where(Network.slug.in_(sa.bindparam("slugs", expanding=True)))


def _codes(organisations: Sequence[Organisation]) -> Mapping[int, Collection[str]]:
    """The addresses of the networks that each is an active member of: a network keeps its own."""
    found: dict[int, set[str]] = {}
    for number, slug in db.session.execute(_SLUGS, {"organisations": [one.id for one in organisations]}):
        found.setdefault(number, set()).add(slug)
    return found


def _labels(slugs: Collection[str]) -> Mapping[str, Words]:
    if not slugs:
        return {}
    return dict(db.session.execute(_NAMES, {"slugs": sorted(slugs)}).all())


def _found(words: str) -> Collection[str]:
    return set(db.session.scalars(sa.select(Network.slug).where(Network.id.in_(search.matching_ids(words, KIND)))))


NETWORK = Facet("network", _l("Network"), _codes, _labels, found=_found)
