"""How long things are kept: what has had its time goes by itself, and nothing before."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import mail, privacy
from portal.accounts import services as accounts
from portal.accounts.models import Person
from portal.ground import audit, clock
from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.mail import KEPT, STRANGERS_KEPT, Kind, Link, Mail, MailState, Message
from portal.mail import remove_old as remove_old_mails
from portal.membership import services as membership
from portal.organisations import services as organisations
from portal.organisations.models import Invitation, Role
from portal.privacy.own import DETAILS_KEPT
from portal.registration import services as registration
from tests.factories.events import make_event
from tests.factories.networks import make_network
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.registrations import confirmed

DAY = dt.timedelta(days=1)


def number(table: type) -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def invited() -> None:
    person = make_person()
    organisations.invite(
        make_organisation(person), by=person, email="gosc@example.org", role=Role.EDITOR, language="pl"
    )


def test_invitation_goes_after_its_days(app: Flask, frozen_clock) -> None:
    invited()
    frozen_clock.set(frozen_clock.moment + organisations.INVITATIONS_KEPT)
    organisations.remove_old_invitations()
    assert number(Invitation) == 1
    frozen_clock.shift(minutes=1)
    organisations.remove_old_invitations()
    assert number(Invitation) == 0


def test_sent_mail_goes_after_a_year_and_a_waiting_one_stays(app: Flask, frozen_clock, outbox) -> None:
    invited()
    outbox.deliver()
    invited()
    frozen_clock.set(frozen_clock.moment + KEPT + DAY)
    with transaction():
        remove_old_mails()
    db.session.rollback()
    assert set(db.session.scalars(sa.select(Mail.state))) == {MailState.QUEUED}


def test_what_was_sent_to_somebody_who_never_answered_goes_after_a_month(app: Flask, frozen_clock, outbox) -> None:
    known = make_person()
    invited()
    with transaction():
        mail.queue(Message(template="accounts/mail/no_account", to=str(known.email), lang="pl", dedupe_key="known",
                           kind=Kind.ACCOUNT, links={"sign_up": Link("accounts.sign_up")}, person_id=known.id))  # fmt: skip
    outbox.deliver()
    details = " ".join(db.session.scalars(sa.select(audit.AuditDetail.detail)))
    assert "gosc@example.org" not in details
    frozen_clock.set(frozen_clock.moment + STRANGERS_KEPT)
    remove_mails()
    assert set(db.session.scalars(sa.select(Mail.to))) == {"gosc@example.org", known.email}
    frozen_clock.shift(minutes=1)
    remove_mails()
    assert set(db.session.scalars(sa.select(Mail.to))) == {known.email}


def remove_mails() -> None:
    with transaction():
        remove_old_mails()
    db.session.rollback()


def test_details_of_acts_go_after_their_years_and_the_chain_holds(app: Flask, frozen_clock) -> None:
    make_person()
    frozen_clock.set(frozen_clock.moment + DETAILS_KEPT)
    make_person()
    frozen_clock.shift(minutes=1)
    before = number(audit.AuditDetail)
    with transaction():
        gone = privacy.remove_old_details()
    assert 0 < gone < before
    verdict = audit.verify()
    assert (verdict.broken_at, verdict.details_gone) == (None, gone)


def test_participant_without_an_account_is_forgotten_a_year_after_the_event(app: Flask) -> None:
    """But not whoever has an account, a role, or a registration that is still kept."""
    with clock.frozen(clock.now() - registration.DETAILS_KEPT - 20 * DAY):
        past = make_event()
        stays = [make_person(), make_person(account=False), make_person(account=False)]
        for person in stays:
            confirmed(past, email=person.email)
        goes = confirmed(past).person_id
    membership.grant_coordinator(make_network().slug, str(stays[1].email), by=PORTAL)
    confirmed(make_event(), email=stays[2].email)
    assert accounts.forget_strangers() == 0
    registration.purge()
    assert accounts.forget_strangers() == 1
    db.session.rollback()
    assert db.session.get(Person, goes) is None
    assert all(db.session.get(Person, person.id).email for person in stays)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # whose one lock makes the second wait at its beginning
def test_stranger_who_got_a_role_meanwhile_is_not_forgotten(app: Flask) -> None:
    person, network = make_person(account=False), make_network()
    number, address, asked = person.id, str(person.email), threading.Event()

    def forget() -> int:
        with app.app_context():
            return accounts.forget_strangers()

    def has_asked(*_call: object) -> None:
        asked.set()

    db.session.rollback()
    with ThreadPoolExecutor(1) as pool:
        with transaction():
            membership.grant_coordinator(network.slug, address, by=PORTAL)
            sa.event.listen(db.engine, "after_cursor_execute", has_asked)
            forgotten = pool.submit(forget)
            assert asked.wait(5)  # it has read who is a stranger, and waits for us
            sa.event.remove(db.engine, "after_cursor_execute", has_asked)
        assert forgotten.result() == 0
    assert db.session.get_one(Person, number).email == address
