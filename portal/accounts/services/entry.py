"""Coming in, and the password that lets one in."""

import sqlalchemy as sa

from portal import mail
from portal.accounts import mails, passwords, queries
from portal.accounts.models import Account, EmailChange, Person
from portal.accounts.services.people import check_password
from portal.accounts.services.second_step import pass_second_step
from portal.accounts.services.sessions import end_sessions
from portal.accounts.services.using import used
from portal.ground import audit, limits, links
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal
from portal.ground.locks import locked
from portal.words.i18n import _l

NO_MATCH = _l("The e-mail address or the password does not match. Check both or set a new password.")


def account_for(*, email: str, password: str, ip: str) -> Account:
    """The account that these open. An unknown address costs the same hash and is refused in the same words.

    A hash that was made with other costs than today's is made anew: only now is the password at hand.
    """
    limits.check("sign-in", address=email, ip=ip)
    account = queries.account_by_email(email)
    if not passwords.fits(password, account.password if account else None) or account is None or not account.active:
        raise Refusal(NO_MATCH, field="email")
    if passwords.is_outdated(account.password):
        return _rehashed(account, password)
    return account


def _rehashed(account: Account, password: str) -> Account:
    """The same account with the same password under a new hash; its sessions and links go on."""
    account_id, known = account.id, account.password
    stored = passwords.hashed(password)
    with transaction():
        row = locked(Account, account_id)
        if row.password == known:  # not changed meanwhile
            row.password = stored
    return row


def check_current_password(account: Account, *, password: str, code: str = "", ip: str) -> int | None:
    """Whoever acts shows once more that the account is theirs, with all that signing in asks for.

    Raises a Refusal when this is not the password, or not a code of the second step where the account has one. Returns
    how many recovery codes are left when one of them was used.
    """
    address, stored, asks_for_code = account.email, account.password, account.has_second_step
    limits.check("sign-in", address=address, ip=ip)
    if not passwords.fits(password, stored):
        raise Refusal(_l("The password does not match. Check it or set a new one."), field="password")
    return pass_second_step(account, code=code, ip=ip) if asks_for_code else None


def request_reset(*, email: str, locale: str, ip: str) -> None:
    """Somebody forgot a password: one mail to the address, whether it has an account or not."""
    limits.check("mail", address=email, ip=ip)
    with transaction():
        account = queries.account_by_email(email)
        if account is None:
            mail.queue(mails.no_account(email, locale))
        else:
            mail.queue(mails.set_password(account, locale))


def reset_password(account_id: int, *, password: str) -> None:
    """Set a new password behind the link of a mail, which shows that its mailbox is read."""
    _set_password(account_id, password, "account.password_reset", by_mail=True)


def change_password(account_id: int, *, password: str) -> Account:
    """Set a new password while signed in; returns the account, whose sessions have all ended."""
    return _set_password(account_id, password, "account.password_changed")


def _set_password(account_id: int, password: str, verb: str, *, by_mail: bool = False) -> Account:
    known = queries.account_by_id(account_id)
    if known is None:
        raise Conflict(_l("This link no longer works. Ask for a new one."))
    check_password(password, known.email, known.person.name)
    stored = passwords.hashed(password)
    with transaction() as session:
        account = locked(Account, account_id)
        person = session.get_one(Person, account.person_id)
        account.password = stored
        used(account)
        end_sessions(account)
        end_links(account)
        mail.queue(mails.notice("password_changed", account, to=account.address, locale=person.locale))
        if by_mail:
            mail.is_read_again(account.address)
        audit.record(verb, account, actor=person)
    return account


def end_links(account: Account) -> None:
    """What was sent, or waits to be, before a password or an address changed must not undo it (inside a transaction)."""
    mail.withdraw_from(account.person_id, mails.OPENING)
    links.revoke(mails.PASSWORD, f"account:{account.id}")
    for change in db.session.scalars(sa.select(EmailChange).where(EmailChange.account_id == account.id)).all():
        links.revoke(mails.EMAIL, f"email_change:{change.id}")
        db.session.delete(change)
