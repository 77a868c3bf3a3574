"""The two rights that everybody exercises alone: to take one's data away, and to be forgotten."""

import datetime as dt

from portal import mail, privacy
from portal.accounts import mails, queries
from portal.accounts.models import Account, Person
from portal.accounts.policies import Permission
from portal.ground import audit, traces
from portal.ground.authz import PORTAL, Portal, demand
from portal.ground.batches import each
from portal.ground.db import db, transaction
from portal.ground.locks import locked_if_there
from portal.ground.memo import forget
from portal.privacy import Subject


class UsedMeanwhile(Exception):
    """Somebody has used the account that was about to be deleted because nobody does."""


def hand_out(person_id: int, *, by: Person | Portal) -> Subject:
    """Note that a person's data are taken away, and say by what they are found: see `privacy.archive`."""
    with transaction() as session:
        person = session.get_one(Person, person_id)
        demand(Permission.OWN, person, by=by)
        audit.record("person.exported", person, actor=by)
        return queries.subject(person)


def erase_person(person_id: int, *, by: Person | Portal) -> None:
    """Forget a person, in one transaction: either everything is done or nothing.

    Roles end, places go to those who wait, mails and links are withdrawn, the account is deleted; what stays names
    nobody. Raises every reason why the person cannot leave yet. Somebody who has left already stays forgotten.
    """
    _erase(person_id, by)


def erase_unused(person_id: int, *, used_at: dt.datetime) -> bool:
    """The same for the person of an account that nobody has used since `used_at`, who is told why. False for somebody who
    has left already.

    Raises UsedMeanwhile, and has done nothing, when that is no longer so.
    """
    return _erase(person_id, PORTAL, unused_since=used_at)


def _erase(person_id: int, by: Person | Portal, *, unused_since: dt.datetime | None = None) -> bool:
    with transaction() as session:
        person = session.get(Person, person_id)
        if person is None or person.is_shell:
            return False
        demand(Permission.OWN, person, by=by)
        subject = queries.subject(person)
        had_account, is_unused = subject.account_id is not None, unused_since is not None
        last = mails.erased(person, had_account=had_account, is_unused=is_unused) if person.email else None
        privacy.check(subject)
        privacy.leave(subject)
        person = locked_if_there(Person, person_id)
        if person is None or person.is_shell:
            return False
        if unused_since is not None:
            _check_unused(subject, unused_since)
        privacy.forget(subject)
        if last is not None:
            mail.queue(last)
        audit.record("person.erased", person, actor=by)
        _empty(person, subject)
        traces.erase_from_files()
        forget()
        return True


def _check_unused(subject: Subject, since: dt.datetime) -> None:
    """Whoever signs in now waits for the lock of the account; whoever has done so before is seen."""
    account = locked_if_there(Account, subject.account_id) if subject.account_id is not None else None
    if account is None or queries.last_use(account) > since:
        raise UsedMeanwhile


def forget_strangers() -> int:
    """Forget people without an account of whom nothing is kept any more; returns how many. Nobody is written to."""
    return each("people of whom nothing is kept", queries.strangers(), _forget_stranger)


def _forget_stranger(person_id: int) -> int:
    with transaction() as session:
        person = locked_if_there(Person, person_id)
        if person is None or not queries.is_stranger(person_id):
            return 0
        privacy.forget(queries.subject(person))
        session.delete(person)
        return 1


def _empty(person: Person, subject: Subject) -> None:
    """The row is deleted, unless the record of a decision or of a role still names it: then it is an empty shell."""
    if privacy.is_still_needed(subject):
        person.name, person.email = "", None
    else:
        db.session.delete(person)
