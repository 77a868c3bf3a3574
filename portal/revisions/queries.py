"""Reading the history of a thing."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import defer, joinedload

from portal.ground.db import db
from portal.revisions.models import Revision


def _of(kind: str, number: int) -> sa.Select[Revision]:
    return sa.select(Revision).where(Revision.kind == kind, Revision.object_id == number)


def count(kind: str, number: int) -> int:
    """How many revisions of a thing are kept."""
    counted = sa.select(sa.func.count()).where(Revision.kind == kind, Revision.object_id == number)
    return db.session.scalar(counted) or 0


def listed(kind: str, number: int, *, offset: int, limit: int) -> Sequence[Revision]:
    """Revisions of a thing with whoever made them, the latest first, without what they hold."""
    query = _of(kind, number).order_by(Revision.n.desc()).offset(offset).limit(limit)
    return db.session.scalars(query.options(joinedload(Revision.person), defer(Revision.data))).all()


def revision(kind: str, number: int, n: int) -> Revision | None:
    """One revision with whoever made it."""
    return db.session.scalar(_of(kind, number).where(Revision.n == n).options(joinedload(Revision.person)))


def latest(kind: str, number: int) -> Revision | None:
    return db.session.scalar(_of(kind, number).order_by(Revision.n.desc()).limit(1))


def before(revision: Revision) -> Revision | None:
    """The one that is kept before this one; None for the first."""
    query = _of(revision.kind, revision.object_id).where(Revision.n < revision.n)
    return db.session.scalar(query.order_by(Revision.n.desc()).limit(1))


def old(
    moment: dt.datetime, after: tuple[str, int, int], limit: int
) -> Sequence[sa.Row[int, str, int, int, dt.datetime]]:
    """(id, kind, object, n, at) of revisions from before a moment, in the order of their things, beyond one of them."""
    place = sa.tuple_(Revision.kind, Revision.object_id, Revision.n)
    query = sa.select(Revision.id, Revision.kind, Revision.object_id, Revision.n, Revision.at)
    found = query.where(Revision.at < moment, place > after).order_by(Revision.kind, Revision.object_id, Revision.n)
    return db.session.execute(found.limit(limit)).all()
