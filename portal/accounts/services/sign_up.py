"""From a wish to an account: asking, and confirming the address."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import mail
from portal.accounts import mails, passwords, queries
from portal.accounts.models import Account, SignUp
from portal.accounts.services.people import check_password, open_account
from portal.ground import limits, links
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal
from portal.ground.locks import locked_if_there
from portal.words.i18n import _l

LINK_ENDED = _l("This link no longer works. Ask for a new one.")
OVER = _l("This request for an account is over. Fill in the form once more.")
GUESSABLE = _l("The password that you chose is this address. Fill in the form once more with three random words.")
ONCE = _l("The address was corrected already. Fill in the form once more.")


def sign_up(*, name: str, email: str, password: str, locale: str, ip: str, wanted: str | None = None) -> int:
    """Ask for an account. A known address causes the same work: one hash, one row, one mail, which says so.

    `wanted` is the path of the page that opens once the address is confirmed, in whichever browser. Returns the number of
    the request, so that the browser that asked can be recognised when the address is confirmed.
    """
    check_password(password, email, name)
    limits.check("mail", address=email, ip=ip)
    stored = passwords.hashed(password)
    with transaction() as session:
        wish = SignUp(address=email, name=name, locale=locale, password=stored, wanted=wanted)
        return _write_to(session, wish)


def correct_sign_up(sign_up_id: int, *, email: str, ip: str) -> int:
    """Write to another address, once, when the first one was mistyped; the link to the first one ends.

    A known address causes the same work here, too. Returns the number of the request that takes the place of the first.
    Raises Conflict when that one is over or was corrected already, and a Refusal when the password that was chosen is the
    new address.
    """
    limits.check("mail", address=email, ip=ip)
    _check_still_secret(sign_up_id, email)
    with transaction() as session:
        first = locked_if_there(SignUp, sign_up_id)
        if first is None:
            raise Conflict(OVER)
        if first.corrected:
            raise Conflict(ONCE)
        again = SignUp(
            address=email, name=first.name, locale=first.locale, password=first.password,
            wanted=first.wanted, corrected=True,
        )  # fmt: skip
        _withdraw(session, first)
        return _write_to(session, again)


def _check_still_secret(sign_up_id: int, email: str) -> None:
    """Of the password there is only a hash, so what `check_password` would refuse for this address is tried on it."""
    stored = db.session.scalar(sa.select(SignUp.password).where(SignUp.id == sign_up_id))
    tried = {email, email.lower(), email.partition("@")[0], email.partition("@")[0].lower()}
    for word in sorted(one for one in tried if len(one) >= passwords.LEAST):
        if passwords.fits(word, stored):
            raise Refusal(GUESSABLE, field="email")


def _write_to(session: Session, wish: SignUp) -> int:
    session.add(wish)
    session.flush()
    account = queries.account_by_email(wish.address)
    mail.queue(mails.confirm_address(wish) if account is None else mails.already_there(account, wish))
    return wish.id


def _withdraw(session: Session, wish: SignUp) -> None:
    """The request is forgotten: its mail is not sent any more, its link leads nowhere."""
    mail.withdraw([mails.sign_up_key(wish)])
    links.revoke(mails.CONFIRM, f"sign_up:{wish.id}")
    session.delete(wish)


def confirm_sign_up(sign_up_id: int, *, password: str | None) -> Account:
    """The address is confirmed: open the account. Every other request for this address ends.

    `password` is chosen by whoever confirms: a password that was chosen before the address was proved may be that of
    somebody else, who would hold the account. None keeps the one of the request, which only the browser that made it may.
    """
    stored = None if password is None else _checked(sign_up_id, password)
    with transaction() as session:
        wish = session.get(SignUp, sign_up_id)
        if wish is None:
            raise Conflict(LINK_ENDED)
        _lock_requests(wish.email)
        wish = session.get(SignUp, sign_up_id, populate_existing=True)
        if wish is None:
            raise Conflict(LINK_ENDED)
        chosen = wish.password if stored is None else stored
        return open_account(email=wish.address, name=wish.name, locale=wish.locale, password=chosen)


def _checked(sign_up_id: int, password: str) -> str:
    """The hash of a password for the account that is asked for. Raises a Refusal when it is too easy to guess."""
    wish = db.session.get(SignUp, sign_up_id)
    if wish is None:
        raise Conflict(LINK_ENDED)
    check_password(password, wish.address, wish.name)
    return passwords.hashed(password)


def refuse_sign_up(sign_up_id: int) -> None:
    """The owner of the address did not ask for an account: forget the request."""
    with transaction() as session:
        wish = locked_if_there(SignUp, sign_up_id)
        if wish is not None:
            _withdraw(session, wish)


def _lock_requests(email: str) -> None:
    """Two confirmations of one address wait for each other."""
    query = sa.select(SignUp.id).where(SignUp.email == email).order_by(SignUp.id).with_for_update()
    db.session.scalars(query).all()
