"""The portal in production behind a proxy that speaks TLS: cookies, headers, signing in."""

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from flask import Flask
from werkzeug.http import parse_cookie
from werkzeug.test import TestResponse

from portal.app import create_app
from portal.ground.config import Config
from portal.ground.db import db
from portal.start import check_start
from tests.factories.people import PASSWORD, make_person
from tests.support.client import CheckedClient
from tests.support.databases import Databases

HOST = "portal.example.org"
ATTRIBUTES = {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


class BehindProxy(CheckedClient):
    """A browser that speaks TLS with a proxy, which speaks http with the portal and says so."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        seen = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
        if kwargs.get("method") == "POST":
            seen |= {"Origin": f"https://{HOST}", "Sec-Fetch-Site": "same-origin"}
        kwargs |= {"base_url": f"http://{HOST}", "headers": {**(kwargs.get("headers") or {}), **seen}}
        return super().open(*args, **kwargs)


@pytest.fixture
def production(databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """The application with settings of production, which it accepts, on a database without a demo."""
    shutil.copyfile(databases.sqlite_template(), tmp_path / "synergia.db")
    settings = {
        "ENV": "production", "BASE_URL": f"https://{HOST}", "PROXIES": "1", "VAR": str(tmp_path),
        "SECRET_KEY": "s" * 40, "TICKET_KEYS": "ticket", "DATA_KEYS": Fernet.generate_key().decode(),
        "SMTP_URL": databases.mail.url,
    }  # fmt: skip
    config = Config.from_environment({f"PORTAL_{name}": value for name, value in settings.items()})
    handlers, level = logging.root.handlers[:], logging.root.level
    app = create_app(config)
    app.test_client_class = BehindProxy
    check_start(app, config)
    with app.app_context():
        yield app
        db.session.rollback()
        db.engine.dispose()
    logging.root.handlers[:], logging.root.level = handlers, level


def cookies(response: TestResponse) -> dict[str, set[str]]:
    """Name -> attributes of every cookie that an answer sets."""
    found = {}
    for header in response.headers.getlist("Set-Cookie"):
        pair, *attributes = header.split("; ")
        found[pair.partition("=")[0]] = set(attributes)
    return found


def assert_only_for_this_host(response: TestResponse, *names: str) -> None:
    found = cookies(response)
    assert found.keys() == set(names)
    for name, attributes in found.items():
        assert name.startswith("__Host-")
        assert attributes >= ATTRIBUTES, name
        assert not [one for one in attributes if one.startswith("Domain")], name


def test_signing_in_works_and_its_cookie_is_for_this_host_alone(production: Flask) -> None:
    make_person(email="wanda@example.org")
    browser = production.test_client()
    page = browser.get("/pl/account/sign-in")
    assert_only_for_this_host(page, "__Host-session")
    answer = browser.submit(page, {"email": "wanda@example.org", "password": PASSWORD, "stay": "y"})
    assert (answer.status_code, answer.location) == (303, "/pl/account/")
    assert_only_for_this_host(answer, "__Host-session")
    inside = browser.get("/pl/account/")
    assert inside.status_code == 200
    assert inside.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    assert browser.submit(inside, action="/pl/account/sign-out").status_code == 303
    assert browser.get("/pl/account/").status_code == 303


def test_settings_of_the_reader_are_for_this_host_alone(production: Flask) -> None:
    browser = production.test_client()
    assert_only_for_this_host(browser.post("/bg/settings", data={"theme": "dark"}), "__Host-access", "__Host-language")
    page = browser.get("/bg/")
    assert 'data-theme="dark"' in page.text
    assert "Strict-Transport-Security" in page.headers
    assert not cookies(page)
    assert browser.get("/", headers={"Accept-Language": "pl"}).location == "/bg/"
    assert_only_for_this_host(browser.post("/bg/settings", data={"clear": "1"}), "__Host-access", "__Host-language")
    assert "data-theme" not in browser.get("/bg/").text


def test_cookies_under_a_name_that_a_neighbour_can_set_mean_nothing(production: Flask) -> None:
    """A page under another host of the same domain can set `session`, but never `__Host-session`."""
    make_person(email="wanda@example.org")
    browser = production.test_client()
    answer = browser.submit("/pl/account/sign-in", {"email": "wanda@example.org", "password": PASSWORD})
    session = parse_cookie(answer.headers["Set-Cookie"])["__Host-session"]
    neighbour = production.test_client()
    for name, value in {"session": session, "access": "dark.150", "language": "bg"}.items():
        neighbour.set_cookie(name, value, domain=HOST)
    assert neighbour.get("/pl/account/").status_code == 303
    assert "data-theme" not in neighbour.get("/pl/").text
    assert neighbour.get("/", headers={"Accept-Language": "pl"}).location == "/pl/"


def test_a_demo_speaks_http_with_plain_cookies(app: Flask) -> None:
    browser = app.test_client()
    for answer in (browser.get("/en/account/sign-in"), browser.post("/en/settings", data={"theme": "dark"})):
        assert cookies(answer).keys() <= {"session", "access", "language"}
        for attributes in cookies(answer).values():
            assert attributes >= ATTRIBUTES - {"Secure"}
            assert "Secure" not in attributes
        assert "Strict-Transport-Security" not in answer.headers
