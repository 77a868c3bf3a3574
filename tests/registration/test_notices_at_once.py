"""Changes are told to many in one go: one failure stops nobody, a dead worker tells nobody twice, and it stays cheap."""

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.ground import batches, clock
from portal.ground.db import db, transaction
from portal.mail import Mail
from portal.registration import services
from portal.registration.notices import QUIET
from tests.factories.events import make_event, make_session, refreshed
from tests.factories.registrations import confirmed, tell_changes
from tests.fixtures.pages import FrozenClock, Outbox
from tests.registration.test_following import cancelled
from tests.registration.test_notices import kept, moves
from tests.support.queries import recorded


def test_one_registration_that_fails_stops_no_other(app: Flask, outbox: Outbox) -> None:
    """What cannot be read of a workshop keeps its own people waiting, until it can."""
    event = make_event()
    good, bad = make_session(event, hours=2, seats=5), make_session(event, hours=5, seats=5)
    people = [confirmed(event, one) for one in (good, bad, good)]
    outbox.deliver()
    moves(good, 1)
    cancelled(bad)
    number = bad.id
    _write_title(number, "{")
    with batches.noted() as failures:
        tell_changes()
    assert ([str(mail["To"]) for mail in outbox.deliver()], failures.number) == ([people[0].email, people[2].email], 1)
    _write_title(number, '{"original": "pl", "texts": {"pl": "Wraca"}}')
    tell_changes()
    assert [str(mail["To"]) for mail in outbox.deliver()] == [people[1].email]


def _write_title(number: int, text: str) -> None:
    with transaction() as store:
        store.execute(sa.text("UPDATE session SET title = :text WHERE id = :id"), {"text": text, "id": number})
    db.session.expire_all()


def test_worker_that_is_killed_tells_nobody_twice(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told and that it was told is one transaction: undone together, done together."""
    event = make_event()
    session = make_session(event, seats=5)
    for _ in range(3):
        confirmed(event, session)
    moves(session, 1)
    before = db.session.query(Mail).filter(Mail.template == "registration/mail/digest").count()
    with clock.frozen(clock.now() + QUIET):
        with pytest.raises(KeyboardInterrupt):
            _killed_while_telling()
        assert db.session.query(Mail).filter(Mail.template == "registration/mail/digest").count() == before
        assert services.send_notices() == 3
        assert services.send_notices() == 0
    assert db.session.query(Mail).filter(Mail.template == "registration/mail/digest").count() == before + 3


def _killed_while_telling() -> None:
    """The process ends after the second mail was written and before anything is stored."""
    with transaction():
        services.send_notices()
        raise KeyboardInterrupt


def test_each_person_more_costs_few_statements(app: Flask) -> None:
    """What is read of the programme is read once for a batch."""

    def asked(people: int) -> int:
        event = make_event()
        session = make_session(event, seats=60)
        for _ in range(people):
            confirmed(event, session)
        moves(session, 1)
        with recorded() as seen:
            assert tell_changes() == people
        return len(seen)

    assert (asked(8) - asked(2)) / 6 <= 5


def test_what_was_told_is_forgotten_with_the_event(app: Flask, frozen_clock: FrozenClock) -> None:
    event = make_event()
    session = make_session(event, seats=2)
    confirmed(event, session)
    moves(session, 1)
    tell_changes()
    assert (kept(), services.forget_notices()) == (1, 0)
    frozen_clock.set(refreshed(event).ends_at)
    assert (services.forget_notices(), kept()) == (1, 0)
