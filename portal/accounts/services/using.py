"""That an account is used. Nothing is decided on it but whether somebody still needs the account (`services.unused`)."""

import datetime as dt

import sqlalchemy as sa

from portal import mail
from portal.accounts import mails
from portal.accounts.models import Account, AccountSession, UnusedAccount
from portal.ground import clock
from portal.ground.beside import note
from portal.ground.db import db, transaction
from portal.ground.statements import table

DAY = dt.timedelta(days=1)


def used(account: Account) -> None:
    """Somebody signs in: a warning that nobody does so counts no more (inside a transaction, the account locked)."""
    db.session.execute(_used(_ACCOUNTS.c.id == account.id))
    if warned := db.session.get(UnusedAccount, account.id, populate_existing=True):
        db.session.delete(warned)
        mail.withdraw_from(account.person_id, mails.UNUSED)


def used_by(person_id: int) -> None:
    """Somebody shows that they read the mailbox of their account, where they have one (inside a transaction)."""
    db.session.execute(_used(_ACCOUNTS.c.person_id == person_id))


def begin_anew() -> None:
    """An account of which nobody knows when it was used begins today: it is as old as the rule that it may go. What was
    noted of one that has been used since is forgotten."""
    same = sa.exists().where(Account.id == UnusedAccount.account_id, Account.used_at == UnusedAccount.used_at)
    with transaction() as session:
        session.execute(_used(_ACCOUNTS.c.used_at.is_(None)))
        session.execute(sa.delete(UnusedAccount).where(~same), execution_options={"synchronize_session": False})


def note_seen(session_id: int, account: Account) -> None:
    """Somebody is still here. Written beside the request, also by a GET; that the account is used, once a day."""
    now = clock.now()
    note(sa.update(AccountSession).where(AccountSession.id == session_id).values(seen_at=now))
    if account.used_at is None or abs(now - account.used_at) >= DAY:
        note(_used(_ACCOUNTS.c.id == account.id))


_ACCOUNTS = table(Account)


def _used(which: sa.ColumnElement[bool]) -> sa.Update:
    """The day of the last change is that of the account's details, which stay as they are."""
    return sa.update(_ACCOUNTS).where(which).values(used_at=clock.now(), updated_at=_ACCOUNTS.c.updated_at)
