"""A visitor of a served portal without a browser: cookies, forms and mails, in milliseconds instead of seconds."""

import http.client
import http.cookies
import re
import time
from dataclasses import dataclass
from functools import cache
from typing import Any, Self
from urllib.parse import urlencode, urljoin, urlsplit

from tests.support import markup, submission
from tests.support.servers import LivePortal

PATIENCE = 60.0  # seconds that a mail may take on a busy machine


@dataclass(frozen=True)
class Answer:
    """What the portal answered."""

    path: str
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def html(self) -> str:
        return self.body.decode("utf-8")


class Visitor:
    """`Visitor(portal).sign_in("owner")`; `.get(path)`, `.submit(path, {fields})`, `.follow(answer)`."""

    def __init__(self, portal: LivePortal) -> None:
        self.portal = portal
        self.cookies: dict[str, str] = {}

    def sign_in(self, role: str) -> Self:
        """As the person of the demo with this role."""
        account = next(one for one in accounts(self.portal) if one["role"] == role)
        self.submit("/en/account/sign-in", {"email": account["address"], "password": account["password"]})
        return self

    def get(self, path: str) -> Answer:
        return self._send("GET", path)

    def submit(
        self,
        page: str | Answer,
        fields: submission.Fields | None = None,
        *,
        button: str | None = None,
        action: str | None = None,
    ) -> Answer:
        """Fill in the form of a page as a browser does; the portal has to accept it."""
        answer = self.send(page, fields, button=button, action=action)
        assert answer.status == 303, f"{answer.path} answered {answer.status}: {_errors(answer)}"
        return answer

    def send(
        self,
        page: str | Answer,
        fields: submission.Fields | None = None,
        *,
        button: str | None = None,
        action: str | None = None,
    ) -> Answer:
        """The same, whatever the answer is."""
        shown = self.get(page) if isinstance(page, str) else page
        assert shown.status in (200, 409, 422), f"{shown.path} answered {shown.status}"
        parsed = markup.parsed(shown.html)
        form = submission.find_form(parsed, set(fields or {}), action)
        values = submission.values(parsed, form, fields or {}, button)
        return self._send("POST", urljoin(shown.path, form.get("action") or shown.path), values)

    def follow(self, answer: Answer) -> Answer:
        assert answer.status == 303, f"{answer.path} answered {answer.status}"
        return self.get(path_of(str(answer.headers["Location"])))

    def browser_cookies(self) -> list[dict[str, Any]]:
        """For Playwright's `add_cookies`."""
        return [{"name": name, "value": value, "url": self.portal.base_url} for name, value in self.cookies.items()]

    def _send(self, method: str, path: str, values: submission.Fields | None = None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.portal.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if values is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = urlencode(values, doseq=True) if values is not None else None
        connection.request(method, path, body=body, headers=headers)
        response = connection.getresponse()
        answer = Answer(path, response.status, response.headers, response.read())
        connection.close()
        for header in response.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in http.cookies.SimpleCookie(header).items()}
        return answer


@cache
def accounts(portal: LivePortal) -> list[dict[str, str]]:
    """Who can sign in to the demo of a portal."""
    return list(portal.json("demo", "accounts"))


def path_of(address: str) -> str:
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def mailed(portal: LivePortal, address: str, place: str) -> str:
    """The path of the newest link that has `place` (a regular expression) in the mails to somebody, when it has come."""
    return mailed_to(portal, {"": (address, place)})[""]


def mailed_to(portal: LivePortal, wanted: dict[str, tuple[str, str]]) -> dict[str, str]:
    """The same for several addresses at once: name -> path, for name -> (address, place)."""
    deadline = time.monotonic() + PATIENCE
    found: dict[str, str] = {}
    while time.monotonic() < deadline:
        mails = portal.mails()
        for name, (address, place) in wanted.items():
            pattern = re.compile(rf"{re.escape(portal.base_url)}(\S*{place}\S*)")
            paths = [path for mail in mails if mail.to == address for path in pattern.findall(mail.text or "")]
            if paths:
                found[name] = paths[0]
        if len(found) == len(wanted):
            return found
        time.sleep(0.3)
    raise AssertionError(f"mails are missing, found only {found} of {wanted}\n{portal.log.read_text()[-2000:]}")


def _errors(answer: Answer) -> str:
    return " | ".join(
        re.sub(r"<[^>]+>", "", found) for found in re.findall(r"<li><a href=\"#[^>]*>.*?</a>", answer.html)
    )
