"""Another address for an account."""

from portal import mail
from portal.accounts import mails, queries
from portal.accounts.facts import AddressChanged, PeopleJoined
from portal.accounts.models import Account, EmailChange, Person
from portal.accounts.services.entry import end_links
from portal.accounts.services.people import end_pending
from portal.accounts.services.sessions import end_sessions
from portal.accounts.services.using import used
from portal.ground import audit, limits
from portal.ground.db import transaction
from portal.ground.errors import Conflict
from portal.ground.facts import announce
from portal.ground.locks import locked, locked_if_there
from portal.mail import preferences
from portal.words.i18n import _l

LINK_ENDED = _l("This link no longer works. Ask for a new one.")


def request_email_change(account_id: int, *, email: str, locale: str, ip: str) -> None:
    """Ask the new address whether it is meant. An address with an account gets a mail that says so."""
    limits.check("mail", address=email, ip=ip)
    with transaction() as session:
        change = EmailChange(account_id=account_id, address=email)
        session.add(change)
        session.flush()
        taken = queries.account_by_email(email)
        account = session.get_one(Account, account_id)  # in both cases: they cost the same
        mail.queue(
            mails.confirm_new_address(account, change, locale) if taken is None else mails.address_taken(change, locale)
        )


def confirm_email_change(change_id: int) -> Account:
    """The new address counts from now on, for everything that the person does here; the old one is told. Returns the
    account, whose sessions have all ended.

    If a person without an account was known by the new address (by a registration, say), the two become one.
    """
    with transaction():
        change = locked_if_there(EmailChange, change_id)
        if change is None or queries.account_by_email(change.email) is not None:
            raise Conflict(LINK_ENDED)
        account = locked(Account, change.account_id)
        person = locked(Person, account.person_id)
        old, new, old_mailbox = account.email, change.email, account.address
        _take_over(new, person)
        account.address = person.address = change.address
        used(account)
        end_sessions(account)
        end_links(account)
        end_pending(new)
        mail.is_read_again(change.address)
        preferences.follow(old, new)
        mail.redirect(person.id, old=old, new=person.address, besides=mails.TEMPLATES)
        mail.queue(mails.notice("email_changed", account, to=old_mailbox, locale=person.locale))
        announce(AddressChanged(person_id=person.id, old=old, new=person.address))
        audit.record("account.email_changed", account, detail={"old": old, "new": new}, actor=person)
    return account


def _take_over(email: str, person: Person) -> None:
    """What somebody without an account did under this address is the person's own."""
    earlier = queries.person_by_email(email)
    if earlier is None or earlier.id == person.id:
        return
    earlier.name, earlier.email = "", None
    with transaction() as session:
        session.flush()
        announce(PeopleJoined(gone_id=earlier.id, kept_id=person.id))
