"""The two rights that everybody exercises alone: to take one's data away, and to be forgotten."""

from sqlalchemy.orm.exc import StaleDataError

from portal import mail, privacy
from portal.accounts import mails, queries
from portal.accounts.models import Person
from portal.accounts.policies import Permission
from portal.ground import audit, traces
from portal.ground.authz import Portal, demand
from portal.ground.batches import each
from portal.ground.db import db, transaction
from portal.ground.errors import Busy
from portal.ground.locks import locked_if_there
from portal.ground.memo import forget
from portal.privacy import Subject


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
    try:
        _erase(person_id, by)
    except StaleDataError as error:  # somebody changed a row between reading and locking it: nothing was done
        raise Busy() from error


def _erase(person_id: int, by: Person | Portal) -> None:
    with transaction() as session:
        person = session.get(Person, person_id)
        if person is None or person.is_shell:
            return
        demand(Permission.OWN, person, by=by)
        subject = queries.subject(person)
        last = mails.erased(person, had_account=subject.account_id is not None) if person.email else None
        privacy.check(subject)
        privacy.leave(subject)
        person = locked_if_there(Person, person_id)
        if person is None or person.is_shell:
            return
        privacy.forget(subject)
        if last is not None:
            mail.queue(last)
        audit.record("person.erased", person, actor=by)
        _empty(person, subject)
        traces.erase_from_files()
        forget()


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
