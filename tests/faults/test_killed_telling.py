"""A worker is killed while it tells saved searches what is new, and another one goes on: nobody is told twice or never."""

import re
import signal
from collections import Counter

import pytest
import sqlalchemy as sa

from portal.ground import clock
from portal.ground.db import db, transaction
from portal.ground.jobs.table import Job, take_back
from portal.mail import Kind, Mail, MailState
from portal.saved import services
from portal.saved.models import Reader, SavedSearch
from tests.factories.organisations import make_organisation
from tests.factories.saved import ask, searching
from tests.fixtures.live import MakeLive
from tests.support.databases import inside
from tests.support.processes import wait_until

MANY = 400
PAGE = re.compile(r"/bg/organisations/([a-z0-9-]+)")


def readers() -> set[str]:
    """So many mailboxes that keep the same search, each confirmed by its owner a moment ago."""
    mailbox = "czytelnik0@example.net"
    first = ask(mailbox, searching(region="PL-10"), frequency="immediate")
    reader_id = first.reader_id
    services.confirm(first.id, by=first.reader)
    db.session.rollback()
    search = db.session.get_one(SavedSearch, first.id)
    columns = ("filters", "digest", "locale", "frequency", "saved_at", "confirmed_at", "looked_at")
    alike = {name: getattr(search, name) for name in columns}
    with transaction() as session:
        addresses = [f"czytelnik{number}@example.net" for number in range(1, MANY)]
        session.execute(sa.insert(Reader), [{"address": one, "email": one} for one in addresses])
        numbers = session.scalars(sa.select(Reader.id).where(Reader.id != reader_id)).all()
        session.execute(sa.insert(SavedSearch), [{**alike, "reader_id": one} for one in numbers])
    return {mailbox, *addresses}


def letters() -> list[Mail]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Mail).where(Mail.kind == Kind.SAVED_SEARCH)))


def told() -> Counter[tuple[str, str]]:
    """(mailbox, organisation) of everything that a mail has named."""
    return Counter((one.to, slug) for one in letters() for slug in set(PAGE.findall(one.text or "")))


def is_all_sent() -> bool:
    return all(one.state == MailState.SENT for one in letters())


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_worker_killed_halfway(make_live: MakeLive, engine: str) -> None:
    live = make_live(engine)
    with inside(live):
        people = readers()
        names = {make_organisation(name=name).slug for name in ("Ogród Aster", "Ogród Bez")}
        live.start_worker()
        wait_until(lambda: bool(letters()), "The first mails", log=live.log, seconds=90)
        live.stop(signal.SIGKILL)
        assert 0 < len(letters()) < len(people)
        names.add(make_organisation(name="Ogród Cis").slug)
        _a_minute_later()
        live.start_worker()
        wait_until(lambda: is_told(people, names), "The rest", log=live.log, seconds=300)
        live.stop()
        assert told() == Counter((address, name) for address in people for name in names)
        assert services.tell_all() == 0, "something was still owed"


def is_told(people: set[str], names: set[str]) -> bool:
    """Has every mail gone, and was at least as much said as there is?"""
    db.session.rollback()
    counted = sa.select(sa.func.count()).select_from(Job).where(Job.name == "saved searches", Job.worker.is_(None))
    is_idle = bool(db.session.scalar(counted))
    return is_idle and is_all_sent() and told().total() >= len(people) * len(names)


def _a_minute_later() -> None:
    """What other workers do when they have heard nothing of one for a minute, and mails that it had in hand."""
    with transaction() as session:
        take_back([one for one in session.scalars(sa.select(Job.worker)) if one])
        session.execute(sa.update(Mail).where(Mail.state == MailState.QUEUED).values(due_at=clock.now()))
