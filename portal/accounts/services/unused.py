"""Accounts that nobody uses: two warnings, then what their owners could do themselves."""

import datetime as dt

from portal import mail, privacy
from portal.accounts import mails, queries
from portal.accounts import unused as rules
from portal.accounts.models import Account, Person, UnusedAccount
from portal.accounts.services.erasure import UsedMeanwhile, erase_unused
from portal.accounts.services.using import begin_anew
from portal.ground import clock
from portal.ground.batches import each
from portal.ground.db import db, transaction
from portal.ground.locks import locked_if_there

DAY = dt.timedelta(days=1)


def follow_unused() -> int:
    """Take the step that is owed to each account that nobody uses; returns how many were taken.

    What was missed while nothing ran is not hurried through: each warning leaves its owner the whole of its time.
    """
    begin_anew()
    today = clock.today(rules.ZONE)
    return each("unused accounts", queries.unused_accounts(today, clock.now()), _follow)


def _follow(account_id: int) -> int:
    with transaction():
        account = locked_if_there(Account, account_id)
        if account is None:
            return 0
        row, today = _standing(account), clock.today(rules.ZONE)
        if row is None or row.look_on > today:
            return 0
        person = db.session.get_one(Person, account.person_id)
        subject = queries.subject(person)
        told = privacy.farewell(subject)
        if told.obstacles or privacy.is_expected(subject):
            _let_stay(row, person, is_held=bool(told.obstacles))
            return 0
        if row.step < 2:
            mail.queue(mails.unused(account, person, _warned(row), told.goes, step=row.step))
            return 1
        person_id, used_at = person.id, row.used_at
        if not _is_over(row, today):
            return 0
    try:
        return int(erase_unused(person_id, used_at=used_at))
    except UsedMeanwhile:
        return 0


def _standing(account: Account) -> UnusedAccount | None:
    """The row by which an account counts as unused, begun anew where the account was used since; None while it is not."""
    now, today = clock.now(), clock.today(rules.ZONE)
    used_at = min(queries.last_use(account), now)  # one of the future counts from today
    row = db.session.get(UnusedAccount, account.id, populate_existing=True)
    account.used_at = used_at
    if row is not None and (row.used_at != used_at or row.look_on > today + rules.FIRST):
        db.session.delete(row)
        db.session.flush()
        row = None
    if rules.last_day(used_at) - rules.FIRST > today:
        return None
    if row is None:
        row = UnusedAccount(account_id=account.id, used_at=used_at, look_on=today)
        db.session.add(row)
    return row


def _let_stay(row: UnusedAccount, person: Person, *, is_held: bool) -> None:
    """Somebody else is needed first, or its person is expected somewhere: afterwards all warnings begin anew."""
    row.warned_at = row.warned_again_at = row.last_day = None
    row.held_since = (row.held_since or clock.now()) if is_held else None
    row.look_on = clock.today(rules.ZONE) + rules.AGAIN
    mail.withdraw_from(person.id, mails.UNUSED)


def _warned(row: UnusedAccount) -> dt.date:
    """Note the next warning; returns the last day of the account that it says."""
    today, row.held_since = clock.today(rules.ZONE), None
    if row.last_day is None:
        row.warned_at, row.last_day = clock.now(), max(rules.last_day(row.used_at), today + rules.FIRST)
        row.look_on = row.last_day - rules.SECOND
    else:
        row.warned_again_at, row.last_day = clock.now(), max(row.last_day, today + rules.SECOND)
        row.look_on = row.last_day + DAY
    return row.last_day


def _is_over(row: UnusedAccount, today: dt.date) -> bool:
    """Has its last day gone by, and was the second warning sent long enough ago? One that still waits is none."""
    assert row.last_day is not None
    assert row.warned_again_at is not None
    had_its_time = clock.now() - row.warned_again_at >= rules.SECOND
    is_told = not mail.waiting([mails.unused_key(row.account_id, row.last_day, row.step)])
    return today > row.last_day and had_its_time and is_told
