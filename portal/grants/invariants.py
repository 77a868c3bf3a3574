"""What must be true of micro-grants, beyond the rules of the database."""

import datetime as dt
from collections.abc import Sequence
from functools import cache

import sqlalchemy as sa

from portal.grants.findable import document
from portal.grants.models import KIND, Call, CallArea, CallEvent, CallStatus, Operator
from portal.grants.queries import findable_ids
from portal.ground.checks import Check, rows
from portal.ground.db import db
from portal.organisations.models import Organisation, OrganisationStatus
from portal.words import search

_GONE = (OrganisationStatus.CLOSED, OrganisationStatus.MERGED)


def _documents(numbers: list[int]) -> list[search.Document]:
    return [document(one) for one in db.session.scalars(sa.select(Call).where(Call.id.in_(numbers)))]


def _last_extension() -> sa.ScalarSelect[dt.datetime]:
    confirmed = CallEvent.confirmed_at.is_not(None)
    return sa.select(sa.func.max(CallEvent.after_at)).where(CallEvent.call_id == Call.id, confirmed).scalar_subquery()


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
        rows(
            "grants.call-without-area", Call, "A public call says nowhere where grants are given.",
            sa.and_(Call.status != CallStatus.DRAFT, ~sa.exists().where(CallArea.call_id == Call.id)),
        ),
        rows(
            "grants.deadline-apart", Call, "The deadline of a call is another one than two people have confirmed last.",
            Call.closes_at != _last_extension(),
        ),
        *search.in_step(KIND, findable_ids, _documents),
    )  # fmt: skip
