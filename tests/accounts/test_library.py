"""Flask-Security lends us functions and nothing that anybody sees."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import flask_security
import pytest
from flask import Flask, template_rendered

from tests.factories.people import make_administrator

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
LIBRARY = Path(flask_security.__file__).parent
PAGES = ("sign-up", "sign-up/sent", "sign-in", "password/forgotten")
OWN_PAGES = ("", "details", "email", "password", "two-step", "two-step/on", "verify", "team")


@contextmanager
def templates_used(app: Flask) -> Iterator[list[str]]:
    used: list[str] = []

    def note(_sender: Flask, template: object, **_context: object) -> None:
        used.append(str(getattr(template, "filename", "")))

    with template_rendered.connected_to(note, app):
        yield used


def of_library(used: list[str]) -> list[str]:
    """The templates that lie in the package of the library."""
    return [name for name in used if Path(name).is_relative_to(LIBRARY)]


def test_no_template_of_the_library_is_ever_loaded(app, as_person):
    with templates_used(app) as used:
        for path in PAGES:
            assert as_person(None).get(f"/pl/account/{path}").status_code == 200
        browser = as_person(make_administrator())
        for path in OWN_PAGES:
            assert browser.get(f"/pl/account/{path}").status_code == 200
        for path in (*PAGES, "verify"):  # and with errors
            (browser if path == "verify" else as_person(None)).post(f"/pl/account/{path}")
    assert len(used) >= len(PAGES) + len(OWN_PAGES)
    assert of_library(used) == []
    assert of_library([str(LIBRARY / "templates" / "security" / "login_user.html")])  # what this test would reject


def test_no_template_of_the_library_can_be_found(app):
    assert [name for name in app.jinja_env.list_templates() if name.startswith("security/")] == []


def test_no_view_command_or_hook_of_the_library_is_there(app):
    assert [endpoint for endpoint in app.view_functions if endpoint.startswith("security")] == []
    assert {"users", "roles"}.isdisjoint(app.cli.commands)
    hooks = [
        *app.before_request_funcs.get(None, []), *app.after_request_funcs.get(None, []),
        *app.template_context_processors[None],
    ]  # fmt: skip
    modules = {getattr(hook, "__module__", "") for hook in hooks}
    assert not any(module.startswith(("flask_security", "flask_login", "flask_principal")) for module in modules)


def test_words_of_the_library_are_never_shown(app, client):
    """Its messages flash and name fields in languages that we do not ship; ours are in every catalogue."""
    messages = [
        str(text) for key, (text, _kind) in ((k, v) for k, v in app.config.items() if k.startswith("SECURITY_MSG_"))
    ]
    response = client.submit("/en/account/sign-in", {"email": "nobody@example.org", "password": "lipa most chleb"})
    said = response.text
    assert len(messages) > 50
    assert [text for text in messages if len(text) > 12 and text in said] == []
