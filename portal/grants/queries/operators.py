"""Which organisations give micro-grants, and since when."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.grants.models import Operator
from portal.ground.db import db

_OF = sa.select(Operator).where(Operator.organisation_id == sa.bindparam("number"), Operator.is_open)


def open_operator(organisation_id: int) -> Operator | None:
    """The row by which an organisation is an operator now."""
    return db.session.scalar(_OF, {"number": organisation_id})


def is_operator(organisation_id: int) -> bool:
    """May the organisation open calls now?"""
    return open_operator(organisation_id) is not None


def operator_by_number(number: int) -> Operator | None:
    """One row, open or ended, with its organisation."""
    return db.session.scalar(
        sa.select(Operator).where(Operator.id == number).options(joinedload(Operator.organisation))
    )


def operators(*, offset: int, limit: int) -> Sequence[Operator]:
    """All rows with their organisations: those that are open first, then by their age, the youngest first."""
    query = sa.select(Operator).options(joinedload(Operator.organisation))
    order = (Operator.ended_at.is_not(None), Operator.granted_at.desc(), Operator.id.desc())
    return db.session.scalars(query.order_by(*order).offset(offset).limit(limit)).all()


def number_of_operators() -> int:
    return db.session.scalar(sa.select(sa.func.count(Operator.id))) or 0
