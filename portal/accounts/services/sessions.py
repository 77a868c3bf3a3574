"""Being signed in: every browser has a row, and with the row it ends, whoever has copied the cookie."""

import datetime as dt
import secrets

import sqlalchemy as sa

from portal import mail
from portal.accounts import mails, queries
from portal.accounts.models import STAYS, UNTIL, Account, AccountSession, Person
from portal.accounts.services.people import new_uniquifier
from portal.accounts.services.using import used
from portal.ground import audit, clock
from portal.ground.db import db, transaction
from portal.ground.errors import Refusal
from portal.ground.locks import locked_if_there
from portal.ground.statements import changed_rows
from portal.words.i18n import _l

YOUNG = dt.timedelta(days=1)
CHANGED = _l("The account was changed in the meantime. Log in again.")


def open_session(account: Account, *, stay: bool, device: str, tell: bool = False) -> str:
    """Let a browser in; returns the number that its cookie carries. Only the hash of it stays here.

    With `tell` the owner gets a mail when the account is opened with this kind of browser for the first time, but not at
    the very first login. Who comes by a link out of the mailbox is the owner, and is not told.

    Raises a Refusal when the password or the state of the account changed since `account` was read: what let the browser
    in is no longer true.
    """
    account_id, name, number = account.id, account.fs_uniquifier, secrets.token_urlsafe(32)
    with transaction() as session:
        current = locked_if_there(Account, account_id)
        if current is None or not current.active or current.fs_uniquifier != name:
            raise Refusal(CHANGED)
        now = clock.now()
        if tell and _is_new(current, device):
            locale = session.get_one(Person, current.person_id).locale
            mail.queue(mails.new_device(current, device=device, at=now, locale=locale))
        row = AccountSession(
            account_id=account_id, number_hash=queries.hash_of_number(number), device=device, stays=stay,
            created_at=now, seen_at=now, ends_at=now + (STAYS if stay else UNTIL),
        )  # fmt: skip
        session.add(row)
        used(current)
    return number


def _is_new(account: Account, device: str) -> bool:
    """Has nobody used this kind of browser here before? A device is known by its session, by its mail, or not at all; an
    account that was opened today and has no session is used for the first time."""
    known = db.session.scalars(
        sa.select(AccountSession.device).where(AccountSession.account_id == account.id).distinct()
    ).all()
    is_first = not known and clock.now() - account.confirmed_at < YOUNG
    return not is_first and device not in known and not account.is_demo


def end_session(number: str) -> None:
    """The browser with this number is signed out."""
    with transaction() as session:
        session.execute(sa.delete(AccountSession).where(AccountSession.number_hash == queries.hash_of_number(number)))


def end_session_of(account_id: int, session_id: int) -> bool:
    """Sign out one browser of an account; False when it was no longer signed in."""
    own = sa.and_(AccountSession.id == session_id, AccountSession.account_id == account_id)
    with transaction() as session:
        return changed_rows(session, sa.delete(AccountSession).where(own)) > 0


def end_all_sessions(account_id: int) -> None:
    """Sign out every browser of an account, the one that asks too."""
    with transaction() as session:
        account = locked_if_there(Account, account_id)
        if account is not None:
            end_sessions(account)
            audit.record("account.logged_out", account, actor=session.get_one(Person, account.person_id))


def end_sessions(account: Account) -> None:
    """What opened the account until now opens it no more (inside a transaction): also a sign-in that is half done."""
    account.fs_uniquifier = new_uniquifier()
    db.session.execute(sa.delete(AccountSession).where(AccountSession.account_id == account.id))


def remove_ended_sessions() -> int:
    """Delete the sessions whose time is over and those of accounts that are closed; returns how many."""
    closed = sa.select(Account.id).where(~Account.active)
    with transaction() as session:
        over = sa.or_(~queries.is_open_session(clock.now()), AccountSession.account_id.in_(closed))
        return changed_rows(session, sa.delete(AccountSession).where(over))
