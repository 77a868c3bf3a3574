"""What must be true of the calendar of confirmation."""

from collections.abc import Sequence
from functools import cache

import sqlalchemy as sa

from portal.freshness.models import Request, Silence, Step
from portal.ground.checks import Check, rows
from portal.organisations.models import Organisation, OrganisationStatus

_OF = Organisation.id == Silence.organisation_id
_AWAKE = sa.exists().where(
    _OF, Organisation.confirmed_at == Silence.confirmed_at, Organisation.dormant_since.is_(None),
    Organisation.status == OrganisationStatus.PUBLISHED,
)  # fmt: skip


@cache
def checks() -> Sequence[Check]:
    return (
        rows(
            "freshness.awake", Silence, "The calendar has taken it out of the list, and it stands there.",
            Silence.step == int(Step.DORMANT), _AWAKE,
        ),
        rows(
            "freshness.of-the-future", Silence, "A step was taken before the confirmation that it counts from.",
            Silence.step_at < Silence.confirmed_at,
        ),
        rows(
            "freshness.request", Request, "Somebody was asked before the confirmation that it is about.",
            Request.asked_at < Request.confirmed_at,
        ),
    )  # fmt: skip
