"""When people turn out to be one, and when what was decided for a person need not be known any more."""

import datetime as dt

import sqlalchemy as sa

from portal.ground import clock
from portal.ground.db import db, transaction
from portal.ground.statements import changed_rows
from portal.messages.models import Delivery, Message

KEPT = dt.timedelta(days=365)  # how long it is known to whom a message went, as long as mails are


def hand_over(*, gone_id: int, kept_id: int) -> None:
    """What one got the other has got (inside a transaction): a message that is on its way does not come twice."""
    had = sa.select(Delivery.message_id).where(Delivery.person_id == kept_id)
    theirs = Delivery.person_id == gone_id
    # nobody any more, and not deleted: the log goes on saying to how many a message went
    db.session.execute(sa.update(Delivery).where(theirs, Delivery.message_id.in_(had)).values(person_id=None))
    db.session.execute(sa.update(Delivery).where(theirs).values(person_id=kept_id))
    for column in (Message.author_id, Message.sent_by):
        db.session.execute(sa.update(Message).where(column == gone_id).values({column.key: kept_id}))


def forget_old() -> int:
    """Let the log name nobody to whom a message went long ago; its numbers stay. Returns how many rows."""
    ended = sa.select(Message.id).where(Message.ended_at < clock.now() - KEPT)
    with transaction():
        return changed_rows(
            db.session,
            sa.update(Delivery)
            .where(Delivery.person_id.is_not(None), Delivery.message_id.in_(ended))
            .values(person_id=None),
        )
