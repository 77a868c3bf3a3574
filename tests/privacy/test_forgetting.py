"""Who leaves is forgotten: what goes, what stays, who moves up, and what has to be done before."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import mail, privacy
from portal.accounts import services
from portal.accounts.models import Account, EmailChange, Person, PortalRole
from portal.accounts.queries import account_of
from portal.ground import audit, links
from portal.ground.authz import PORTAL
from portal.ground.db import Base, db, transaction
from portal.ground.errors import Busy, Refusals
from portal.mail import Mail
from portal.membership.models import MembershipEvent
from portal.organisations.models import Invitation, OrganisationRole
from portal.privacy import Fate
from portal.registration import services as registration_services
from portal.registration.models import BookingStatus, Registration, RegistrationStatus
from tests.factories.events import make_event
from tests.factories.lives import EMAIL, FIRST, NAME, Life, full_life
from tests.factories.people import PASSWORD, make_administrator, make_person
from tests.factories.registrations import confirmed
from tests.support.naming import person_columns


def leave(life: Life) -> None:
    services.erase_person(life.person.id, by=life.person)
    db.session.rollback()


def dump() -> str:
    """Every value of every table of the database, also of those that no model knows."""
    tables = sa.inspect(db.engine).get_table_names()
    assert {"person", "outbox_mail", "audit_detail"} <= set(tables)
    return "\n".join(
        f"{table}: {row}" for table in tables for row in db.session.execute(sa.text(f'SELECT * FROM "{table}"')).all()
    )


def traces_in_dump(*words: str) -> list[str]:
    return [line for line in dump().splitlines() if any(word.casefold() in line.casefold() for word in words)]


def rows(column: sa.Column[Any], number: int) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(column.table).where(column == number)) or 0


def test_nothing_in_the_database_names_somebody_who_left(app: Flask, outbox) -> None:
    life = full_life()
    tables = {line.partition(":")[0] for line in traces_in_dump(NAME, EMAIL, FIRST)}
    assert {"person", "account", "sign_up", "registration", "outbox_mail", "organisation_invitation"} <= tables
    leave(life)
    outbox.deliver()
    assert traces_in_dump(NAME, EMAIL, FIRST, "Unikat") == []


def test_every_column_that_named_her_is_free_or_names_the_shell(app: Flask) -> None:
    life, number = full_life(), 0
    number = life.person.id
    columns = list(person_columns(Base.metadata))
    assert [str(column) for column in columns if not rows(column, number)] == [], "the life in the factory lacks these"
    stays = {
        f"{holding.table.name}.{column.key}"
        for part in privacy.parts()
        for holding in part.holdings
        for trace in holding.traces
        for column in trace.columns
        if trace.fate == Fate.STAYS
    }
    leave(life)
    assert [str(column) for column in columns if rows(column, number) and str(column) not in stays] == []


def test_places_go_to_those_who_wait(app: Flask, outbox) -> None:
    life = full_life()
    waiting = life.waiting.email
    outbox.deliver()
    leave(life)
    status = sa.text("SELECT status FROM booking WHERE registration_id = :number")
    assert db.session.scalars(status, {"number": life.waiting.id}).all() == [BookingStatus.BOOKED]
    delivered = outbox.deliver()
    assert [message["To"] for message in delivered].count(waiting) == 1
    own = db.session.scalars(sa.select(Registration).where(Registration.event_id == life.coming.id)).all()
    assert {(one.status, one.email, one.person_id) for one in own if one.id != life.waiting.id} == {
        (RegistrationStatus.CANCELLED, "", None)
    }


def test_one_last_mail_says_that_it_is_done(app: Flask, outbox) -> None:
    life = full_life()
    outbox.deliver()
    leave(life)
    (last,) = [message for message in outbox.deliver() if message["To"] == EMAIL]
    assert last["Content-Language"] == "pl"
    assert db.session.scalar(sa.select(sa.func.count(Mail.id)).where(Mail.to == EMAIL)) == 0


def test_dead_mail_server_forgets_the_last_address_in_the_end(app: Flask, mail_catcher, frozen_clock) -> None:
    person = make_person(NAME, EMAIL)
    services.erase_person(person.id, by=person)
    mail_catcher.refuse = True
    try:
        for _ in range(14):
            mail.send_due()
            frozen_clock.shift(hours=9)
    finally:
        mail_catcher.refuse = False
    db.session.rollback()
    assert traces_in_dump(EMAIL) == []


def test_mail_that_is_being_sent_meanwhile_comes_to_rest(app: Flask, outbox) -> None:
    """The worker has taken a mail, and its person leaves before it is sent: others are still sent."""
    from portal.mail import sending

    person = make_person(NAME, EMAIL)
    services.request_reset(email=EMAIL, locale="pl", ip="127.0.0.1")
    taken = sending._claim()
    assert taken is not None
    services.erase_person(person.id, by=person)
    assert sending._send(taken) is False
    sending._mark_sent(taken, "pl", None)
    assert [message["To"] for message in outbox.deliver()] == [EMAIL]


def test_chain_of_acts_verifies_afterwards(app: Flask) -> None:
    life = full_life()
    before = audit.verify()
    leave(life)
    after = audit.verify()
    assert after.broken_at is None
    assert after.details_gone > before.details_gone == 0
    verbs = set(db.session.scalars(sa.select(audit.AuditEntry.verb)))
    assert {"person.erased", "registration.cancelled", "organisation.role_ended", "role.ended"} <= verbs


def test_common_word_as_a_name_wipes_out_no_details_of_others(app: Flask) -> None:
    admin = make_administrator()
    with transaction():
        audit.record("post.published", admin, detail={"was": "draft"}, actor=admin)
    person = make_person("draft", "krotko@example.org")
    services.erase_person(person.id, by=person)
    details = db.session.scalars(sa.select(audit.AuditDetail.detail))
    assert '{"was": "draft"}' in list(details)


def test_person_without_a_record_is_deleted(app: Flask) -> None:
    person = make_person()
    number = person.id
    services.erase_person(person.id, by=person)
    db.session.rollback()
    assert db.session.get(Person, number) is None
    assert db.session.scalar(sa.select(sa.func.count(Account.id))) == 0


def test_person_with_a_record_becomes_an_empty_shell(app: Flask) -> None:
    life = full_life()
    number = life.person.id
    leave(life)
    shell = db.session.get_one(Person, number)
    assert (shell.name, shell.email) == ("", None)
    assert str(shell.shown_name)
    assert db.session.scalar(sa.select(sa.func.count()).where(MembershipEvent.actor_id == number))
    for table in (OrganisationRole, PortalRole):
        roles = db.session.scalars(sa.select(table).where(table.person_id == number)).all()
        assert roles
        assert all(role.ended_at for role in roles)


def test_links_lead_nowhere_afterwards(app: Flask) -> None:
    life = full_life()
    account, registration = (
        life.account.id,
        db.session.scalar(sa.select(Registration.id).where(Registration.person_id == life.person.id).limit(1)),
    )
    with transaction():
        tokens = [
            ("accounts.password", links.issue("accounts.password", f"account:{account}", mail_lifetime())),
            (
                "registration.manage",
                links.issue("registration.manage", f"registration:{registration}", mail_lifetime()),
            ),
        ]
    leave(life)
    assert [links.find(purpose, token) for purpose, token in tokens] == [None, None]


def mail_lifetime() -> Any:
    from portal.accounts.mails import PASSWORD_WITHIN

    return PASSWORD_WITHIN


def test_open_invitations_are_withdrawn(app: Flask) -> None:
    life = full_life()
    leave(life)
    sent = db.session.scalars(sa.select(Invitation).where(Invitation.email == "gosc@example.org")).one()
    assert sent.revoked_at is not None
    assert sent.invited_by is None


def test_last_person_of_the_team_cannot_leave(app: Flask) -> None:
    person = make_administrator()
    with pytest.raises(Refusals):
        services.erase_person(person.id, by=person)
    db.session.rollback()
    assert db.session.get_one(Person, person.id).email


def test_somebody_without_an_account_is_forgotten_too(app: Flask, outbox) -> None:
    """The portal team does it, for whoever writes to them."""
    event = make_event(seats=1)
    registration, next_one = confirmed(event, email=EMAIL, name=NAME), confirmed(event)
    outbox.deliver()
    services.erase_person(registration.person_id, by=PORTAL)
    db.session.rollback()
    assert db.session.get_one(Registration, next_one.id).status == RegistrationStatus.CONFIRMED
    assert sorted(message["To"] for message in outbox.deliver()) == sorted([EMAIL, next_one.email])
    assert traces_in_dump(NAME, EMAIL) == []


def test_place_under_an_address_that_was_taken_over_goes_too(app: Flask, outbox) -> None:
    """She took part with an address of another row of hers; both rows became one, and one place stayed behind."""
    event = make_event(seats=2)
    earlier = confirmed(event, email=EMAIL, name=NAME)
    person = make_person(NAME, FIRST)
    registration_services.register(
        event_id=event.id, email=FIRST, name=NAME, locale="pl", affiliation="", wanted=[], accepts_waiting=True
    )
    waiting = [confirmed(event), confirmed(event)]
    own = account_of(db.session.get_one(Person, person.id))
    assert own is not None
    services.request_email_change(own.id, email=EMAIL, locale="pl", ip="127.0.0.1")
    change = db.session.scalar(sa.select(EmailChange.id))
    assert change is not None
    services.confirm_email_change(change)
    services.erase_person(person.id, by=person)
    outbox.deliver()
    db.session.rollback()
    assert db.session.get_one(Registration, earlier.id).status == RegistrationStatus.CANCELLED
    assert {db.session.get_one(Registration, one.id).status for one in waiting} == {RegistrationStatus.CONFIRMED}
    assert traces_in_dump(NAME, EMAIL, FIRST) == []


def test_place_that_was_taken_meanwhile_stops_everything(app: Flask) -> None:
    """Between the giving up and the forgetting somebody confirmed a form of theirs: nobody is left without a name."""
    life = full_life()
    with pytest.raises(Busy), transaction():
        privacy.forget(life.subject)
    assert traces_in_dump(NAME)


def test_form_that_was_sent_twice_is_answered_twice_and_forgets_once(app: Flask, as_person) -> None:
    life = full_life()
    number = life.person.id
    browsers = [as_person(db.session.get_one(Person, number)) for _ in range(3)]
    pages = [browser.get("/pl/account/delete") for browser in browsers]
    db.session.rollback()

    def send(browser: Any, page: Any) -> int:
        with app.app_context():
            return int(browser.submit(page, {"password": PASSWORD}).status_code)

    with ThreadPoolExecutor(3) as pool:
        assert set(pool.map(send, browsers, pages)) == {303}
    erased = sa.select(sa.func.count()).select_from(audit.AuditEntry).where(audit.AuditEntry.verb == "person.erased")
    assert db.session.scalar(erased) == 1
    assert db.session.get_one(Person, number).is_shell
