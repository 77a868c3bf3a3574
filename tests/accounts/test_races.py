"""Many at once: limits hold across processes, an address gets one account, a code opens once."""

import http.client
import re
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa

from portal.accounts import queries, second_step, services
from portal.accounts.models import Account, Person, SignUp
from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.ground.errors import Refusal
from tests.factories.people import hash_of, make_account, make_administrator

pytestmark = pytest.mark.prove


class Visitor:
    """A browser of our own: one cookie, one form."""

    def __init__(self, portal: Any, path: str) -> None:
        self.portal, self.path = portal, path
        answer, page = self._ask("GET", {})
        self.cookie = str(answer.getheader("Set-Cookie")).partition(";")[0]
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert found is not None
        self.token = found[1]

    def send(self, fields: dict[str, str]) -> int:
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", headers, urlencode(fields | {"csrf_token": self.token}))[0].status

    def _ask(self, method: str, headers: dict[str, str], body: str | None = None) -> tuple[Any, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.portal.port, timeout=60)
        try:
            connection.request(method, self.path, body=body, headers=headers)
            answer = connection.getresponse()
            return answer, answer.read().decode()
        finally:
            connection.close()


def test_tries_for_one_address_are_counted_across_processes(engine, make_live, proof):
    portal = make_live(engine, workers=4).start(worker=False)
    tries = proof.count(24, 90)
    visitors = [Visitor(portal, "/pl/account/sign-in") for _ in range(tries)]

    def guess(numbered: tuple[int, Visitor]) -> int:
        number, visitor = numbered
        return visitor.send({"email": "Wanda@example.org", "password": f"zgadywanka {number}"})

    with ThreadPoolExecutor(8) as pool:
        statuses = Counter(pool.map(guess, enumerate(visitors)))
    proof.record(
        "tries for one address on four processes, 10 of them looked at", tried=tries, held=statuses[422] + statuses[429]
    )
    assert statuses == {422: 10, 429: tries - 10}


def at_once(app: Any, count: int, work: Any) -> list[Any]:
    """Run `work(number)` in as many threads, each with a session of its own; a Refusal is its answer."""
    barrier = threading.Barrier(count)

    def run(number: int) -> Any:
        with app.app_context():
            barrier.wait()
            try:
                return work(number)
            except Refusal as refusal:
                return refusal
            finally:
                db.session.remove()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_one_address_gets_one_account_whoever_confirms_first(app, proof):
    rounds = proof.count(3, 40)
    for number in range(rounds):
        email = f"wanda{number}@example.org"
        with transaction() as session:
            wishes = [
                SignUp(email=email, name=f"W{n}", locale="pl", password=hash_of("lipa most chleb")) for n in range(6)
            ]
            session.add_all(wishes)
            session.flush()
            ids = [wish.id for wish in wishes]

        def work(n: int, ids: list[int] = ids, email: str = email) -> Any:
            if n % 2:  # a registration for an event is confirmed with the same address
                with transaction():
                    return services.confirmed_person(email, "Z zapisów", "pl").id
            return services.confirm_sign_up(ids[n], password=None).id

        answers = at_once(app, 6, work)
        assert sum(isinstance(answer, Refusal) for answer in answers) == 2, answers
        db.session.rollback()
        people = db.session.scalars(sa.select(Person.id).where(Person.email == email)).all()
        accounts = db.session.scalars(sa.select(Account.person_id).where(Account.email == email)).all()
        assert len(people) == 1 and accounts == people
    proof.record("six confirmations of one address at once give one person and one account", tried=rounds, held=rounds)


def test_a_code_opens_once(app, frozen_clock, proof):
    account = make_account()
    secret = second_step.new_secret()
    services.switch_on(account.id, secret=secret, code=second_step.code_now(secret))
    frozen_clock.shift(minutes=5)
    code = queries.account_with_secrets(account.id).recovery_codes.split()[0]
    account = queries.account_by_id(account.id)
    answers = at_once(
        app, 5, lambda _n: services.pass_second_step(queries.account_by_id(account.id), code=code, ip="192.0.2.1")
    )
    proof.record(
        "one recovery code five times at once opens once",
        tried=5,
        held=sum(isinstance(a, Refusal) for a in answers) + 1,
    )
    assert sum(answer == 7 for answer in answers) == 1, answers


def test_the_team_never_becomes_empty(app, proof):
    team = [make_administrator() for _ in range(4)]
    ids = [person.id for person in team]
    answers = at_once(app, 4, lambda n: services.end_administrator(ids[n], by=PORTAL))
    db.session.rollback()
    assert len(queries.administrators()) == 1
    assert sum(isinstance(answer, Refusal) for answer in answers) == 1
    proof.record("four leave the team at once, one stays", tried=4, held=4)
