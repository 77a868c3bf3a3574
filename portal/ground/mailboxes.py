"""Mail addresses: kept as they were typed, because that is where mails go, and compared by a key.

A key is never a place to write to: two spellings of one mailbox share it, and folding takes from letters what a mail server
may need. Only the domain has a form of its own on the wire: that of IDNA 2008 (RFC 5891), in which `faß.example` and
`fass.example` are two.
"""

from typing import TYPE_CHECKING, Any

import idna
import sqlalchemy as sa
from email_validator import EmailNotValidError, validate_email
from sqlalchemy.orm import Mapped, mapped_column, validates

from portal.ground.config import CONFIG
from portal.ground.sentences import _l

NO_ADDRESS = _l("This does not look like an e-mail address. Enter it in this form: name@example.org")
UNREACHABLE = _l(
    "The portal cannot send mail to addresses that have letters other than the basic Latin ones before the @. "
    "Enter another address."
)
LONGEST = 320  # characters of an address, as columns hold it; a longer one is none and is not looked into
LONGEST_DOMAIN = 255  # characters, RFC 1035; a longer one is none and is not looked into


class Addressed:
    """A row with a mail address: `email` is the key by which it is found, `address` is what was typed.

    The key keeps the name and the place that it had before what was typed was kept beside it: the code of the release
    before finds people by it, and its rows need no filling. `typed_email` is NULL where both are the same.
    """

    if TYPE_CHECKING:
        email: Mapped[Any]  # NULL where a row may lose its address

    typed_email: Mapped[str | None] = mapped_column(sa.String(320))

    @property
    def address(self) -> str:
        """Where mails go; empty when there is no address."""
        return self.typed_email or self.email or ""

    @address.setter
    def address(self, typed: str) -> None:
        self.email = mailbox_key(typed)
        self.typed_email = typed_beside(typed)

    @validates("email")
    def _forget_typed(self, key: str, value: str) -> str:
        """What was typed belongs to one key."""
        self.typed_email = None
        return value


def mailbox_key(address: str) -> str:
    """By what an address is compared: without regard to case, and to the two ways of writing a domain."""
    local, at, domain = address.strip().rpartition("@")
    return f"{local.casefold()}{at}{_domain_key(domain)}"


def normal_address(typed: str) -> str | None:
    """Something that can be a mail address, its domain in its normal form; None for what can be none."""
    if len(typed) > LONGEST:
        return None
    try:
        return validate_email(typed, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        return None


def typed_beside(typed: str) -> str | None:
    """What is kept beside the key of an address: nothing when it says the same."""
    return None if typed.strip() == mailbox_key(typed) else typed.strip()


def wire_domain(domain: str) -> str:
    """The ASCII form in which a domain travels. Raises UnicodeError when it has none."""
    if domain.isascii():
        return domain
    if len(domain) > LONGEST_DOMAIN:
        raise UnicodeError("A domain is shorter.")
    return idna.encode(domain, uts46=True, transitional=False).decode()


def is_reachable(address: str) -> bool:
    """Can the portal write to it? Letters outside ASCII before the @ need a mail server that takes them (RFC 6531)."""
    return address.rpartition("@")[0].isascii() or CONFIG.get().smtp_utf8


def _domain_key(domain: str) -> str:
    """A domain in the letters that people read. What is no domain is only folded."""
    if len(domain) > LONGEST_DOMAIN or (domain.isascii() and "xn--" not in domain.lower()):
        return domain.lower()  # IDNA changes nothing else in ASCII, and takes a tenth of a registration to say so
    try:
        return idna.decode(idna.encode(domain, uts46=True, transitional=False))
    except UnicodeError:
        return domain.lower()
