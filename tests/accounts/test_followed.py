"""Another address of the account counts everywhere, and the old mailbox opens nothing any more."""

import datetime as dt

import pytest
import sqlalchemy as sa

from portal import mail
from portal.accounts import queries, services
from portal.accounts.models import EmailChange
from portal.ground import clock
from portal.ground.db import db, transaction
from portal.mail import Kind, Mail, Message
from portal.organisations import queries as organisations
from portal.organisations import services as organisation_services
from portal.organisations.models import Role
from portal.registration.models import Registration, RegistrationStatus
from tests.factories.events import make_event
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.registrations import confirmed, submit

OLD, NEW = "stara@example.org", "Nowa@example.org"


def move(person, new: str = NEW) -> None:
    """The person confirms another address."""
    account = queries.account_of(person)
    with transaction() as session:
        change = EmailChange(account_id=account.id, address=new)
        session.add(change)
        session.flush()
        number = change.id
    services.confirm_email_change(number)
    db.session.expire_all()


def test_a_registration_follows_and_only_the_new_mailbox_opens_it(client, outbox):
    person = make_person(email=OLD)
    event = make_event()
    registration = confirmed(event, email=OLD)
    (old_link,) = [path for path in outbox.paths(outbox.deliver()[-1]) if "/registration/" in path]
    assert client.get(old_link).status_code == 200
    move(person)
    assert registration.address == NEW
    assert client.get(old_link).status_code == 404
    letters = {message["To"]: message for message in outbox.deliver()}
    assert set(letters) == {OLD, NEW}
    assert not [path for path in outbox.paths(letters[OLD]) if "/registration/" in path]
    (new_link,) = [path for path in outbox.paths(letters[NEW]) if "/registration/" in path]
    assert client.get(new_link).status_code == 200


def test_a_registration_of_the_past_follows_without_a_mail(outbox, frozen_clock):
    person = make_person(email=OLD)
    event = make_event()
    registration = confirmed(event, email=OLD)
    outbox.deliver()
    frozen_clock.set(event.ends_at + dt.timedelta(days=1))
    move(person)
    assert registration.address == NEW
    assert [message["To"] for message in outbox.deliver()] == [OLD]


def test_what_waits_to_be_confirmed_is_asked_again_at_the_new_mailbox(client, outbox):
    person = make_person(email=OLD)
    registration = submit(make_event(), email=OLD)
    (asked,) = outbox.deliver()
    (old_link,) = [path for path in outbox.paths(asked) if "/confirm/" in path]
    move(person)
    assert client.get(old_link).status_code == 404
    (again,) = [message for message in outbox.deliver() if message["To"] == NEW]
    (new_link,) = [path for path in outbox.paths(again) if "/confirm/" in path]
    client.submit(new_link)
    db.session.expire_all()
    assert (registration.status, registration.person_id) == (RegistrationStatus.CONFIRMED, person.id)


def test_a_mail_to_confirm_that_was_not_sent_yet_goes_to_the_new_mailbox_only(outbox):
    person = make_person(email=OLD)
    submit(make_event(), email=OLD)
    move(person)
    letters = outbox.deliver()
    assert sorted(message["To"] for message in letters) == [NEW, OLD]
    assert [
        path for message in letters if message["To"] == OLD for path in outbox.paths(message) if "confirm" in path
    ] == []


def test_registrations_of_other_people_stay(outbox):
    person = make_person(email=OLD)
    other = confirmed(make_event(), email="inna@example.org")
    move(person)
    assert other.address == "inna@example.org"


def test_an_invitation_is_asked_again_at_the_new_mailbox(client, outbox):
    owner, person = make_person(), make_person(email=OLD)
    organisation = make_organisation(owner, name="Lipa")
    organisation_services.invite(organisation, by=owner, email=OLD, role=Role.EDITOR, language="pl")
    (letter,) = outbox.deliver()
    old_link = outbox.paths(letter)[0]
    move(person)
    assert client.get(old_link).status_code == 404
    (invitation,) = organisations.open_invitations(organisation)
    assert (invitation.address, invitation.role) == (NEW, Role.EDITOR)
    (again,) = outbox.to(NEW)[:1] or [message for message in outbox.deliver() if message["To"] == NEW]
    assert client.get(outbox.paths(again)[0]).status_code == 200


def test_an_invitation_that_the_new_mailbox_has_already_is_not_asked_twice(outbox):
    owner, person = make_person(), make_person(email=OLD)
    organisation = make_organisation(owner, name="Lipa")
    for address in (OLD, NEW):
        organisation_services.invite(organisation, by=owner, email=address, role=Role.EDITOR, language="pl")
    move(person)
    assert [one.email for one in organisations.open_invitations(organisation)] == ["nowa@example.org"]


def waiting(person, template: str, key: str) -> None:
    with transaction():
        mail.queue(
            Message(template=template, to=OLD, lang="pl", dedupe_key=key, kind=Kind.ACCOUNT, person_id=person.id)
        )


def test_notices_that_wait_go_to_the_new_mailbox(app):
    person, other = make_person(email=OLD), make_person()
    waiting(person, "membership/mail/accepted", "a")
    waiting(other, "membership/mail/accepted", "b")
    move(person)
    found = {
        row.dedupe_key: row.address
        for row in db.session.scalars(sa.select(Mail).where(Mail.dedupe_key.in_(["a", "b"])))
    }
    assert found == {"a": NEW, "b": OLD}


def test_a_mail_that_would_set_a_password_and_waits_is_taken_back(client):
    person = make_person(email=OLD)
    client.submit("/pl/account/password/forgotten", {"email": OLD})
    move(person)
    assert [row.template for row in mail.listed()] == ["accounts/mail/email_changed"]


@pytest.mark.parametrize("status", [RegistrationStatus.CANCELLED, RegistrationStatus.EXPIRED])
def test_what_has_ended_follows_without_a_mail(outbox, status):
    person = make_person(email=OLD)
    registration = confirmed(make_event(), email=OLD)
    outbox.deliver()
    with transaction() as session:
        session.execute(sa.update(Registration).values(status=status, cancelled_at=clock.now()))
    db.session.expire_all()
    move(person)
    assert registration.address == NEW
    assert [message["To"] for message in outbox.deliver()] == [OLD]
