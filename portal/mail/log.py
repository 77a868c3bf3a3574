"""The log of mails: what became of those that concern an event, a network or an organisation; and sending one again.

Mails about accounts concern none of them, so nobody reads here what is said to a person about their account.
"""

from collections.abc import Collection

import sqlalchemy as sa

from portal.ground.authz import Actor, Portal
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict
from portal.ground.locks import locked_if_there
from portal.ground.mailboxes import mailbox_key
from portal.ground.states import change_state
from portal.mail import preferences
from portal.mail.kinds import Kind, Reason
from portal.mail.outbox import MAILS, Mail, MailState, has_key
from portal.words.i18n import _l

PAGE = 50
GONE = _l("This message is not kept any more.")


def mail_by_id(mail_id: int) -> Mail | None:
    return db.session.get(Mail, mail_id)


def concerning(concerns: str, state: str = "", *, offset: int = 0, limit: int = PAGE) -> list[Mail]:
    """The mails that concern one thing (`message.concern`), newest first; of one state, or of all."""
    query = sa.select(Mail).where(_about(concerns, state)).order_by(Mail.id.desc()).offset(offset).limit(limit)
    return list(db.session.scalars(query))


def counted(concerns: str) -> dict[str, int]:
    """How many mails of each state concern it; a state without any is not among them."""
    query = sa.select(Mail.state, sa.func.count().label("number")).where(Mail.concerns == concerns).group_by(Mail.state)
    return {row.state: row.number for row in db.session.execute(query)}


def _about(concerns: str, state: str) -> sa.ColumnElement[bool]:
    about = Mail.concerns == concerns
    return sa.and_(about, Mail.state == state) if state else about


def of_person(concerns: str, to: str, *, own: Collection[str], others: Collection[str]) -> list[Mail]:
    """The latest mails about one thing that are somebody's, newest first.

    Those with one of their `own` keys, wherever they went, and what else went to their mailbox: not what begins like the
    keys of `others`, for people share mailboxes.
    """
    of_others = [Mail.dedupe_key.startswith(one, autoescape=True) for one in others]
    query = sa.select(Mail).where(
        Mail.concerns == concerns,
        sa.or_(
            *map(has_key, own),
            sa.and_(Mail.to == mailbox_key(to), Mail.to != "", sa.not_(sa.or_(sa.false(), *of_others))),
        ),
    )
    return list(db.session.scalars(query.order_by(Mail.id.desc()).limit(PAGE)))


def trouble(addresses: Collection[str], concerns: str) -> dict[str, Reason]:
    """{address as given: why mail does not reach it}: its last mail about this failed, or its mailbox sends all back.

    What the portal writes to somebody about their account tells no more here than that the address is marked.
    """
    keys = {address: mailbox_key(address) for address in addresses if address}
    found: dict[str, Reason] = {}
    last = (
        sa.select(sa.func.max(Mail.id))
        .where(Mail.concerns == concerns, Mail.to.in_(set(keys.values())), Mail.state != MailState.QUEUED)
        .group_by(Mail.to)
    )
    rows = sa.select(Mail.to, Mail.refusal).where(Mail.id.in_(last), Mail.state == MailState.FAILED)
    for key, refusal in db.session.execute(rows):
        found[key] = Reason(refusal or Reason.NOT_ACCEPTED)
    for address in preferences.refusing(Kind.EVENT_REGISTRATION, keys):  # always sent, so only a mark keeps it back
        found.setdefault(keys[address], Reason.BOUNCING)
    return {address: found[key] for address, key in keys.items() if key in found}


def send_again(mail_id: int, *, concerns: str | None = None, by: Actor | Portal) -> None:
    """A mail that did not arrive is due now, with all its tries before it. Whether `by` may is asked by their feature.

    Raises Conflict when it did not fail, is too old, is gone, or concerns something else than `concerns`.
    """
    with transaction():
        mail = locked_if_there(Mail, mail_id)
        if mail is None or (concerns is not None and mail.concerns != concerns):
            raise Conflict(GONE)
        change_state(MAILS, mail, MailState.QUEUED, by=by)
