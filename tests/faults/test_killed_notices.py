"""A worker is killed while it tells people of changes, reminds them and asks whether they come, and another one goes on:
nobody gets a mail twice."""

import datetime as dt
import signal
from collections import Counter

import pytest
import sqlalchemy as sa

from portal.ground import clock
from portal.ground.db import db, transaction
from portal.ground.jobs.table import Job, take_back
from portal.mail import Mail
from portal.registration.jobs import notices
from portal.registration.models import Notice, Registration, ReminderSent
from portal.registration.notices import LONGEST
from portal.registration.services import BulkRegistration, bulk_register
from tests.factories.events import make_event
from tests.fixtures.live import MakeLive
from tests.registration.test_following import event_becomes
from tests.support.databases import inside
from tests.support.processes import wait_until

MANY = 300
TOLD = 2000
DIGEST = "registration/mail/digest"
TEMPLATES = ("registration/mail/reminder", "registration/mail/reconfirm")


def crowd() -> set[str]:
    """So many people of an event that begins in a week, less a minute."""
    starts = clock.now() + dt.timedelta(days=7, minutes=-1)
    event = make_event(
        starts_at=starts, ends_at=starts + dt.timedelta(days=1), reminder_days="7", reconfirm_days=7,
        reconfirm_releases=True,
    )  # fmt: skip
    addresses = [f"osoba{number}@example.net" for number in range(MANY)]
    yesterday = clock.now() - dt.timedelta(days=1)
    bulk_register(event.id, (BulkRegistration("Osoba", one, "pl", yesterday) for one in addresses))
    return set(addresses)


def changed() -> set[str]:
    """So many people of an event that takes place elsewhere, as they are to be told now."""
    event = make_event()
    addresses = [f"osoba{number}@example.net" for number in range(TOLD)]
    yesterday = clock.now() - dt.timedelta(days=1)
    bulk_register(event.id, (BulkRegistration("Osoba", one, "pl", yesterday) for one in addresses))
    with clock.frozen(clock.now() - LONGEST):
        event_becomes(event, town="Zgierz")
    return set(addresses)


def told(*templates: str) -> Counter[tuple[str, str]]:
    db.session.rollback()
    sent = sa.select(Mail.template, Mail.to).where(Mail.template.in_(templates or TEMPLATES))
    return Counter((row[0], row[1]) for row in db.session.execute(sent))


def noted() -> tuple[int, int]:
    """How many rows say that somebody was reminded, and asked."""
    asked = sa.select(sa.func.count()).where(Registration.reconfirm_asked_at.is_not(None))
    return db.session.scalar(sa.select(sa.func.count()).select_from(ReminderSent)) or 0, db.session.scalar(asked) or 0


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_worker_killed_halfway(make_live: MakeLive, engine: str) -> None:
    live = make_live(engine)
    with inside(live):
        people = crowd()
        live.start_worker()
        wait_until(lambda: bool(told()), "The first mails", log=live.log, seconds=90)
        live.stop(signal.SIGKILL)
        before = told()
        assert 0 < before.total() < len(people) * len(TEMPLATES)
        assert sum(noted()) == before.total(), "a mail without its row, or a row without its mail"
        _given_back()
        live.start_worker()
        wait_until(lambda: told().total() >= len(people) * len(TEMPLATES), "The rest", log=live.log, seconds=300)
        live.stop()
        assert told() == Counter((template, one) for template in TEMPLATES for one in people)
        assert notices() == 0, "something was still owed"


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_worker_killed_while_it_tells_of_changes(make_live: MakeLive, engine: str) -> None:
    """A mail and that its person was told are one transaction: neither is there without the other."""
    live = make_live(engine)
    with inside(live):
        people = changed()
        live.start_worker()
        wait_until(lambda: bool(told(DIGEST)), "The first mails", log=live.log, seconds=90)
        live.stop(signal.SIGKILL)
        before = told(DIGEST)
        assert 0 < before.total() < len(people), "it was killed too late to show anything"
        marked = db.session.scalar(sa.select(sa.func.count()).where(Notice.told_at.is_not(None)))
        assert marked == before.total()
        _given_back()
        live.start_worker()
        wait_until(lambda: told(DIGEST).total() >= len(people), "The rest", log=live.log, seconds=300)
        live.stop()
        assert told(DIGEST) == Counter((DIGEST, one) for one in people)


def _given_back() -> None:
    """What other workers do when they have heard nothing of one for a minute."""
    with transaction() as session:
        take_back([one for one in session.scalars(sa.select(Job.worker)) if one])
