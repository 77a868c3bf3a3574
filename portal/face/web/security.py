"""What every response has, and what every request must have."""

import re
import secrets
from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, request

from portal.face.web.failures import failure
from portal.ground.authz import current_actor, has_session, is_open_to_others
from portal.ground.config import Config
from portal.ground.db import SAFE_METHODS
from portal.words.i18n import _

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'{style_nonce}; img-src 'self'{blob}; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
PLAIN_POLICY = POLICY.format(style_nonce="", blob="")
# What other sites may show, and nothing else: each of these routes is exempt from one rule of the policy.
IN_FRAMES = {"Content-Security-Policy": PLAIN_POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")}
AS_PICTURE = {"Cross-Origin-Resource-Policy": "cross-origin"}
EXEMPT: Mapping[str, Mapping[str, str]] = {
    "/<lang:lang>/organisations/<slug:slug>/card": IN_FRAMES,
    "/<lang:lang>/organisations/<slug:slug>/card/picture": AS_PICTURE,
    "/<lang:lang>/projects/<slug:slug>/card": IN_FRAMES,
}
# For the caches of others: RFC 9111 5.2.2.10 and RFC 5861. A browser asks again each time (max-age=0).
SHARED = "public, max-age=0, s-maxage=2, stale-while-revalidate=10, stale-if-error=60"
HOST = re.compile(r"(?P<name>[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?", re.ASCII | re.IGNORECASE)
PROBES = frozenset({"/healthz", "/readyz"})  # asked by the address of the machine


def editor_nonce() -> str:
    """A nonce for the styles of the editor; asking for it lets them through on this page only."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def init_security(app: Flask, config: Config) -> None:
    allowed_origin = config.base_url

    @app.before_request
    def check_host() -> Response | None:
        asked = HOST.fullmatch(request.environ.get("HTTP_HOST", ""))
        if (asked and asked["name"].strip("[]").lower() in config.trusted_hosts) or request.path in PROBES:
            return None
        return failure(400, reason=_("The portal is only to be found at %(address)s.", address=config.base_url))

    @app.before_request
    def check_origin() -> None:
        if request.method in SAFE_METHODS or is_open_to_others():
            return
        site = request.headers.get("Sec-Fetch-Site")
        if site is not None and site not in ("same-origin", "none"):
            abort(403)
        origin = request.headers.get("Origin")
        if origin is not None and origin != "null" and not _same(origin, allowed_origin, config):
            abort(403)

    @app.after_request
    def headers(response: Response) -> Response:
        add = response.headers.setdefault
        if response.status_code in (200, 304):  # a page of an error is one of ours
            response.headers.update(EXEMPT.get(str(request.url_rule), {}))
        nonce = g.get("nonce")
        add(
            "Content-Security-Policy",
            POLICY.format(style_nonce=f" 'nonce-{nonce}'", blob=" blob:") if nonce else PLAIN_POLICY,
        )
        add("X-Content-Type-Options", "nosniff")
        add("Referrer-Policy", "no-referrer" if g.get("private_page") else "strict-origin-when-cross-origin")
        add("Cross-Origin-Opener-Policy", "same-origin")
        add("Cross-Origin-Resource-Policy", "same-origin")
        add("Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()")
        if config.is_https:
            add("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
        return _cacheable(response)


def _same(origin: str, base: str, config: Config) -> bool:
    if origin == base:
        return True
    try:
        asked, ours = urlsplit(origin), urlsplit(base)
        port = asked.port
    except ValueError:  # no address at all
        return False
    return (
        config.is_demo and asked.hostname in config.trusted_hosts and (asked.scheme, port) == (ours.scheme, ours.port)
    )


def _cacheable(response: Response) -> Response:
    """Public pages carry an ETag and answer 304; what belongs to one person is stored nowhere.

    A page whose language is in its address is the same for everybody without a session; only then others may keep it.
    """
    if "Cache-Control" in response.headers:
        return response
    personal = "session_begun" in g or (has_session() and current_actor() is not None)
    if personal or g.get("private_page") or "nonce" in g:
        response.headers["Cache-Control"] = "private, no-store"
        if g.get("private_page"):
            response.headers["X-Robots-Tag"] = "noindex"
        return response
    is_whole = request.method in ("GET", "HEAD") and response.status_code == 200 and not response.is_streamed
    is_shared = is_whole and "<lang:" in str(request.url_rule) and "Set-Cookie" not in response.headers
    response.headers["Cache-Control"] = SHARED if is_shared else "no-cache"
    response.vary.update(("Cookie",) if is_shared else ("Cookie", "Accept-Language"))
    if is_whole:
        response.add_etag()
        response.make_conditional(request)
    return response
