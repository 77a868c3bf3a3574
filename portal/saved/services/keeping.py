"""Keeping a search: by somebody with an account at once, by an address without one after its owner has said yes."""

import sqlalchemy as sa

from portal import mail
from portal.accounts.models import Person
from portal.ground import clock
from portal.ground.authz import demand
from portal.ground.bitmaps import as_bits, packed, shorter, unpacked
from portal.ground.db import db, transaction
from portal.ground.errors import Refusal
from portal.ground.mailboxes import mailbox_key, typed_beside
from portal.ground.statements import engine_name, insert_into
from portal.mail import Frequency
from portal.organisations.queries import Found
from portal.saved import mails, queries
from portal.saved.models import Reader, SavedSearch
from portal.saved.policies import Permission
from portal.saved.searches import LONGEST, Search
from portal.saved.words import KnownCodes
from portal.words.i18n import _l
from portal.words.search import has_words

MOST = 20  # searches of one mailbox
MOST_WAITING = 5  # of them nobody has confirmed; the oldest makes room for one more
EVERYTHING = _l("Choose a filter or type words first. A search without them would find every organisation.")
NO_WORDS = _l("Nothing can be found by these words. Type at least one letter or digit.")
GONE = _l("A filter of this search does not exist any more. Choose the filters again.")
TOO_MANY_FILTERS = _l("This search has too many filters to be kept. Take some of them away.")
TOO_MANY = _l("Twenty searches are kept for this address already. End one of them first.")
HOW_OFTEN = _l("Choose how often messages come.")


def checked(search: Search) -> Search:
    """The search, when it can be kept. Raises a Refusal that says what to do when it finds everything or can find nothing,
    has a filter that does not exist, or is too long."""
    if search.is_empty:
        raise Refusal(EVERYTHING)
    if search.query and not has_words(search.query):
        raise Refusal(NO_WORDS)
    if len(search.stored) > LONGEST:
        raise Refusal(TOO_MANY_FILTERS)
    if not KnownCodes().has_all(search):
        raise Refusal(GONE)
    return search


def keep(search: Search, *, frequency: str, locale: str, by: Person) -> SavedSearch:
    """Keep a search for a person. The same search once more only changes how often mails come.

    Raises a Refusal where `checked` does, or when too many are kept.
    """
    often, address = chosen(frequency), by.address
    checked(search)
    with transaction():
        demand(Permission.KEEP, by=by)
        reader = hold_reader(address)
        saved = queries.kept_alike(reader.id, search.digest)
        if saved is not None:
            _again(saved, often)
            return saved
        check_room(reader)
        return _add(search, reader, often, locale, is_confirmed=True)


def ask(search: Search, *, email: str, frequency: str, locale: str) -> None:
    """Ask the owner of an address by mail whether to keep a search. What the address has here already makes no difference to
    whoever asks: there is one mail in every case.

    Raises a Refusal where `checked` does.
    """
    often = chosen(frequency)
    checked(search)
    with transaction() as session:
        reader = hold_reader(email)
        saved = queries.kept_alike(reader.id, search.digest)
        if saved is not None and saved.confirmed_at is not None:
            mail.queue(mails.known(saved, reader, clock.now()))
            return
        if saved is not None:
            _withdraw(saved)
        for old in queries.waiting_of(reader.id)[: -(MOST_WAITING - 1) or None]:
            _withdraw(old)
        session.flush()
        mail.queue(mails.confirm(_add(search, reader, often, locale, is_confirmed=False), reader))


def chosen(frequency: str) -> Frequency:
    """How often, of what a form sent. Raises a Refusal for anything else."""
    if frequency not in tuple(Frequency):
        raise Refusal(HOW_OFTEN, field="frequency")
    return Frequency(frequency)


def hold_reader(address: str) -> Reader:
    """The reader of a mailbox, under lock: what counts searches waits for the other who does (inside a transaction)."""
    values = {"email": mailbox_key(address), "typed_email": typed_beside(address), "changed_at": clock.now()}
    new = insert_into(Reader, engine_name()).on_conflict_do_nothing(index_elements=["email"])
    db.session.execute(new, values)
    held = sa.select(Reader).where(Reader.email == values["email"]).with_for_update()
    reader = db.session.scalars(held, execution_options={"populate_existing": True}).one()
    reader.changed_at = clock.now()
    return reader


def check_room(reader: Reader) -> None:
    """Raises a Refusal when as many searches are kept for a reader as there can be (under its lock)."""
    if sum(one.confirmed_at is not None for one in queries.of_reader(reader.id)) >= MOST:
        raise Refusal(TOO_MANY)


def begin_anew(saved: SavedSearch) -> None:
    """What the search finds now is known to its reader: mails begin with what is new from here on (under lock)."""
    search, before = Search.read(saved.filters), as_bits(unpacked(saved.told))
    if KnownCodes().has_all(search):
        saved.told = packed(shorter(before | Found(search.filters).bits))
    saved.looked_at = clock.now()


def _again(saved: SavedSearch, often: Frequency) -> None:
    if saved.confirmed_at is None:  # somebody typed the address of this person, who now keeps it themselves
        saved.confirmed_at = clock.now()
    if saved.frequency == Frequency.NEVER and often != Frequency.NEVER:
        begin_anew(saved)
    saved.frequency = often


def _add(search: Search, reader: Reader, often: Frequency, locale: str, *, is_confirmed: bool) -> SavedSearch:
    now = clock.now()
    saved = SavedSearch(
        reader_id=reader.id, filters=search.stored, digest=search.digest, locale=locale, frequency=often,
        saved_at=now, confirmed_at=now if is_confirmed else None, looked_at=now,
        told=packed(shorter(Found(search.filters).bits)),
    )  # fmt: skip
    db.session.add(saved)
    db.session.flush()
    return saved


def _withdraw(saved: SavedSearch) -> None:
    mail.withdraw([mails.confirm_key(saved.id)])
    db.session.delete(saved)
    db.session.flush()
