"""The mail server: one address says how it is reached."""

from typing import Any
from urllib.parse import unquote, urlsplit

from flask import Flask
from flask_mailman import Mail as Mailman

from portal.ground.config import Config

TIMEOUT = 20  # seconds


def init_mail(app: Flask, config: Config) -> None:
    """Configure the sender from `smtp://`, `smtp+starttls://` or `smtps://user:password@host:port`."""
    app.config.update(_settings(config))
    Mailman(app)


def _settings(config: Config) -> dict[str, Any]:
    parts = urlsplit(config.smtp_url or "smtp://127.0.0.1:25")
    implicit, explicit = parts.scheme == "smtps", parts.scheme == "smtp+starttls"
    return {
        "MAIL_BACKEND": "smtp",
        "MAIL_SERVER": parts.hostname or "127.0.0.1",
        "MAIL_PORT": parts.port or (465 if implicit else 587 if explicit else 25),
        "MAIL_USERNAME": unquote(parts.username) if parts.username else None,
        "MAIL_PASSWORD": unquote(parts.password) if parts.password else None,
        "MAIL_USE_SSL": implicit,
        "MAIL_USE_TLS": explicit,
        "MAIL_TIMEOUT": TIMEOUT,
        "MAIL_DEFAULT_SENDER": config.mail_from,
    }
