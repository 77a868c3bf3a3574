"""What a request may bring, looked at at the door: before it is parsed, before its token, before anything of it is cleaned."""

import re
from collections.abc import Sequence

from flask import Flask, abort, request

from portal.words.i18n import LANGUAGES

MAX_BODY = 8 * 1024 * 1024  # bytes: one picture of 5 MB with its form
# Pages that take more, by their address behind the language (with a stroke at its end), in bytes.
LARGER: Sequence[tuple[re.Pattern[str], int]] = (
    (re.compile(r"imports/"), 21 * 1024 * 1024),  # a list of 20 MB with its form
    (
        re.compile(r"(?:organisations|projects)/[^/]+/documents/(?:new|[0-9]+/edit)/"),
        11 * 1024 * 1024,
    ),  # a document of 10 MB
)
MAX_TEXT = 2 * 1024 * 1024  # bytes of a form without files
MAX_FIELDS = 2000
REFUSED = "portal.refused"  # in the environ: the status with which the gateway has refused a request already
LINES_OF_FIELDS = "application/x-www-form-urlencoded"


def most(path: str) -> int:
    """The bytes that a request to this address may bring."""
    language, _slash, page = path.removeprefix("/").partition("/")
    if language not in LANGUAGES:
        return MAX_BODY
    page = page if page.endswith("/") else f"{page}/"
    return next((size for address, size in LARGER if address.fullmatch(page)), MAX_BODY)


def init_budget(app: Flask) -> None:
    """Answer 413 to what is larger. For multipart forms Werkzeug keeps the same limits; for others it has none."""
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_TEXT
    app.config["MAX_FORM_PARTS"] = MAX_FIELDS

    @app.before_request
    def look_at_the_door() -> None:
        request.max_content_length = most(request.path)  # the page of a refusal says it, too
        if REFUSED in request.environ:
            abort(request.environ[REFUSED])
        if request.mimetype == LINES_OF_FIELDS:
            request.max_content_length = MAX_TEXT
            if request.get_data().count(b"&") >= MAX_FIELDS:
                abort(413)
