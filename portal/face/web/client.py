"""Who asks: the client's address behind the trusted proxies."""

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.ground.config import Config


def init_proxies(app: Flask, config: Config) -> None:
    """Believe the X-Forwarded headers of exactly as many hops as are ours."""
    if config.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.proxies, x_proto=config.proxies, x_host=0)  # type: ignore[method-assign]


def client_ip() -> str:
    """The address of the client, as the outermost trusted proxy saw it."""
    return request.remote_addr or "unknown"
