"""Which events an organisation may read the audit trail of: its own, called by their titles."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from portal.declaration import Acts
from portal.events.models import Event
from portal.ground.db import db
from portal.words.i18n import Localized


def _names(numbers: Sequence[int]) -> Mapping[int, Localized]:
    found = db.session.execute(sa.select(Event.id, Event.title).where(Event.id.in_(numbers)))
    return {row[0]: row[1] for row in found}


ACTS = Acts(Event, lambda number: sa.select(Event.id).where(Event.organisation_id == number), _names)
