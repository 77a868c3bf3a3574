"""What is gone meanwhile stops nobody: neither a rebuild nor a forgetting."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts import services
from portal.accounts.models import Person
from portal.events.services.derived import INDEX as EVENTS
from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.ground.errors import Busy
from portal.membership.services.derived import INDEX as NETWORKS
from portal.registration.models import Registration
from portal.registration.services.derived import SEATS
from portal.words.search import SearchDocument
from tests.factories.events import make_event
from tests.factories.people import make_person
from tests.factories.registrations import confirmed

NOWHERE = 10**6


@pytest.mark.parametrize("derived", [NETWORKS, EVENTS, SEATS], ids=lambda derived: derived.name)
def test_rebuild_of_a_row_that_is_gone_leaves_nothing_of_it(app: Flask, derived: Any) -> None:
    with transaction():
        derived.renew(NOWHERE)
    found = sa.select(sa.func.count()).select_from(SearchDocument).where(SearchDocument.object_id == NOWHERE)
    assert db.session.scalar(found) == 0


def test_person_without_an_address_is_forgotten_without_a_last_mail(app: Flask, outbox: Any) -> None:
    with transaction() as session:
        person = Person(name="Ewa", email=None, locale="pl")
        session.add(person)
    services.erase_person(person.id, by=PORTAL)
    services.erase_person(person.id, by=PORTAL)
    assert outbox.deliver() == []
    assert db.session.get(Person, person.id) is None


def test_row_that_somebody_changed_meanwhile_stops_the_forgetting(app: Flask) -> None:
    """Between reading a registration and writing it somebody else saved it: nothing was done, and it is tried again."""
    person = make_person(email="ewa@example.org")
    registration = confirmed(make_event(), email="ewa@example.org")

    def save_first(session: Any, *_rest: object) -> None:
        if any(isinstance(row, Registration) for row in session.dirty):
            later = sa.update(Registration.__table__).values(row_version=Registration.row_version + 1)
            session.connection().execute(later)

    session = db.session()
    sa.event.listen(session, "before_flush", save_first)
    with pytest.raises(Busy):
        services.erase_person(person.id, by=PORTAL)
    sa.event.remove(session, "before_flush", save_first)
    assert db.session.get_one(Person, person.id).email == "ewa@example.org"
    services.erase_person(person.id, by=PORTAL)
    assert db.session.get_one(Registration, registration.id).email == ""
