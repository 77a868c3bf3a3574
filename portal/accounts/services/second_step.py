"""The second step at sign-in: switching it on and off, and passing it."""

from portal import mail
from portal.accounts import mails, second_step
from portal.accounts.models import Account, Person
from portal.ground import audit, clock, limits
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal
from portal.ground.locks import locked
from portal.words.i18n import _l

NO_MATCH = _l("The code does not match or has been used. Enter the one that the app shows now.")


def switch_on(account_id: int, *, secret: str, code: str) -> None:
    """Ask for a code at every sign-in from now on; `code` proves that the app has the secret."""
    with transaction():
        account = locked(Account, account_id)
        if account.has_second_step:
            raise Conflict(_l("The second step is already on."))
        if not second_step.takes(account, secret, _plain(code)):
            raise Refusal(NO_MATCH, field="code")
        account.totp_secret, account.totp_since = secret, clock.now()
        account.recovery_codes = " ".join(second_step.new_recovery_codes())
        _tell(account, "second_step_on")


def switch_off(account_id: int) -> None:
    """The password alone is enough again; secret and recovery codes are deleted."""
    with transaction():
        account = locked(Account, account_id)
        if account.has_second_step:
            account.totp_secret = account.totp_since = account.totp_counter = account.recovery_codes = None
            _tell(account, "second_step_off")


def pass_second_step(account: Account, *, code: str, ip: str) -> int | None:
    """Take a code of the app, or a recovery code, which is used up; returns how many of those are left, None for the app.

    Raises a Refusal when it is neither.
    """
    limits.check("sign-in", address=account.email, ip=ip)
    with transaction():
        account = locked(Account, account.id)
        codes = (account.recovery_codes or "").split()
        typed = _plain(code)
        if account.totp_secret and second_step.takes(account, account.totp_secret, typed):
            return None
        if typed not in (known.replace("-", "") for known in codes):
            raise Refusal(NO_MATCH, field="code")
        left = [known for known in codes if known.replace("-", "") != typed]
        account.recovery_codes = " ".join(left)
        audit.record("account.recovery_code_used", account, actor=db.session.get_one(Person, account.person_id))
        return len(left)


def renew_recovery_codes(account_id: int) -> None:
    """New recovery codes; the old ones end."""
    with transaction():
        account = locked(Account, account_id)
        if account.has_second_step:
            account.recovery_codes = " ".join(second_step.new_recovery_codes())
            audit.record("account.recovery_codes_renewed", account)


def _plain(code: str) -> str:
    """What was typed, without the blanks and hyphens that make it readable."""
    return "".join(code.split()).replace("-", "").lower()


def _tell(account: Account, what: str) -> None:
    person = db.session.get_one(Person, account.person_id)
    mail.queue(mails.notice(what, account, to=account.address, locale=person.locale))
    audit.record(f"account.{what}", account)
