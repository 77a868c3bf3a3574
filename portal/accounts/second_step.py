"""The second step at sign-in: codes of an authenticator app, and recovery codes, by the tools of Flask-Security."""

from functools import lru_cache
from typing import Any

from flask_security.totp import Totp
from passlib.totp import TOTP  # type: ignore[import-untyped]

from portal.ground import clock

ISSUER = "Synergia"
WINDOW = 30  # seconds that a phone's clock may be off
CODES = 8


class OneTimeCodes(Totp):
    """Codes that are good once. The secret is sealed by its column, so it is not encrypted a second time."""

    def __init__(self) -> None:
        self._totp: Any = TOTP.using(issuer=ISSUER, now=lambda: clock.now().timestamp())

    def generate_totp_secret(self) -> str:
        return str(self._totp.new().to_json(encrypt=False))

    def get_last_counter(self, user: Any) -> int | None:
        counter: int | None = user.totp_counter
        return counter

    def set_last_counter(self, user: Any, tmatch: Any) -> None:
        user.totp_counter = tmatch.counter


@lru_cache(maxsize=1)
def _codes() -> OneTimeCodes:
    return OneTimeCodes()


def new_secret() -> str:
    """A secret for an authenticator app."""
    return _codes().generate_totp_secret()


def address_of(secret: str, email: str) -> str:
    """The otpauth address that a QR code carries."""
    return str(_codes().get_totp_uri(email, secret))


def typed_key(secret: str) -> str:
    """The secret in groups of letters, for whoever cannot scan."""
    return str(_codes().get_totp_pretty_key(secret))


def code_now(secret: str) -> str:
    """The code that an app shows now."""
    return str(_codes().generate_totp_password(secret))


def takes(account: Any, secret: str, code: str) -> bool:
    """Is this a code of now that was not used before? Notes on the account that it is used."""
    return _codes().verify_totp(code, secret, account, window=WINDOW)


def new_recovery_codes() -> list[str]:
    """Codes for the day on which the phone is gone: each opens the account once."""
    return [str(code) for code in _codes().generate_recovery_codes(CODES)]
