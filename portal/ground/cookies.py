"""The cookies of the portal: one way to name, keep, read, sign and forget them.

Over https a cookie is `Secure` and its name begins with `__Host-`: the browser then takes it from this host alone, for the
whole of it, and never from a page that was served without encryption or by a neighbour under the same domain.
"""

import datetime as dt
from typing import Any

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import SignatureExpired, TimestampSigner, URLSafeTimedSerializer

from portal.ground import clock
from portal.ground.config import CONFIG, Config


def cookie_name(name: str, config: Config) -> str:
    """What a cookie is called under these settings."""
    return f"__Host-{name}" if config.is_https else name


def kept(name: str) -> str | None:
    """What this reader's browser keeps under a name; anybody may have written it."""
    return request.cookies.get(cookie_name(name, CONFIG.get()))


def keep(response: Response, name: str, value: str, *, lifetime: dt.timedelta) -> None:
    """Have the browser keep a value, out of reach of scripts."""
    config = CONFIG.get()
    response.set_cookie(
        cookie_name(name, config), value,
        max_age=lifetime, secure=config.is_https, httponly=True, samesite="Lax", path="/",
    )  # fmt: skip


def forget(response: Response, name: str) -> None:
    """Have the browser forget it."""
    config = CONFIG.get()
    response.delete_cookie(
        cookie_name(name, config), secure=config.is_https, httponly=True, samesite="Lax", path="/"
    )  # fmt: skip


class _Signer(TimestampSigner):
    """Signs by the portal's clock, which may be set. A signature of the future is as good as one of the past: a clock that
    goes back signs nobody out. (How long somebody stays signed in says the row of the session.)"""

    def get_timestamp(self) -> int:
        return int(clock.now().timestamp())

    def unsign(self, signed_value: str | bytes, max_age: int | None = None, return_timestamp: bool = False) -> Any:
        value, signed = super().unsign(signed_value, return_timestamp=True)
        if max_age is not None and abs(clock.now() - signed).total_seconds() > max_age:
            raise SignatureExpired("Signed too long ago.", payload=value, date_signed=signed)
        return (value, signed) if return_timestamp else value


class Sessions(SecureCookieSessionInterface):
    """Flask's sessions in a signed cookie, signed and read by the clock of the portal. A request without one, as those for
    public pages are, costs no signer.

    When a browser throws the cookie away (`Expires`) goes by the clock of its owner, so by that of the machine.
    """

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        serializer = super().get_signing_serializer(app)
        if serializer is not None:
            serializer.signer = _Signer
        return serializer
