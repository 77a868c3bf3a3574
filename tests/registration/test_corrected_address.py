"""The team corrects the address of a registration: the new mailbox opens it, and the old one nothing any more."""

from typing import Any

import pytest
import sqlalchemy as sa

from portal.events.models import Event
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Stale
from portal.mail import Mail, MailState
from portal.registration import queries, services
from portal.registration.models import Registration, RegistrationStatus
from tests.factories.events import make_session, refreshed
from tests.factories.people import make_person
from tests.factories.registrations import confirmed, state, submit

OLD, NEW = "stara@example.org", "Nowa@example.org"


def corrected(registration: Registration, by: Any, email: str = NEW) -> bool:
    return services.correct_address(registration.id, version=refreshed(registration).row_version, email=email, by=by)


def manage_link(outbox: Any, address: str) -> str:
    return str(next(path for path in outbox.paths(outbox.to(address)[-1]) if "/registration/" in path))


def test_corrected_address_gets_a_link_and_the_old_one_opens_nothing(
    event: Event, desk: Any, as_person: Any, client: Any, outbox: Any
) -> None:
    workshop = make_session(event)
    one = confirmed(event, workshop, email=OLD)
    queue_at = one.queue_at
    outbox.deliver()
    old_link = manage_link(outbox, OLD)
    assert client.get(old_link).status_code == 200
    browser = as_person(desk)
    answer = browser.submit(f"/pl/events/{event.slug}/participants/{one.id}/address", {"email": NEW})
    assert answer.status_code == 303
    assert client.get(old_link).status_code == 404
    outbox.deliver()
    assert client.get(manage_link(outbox, NEW)).status_code == 200
    assert refreshed(one).address == NEW
    assert (one.status, one.queue_at, state(one, workshop)) == ("confirmed", queue_at, "booked")
    with transaction():
        assert db.session.scalars(queries.mailboxes(event.id, [RegistrationStatus.CONFIRMED])).all() == [one.person_id]


def test_mail_that_waits_goes_to_the_corrected_address_and_none_to_the_old_one(
    event: Event, desk: Any, outbox: Any
) -> None:
    one = confirmed(event, email=OLD)
    services.send_link(event_id=event.id, email=OLD)
    corrected(one, desk)
    outbox.deliver()
    assert outbox.to(OLD) == []
    assert len(outbox.to(NEW)) >= 2


def test_mail_that_failed_is_not_sent_to_the_old_address_with_a_new_link(event: Event, desk: Any) -> None:
    one = confirmed(event, email=OLD)
    with transaction():
        db.session.execute(sa.update(Mail).values(state=MailState.FAILED))
    corrected(one, desk)
    number = db.session.scalar(sa.select(Mail.id).where(Mail.dedupe_key == f"registration.placed:{one.id}"))
    with pytest.raises(Conflict):
        services.send_mail_again(event, number, by=desk)


def test_registration_leaves_the_account_of_the_old_address(event: Event, desk: Any) -> None:
    old, new = make_person("Stara", OLD), make_person("Nowa", NEW)
    one = confirmed(event, email=OLD)
    assert queries.of_account(old) == [one]
    corrected(one, desk)
    assert queries.of_account(old) == [] and queries.of_account(new) == [refreshed(one)]


def test_unconfirmed_registration_is_confirmed_at_the_corrected_address(
    event: Event, desk: Any, client: Any, outbox: Any
) -> None:
    one = submit(event, email=OLD)
    outbox.deliver()
    old_link = manage_link(outbox, OLD)
    corrected(one, desk)
    assert client.get(old_link).status_code == 404
    outbox.deliver()
    assert client.submit(manage_link(outbox, NEW)).status_code == 303
    assert (refreshed(one).status, one.address) == ("confirmed", NEW)


def test_person_moves_into_a_mailbox_that_others_use(event: Event, desk: Any) -> None:
    there = confirmed(event, name="Jan Lipa", email=NEW.lower())
    one = confirmed(event, name="Ola Lipa", email=OLD)
    assert one.calendar == there.calendar
    corrected(one, desk)
    assert refreshed(one).person_id is None and one.calendar != refreshed(there).calendar


def test_namesake_at_the_new_address_is_refused_at_the_field(event: Event, desk: Any, as_person: Any) -> None:
    confirmed(event, name="Anna Nowak", email=NEW.lower())
    one = confirmed(event, name="Nowak Anna", email=OLD)
    page = as_person(desk).submit(f"/en/events/{event.slug}/participants/{one.id}/address", {"email": NEW})
    assert page.status_code == 422 and "registered with this address already" in page.text
    assert refreshed(one).address == OLD


def test_two_who_correct_at_once_are_told(event: Event, desk: Any) -> None:
    one = confirmed(event, email=OLD)
    version = one.row_version
    corrected(one, desk, "inna@example.org")
    with pytest.raises(Stale):
        services.correct_address(one.id, version=version, email=NEW, by=desk)


def test_same_address_changes_nothing(event: Event, desk: Any, client: Any, outbox: Any) -> None:
    one = confirmed(event, email=OLD)
    outbox.deliver()
    link = manage_link(outbox, OLD)
    assert not corrected(one, desk, OLD)
    assert client.get(link).status_code == 200 and outbox.deliver() == []
