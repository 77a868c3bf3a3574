"""When something does not work out: a page in the reader's language, never a bare text and never silence."""

import logging

from flask import Flask, Response, g, make_response, render_template, request
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from portal.face.web.moved import led_on, sent_to
from portal.ground import authz
from portal.ground.db import db
from portal.ground.errors import Refusal, TookTooLong, TooMany
from portal.ground.logs import new_request_id
from portal.words.i18n import LANGUAGES, _l

log = logging.getLogger(__name__)

RETRY_AFTER = 60
RENAMED = _l(
    "This has a new name and address by now. Nothing has been saved yet. Open the form, look at it and send it again."
)
KNOWN = (400, 403, 404, 405, 408, 409, 413, 429, 500, 503)


def init_failures(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Refusal, _refusal)
    for lost in (OperationalError, InterfaceError, PoolTimeout):
        app.register_error_handler(lost, _database_away)
    app.register_error_handler(Exception, _unexpected)
    authz.DEAD_LINK.set(app, lambda: failure(404, template="errors/dead_link.html"))
    authz.SIGNED_OUT.set(app, _signed_out)

    @app.before_request
    def identify() -> None:
        g.request_id = new_request_id()
        head = request.path.split("/", 2)[1]
        if "lang" not in g and head in LANGUAGES:
            g.lang = head


def failure(status: int, *, template: str = "errors/error.html", **context: object) -> Response:
    """The page for a status, in the reader's language; a bare one when even that cannot be made."""
    try:
        response = make_response(
            render_template(template, status=status, alternates=[], canonical=None, **context), status
        )
    except Exception:
        log.exception("the error page failed", extra={"request_id": g.get("request_id")})
        response = make_response(render_template("errors/bare.html", status=status), status)
    response.headers["Cache-Control"] = "no-store"
    if status == 503:
        response.headers["Retry-After"] = str(context.get("retry_after", RETRY_AFTER))
    return response


def _http(error: HTTPException) -> HTTPException | Response:
    code = error.code or 500
    if code < 400:
        return error
    if code == 404 and (elsewhere := led_on()) is not None:
        return elsewhere
    if code == 404 and (typed := authz.typed()) and (address := sent_to()) is not None:
        return failure(409, reason=RENAMED, held=typed, held_for=address)
    response = failure(code if code in KNOWN else 400 if code < 500 else 500)
    if code == 405 and getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))  # type: ignore[attr-defined]
    response.status_code = code
    return response


def _signed_out(held: list[tuple[str, str]]) -> Response:
    """A form that was sent after the session of its writer ended: the page keeps what was typed and sends it once more."""
    g.private_page = True
    return failure(
        403, template="errors/signed_out.html", held=held, held_for=request.full_path.rstrip("?"),
        lost_password=any(value for name, value in request.form.items() if "password" in name),
    )  # fmt: skip


def _refusal(error: Refusal) -> Response:
    if isinstance(error, TookTooLong):
        _forget_transaction()
        log.error("a statement was cut", exc_info=error, extra={"request_id": g.get("request_id")})
    held = authz.typed() if error.status == 503 else []
    response = failure(error.status, reason=error.reason, held=held, held_for=request.full_path.rstrip("?"))
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.minutes * 60)
    return response


def _database_away(error: Exception) -> Response:
    _forget_transaction()
    log.error("database away", exc_info=error, extra={"request_id": g.get("request_id")})
    g.person = None
    return failure(503)


def _unexpected(error: Exception) -> Response:
    _forget_transaction()
    log.exception("unexpected", exc_info=error, extra={"request_id": g.get("request_id")})
    return failure(500)


def _forget_transaction() -> None:
    try:
        db.session.rollback()
    except Exception:
        log.exception("rollback failed")
