"""The audit trail is a chain: what was changed, removed or added breaks it; erased details do not."""

import threading

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts.models import Person
from portal.ground import audit
from portal.ground.audit import AuditDetail, AuditEntry
from portal.ground.db import db, transaction
from tests.support.processes import wait_until
from tests.support.queries import somebody_waits_for_a_lock


@pytest.fixture
def trail(app: Flask) -> None:
    for number in range(5):
        with transaction() as session:
            person = Person(name=f"Person {number}", locale="pl")
            session.add(person)
            session.flush()
            audit.record("person.created", person, detail={"name": person.name}, actor=None)


def tamper(statement: sa.Executable) -> None:
    with transaction() as session:
        session.execute(statement)


def test_whole_chain_holds(trail: None) -> None:
    assert audit.verify() == audit.Verdict(entries=5, details_gone=0, broken_at=None)


def test_empty_chain_holds(app: Flask) -> None:
    assert audit.verify().broken_at is None


def test_erased_detail_is_counted_and_the_chain_still_holds(trail: None) -> None:
    tamper(sa.delete(AuditDetail).where(AuditDetail.number == 3))
    assert audit.verify() == audit.Verdict(entries=5, details_gone=1, broken_at=None)


@pytest.mark.parametrize(
    ("statement", "broken_at"),
    [
        (sa.update(AuditEntry).where(AuditEntry.number == 2).values(verb="person.erased"), 2),
        (sa.update(AuditEntry).where(AuditEntry.number == 4).values(actor_id=7), 4),
        (sa.update(AuditDetail).where(AuditDetail.number == 3).values(detail='{"name": "Nobody"}'), 3),
    ],
)
def test_changed_entry_breaks_the_chain(trail: None, statement: sa.Executable, broken_at: int) -> None:
    tamper(statement)
    assert audit.verify().broken_at == broken_at


def test_forged_entry_with_a_fitting_hash_breaks_the_chain_behind_it(trail: None) -> None:
    """Whoever knows how hashes are made can make one entry fit; the next one still says what stood there before."""
    first, second = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.number).limit(2))
    columns = {column.key: getattr(second, column.key) for column in AuditEntry.__table__.columns}
    forged = columns | {"verb": "person.erased"}
    db.session.rollback()
    tamper(
        sa.update(AuditEntry)
        .where(AuditEntry.number == 2)
        .values(verb=forged["verb"], hash=audit._entry_hash(first.hash, forged))
    )
    assert audit.verify().broken_at == 3


@pytest.mark.parametrize(("number", "broken_at"), [(3, 4), (5, 5)])
def test_removed_entry_breaks_the_chain(trail: None, number: int, broken_at: int) -> None:
    tamper(sa.delete(AuditDetail).where(AuditDetail.number == number))
    tamper(sa.delete(AuditEntry).where(AuditEntry.number == number))
    assert audit.verify().broken_at == broken_at


def test_entry_of_a_failed_use_case_is_not_kept(trail: None) -> None:
    with pytest.raises(ZeroDivisionError), transaction() as session:
        person = session.scalars(sa.select(Person)).first()
        audit.record("person.renamed", person, actor=None)
        _ = 1 / 0
    with transaction() as session:
        session.add(Person(name="Other", locale="bg"))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(AuditEntry)) == 5


def test_entry_outside_a_transaction_is_refused(app: Flask) -> None:
    with pytest.raises(RuntimeError):
        audit.record("person.created", object(), actor=None)


def test_entry_of_a_rolled_back_savepoint_is_not_kept(trail: None) -> None:
    with transaction() as session:
        person = session.scalars(sa.select(Person)).first()
        with pytest.raises(ZeroDivisionError), transaction():
            audit.record("person.renamed", person, actor=None)
            _ = 1 / 0
        audit.record("person.seen", person, actor=None)
    assert audit.verify().entries == 6


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_who_appends_waits_for_whoever_is_appending(trail: None, app: Flask) -> None:
    """Two use-cases that end in the same moment: the head of the chain is locked, so the second hashes the first."""
    failed: list[BaseException] = []

    def rename() -> None:
        try:
            with app.app_context(), transaction() as session:
                audit.record("person.renamed", session.scalars(sa.select(Person)).first(), actor=None)
        except BaseException as error:
            failed.append(error)

    second = threading.Thread(target=rename)

    def meanwhile(_session: object) -> None:
        second.start()
        wait_until(somebody_waits_for_a_lock, "the second use-case", seconds=2)

    session = db.session()
    sa.event.listen(session, "before_commit", meanwhile, once=True)
    with transaction():
        audit.record("person.seen", session.scalars(sa.select(Person)).first(), actor=None)
    second.join()
    assert not failed
    assert audit.verify() == audit.Verdict(entries=7, details_gone=0, broken_at=None)
