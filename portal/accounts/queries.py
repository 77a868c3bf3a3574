"""What is known about people, their accounts and their roles in the whole portal."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import TypeVarTuple

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, undefer

from portal.accounts.models import (
    IDLE,
    Account,
    AccountSession,
    EmailChange,
    Person,
    PortalRole,
    PortalRoleName,
    SignUp,
    UnusedAccount,
)
from portal.accounts.roles import RoleRow
from portal.accounts.unused import FIRST, used_before
from portal.ground import clock
from portal.ground.audit import AuditDetail, AuditEntry
from portal.ground.db import db
from portal.ground.links import LinkToken
from portal.ground.mailboxes import mailbox_key
from portal.ground.memo import remembered
from portal.mail import Mail
from portal.privacy import Subject, lasting_columns

BATCH = 500  # numbers read at a time
Columns = TypeVarTuple("Columns")
CLOCKS_DIFFER = dt.timedelta(minutes=5)  # between two machines, or before and after a clock was set


def person_by_id(person_id: int) -> Person | None:
    return db.session.get(Person, person_id)


def person_by_email(email: str) -> Person | None:
    return db.session.scalar(sa.select(Person).where(Person.email == mailbox_key(email)))


def mail_of(link: LinkToken) -> Mail | None:
    """The mail at whose foot the link stands."""
    return db.session.get(Mail, link.subject_id)


def locale_of(person_id: int | None) -> str | None:
    """The language that a person reads mails in, or None for somebody the portal does not know."""
    if person_id is None:
        return None
    return db.session.scalar(sa.select(Person.locale).where(Person.id == person_id))


def nameless() -> sa.Select[int]:
    """The numbers of people without an address."""
    return sa.select(Person.id).where(Person.email.is_(None))


def account_of(person: Person) -> Account | None:
    """The account of a person, with the person."""
    return db.session.scalar(_accounts().where(Account.person_id == person.id))


def account_by_email(email: str) -> Account | None:
    return db.session.scalar(_accounts().where(Account.email == mailbox_key(email)))


def account_by_id(account_id: int) -> Account | None:
    return db.session.scalar(_accounts().where(Account.id == account_id))


def account_with_secrets(account_id: int) -> Account | None:
    """The account with what the second step needs."""
    secrets = (undefer(Account.totp_secret), undefer(Account.recovery_codes))
    return db.session.scalar(_accounts().where(Account.id == account_id).options(*secrets))


def _accounts() -> sa.Select[Account]:
    return sa.select(Account).join(Account.person).options(contains_eager(Account.person))


def account_named(uniquifier: str) -> Account | None:
    """The account that a half-finished sign-in names, with its person."""
    return db.session.scalar(_accounts().where(Account.fs_uniquifier == uniquifier))


def account_of_session(uniquifier: str, number: str) -> tuple[Account, AccountSession] | None:
    """The account that a cookie names and its session, unless that has ended; with its person.

    The person's open role is remembered along with it: whoever is signed in costs one query.
    """
    row = db.session.execute(
        _accounts()
        .add_columns(AccountSession, PortalRole.role)
        .join(AccountSession, AccountSession.account_id == Account.id)
        .outerjoin(
            PortalRole,
            sa.and_(
                PortalRole.person_id == Person.id,
                PortalRole.role == PortalRoleName.ADMINISTRATOR,
                PortalRole.is_open,
            ),
        )
        .where(
            Account.fs_uniquifier == uniquifier,
            AccountSession.number_hash == hash_of_number(number),
            is_open_session(clock.now()),
        )
    ).first()
    if row is None:
        return None
    account, opened, role = row
    remembered(("administrator", account.person_id), lambda: role is not None)
    return account, opened


def hash_of_number(number: str) -> str:
    """Under what the number of a session is stored: whoever reads the table is signed in nowhere."""
    return hashlib.sha256(number.encode()).hexdigest()


def is_open_session(now: dt.datetime) -> sa.ColumnElement[bool]:
    """Has a session neither been idle for too long nor reached its end?

    One that began in the future was made by a clock that was wrong, and might never end.
    """
    used = sa.or_(AccountSession.stays, AccountSession.seen_at > now - IDLE)
    return sa.and_(AccountSession.ends_at > now, AccountSession.created_at < now + CLOCKS_DIFFER, used)


def open_sessions(account_id: int, limit: int = 100) -> Sequence[AccountSession]:
    """The browsers in which an account is open, the last used first."""
    return db.session.scalars(
        sa.select(AccountSession)
        .where(AccountSession.account_id == account_id, is_open_session(clock.now()))
        .order_by(AccountSession.seen_at.desc(), AccountSession.id.desc())
        .limit(limit)
    ).all()


def is_administrator(person: Person | None) -> bool:
    """Does this person look after the whole portal today? Asked once a request."""
    if person is None:
        return False
    return remembered(
        ("administrator", person.id), lambda: open_role(person.id, PortalRoleName.ADMINISTRATOR) is not None
    )


def open_role(person_id: int, role: PortalRoleName) -> PortalRole | None:
    return db.session.scalar(
        sa.select(PortalRole).where(PortalRole.person_id == person_id, PortalRole.role == role, PortalRole.is_open)
    )


def administrator_roles(*, for_update: bool = False) -> Sequence[PortalRole]:
    """The open roles of the portal team; a service that decides on them locks them."""
    query = (
        sa.select(PortalRole)
        .where(PortalRole.role == PortalRoleName.ADMINISTRATOR, PortalRole.is_open)
        .order_by(PortalRole.id)
    )
    if for_update:
        query = query.with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(query).all()


def administrators() -> Sequence[Person]:
    """The portal team, longest first."""
    return db.session.scalars(
        sa.select(Person)
        .join(PortalRole, PortalRole.person_id == Person.id)
        .where(PortalRole.role == PortalRoleName.ADMINISTRATOR, PortalRole.is_open)
        .order_by(PortalRole.granted_at, PortalRole.id)
    ).all()


def subject(person: Person) -> Subject:
    """By what the portal knows a person. An earlier address counts unless it is somebody else's by now."""
    account = account_of(person)
    addresses = {person.email, account.email if account else None, *_earlier_addresses(account)} - {None}
    others = sa.select(Person.email).where(Person.email.in_(addresses), Person.id != person.id)
    return Subject(
        person_id=person.id,
        account_id=account.id if account else None,
        name=person.name,
        locale=person.locale,
        addresses=frozenset(address for address in addresses - set(db.session.scalars(others)) if address),
    )


def _earlier_addresses(account: Account | None) -> set[str]:
    """The addresses that an account had, out of the record of their changes."""
    if account is None:
        return set()
    details = db.session.scalars(
        sa.select(AuditDetail.detail)
        .join(AuditEntry, AuditEntry.number == AuditDetail.number)
        .where(
            AuditEntry.object_type == Account.__tablename__,
            AuditEntry.object_id == account.id,
            AuditEntry.verb == "account.email_changed",
        )
    )
    return {str(json.loads(detail)["old"]) for detail in details}


def strangers(limit: int = 500) -> Sequence[int]:
    """People without an account whom nothing lasting names any more: their registrations have had their time."""
    return db.session.scalars(_strangers().order_by(Person.id).limit(limit)).all()


def is_stranger(person_id: int) -> bool:
    """Is this still one of them?"""
    return db.session.scalar(_strangers().where(Person.id == person_id)) is not None


def _strangers() -> sa.Select[int]:
    unnamed = [~sa.exists().where(column == Person.id) for column in lasting_columns()]
    return sa.select(Person.id).where(~sa.exists().where(Account.person_id == Person.id), *unnamed)


def last_use(account: Account) -> dt.datetime:
    """When an account was last used, as exactly as anything tells: by a browser that is signed in, or by an act of its
    person, also one behind the link of a mail. What a clock said that was wrong tells nothing."""
    until = clock.now() + CLOCKS_DIFFER
    own = (AccountSession.account_id == account.id, AccountSession.seen_at < until)
    acts = (AuditEntry.actor_id == account.person_id, AuditEntry.at < until)
    seen = sa.select(sa.func.max(AccountSession.seen_at)).where(*own)
    acted = sa.select(sa.func.max(AuditEntry.at)).where(*acts)
    told = [account.used_at or account.confirmed_at, db.session.scalar(seen), db.session.scalar(acted)]
    return max(moment for moment in told if moment is not None)


_THIS_USE = sa.and_(UnusedAccount.account_id == Account.id, UnusedAccount.used_at == Account.used_at)


def unused_accounts(today: dt.date, now: dt.datetime) -> Iterator[int]:
    """The accounts to which something may be owed today because nobody uses them; a few are read at a time. Those that
    were used in the future, or are to be looked at later than ever is due, are among them: a clock was wrong."""
    owed = sa.and_(
        Account.used_at < used_before(today), sa.or_(UnusedAccount.account_id.is_(None), UnusedAccount.look_on <= today)
    )
    wrong = sa.or_(Account.used_at > now + CLOCKS_DIFFER, UnusedAccount.look_on > today + FIRST)
    query = sa.select(Account.id).outerjoin(UnusedAccount, _THIS_USE).where(sa.or_(owed, wrong))
    last = 0
    while numbers := db.session.scalars(query.where(Account.id > last).order_by(Account.id).limit(BATCH)).all():
        yield from numbers
        last = numbers[-1]


def held_accounts(*, offset: int = 0, limit: int = 50) -> Sequence[tuple[Account, UnusedAccount]]:
    """The accounts that nobody uses and that cannot be deleted, longest waiting first: a part of the list."""
    query = _held(sa.select(Account, UnusedAccount)).join(Account.person).options(contains_eager(Account.person))
    rows = db.session.execute(query.order_by(UnusedAccount.held_since, Account.id).offset(offset).limit(limit))
    return [(account, row) for account, row in rows]


def number_of_held_accounts() -> int:
    """How many of them there are."""
    return db.session.scalar(_held(sa.select(sa.func.count()).select_from(Account))) or 0


def _held(query: sa.Select[*Columns]) -> sa.Select[*Columns]:
    return query.join(UnusedAccount, _THIS_USE).where(UnusedAccount.held_since.is_not(None))


def sign_up_by_id(number: int) -> SignUp | None:
    """A request for an account that waits for its confirmation."""
    return db.session.get(SignUp, number)


def sign_up_of(link: LinkToken) -> SignUp | None:
    """The pending sign-up that a link confirms."""
    return db.session.get(SignUp, link.subject_id)


def account_behind(link: LinkToken) -> Account | None:
    """The account whose password a link sets."""
    return account_by_id(link.subject_id)


def email_change_of(link: LinkToken) -> EmailChange | None:
    return db.session.get(EmailChange, link.subject_id)


def open_roles(person_id: int, model: type[RoleRow], place: InstrumentedAttribute[int]) -> dict[int, frozenset[str]]:
    """The roles of a person that have not ended, by what they are in: `place` is the column of `model` that says it."""
    found: dict[int, set[str]] = {}
    for number, role in db.session.execute(
        sa.select(place, model.role).where(model.person_id == person_id, model.is_open)
    ):
        found.setdefault(number, set()).add(role)
    return {number: frozenset(roles) for number, roles in found.items()}
