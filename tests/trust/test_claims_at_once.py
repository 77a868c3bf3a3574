"""Two people who claim one profile in the same second: one is heard, the other one is told to wait, and nothing is doubled."""

from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts.models import Person
from portal.ground.audit import AuditEntry
from portal.ground.db import db
from portal.ground.errors import Conflict
from portal.mail import Mail
from portal.organisations.models import Organisation
from portal.trust.models import Claim
from tests.factories.people import make_person
from tests.factories.trust import make_claim, make_orphan
from tests.fixtures.proof import Proof
from tests.support.moments import at_once


def counted(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


@pytest.mark.prove
def test_of_claims_at_one_moment_one_is_heard(app: Flask, proof: Proof) -> None:
    rounds, held = proof.count(2, 60), 0
    for _ in range(rounds):
        orphan, people = make_orphan().id, [make_person(account=False).id for _ in range(3)]
        before = {model: counted(model) for model in (Claim, Mail, AuditEntry)}
        db.session.rollback()
        words: list[str] = []

        def claim(person: int, orphan: int = orphan, words: list[str] = words) -> None:
            try:
                make_claim(db.session.get_one(Organisation, orphan), db.session.get_one(Person, person))
            except Conflict as refused:
                words.append(str(refused.reason))
                raise

        told = at_once(app, [partial(claim, person) for person in people])
        db.session.rollback()
        after = {model: counted(model) - before[model] for model in before}
        is_right = told.count("done") == 1 and after[Claim] == 1 and after[AuditEntry] <= 1 and after[Mail] <= 1
        held += is_right and len(words) == 2 and all("Somebody else has asked" in one for one in words)
    proof.record("three claims at one moment", tried=rounds, held=held)
    assert held == rounds
