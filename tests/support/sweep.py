"""Everything of the demo that can be opened and sent: addresses by endpoint, and forms with what a browser would send."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from typing import Any, Protocol

import sqlalchemy as sa
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from portal import mail
from portal.ground import clock
from portal.ground.db import transaction
from tests.support import markup, submission
from tests.support.client import CheckedClient

A_FEW = 4  # addresses of one endpoint that are looked at; the next ones are the same page with another row
NOTHING = {
    "slug": "nie-ma",
    "other": "nie-ma-tez",
    "section": "work",
    "number": 1,
    "question": 1,
    "person_id": 1,
    "token": "x",
    "key": "x",
    "language": "bg",
    "part": "lists",
    "code": "training-hours",
}
CHOSEN = {"membership.new_question": {"kind": "several"}}  # without it the page is the choice
FORM = re.compile(r'<form\b[^>]*method="post".*?</form>', re.S)
OWN = re.compile(r"http://127\.0\.0\.1:8000(/[^\s>)\"]*)")


@dataclass(frozen=True, slots=True)
class FoundForm:
    """A form as its page shows it to a role: where it is sent, what a browser sends untouched, and its unticked boxes."""

    role: str
    address: str
    fields: submission.Fields
    boxes: dict[str, str]

    def variations(self) -> Iterator[tuple[str, submission.Fields]]:
        """Each field by name with the good answers beside it: as the page has them, and with every box ticked. A form
        whose answers are all good may end what it is about, so its token, which is always good here, comes last."""
        sent = [name for name in self.fields if name != "csrf_token"]
        yield from ((name, self.fields) for name in (*sent, *self.boxes))
        yield from ((name, {**self.fields, **self.boxes}) for name in sent if self.boxes)
        yield "csrf_token", self.fields


class Opens(Protocol):
    """What opens pages for a walk."""

    def get(self, address: str, /) -> Any: ...


@dataclass
class Sweep:
    """What one walk through the portal found. `forms`: by endpoint."""

    app: Flask
    arguments: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    forms: dict[str, FoundForm] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def match(self, address: str, method: str = "GET") -> tuple[str, dict[str, Any]] | None:
        adapter = self.app.url_map.bind("127.0.0.1")
        try:
            endpoint, arguments = adapter.match(address.partition("?")[0], method=method)
        except HTTPException:
            return None
        return endpoint, dict(arguments)

    def walk(self, role: str, browser: Opens, start: list[str]) -> None:
        """Follow every link of every page, a few for each endpoint, and note the forms."""
        waiting, opened, known = list(start), Counter[str](), set(start)
        while waiting:
            address = waiting.pop(0)
            found = self.match(address)
            if found is None or opened[found[0]] >= A_FEW:
                continue
            opened[found[0]] += 1
            self.arguments.setdefault(found[0], []).append(found[1])
            answer = browser.get(address)
            if answer.status_code == 200 and answer.mimetype == "text/html":
                self._note_forms(role, address, answer.text)
                links = {unescape(link) for link in re.findall(r'href="(/\w\w/[^"#]*)"', answer.text)} - known
                known |= links
                waiting += sorted(links)

    def _note_forms(self, role: str, address: str, html: str) -> None:
        self.names |= set(re.findall(r'name="([^"]+)"', html))
        for text in FORM.findall(html):
            action = re.search(r'action="([^"]+)"', text[: text.index(">")])
            target = unescape(action[1]) if action else address
            found = self.match(target, "POST")
            if found is not None:
                self.arguments.setdefault(found[0], []).append(found[1])
                if found[0] not in self.forms:
                    page = markup.parsed(text)
                    form = next(page.all("form"))
                    fields = submission.values(page, form, {})
                    self.forms[found[0]] = FoundForm(role, target, fields, submission.unticked(page, form, fields))

    def look(self, rule: Rule, role: str, browser: CheckedClient) -> None:
        """Open the page of a form that no link led to, with one row after the other."""
        for address in self.addresses(rule, most=12):
            if rule.endpoint in self.forms or self.match(address) is None:
                return
            answer = browser.get(address)
            if answer.status_code == 200:
                self._note_forms(role, address, answer.text)

    def rules(self, method: str) -> list[Rule]:
        rules = [rule for rule in self.app.url_map.iter_rules() if method in (rule.methods or ())]
        return sorted(rules, key=lambda rule: str(rule.endpoint))

    def addresses(self, rule: Rule, most: int = 2) -> Iterator[str]:
        """Addresses of a rule with rows that exist where any page of the same kind named them."""
        kind = str(rule).split("/")[2:3]
        found = [given for given in self.arguments.get(rule.endpoint, ()) if rule.arguments <= given.keys()]
        for endpoint, given in self.arguments.items():
            other = next(self.app.url_map.iter_rules(endpoint), None)
            if other is not None and str(other).split("/")[2:3] == kind:
                found += [one for one in given if rule.arguments <= one.keys()]
        adapter = self.app.url_map.bind("127.0.0.1")
        different = list({str(sorted(given.items())): given for given in found}.values())
        for given in different[:most] or [{}]:
            whole = NOTHING | given | {"lang": "pl"}
            chosen = CHOSEN.get(str(rule.endpoint), {})
            yield adapter.build(str(rule.endpoint), {name: whole[name] for name in rule.arguments} | chosen)


@contextmanager
def new_mails() -> Iterator[list[str]]:
    """The addresses of the portal in the mails that were queued inside, which are sent at its end; no others are."""
    with transaction() as session:
        session.execute(sa.update(mail.Mail).values(due_at=clock.now() + dt.timedelta(days=1)))
    paths: list[str] = []
    yield paths
    while mail.send_due():
        continue
    paths += sorted({path for one in mail.listed() for path in OWN.findall(one.text or "")})
