"""Flask-Login lends us functions: it has no hook, and nothing of it is in a page that nobody is signed in to."""

import pytest
from flask import Flask, Response, request
from flask.sessions import SessionMixin
from flask_login import LoginManager

from tests.factories.people import make_administrator

on_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
PUBLIC = ("/pl/", "/pl/organisations/", "/pl/events/", "/pl/news/", "/pl/search")
OWN_PAGES = ("", "details", "email", "password", "two-step", "two-step/on", "verify", "team", "devices")


def hooks_of_library(app: Flask) -> list[str]:
    """What Flask-Login runs at every request or page."""
    hooks = [
        *app.before_request_funcs.get(None, []), *app.after_request_funcs.get(None, []),
        *app.template_context_processors[None],
    ]  # fmt: skip
    return [hook.__name__ for hook in hooks if getattr(hook, "__module__", "").startswith("flask_login")]


@on_sqlite
def test_no_hook_of_the_library_is_there(app):
    assert hooks_of_library(app) == []


def test_hooks_are_seen():
    """What the test above would reject: the way of the manual."""
    ordinary = Flask("ordinary")
    LoginManager(ordinary)
    assert hooks_of_library(ordinary) == ["_update_remember_cookie", "_user_context_processor"]


@on_sqlite
def test_public_pages_do_not_open_the_session(app, client, monkeypatch):
    opened: dict[str, bool] = {}
    save = app.session_interface.save_session

    def noted(flask: Flask, session: SessionMixin, response: Response) -> None:
        opened[request.path] = session.accessed
        save(flask, session, response)

    monkeypatch.setattr(app.session_interface, "save_session", noted)
    for path in (*PUBLIC, "/pl/account/sign-in"):
        assert client.get(path).status_code == 200
    assert opened == {**dict.fromkeys(PUBLIC, False), "/pl/account/sign-in": True}


@on_sqlite
def test_a_cookie_of_the_library_signs_nobody_in(app, client):
    client.set_cookie("remember_token", "1|0123")
    assert client.get("/pl/account/").status_code == 303


@on_sqlite
def test_own_pages_are_there(as_person):
    browser = as_person(make_administrator())
    for path in OWN_PAGES:
        assert browser.get(f"/pl/account/{path}").status_code == 200
