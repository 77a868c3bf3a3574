"""How stored pictures are answered: only as pictures, unchangeable, never as a page of our origin."""

import re

from flask import Response, abort, request

from portal.face.media import storage

KEY = re.compile(r"([0-9a-f]{64})\.webp")
YEAR = 365 * 24 * 3600


def media_path(key: str) -> str:
    """The address of stored content, below the root of the portal."""
    return f"/media/{key}"


def media_response(key: str) -> Response:
    """The picture under `key`; 404 when there is none. Its name is its hash, so it may be kept for ever."""
    match = KEY.fullmatch(key)
    content = storage.get(key) if match else None
    if match is None or content is None:
        abort(404)
    response = Response(content, mimetype="image/webp")
    response.set_etag(match.group(1))
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Disposition"] = "inline"
    response.make_conditional(request)
    return response
