"""The mails about accounts. Each function says one thing to one address."""

import datetime as dt
import secrets
from collections.abc import Sequence

from portal.accounts.models import Account, EmailChange, Person, SignUp
from portal.accounts.unused import MONTHS
from portal.mail import Kind, Link, Message
from portal.privacy import Note
from portal.words.i18n import _l, formats, in_language

CONFIRM = "accounts.confirm"
PASSWORD = "accounts.password"  # noqa: S105  (the purpose of a link)
EMAIL = "accounts.email"
TEMPLATES = "accounts/mail/"  # where the mails about accounts lie
OPENING = tuple(f"{TEMPLATES}{name}" for name in ("set_password", "invited", "confirm_email"))  # they open the account
UNUSED = tuple(f"{TEMPLATES}{name}" for name in ("unused", "unused_again"))  # nobody uses the account
NAMED = 20  # so many organisations and the like are named at most
CONFIRM_WITHIN = dt.timedelta(hours=48)
PASSWORD_WITHIN = dt.timedelta(hours=2)

# The forms in which an address is given, as their pages call them; the mail says which one it was.
FORMS = {
    "sign_up": _l("New account"),
    "forgotten": _l("Forgotten password"),
    "email": _l("Change of the e-mail address"),
}
SIGN_UP, FORGOTTEN, CHANGE = "New account", "Forgotten password", "Change of the e-mail address"


def sign_up_key(wish: SignUp) -> str:
    """The dedupe key of the mail that answers a request for an account."""
    return f"sign-up:{wish.id}"


def confirm_address(wish: SignUp) -> Message:
    """To whoever asked for an account: the link that opens it."""
    link = Link("accounts.confirm", purpose=CONFIRM, subject=f"sign_up:{wish.id}", lifetime=CONFIRM_WITHIN)
    return Message(
        kind=Kind.ACCOUNT, template="accounts/mail/confirm", to=wish.address, lang=wish.locale,
        dedupe_key=sign_up_key(wish),
        links={"confirm": link}, form=SIGN_UP,
    )  # fmt: skip


def already_there(account: Account, wish: SignUp) -> Message:
    """To an address that has an account when somebody asks for another one."""
    return Message(
        kind=Kind.ACCOUNT, template="accounts/mail/already_there", to=wish.address, lang=wish.locale,
        dedupe_key=sign_up_key(wish),
        links={"sign_in": Link("accounts.sign_in"), "forgotten": Link("accounts.forgotten")},
        person_id=account.person_id, form=SIGN_UP,
    )  # fmt: skip


def set_password(account: Account, locale: str) -> Message:
    """The link behind which a new password is set. A later one ends the earlier ones."""
    link = Link(
        "accounts.new_password",
        purpose=PASSWORD,
        subject=f"account:{account.id}",
        lifetime=PASSWORD_WITHIN,
        single=True,
    )
    return Message(
        kind=Kind.ACCOUNT, template="accounts/mail/set_password", to=account.address, lang=locale,
        dedupe_key=_once("password"),
        links={"password": link}, person_id=account.person_id, form=FORGOTTEN,
    )  # fmt: skip


def no_account(email: str, locale: str) -> Message:
    """To an address without an account whose password somebody wants to set."""
    return Message(
        kind=Kind.ACCOUNT, template="accounts/mail/no_account", to=email, lang=locale, dedupe_key=_once("password"),
        links={"sign_up": Link("accounts.sign_up")}, form=FORGOTTEN,
    )  # fmt: skip


def invited(account: Account, locale: str) -> Message:
    """The portal team made an account; its owner sets the password."""
    link = Link(
        "accounts.new_password", purpose=PASSWORD, subject=f"account:{account.id}", lifetime=CONFIRM_WITHIN, single=True
    )
    return Message(
        kind=Kind.ACCOUNT, template="accounts/mail/invited", to=account.address, lang=locale,
        dedupe_key=f"invited:{account.id}",
        links={"password": link}, person_id=account.person_id,
    )  # fmt: skip


def confirm_new_address(account: Account, change: EmailChange, locale: str) -> Message:
    """To the new address of an account: the link that makes it count."""
    link = Link("accounts.confirm_email", purpose=EMAIL, subject=f"email_change:{change.id}", lifetime=CONFIRM_WITHIN)
    return Message(
        kind=Kind.ACCOUNT, template="accounts/mail/confirm_email", to=change.address, lang=locale,
        dedupe_key=f"email:{change.id}",
        links={"confirm": link}, person_id=account.person_id, form=CHANGE,
    )  # fmt: skip


def address_taken(change: EmailChange, locale: str) -> Message:
    """To an address that has an account when somebody wants it for another one."""
    return Message(
        kind=Kind.ACCOUNT, template="accounts/mail/address_taken", to=change.address, lang=locale,
        dedupe_key=f"email:{change.id}",
        links={"sign_in": Link("accounts.sign_in")}, form=CHANGE,
    )  # fmt: skip


def notice(kind: str, account: Account, *, to: str, locale: str) -> Message:
    """What has just changed: `password_changed`, `email_changed`, `second_step_on` or `second_step_off`."""
    return Message(
        kind=Kind.ACCOUNT, template=f"accounts/mail/{kind}", to=to, lang=locale, dedupe_key=_once(kind),
        links={"forgotten": Link("accounts.forgotten")}, person_id=account.person_id,
    )  # fmt: skip


def new_device(account: Account, *, device: str, at: dt.datetime, locale: str) -> Message:
    """Somebody came in with a kind of browser that the account has not been opened with; once for each kind."""
    return Message(
        kind=Kind.ACCOUNT, template="accounts/mail/new_device", to=account.address, lang=locale,
        dedupe_key=f"new_device:{account.id}:{device}",
        context={"device": device, "at": at, "zone": formats.home_zone(locale)},
        links={"forgotten": Link("accounts.forgotten")}, person_id=account.person_id,
    )  # fmt: skip


def unused_key(account_id: int, last_day: dt.date, step: int) -> str:
    """The dedupe key of a warning: each day that was said is said once."""
    return f"unused:{account_id}:{last_day.isoformat()}:{step}"


def unused(account: Account, person: Person, last_day: dt.date, goes: Sequence[Note], *, step: int) -> Message:
    """Nobody uses the account: until which day it is kept, how it stays, and what `goes` with it. `step` is 1 or 2."""
    with in_language(person.locale):
        said = [[str(note.sentence), [name for name, *_page in note.names[:NAMED]]] for note in goes]
    return Message(
        kind=Kind.ACCOUNT, template=UNUSED[step - 1], to=account.address, lang=person.locale,
        dedupe_key=unused_key(account.id, last_day, step),
        context={"last_day": dt.datetime.combine(last_day, dt.time(12), dt.UTC), "months": MONTHS, "goes": said},
        links={"sign_in": Link("accounts.sign_in"), "forgotten": Link("accounts.forgotten")},
        person_id=account.person_id,
    )  # fmt: skip


def erased(person: Person, *, had_account: bool, is_unused: bool = False) -> Message:
    """The last mail: the person is forgotten. Once it is sent, the portal no longer knows the address."""
    return Message(
        kind=Kind.ACCOUNT, template="accounts/mail/erased", to=person.address, lang=person.locale,
        dedupe_key=f"erased:{person.id}",
        context={"had_account": had_account, "is_unused": is_unused, "months": MONTHS}, leaves_no_trace=True,
    )  # fmt: skip


def _once(kind: str) -> str:
    """Every request for such a mail is one of its own."""
    return f"{kind}:{secrets.token_hex(12)}"
