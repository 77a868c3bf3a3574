"""Which memberships an organisation may read the audit trail of: its own, called by their network."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from portal.declaration import Acts
from portal.ground.db import db
from portal.membership.models import Membership, Network
from portal.words.i18n import Localized


def _names(numbers: Sequence[int]) -> Mapping[int, Localized]:
    query = sa.select(Membership.id, Network.name).join(Network, Network.id == Membership.network_id)
    return {row[0]: row[1] for row in db.session.execute(query.where(Membership.id.in_(numbers)))}


ACTS = Acts(Membership, lambda number: sa.select(Membership.id).where(Membership.organisation_id == number), _names)
