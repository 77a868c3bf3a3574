"""Making people and their accounts."""

import secrets
from functools import cache

import sqlalchemy as sa

from portal import mail
from portal.accounts import mails, passwords, queries
from portal.accounts.fields import PERSON
from portal.accounts.models import Account, EmailChange, Person, SignUp
from portal.accounts.services.using import used_by
from portal.ground import audit, clock, links
from portal.ground.db import db, transaction
from portal.ground.errors import Busy, Refusal
from portal.ground.locks import locked
from portal.ground.mailboxes import UNREACHABLE, is_reachable, mailbox_key, typed_beside
from portal.ground.statements import Upsert, changed_rows, engine_name, insert_into
from portal.words.i18n import _l


def confirmed_person(email: str, name: str, locale: str) -> Person:
    """The person behind an address that was just confirmed: known already, or a new one without an account.

    Belongs into a transaction. Two of them at once get the same person; one who is being forgotten begins anew.
    """
    person = person_of(email, name, locale)
    mail.is_read_again(email)
    used_by(person.id)
    return person


def person_of(email: str, name: str, locale: str) -> Person:
    """The same of an address that somebody else has given: nothing shows yet that anybody reads what is sent there."""
    key = mailbox_key(email)
    new = {"email": key, "typed_email": typed_beside(email), "name": name, "locale": locale}
    for _attempt in range(2):
        db.session.execute(_new_person(engine_name()), new)
        person = db.session.scalar(_BY_EMAIL, {"email": key})
        if person is not None:
            return person
    raise Busy()


@cache
def _new_person(engine: str) -> Upsert:
    return insert_into(Person, engine).on_conflict_do_nothing(index_elements=["email"])


_BY_EMAIL = sa.select(Person).where(Person.email == sa.bindparam("email")).with_for_update()


def open_account(*, email: str, name: str, locale: str, password: str, is_demo: bool = False) -> Account:
    """Give the person of a confirmed address an account (inside a transaction); `password` is its hash.

    An earlier person without an account is adopted, with the name and the language given now.
    """
    person = confirmed_person(email=email, name=name, locale=locale)
    if queries.account_of(person) is not None:
        raise Refusal(_l("This address already has an account."), field="email")
    person.name, person.locale, person.address = name, locale, email
    account = Account(
        person_id=person.id, address=email, password=password, fs_uniquifier=new_uniquifier(), is_demo=is_demo
    )
    db.session.add(account)
    db.session.flush()
    end_pending(account.email)
    audit.record("account.opened", account, actor=person)
    return account


def create_person(*, address: str, name: str, locale: str, password: str | None = None) -> Person:
    """Make a person with an account, as the console does, for which the address counts as confirmed.

    Without a password a mail asks its owner to set one; with one, whoever runs the portal vouches that it is the owner's.
    """
    if not is_reachable(address):
        raise Refusal(UNREACHABLE, field="email")
    if password is not None:
        check_password(password, address, name)
    stored = passwords.hashed(password if password is not None else secrets.token_urlsafe(32))
    with transaction() as session:
        account = open_account(email=address, name=name, locale=locale, password=stored)
        if password is None:
            mail.queue(mails.invited(account, locale))
        return session.get_one(Person, account.person_id)


def update_person(person_id: int, **values: object) -> None:
    """Change what somebody says of themselves: the name, and the language of mails."""
    given = PERSON.given(values)
    with transaction():
        person = locked(Person, person_id)
        PERSON.write(person, given, person.locale)
        audit.record("person.changed", person)


def check_password(password: str, *own_words: str) -> None:
    """Raises a Refusal when a password is too easy to guess."""
    if passwords.is_guessable(password, *own_words):
        raise Refusal(_l("This password is easy to guess. Use three random words."), field="password")


def new_uniquifier() -> str:
    """A new name for an account in sessions: everybody who was signed in before no longer is."""
    return secrets.token_hex(32)


def end_pending(email: str) -> None:
    """An address has an account now: other requests for one have no object any more (inside a transaction)."""
    pending = db.session.scalars(sa.select(SignUp).where(SignUp.email == email)).all()
    for wish in pending:
        links.revoke(mails.CONFIRM, f"sign_up:{wish.id}")
        db.session.delete(wish)


def remove_old() -> int:
    """Delete requests that nobody confirmed in time; returns how many."""
    before = clock.now() - mails.CONFIRM_WITHIN
    with transaction() as session:
        return sum(
            changed_rows(session, sa.delete(model).where(model.created_at < before)) for model in (SignUp, EmailChange)
        )
