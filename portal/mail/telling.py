"""Mails to people who have no mailbox: their team reads out what each would say, and says that it has told them."""

import json
from collections.abc import Sequence

import sqlalchemy as sa

from portal.ground.authz import Actor, Portal
from portal.ground.db import db, transaction
from portal.ground.states import change_state
from portal.mail.message import Payload, thawed_value
from portal.mail.outbox import MAILS, Mail, MailState, has_key
from portal.mail.rendering import Spoken, spoken


def untold(concerns: str) -> Sequence[Mail]:
    """What nobody has told yet of the mails that concern one thing, the oldest first."""
    query = sa.select(Mail).where(Mail.concerns == concerns, Mail.state == MailState.UNTOLD).order_by(Mail.id)
    return db.session.scalars(query).all()


def said(mail: Mail) -> Spoken:
    """What it would say, in the language of its person."""
    payload: Payload = json.loads(mail.payload or "{}", object_hook=thawed_value)
    return spoken(mail.template, mail.lang, payload)


def tell(concerns: str, keys: Sequence[str], *, until: int, by: Actor | Portal) -> int:
    """Somebody has been told what these mails say (see `has_key`), up to the mail with this number: what has come since
    then they do not know. Returns how many they were. Whether `by` may is asked by their feature."""
    known = sa.or_(sa.false(), *map(has_key, keys))
    query = sa.select(Mail).where(Mail.concerns == concerns, known, Mail.state == MailState.UNTOLD, Mail.id <= until)
    with transaction() as session:
        rows = session.scalars(query.order_by(Mail.id).with_for_update()).all()
        for row in rows:
            change_state(MAILS, row, MailState.TOLD, by=by)
        return len(rows)
