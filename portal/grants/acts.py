"""Which programmes and calls an organisation may read the audit trail of: its own, called by their titles."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from portal.declaration import Acts
from portal.grants.models import Call, Programme
from portal.ground.db import db
from portal.words.i18n import Localized


def _calls(numbers: Sequence[int]) -> Mapping[int, Localized]:
    found = db.session.execute(sa.select(Call.id, Call.title).where(Call.id.in_(numbers)))
    return {row[0]: row[1] for row in found}


def _programmes(numbers: Sequence[int]) -> Mapping[int, Localized]:
    found = db.session.execute(sa.select(Programme.id, Programme.title).where(Programme.id.in_(numbers)))
    return {row[0]: row[1] for row in found}


ACTS = Acts(
    Call, lambda number: sa.select(Call.id).join(Call.programme).where(Programme.organisation_id == number), _calls
)
PROGRAMME_ACTS = Acts(
    Programme, lambda number: sa.select(Programme.id).where(Programme.organisation_id == number), _programmes
)
