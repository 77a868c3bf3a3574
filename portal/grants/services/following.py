"""What becomes of programmes and calls when something becomes of their operator or of those who look after them."""

import sqlalchemy as sa

from portal.grants import queries
from portal.grants.models import KIND, CallEvent, CallPhase, Operator, Programme
from portal.grants.services.locking import reindex
from portal.grants.services.operators import hand_over_operator
from portal.ground.db import db
from portal.ground.errors import Refusal
from portal.words import search
from portal.words.i18n import _l

_PEOPLE = (Operator.granted_by, Operator.ended_by, CallEvent.asked_by, CallEvent.confirmed_by, CallEvent.dropped_by)


def stop_closing(organisation_id: int) -> None:
    """An operator does not end while people apply to it. Raises Refusal for a call that is announced or open."""
    if any(
        call.phase in (CallPhase.ANNOUNCED, CallPhase.OPEN) for call in queries.calls_of_organisation(organisation_id)
    ):
        raise Refusal(
            _l(
                "The organisation has a call for micro-grants that is not closed. Cancel it first, or wait for its deadline."
            )
        )


def follow_publicity(organisation_id: int, *, is_public: bool) -> None:
    """Let search find the public calls of an operator, or no longer (inside a transaction)."""
    for call in queries.calls_of_organisation(organisation_id):
        if is_public:
            reindex(call)
        else:
            search.remove(KIND, call.id)


def follow_merge(lost_id: int, kept_id: int) -> None:
    """What the lost one gave, the kept one gives (inside the transaction that holds both)."""
    hand_over_operator(lost_id, kept_id)
    same = {"updated_at": Programme.updated_at}  # nobody edited them
    moved = sa.update(Programme).where(Programme.organisation_id == lost_id).values(organisation_id=kept_id, **same)
    db.session.execute(moved, execution_options={"synchronize_session": False})
    db.session.expire_all()
    for call in queries.calls_of_organisation(kept_id):
        reindex(call)


def going_over(lost_id: int) -> int:
    """How many calls `follow_merge` would hand over. Reads only."""
    return len(queries.calls_of_organisation(lost_id))


def hand_over(*, gone_id: int, kept_id: int) -> None:
    """What one person did is of the one with whom they turned out to be the same: who asked stays, and a second person who
    was none is named no more."""
    both = (gone_id, kept_id)
    alone = sa.update(CallEvent).where(CallEvent.asked_by.in_(both), CallEvent.confirmed_by.in_(both))
    db.session.execute(alone.values(confirmed_by=None))
    for column in _PEOPLE:
        db.session.execute(sa.update(column.class_).where(column == gone_id).values({column.key: kept_id}))
