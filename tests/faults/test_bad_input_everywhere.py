"""Whatever is sent to whichever address by whomever, the answer is one of ours: a page, a refusal, never a 5xx."""

import itertools
import logging
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from flask import Flask, session
from flask_wtf.csrf import generate_csrf
from werkzeug.test import TestResponse

from portal import demo
from portal.accounts import queries, services
from portal.accounts.models import Account
from portal.app import create_app
from portal.events.models import Event, Room
from portal.face.media import storage
from portal.ground import backup
from portal.ground.config import CONFIG, Config
from portal.ground.db import db
from portal.organisations import queries as organisations
from portal.organisations.models import Role
from portal.organisations.services import invite
from portal.registration.services import open_own
from tests.factories.registrations import confirmed, submit
from tests.factories.waiting import waiting_rows
from tests.fixtures.proof import Proof
from tests.support import people
from tests.support.client import CheckedClient
from tests.support.databases import Databases
from tests.support.sweep import Sweep, new_mails

pytestmark = pytest.mark.prove
NASTY = [
    "\x00", "a\x00b@example.org", "\ud800\udfff", "\u200b\u200d\ufeff", "x" * 10_000, "\u202eabc\u2066\u061c", " \u2028\r\n",
    "99999999999999999999", "-9223372036854775809", "1e309", "NaN", "0000-00-00T99:99", "9999-12-31T23:59", "١٢٣²",
    "🧶" * 300, "{{7*7}}%s%(x)s<script>", "../../etc/passwd", "[]", "ß" * 100 + "@" + "ł" * 300, "on",
]  # fmt: skip
NUMBERS = ("0", "2147483648", "9223372036854775808", "9" * 400)
WORDS = ("x" * 5000, "0", "a-" * 40 + "a", "%00", "%ED%A0%80", "%F0%9F%A7%B6", "%E2%80%AE", "..%2f..", "'--")
HEADERS = [
    {"Cookie": "session=\x00\xff; access=....; language=\ud800"}, {"Cookie": "session=" + "a.b.c" * 800},
    {"Cookie": ";;;===;\"'"}, {"Accept-Language": "x" * 5000 + ";q=∞"}, {"Accept-Language": "pl;q=-1,*;q=nan,,;"},
    {"If-None-Match": '"' * 99}, {"If-Modified-Since": "Thu, 99 Foo 99999 99:99:99 GMT"}, {"Range": "bytes=9-1,-,x"},
    {"Accept-Encoding": "zstd;q=x,br;q=NaN"}, {"X-Forwarded-For": "::::,\x7f"}, {"Sec-Fetch-Site": "\xff"}, {"Origin": "http://["},
    {"Referer": "\xff"}, {"Host": "[::1"}, {"Host": "a" * 300}, {"Host": "127.0.0.1:99999999"}, {"Content-Length": "x"},
]  # fmt: skip


# Only a button leads there, or the demo has no row in that state: every role sends to them all the same.
WITHOUT_PAGE = {
    "accounts.recovery_codes", "accounts.two_step_off", "accounts.second_step", "accounts.sign_up_sent",
    "organisations.remove_logo", "organisations.restore", "organisations.show_again", "organisations.reopen",
    "events.delete", "events.delete_session", "events.publish", "membership.send_for_review", "membership.withdraw_review",
    "news.delete", "news.publish", "registration.leave", "accounts.mail_stop", "messages.resume", "messages.stop",
    "pages.pasted", "tasks.cancel", "freshness.confirm", "imports.undo", "saved.change_by_link",
    "trust.patronage", "trust.prove", "registration.accept", "registration.accept_place", "registration.resume",
    "registration.confirm_need", "registration.choose", "registration.come", "registration.coming",
    "registration.confirm_together", "registration.one_more", "registration.open_member",
    "registration.confirm_delegation", "registration.give_back_seats", "registration.hand_on", "registration.name_people",
    "registration.print_sheet", "registration.substitute", "registration.take_name_back", "registration.take_seats",
    "registration.answer_delegation", "registration.calls", "registration.accept_for_person", "registration.come_for_person",
    "registration.open_delegation", "registration.own_days", "registration.days_for_person",
    "projects.remove_evidence", "impact.publish_frame",
}  # fmt: skip


@dataclass
class Everybody:
    """The demo with its people, and a walk through all that each of them can open."""

    app: Flask
    roles: dict[str, Any]
    sweep: Sweep
    token: str = ""

    def browser(self, role: str) -> CheckedClient:
        """A new browser of somebody who just signed in and has a form open."""
        browser = self.app.test_client()
        assert isinstance(browser, CheckedClient)
        browser.checking = False
        if self.roles.get(role) is not None:
            people.sign_in(browser, self.roles[role])
        with browser.session_transaction() as kept:
            kept["csrf_token"] = "a" * 40
        return browser

    def send(self, role: str, address: str, fields: dict[str, Any]) -> TestResponse:
        body = urlencode({**fields, "csrf_token": self.token}, doseq=True, errors="surrogatepass")
        return self.browser(role).post(address, data=body, content_type="application/x-www-form-urlencoded")


@pytest.fixture(scope="module")
def on_sqlite(demo_var: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Everybody]:
    """The walk through the demo, with a backup of what it left."""
    var = tmp_path_factory.mktemp("everybody") / "var"
    shutil.copytree(demo_var, var)
    app = create_app(Config.from_environment({"PORTAL_VAR": str(var)}))
    app.test_client_class = CheckedClient
    with app.app_context():
        found = walked(app)
        backup.backup(var / "demo.tar", storage)
        yield found
        db.session.rollback()
        db.engine.dispose()


@pytest.fixture(scope="module")
def on_postgresql(on_sqlite: Everybody, databases: Databases) -> Iterator[Everybody]:
    """The same rows, links and forms on the other engine."""
    var = CONFIG.of(on_sqlite.app).var
    url = databases.server.create("everybody", databases.postgresql_template())
    config = Config.from_environment({"PORTAL_VAR": str(var), "PORTAL_DATABASE_URL": url})
    app = create_app(config)
    app.test_client_class = CheckedClient
    with app.app_context():
        backup.restore(config, var / "demo.tar", storage)
        yield replace(on_sqlite, app=app, sweep=replace(on_sqlite.sweep, app=app))
        db.session.rollback()
        db.engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def everybody(request: pytest.FixtureRequest) -> Everybody:
    found: Everybody = request.getfixturevalue(f"on_{request.param}")
    return found


def walked(app: Flask) -> Everybody:
    accounts: dict[str, Account] = {}
    for row in demo.accounts():
        account = queries.account_by_email(row["address"])
        assert account is not None
        accounts[row["role"]] = account
    roles = {role: queries.person_by_id(account.person_id) for role, account in accounts.items()}
    everybody = Everybody(app, {**roles, "visitor": None}, Sweep(app))
    with app.test_request_context():
        session["csrf_token"] = "a" * 40
        everybody.token = generate_csrf()
    with new_mails() as mailed:
        ask_for_every_link(roles["owner"], accounts["owner"])
        brought = waiting_rows(roles)
    slugs = db.session.scalars(sa.select(Event.slug).join(Room).distinct()).all()
    event = db.session.scalars(sa.select(Event).where(Event.slug == slugs[0])).one()
    own = confirmed(event, email="registered@example.org")
    start = [
        "/pl/",
        "/pl/account/",
        "/pl/account/verify",
        "/pl/organisations/new?kind=pl-registered",
        *brought,
        *mailed,
    ]
    start += [f"/pl/events/{slug}/manage" for slug in slugs] + [f"/pl/registration/{open_own(own.id).token}"]
    for role in everybody.roles:
        everybody.sweep.walk(role, everybody.browser(role), start)
    for rule, role in itertools.product(everybody.sweep.rules("POST"), everybody.roles):
        if rule.endpoint not in everybody.sweep.forms:
            everybody.sweep.look(rule, role, everybody.browser(role))
    return everybody


def ask_for_every_link(person: Any, account: Account) -> None:
    """One mail of each kind whose link leads to a form."""
    new = {"locale": "pl", "ip": "192.0.2.1"}
    services.sign_up(name="Ola", email="ola@example.org", password="lipa most chleb", **new)
    services.request_reset(email=account.email, **new)
    services.request_email_change(account.id, email="nowa@example.org", **new)
    submit(db.session.scalars(sa.select(Event).join(Room)).first())
    organisation = organisations.organisations_of(person)[0]
    invite(organisation, by=person, email="iwo@example.org", role=Role.EDITOR, language="pl")


class Faults(logging.Handler):
    """What broke, one line each: the answer, and the exception behind it."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: set[str] = set()
        self.reason = ""

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1]:
            self.reason = f"{type(record.exc_info[1]).__name__}: {str(record.exc_info[1])[:300]}"

    def look(self, answer: TestResponse, *what: object) -> None:
        if answer.status_code >= 500:
            said = " ".join(ascii(part)[:60] for part in what)
            where = f"{answer.request.method} {answer.request.path[:100]!a} {answer.status_code}"
            self.found.add(f"{where} {said} {self.reason}")


@pytest.fixture
def faults() -> Iterator[Faults]:
    """Collects everything that broke in a test, which fails with all of it."""
    collected = Faults()
    logging.root.addHandler(collected)
    yield collected
    logging.root.removeHandler(collected)
    assert not collected.found, "\n" + "\n".join(sorted(collected.found))


def test_strange_arguments_of_addresses(everybody: Everybody, faults: Faults, proof: Proof) -> None:
    """Numbers that no row can have and words that are none lead nowhere."""
    adapter = everybody.app.url_map.bind("127.0.0.1")
    words, roles = itertools.cycle(WORDS), itertools.cycle(("visitor", "coordinator"))
    for rule in everybody.sweep.rules("GET"):
        marks = {name: f"7{place}7" for place, name in enumerate(sorted(rule.arguments - {"lang", "language"}))}
        fixed = dict.fromkeys(rule.arguments & {"lang", "language"}, "pl")
        path = adapter.build(str(rule.endpoint), {**fixed, **marks})
        for strange in (*NUMBERS, *itertools.islice(words, proof.count(2, len(WORDS)))) if marks else ():
            address = path
            for mark in marks.values():
                address = address.replace(mark, strange)
            answer = everybody.browser(next(roles)).get(address)
            faults.look(answer, address)
            assert answer.status_code in (303, 308, 403, 404, 500), (address[:100], answer.status)


def test_strange_queries(everybody: Everybody, faults: Faults, proof: Proof) -> None:
    values = itertools.cycle(NASTY)
    for rule in everybody.sweep.rules("GET"):
        for address in everybody.sweep.addresses(rule, most=1) if rule.endpoint != "service.ready" else ():
            for _ in range(proof.count(1, len(NASTY))):
                query = dict.fromkeys([*everybody.sweep.names, "page", "next", "q"], next(values)[:200])
                text = urlencode(query, errors="surrogatepass")
                faults.look(everybody.browser("coordinator").get(f"{address}?{text}"), query["page"])


def test_strange_headers(everybody: Everybody, faults: Faults) -> None:
    some = (("GET", "/pl/organisations"), ("GET", "/"), ("GET", "/pl/account/"), ("POST", "/pl/settings"))
    for headers, (method, address) in itertools.product(HEADERS, some):
        raw = {f"HTTP_{name.upper().replace('-', '_')}": wire(value) for name, value in headers.items()}
        raw = {name.replace("HTTP_CONTENT", "CONTENT"): value for name, value in raw.items()}
        faults.look(everybody.browser("visitor").open(address, method=method, environ_overrides=raw), headers)


def wire(value: str) -> str:
    """Bytes of a header as WSGI hands them over."""
    return value.encode("utf-8", "surrogatepass").decode("latin-1")


def test_every_form_route_takes_anything_from_anybody(everybody: Everybody, faults: Faults, proof: Proof) -> None:
    values, roles, tried = itertools.cycle(NASTY), itertools.cycle(everybody.roles), 0
    for rule in everybody.sweep.rules("POST"):
        address = next(iter(everybody.sweep.addresses(rule)))
        for role, _n in itertools.product(
            ["visitor", *itertools.islice(roles, proof.count(2, 9))], range(proof.count(1, len(NASTY)))
        ):
            value = next(values)
            faults.look(everybody.send(role, address, dict.fromkeys(everybody.sweep.names, value)), role, value)
            tried += 1
    proof.record("nasty answers to every address that takes a form, from every role", tried=tried, held=tried)


def test_every_field_of_every_form_takes_anything_beside_good_answers(
    everybody: Everybody, faults: Faults, proof: Proof
) -> None:
    values, tried = itertools.cycle(NASTY), 0
    for form in everybody.sweep.forms.values():
        for (name, fields), _n in itertools.product(form.variations(), range(proof.count(1, len(NASTY)))):
            value = next(values)
            answer = everybody.send(form.role, form.address, {**fields, name: value})
            faults.look(answer, form.role, name, value[:40])
            tried += 1
    proof.record("nasty answers to one field of a form beside good ones", tried=tried, held=tried)


def test_every_form_may_come_without_any_of_its_fields(everybody: Everybody, faults: Faults) -> None:
    """From a page that was opened before a release that asks for one more, for example."""
    for form in everybody.sweep.forms.values():
        name, fields = next(iter(form.variations()), ("", {}))
        for left_out in sorted({name, *fields} - {"csrf_token", ""}):
            rest = {one: value for one, value in fields.items() if one != left_out}
            faults.look(everybody.send(form.role, form.address, rest), form.role, "without", left_out)


def test_the_walk_found_the_forms(everybody: Everybody) -> None:
    """Every address that takes a form was sent to in this file; those with fields of their own were seen as pages."""
    unseen = {str(rule.endpoint) for rule in everybody.sweep.rules("POST")} - everybody.sweep.forms.keys()
    assert unseen == WITHOUT_PAGE, ", ".join(sorted(unseen ^ WITHOUT_PAGE))
