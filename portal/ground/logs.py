"""Logs: one JSON object a line in production, plain lines in a demo. Tokens of links never get in."""

import json
import logging
import re
import sys
import time
import uuid
from typing import Any

from flask import Flask, Response, g, has_request_context, request

from portal.ground import clock
from portal.ground.config import Config

EXTRA = ("request_id", "mail", "tries", "error", "status", "milliseconds", "method", "path")
_requests = logging.getLogger("portal.request")
TOKEN = re.compile(r"(?<=/)[A-Za-z0-9_-]{40,}")


class JsonLines(logging.Formatter):
    """A log record as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": clock.now().isoformat(), "level": record.levelname.lower(), "logger": record.name,
            "message": masked(record.getMessage()),
        }  # fmt: skip
        line |= {name: getattr(record, name) for name in EXTRA if hasattr(record, name)}
        if "request_id" not in line and has_request_context():
            line["request_id"] = g.get("request_id")
        if record.exc_info:
            line["exception"] = masked(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


def masked(text: str) -> str:
    """A text without what could be the token of a link."""
    return TOKEN.sub("***", text)


def init_logs(app: Flask, config: Config) -> None:
    """One handler for everything; in production each request leaves a line with its id and duration."""
    handler = logging.StreamHandler(sys.stderr)
    if not config.is_demo:
        handler.setFormatter(JsonLines())
    else:
        handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    handler.set_name("portal")
    root.handlers[:] = [other for other in root.handlers if other.get_name() != "portal"] + [handler]
    root.setLevel(logging.INFO if not config.is_demo else logging.WARNING)
    if config.is_demo:
        return

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.get("request_id", "")
        answered(request.method, request.path, response.status_code, g.get("began", time.perf_counter()))
        return response


def new_request_id() -> str:
    """What a request is called in the log and in `X-Request-Id`."""
    return uuid.uuid4().hex[:16]


def answered(method: str, path: str, status: int, began: float, **extra: str) -> None:
    """The line of one request; `began` is what `time.perf_counter` said then."""
    spent = round((time.perf_counter() - began) * 1000, 1)
    line = {"method": method, "path": masked(path), "status": status, "milliseconds": spent}
    _requests.info("request", extra=line | extra)
