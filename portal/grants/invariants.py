"""What must be true of micro-grants, beyond the rules of the database."""

from collections.abc import Sequence
from functools import cache

import sqlalchemy as sa

from portal.grants.models import Operator
from portal.ground.checks import Check, rows
from portal.organisations.models import Organisation, OrganisationStatus

_GONE = (OrganisationStatus.CLOSED, OrganisationStatus.MERGED)


@cache
def checks() -> Sequence[Check]:
    return (
        rows(
            "grants.operator-gone", Operator, "An organisation that has ended, or was merged, may still open calls.",
            sa.and_(
                Operator.is_open,
                sa.exists().where(Organisation.id == Operator.organisation_id, Organisation.status.in_(_GONE)),
            ),
        ),
    )  # fmt: skip
