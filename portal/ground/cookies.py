"""The cookies of the portal: one way to name, keep, read and forget them.

Over https a cookie is `Secure` and its name begins with `__Host-`: the browser then takes it from this host alone, for the
whole of it, and never from a page that was served without encryption or by a neighbour under the same domain.
"""

import datetime as dt

from flask import Response, request

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
