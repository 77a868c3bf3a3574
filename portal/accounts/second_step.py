"""The second step at sign-in: codes of an authenticator app (RFC 6238), and recovery codes.

A secret is stored as 0.1.0 stored it, `{"key": base32, "type": "totp", "v": 1}`, in a column that seals it.
"""

import base64
import hmac
import json
import secrets

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from portal.accounts.models import Account
from portal.ground import clock

ISSUER = "Synergia"
BYTES, DIGITS, STEP = 20, 6, 30  # of a secret; of a code; seconds that a code is shown: what every app expects
DRIFT = 1  # steps that a phone's clock may be off
CODES = 8


def new_secret() -> str:
    """A secret for an authenticator app."""
    key = base64.b32encode(secrets.token_bytes(BYTES)).decode()
    return json.dumps({"key": key, "type": "totp", "v": 1}, separators=(",", ":"))


def address_of(secret: str, email: str) -> str:
    """The otpauth address that a QR code carries."""
    return TOTP(_key(secret), DIGITS, SHA1(), STEP).get_provisioning_uri(email, ISSUER)  # noqa: S303 (RFC 6238: HMAC)


def typed_key(secret: str) -> str:
    """The secret in groups of letters, for whoever cannot scan."""
    letters = _base32(secret)
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def code_now(secret: str) -> str:
    """The code that an app shows now."""
    return _code(secret, _step_now())


def takes(account: Account, secret: str, code: str) -> bool:
    """Is this a code of now that was not used before? Notes on the account that it is used."""
    now, last = _step_now(), account.totp_counter
    for step in range(now - DRIFT, now + DRIFT + 1):
        if (last is None or step > last) and hmac.compare_digest(_code(secret, step).encode(), code.encode()):
            account.totp_counter = step
            return True
    return False


def new_recovery_codes() -> list[str]:
    """Codes for the day on which the phone is gone: each opens the account once."""
    return ["-".join(secrets.token_hex(2) for _group in range(3)) for _code in range(CODES)]


def _step_now() -> int:
    """The time step of the telephone, which knows nothing of a clock that is set in a demo."""
    return int(clock.machine_now().timestamp()) // STEP


def _code(secret: str, step: int) -> str:
    return HOTP(_key(secret), DIGITS, SHA1()).generate(step).decode()  # noqa: S303 (RFC 6238: HMAC)


def _base32(secret: str) -> str:
    return str(json.loads(secret)["key"])


def _key(secret: str) -> bytes:
    return base64.b32decode(_base32(secret))
