"""What becomes of searches that are kept: confirmed, more or less often, ended, at another address, forgotten."""

from portal import mail
from portal.accounts.facts import AddressChanged
from portal.accounts.models import Person
from portal.ground import clock, links
from portal.ground.authz import demand
from portal.ground.batches import each
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict
from portal.ground.locks import locked, locked_if_there
from portal.mail import Frequency, Kind, preferences
from portal.mail.preferences import How
from portal.saved import mails, queries
from portal.saved.models import Reader, SavedSearch
from portal.saved.policies import Permission
from portal.saved.services.keeping import begin_anew, check_room, chosen, hold_reader
from portal.words.i18n import _l

ENDED = _l("This search is not kept any more. Nothing has changed.")
READERS_KEPT = mail.STRANGERS_KEPT  # so long links of mails lead to an empty page and not nowhere
By = Person | Reader  # somebody with an account, or whoever holds the link of a mail


def confirm(number: int, *, by: Reader) -> None:
    """The owner of the mailbox says yes, by the link of the mail. What was new since the search was asked for is told.

    Raises Conflict when it is gone, and a Refusal when too many are kept.
    """
    with transaction():
        saved = _held(number, by)
        if saved.confirmed_at is None:
            reader = locked(Reader, saved.reader_id)
            check_room(reader)
            saved.confirmed_at = clock.now()
            mail.is_read_again(reader.address)


def change(number: int, *, frequency: str, by: By) -> None:
    """Another frequency. After “never” mails begin with what is new from now on. Raises Conflict when it is gone."""
    often = chosen(frequency)
    with transaction():
        saved = _held(number, by)
        if saved.frequency == Frequency.NEVER and often != Frequency.NEVER:
            begin_anew(saved)
        saved.frequency = often


def end(number: int, *, by: By) -> None:
    """The search is not kept any more. Raises Conflict when it is gone already."""
    with transaction():
        saved = _held(number, by)
        locked(Reader, saved.reader_id).changed_at = clock.now()
        _delete(saved)


def resume(*, by: By) -> None:
    """Mails about saved searches come to this mailbox again, where it had said that it wants none."""
    how = How.LINK if isinstance(by, Reader) else How.ACCOUNT
    address = by.address
    with transaction():
        if not isinstance(by, Reader):
            demand(Permission.KEEP, by=by)
        preferences.choose(address, {Kind.SAVED_SEARCH: Frequency.IMMEDIATE}, how=how)


def follow_address(fact: AddressChanged) -> None:
    """Searches go where their reader reads; links that were sent to the old address are dead (inside a transaction)."""
    before = queries.reader_by_email(fact.old)
    if before is None:
        return
    now = hold_reader(fact.new)
    locked(Reader, before.id)
    links.revoke(mails.READER, mails.subject(before.id))
    known = {one.digest: one for one in queries.of_reader(now.id)}
    for saved in queries.of_reader(before.id):
        there = known.get(saved.digest)
        if there is not None and (there.confirmed_at is not None or saved.confirmed_at is None):
            _delete(saved)
            continue
        if there is not None:
            _delete(there)
        saved.reader_id = now.id
        db.session.flush()
    db.session.flush()
    db.session.delete(before)
    db.session.flush()


def remove_old() -> int:
    """Forget what nobody has confirmed in time, and readers who have kept nothing for long; returns how many."""
    now = clock.now()
    searches = each("unconfirmed searches", queries.unconfirmed(now - mails.UNCONFIRMED), _forget)
    return searches + each("readers without searches", queries.empty_readers(now - READERS_KEPT), _forget_reader)


def _forget(number: int) -> int:
    with transaction():
        saved = locked_if_there(SavedSearch, number)
        if saved is None or saved.confirmed_at is not None:
            return 0
        _delete(saved)
    return 1


def _forget_reader(number: int) -> int:
    with transaction() as session:
        reader = locked_if_there(Reader, number)
        if reader is None or queries.of_reader(number):
            return 0
        links.revoke(mails.READER, mails.subject(number))
        session.delete(reader)
    return 1


def _held(number: int, by: By) -> SavedSearch:
    """The search under lock, after that of its reader, for whoever may change it. Raises Conflict when it is gone, or is not
    one of the reader who holds the link."""
    there = queries.saved_by_number(number)
    if there is None:
        raise Conflict(ENDED)
    locked(Reader, there.reader_id)
    saved = locked_if_there(SavedSearch, number)
    if saved is None or (isinstance(by, Reader) and saved.reader_id != by.id):
        raise Conflict(ENDED)
    if not isinstance(by, Reader):
        demand(Permission.CHANGE, queries.saved_by_number(number), by=by)
    return saved


def _delete(saved: SavedSearch) -> None:
    mail.withdraw([mails.confirm_key(saved.id), *mails.letter_keys(saved)])
    db.session.delete(saved)
    db.session.flush()
