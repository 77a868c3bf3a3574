"""A worker is killed while it sends a message to many, and another one goes on: nobody gets two and nobody none."""

import signal
from collections import Counter

import pytest
import sqlalchemy as sa

from portal import mail
from portal.accounts.models import Person
from portal.ground import clock
from portal.ground.db import db, transaction
from portal.membership.models import Network
from portal.messages import services
from portal.messages.models import Delivery, Message, MessageStatus
from portal.organisations.models import Organisation, OrganisationRole
from portal.tasks.models import Task
from tests.factories.messages import make_message, make_sender
from tests.fixtures.live import MakeLive
from tests.support.databases import inside
from tests.support.processes import wait_until
from tests.support.servers import LivePortal

MANY = 500


def people_in(network: Network) -> set[int]:
    """So many people in charge of the one organisation of the network, besides its owner."""
    organisation = db.session.scalars(sa.select(Organisation.id)).one()
    now = clock.now()
    with transaction() as session:
        rows = [
            {"name": f"Osoba {number}", "email": f"osoba{number}@example.org", "locale": "pl", "created_at": now,
             "updated_at": now}
            for number in range(MANY)
        ]  # fmt: skip
        session.execute(sa.insert(Person), rows)
        numbers = session.scalars(sa.select(Person.id).where(Person.email.startswith("osoba"))).all()
        session.execute(
            sa.insert(OrganisationRole),
            [
                {"organisation_id": organisation, "person_id": one, "role": "editor", "granted_at": now}
                for one in numbers
            ],
        )
    return set(numbers)


def delivered() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(Delivery)) or 0


def status() -> str:
    db.session.rollback()
    return str(db.session.scalar(sa.select(Message.status)))


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_worker_killed_halfway(make_live: MakeLive, engine: str) -> None:
    live = make_live(engine)
    with inside(live):
        network, by, owners = make_sender(["pl"])
        people = people_in(network) | {owners[0].id}
        message = make_message(network, by)
        services.send(message, version=message.row_version, by=by)
        live.start_worker()
        wait_until(lambda: delivered() > 0, "The first mails", log=live.log, seconds=90)
        live.stop(signal.SIGKILL)
        reached = delivered()
        assert 0 < reached < len(people) and status() == MessageStatus.SENDING
        assert set(receivers()) < people, "somebody else got it"
        _let_the_lease_end()
        finish(live)
        assert receivers() == Counter(people)
        assert delivered() == len(people)


def receivers() -> Counter[int | None]:
    db.session.rollback()
    keys = sa.select(mail.Mail.person_id).where(mail.Mail.dedupe_key.startswith("message:"))
    return Counter(db.session.scalars(keys))


def _let_the_lease_end() -> None:
    """As a minute later."""
    with transaction() as session:
        session.execute(sa.update(Task).values(lease_until=clock.now()))


def finish(live: LivePortal) -> None:
    live.start_worker()
    wait_until(lambda: status() == MessageStatus.SENT, "The rest", log=live.log, seconds=300)
    live.stop()
