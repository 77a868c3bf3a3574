"""The test client: it looks at every page that it ever fetches, and fills in forms as a browser does."""

import contextvars
from typing import Any, Self
from urllib.parse import urlsplit

from flask import Flask, before_render_template
from flask.globals import _cv_app
from flask.testing import FlaskClient
from jinja2 import Template
from werkzeug.test import TestResponse

from portal.face.web.addresses import STATIC
from portal.ground.db import db
from tests.support import markup, submission

TEMPLATES = STATIC.parent / "templates"
SHOWN_BY_POST = ("preview",)  # what was typed, shown as it would look; nothing is stored
UNSAFE_POLICY = ("unsafe-inline", "unsafe-eval", "*", "http:", "https:", "data:")


class PageFault(AssertionError):
    """A page that was fetched breaks a promise about all pages."""


class Page(TestResponse):
    """An answer whose `text`, when it is HTML, has its white space as a browser reads it; `sent` is what was sent."""

    @property
    def sent(self) -> str:
        return super().text

    @property
    def text(self) -> str:
        return markup.flat(self.sent) if self.mimetype == "text/html" else self.sent


def as_sent(response: TestResponse) -> str:
    """What was sent, letter by letter, whatever client asked for it."""
    return response.sent if isinstance(response, Page) else response.text


class CheckedClient(FlaskClient):
    """Every request has its own application context (own g, own database session), as in a server.

    `checking = False` turns the look at pages off, for tests of the checks themselves.
    """

    checking = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not issubclass(self.response_wrapper, Page):
            self.response_wrapper = type("Page", (Page, self.response_wrapper), {})

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        with before_render_template.connected_to(self._note_template, sender=self.application):
            self.foreign_templates: list[str] = []
            kwargs["buffered"] = True  # what is made while it is sent is made in the context of its request
            response = contextvars.copy_context().run(self._in_new_context, *args, **kwargs)
        db.session.rollback()  # what the test reads next is what the request left, not its own older snapshot
        if self.checking:
            found = [*faults(response), *self.foreign_templates]
            if found:
                where = f"{response.request.method} {response.request.path} -> {response.status_code}"
                raise PageFault("\n  ".join([where, *found]))
        return response

    def _in_new_context(self, *args: Any, **kwargs: Any) -> TestResponse:
        _cv_app.set(None)  # else Flask would reuse the context that the test runs in
        return super().open(*args, **kwargs)

    def _note_template(self, _app: Flask, template: Template, **_context: Any) -> None:
        if not str(template.filename).startswith(str(TEMPLATES)):
            self.foreign_templates.append(f"a template of a library: {template.filename}")

    def submit(
        self,
        page: str | TestResponse,
        fields: submission.Fields | None = None,
        *,
        button: str | None = None,
        action: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> TestResponse:
        """Send the form of a page (an address or a response) with these fields changed, without following a redirect.

        A field that the form does not have, a page without such a form and a page with two of them fail the test.
        """
        response = self.get(page, headers=headers) if isinstance(page, str) else page
        assert response.mimetype == "text/html", f"{response.request.path} answered {response.status}"
        parsed = markup.parsed(as_sent(response))
        fields = fields or {}
        form = submission.find_form(parsed, set(fields), action)
        sent = submission.values(parsed, form, fields, button)
        path = response.request.path
        query = response.request.query_string.decode()
        target = form.get("action") or (f"{path}?{query}" if query else path)
        return self.post(target, data=sent, headers=headers)

    def follow(self, response: TestResponse) -> TestResponse:
        """Go where a 303 leads."""
        assert response.status_code == 303, f"{response.status} from {response.request.path}"
        parts = urlsplit(response.location)
        return self.get(parts.path + (f"?{parts.query}" if parts.query else ""))

    def fresh(self) -> Self:
        """Another browser: the same application, no cookies."""
        return type(self)(self.application, self.response_wrapper)


def faults(response: TestResponse) -> list[str]:
    """What an answer breaks of the promises about all answers."""
    found = []
    if response.status_code == 500:
        found.append("something unexpected happened: its trace is in the captured log")
    if response.request.method == "POST" and response.status_code in (301, 302, 307, 308):
        found.append(f"a POST redirects with {response.status_code} instead of 303")
    shown = response.status_code == 200 and response.mimetype == "text/html"
    if response.request.method == "POST" and shown and response.request.path.rpartition("/")[2] not in SHOWN_BY_POST:
        found.append("a POST answers with a page and 200 instead of 303 or 422")
    if response.mimetype == "text/html" and response.request.method != "HEAD" and response.data:
        found += policy_faults(response.headers.get("Content-Security-Policy", ""))
        if response.headers.get("X-Content-Type-Options") != "nosniff":
            found.append("no X-Content-Type-Options: nosniff")
        if not 300 <= response.status_code < 400:
            found += markup.problems(as_sent(response), response.request.path)
    return found


def policy_faults(policy: str) -> list[str]:
    """What is too open in a Content-Security-Policy."""
    directives = {words[0]: words[1:] for part in policy.split(";") if (words := part.split())}
    if "default-src" not in directives:
        return ["no Content-Security-Policy with default-src"]
    found = []
    for name in ("default-src", "script-src", "style-src", "object-src", "base-uri"):
        sources = directives.get(name, directives["default-src"])
        found += [f"{name} allows {source}" for source in sources if source.strip("'") in UNSAFE_POLICY]
    return found
