"""Accounts that nobody uses: what counts as a use, and who stays because others need them."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import mail
from portal.accounts import queries, services
from portal.accounts.models import Account, Person
from portal.accounts.services import erasure
from portal.accounts.services import unused as following
from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.membership import services as membership
from tests.factories.events import make_event
from tests.factories.networks import make_network
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import PASSWORD, make_administrator, make_person
from tests.factories.registrations import confirmed
from tests.fixtures.pages import FrozenClock, Outbox
from tests.support.unused import row_of, subjects, there

START = dt.datetime(2026, 11, 30, 9, 30, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize("warnings", [1, 2])
def test_signing_in_after_a_warning_clears_it(outbox: Outbox, night: Any, client: Any, warnings: int) -> None:
    person = make_person("Ola", "ola@example.org")
    outbox.deliver()
    night(680)
    if warnings == 2:
        night(50)
    assert len(outbox.deliver()) == warnings
    assert client.submit("/pl/account/sign-in", {"email": "ola@example.org", "password": PASSWORD}).status_code == 303
    assert row_of(person.id) is None
    assert subjects(outbox) == [("ola@example.org", "Nowe logowanie do konta")]
    night(100)
    assert not outbox.deliver()
    night(580)
    assert subjects(outbox) == [("ola@example.org", "Zaloguj się, aby zachować konto")]
    assert there(person.id)


def test_a_warning_that_still_waits_is_not_sent_to_whoever_has_signed_in(outbox: Outbox, night: Any) -> None:
    person = make_person("Ola", "ola@example.org")
    outbox.deliver()
    night(680)
    account = queries.account_of(person)
    assert account is not None
    services.open_session(account, stay=True, device="")
    assert not outbox.deliver()


def test_a_browser_in_use_uses_the_account_and_notes_it_once_a_day(
    app: Flask, as_person: Any, frozen_clock: Any
) -> None:
    person = make_person()
    browser = as_person(person)
    noted_at = []
    for _visit in range(7):
        frozen_clock.shift(hours=8)
        assert browser.get("/pl/account/").status_code == 200
        db.session.rollback()
        noted_at.append(db.session.scalar(sa.select(Account.used_at).where(Account.person_id == person.id)))
    assert len(set(noted_at)) == 3
    changed = db.session.execute(sa.select(Account.created_at, Account.updated_at)).one()
    assert changed[0] == changed[1]
    account = queries.account_of(person)
    assert account is not None
    assert queries.last_use(account) == frozen_clock.moment


def test_what_is_confirmed_by_a_link_uses_the_account(app: Flask, frozen_clock: FrozenClock, outbox: Outbox) -> None:
    """A place at an event, a profile, another password: nobody has to sign in for them."""
    from portal.freshness import services as freshness
    from tests.factories.freshness import asked_request

    person = make_person("Ola", "ola@example.org")
    organisation = make_organisation(person)

    def used() -> dt.datetime:
        db.session.rollback()
        account = queries.account_of(db.session.get_one(Person, person.id))
        assert account is not None
        return queries.last_use(account)

    acts: list[Any] = [
        lambda: confirmed(make_event(), email="ola@example.org"),
        lambda: freshness.answer(asked_request(organisation, person)),
        lambda: services.reset_password(queries.account_of(person).id, password="brzoza tramwaj sok"),  # type: ignore[union-attr]
    ]
    for act in acts:
        frozen_clock.shift(days=30)
        assert used() < frozen_clock.moment
        act()
        assert used() == frozen_clock.moment


def test_a_use_between_the_warnings_begins_anew_also_after_years_without_a_worker(outbox: Outbox, night: Any) -> None:
    person = make_person("Ola", "ola@example.org")
    night(680)
    services.hand_out(person.id, by=person)
    outbox.deliver()
    night(1000)
    assert subjects(outbox) == [("ola@example.org", "Zaloguj się, aby zachować konto")]
    row = row_of(person.id)
    assert row is not None
    assert row.step == 1


@pytest.mark.both_engines
def test_the_only_one_who_manages_a_profile_is_never_deleted(outbox: Outbox, night: Any) -> None:
    owner = make_person("Ola", "ola@example.org")
    organisation = make_organisation(owner)
    outbox.deliver()
    for _week in range(200):
        night(7)
    assert not [one for one in subjects(outbox) if "konto" in one[1].lower()]
    assert there(owner.id)
    ((account, row),) = queries.held_accounts()
    assert account.person_id == owner.id
    since = row.held_since
    night(7)
    ((_account, row),) = queries.held_accounts()
    assert row.held_since == since
    make_member(organisation, "owner", make_person("Ewa", "ewa@example.org"))
    night(7)
    assert queries.number_of_held_accounts() == 0
    assert subjects(outbox)[-1] == ("ola@example.org", "Zaloguj się, aby zachować konto")
    night(59)
    outbox.deliver()
    night(15)
    assert not there(owner.id)


def test_an_obstacle_that_arises_after_the_warnings_ends_them(outbox: Outbox, night: Any) -> None:
    from portal.organisations.services import end_role
    from tests.factories.organisations import role_of

    owner, other = make_person("Ola", "ola@example.org"), make_person("Ewa", "ewa@example.org")
    organisation = make_organisation(owner)
    make_member(organisation, "owner", other)
    night(680)
    night(50)
    end_role(role_of(organisation, other), by=other)
    night(15)
    assert there(owner.id)
    row = row_of(owner.id)
    assert row is not None
    assert (row.step, row.held_since is not None) == (0, True)


def test_the_only_one_who_coordinates_a_network_stays_until_there_is_a_second(outbox: Outbox, night: Any) -> None:
    alone = make_person("Ola", "ola@example.org")
    network = make_network(coordinators=(alone,))
    outbox.deliver()
    for _month in range(40):
        night(30)
    assert there(alone.id) and not outbox.deliver()
    assert [account.person_id for account, _row in queries.held_accounts()] == [alone.id]
    membership.grant_coordinator(network.slug, str(make_person("Ewa", "ewa@example.org").email), by=PORTAL)
    night(7)
    assert queries.number_of_held_accounts() == 0
    assert ("ola@example.org", "Zaloguj się, aby zachować konto") in subjects(outbox)


def test_the_last_person_of_the_portal_team_stays(outbox: Outbox, night: Any) -> None:
    last = make_administrator()
    for _month in range(40):
        night(30)
    assert there(last.id)
    assert queries.number_of_held_accounts() == 1


def test_who_takes_part_in_a_coming_event_is_not_warned_before_it_is_over(
    outbox: Outbox, night: Any, frozen_clock: FrozenClock
) -> None:
    person = make_person("Ola", "ola@example.org")
    later = frozen_clock.moment + dt.timedelta(days=760)
    event = make_event(starts_at=later, ends_at=later + DAY)
    confirmed(event, email="ola@example.org")
    outbox.deliver()
    for _week in range(108):
        night(7)
    assert not outbox.deliver()
    assert queries.number_of_held_accounts() == 0
    night(14)
    assert subjects(outbox) == [("ola@example.org", "Zaloguj się, aby zachować konto")]
    assert there(person.id)


@pytest.mark.both_engines
def test_who_signs_in_while_the_account_is_being_deleted_keeps_it(
    outbox: Outbox, night: Any, monkeypatch: pytest.MonkeyPatch, frozen_clock: FrozenClock
) -> None:
    person = make_person("Ola", "ola@example.org")
    night(680)
    night(50)
    outbox.deliver()
    frozen_clock.shift(days=15)
    real = erasure.erase_unused

    def meanwhile(person_id: int, *, used_at: dt.datetime) -> bool:
        account = queries.account_of(db.session.get_one(Person, person_id))
        assert account is not None
        services.open_session(account, stay=True, device="")
        return real(person_id, used_at=used_at)

    monkeypatch.setattr(following, "erase_unused", meanwhile)
    assert services.follow_unused() == 0
    assert there(person.id)
    assert row_of(person.id) is None
    assert not outbox.deliver()


def test_the_team_sees_whom_to_help_out_and_nobody_else_does(outbox: Outbox, night: Any, as_person: Any) -> None:
    owner = make_person("Ola Sama", "ola@example.org")
    organisation = make_organisation(owner, name="Koło Lipa")
    night(680)
    team, other = as_person(make_administrator()), as_person(make_person())
    page = team.get("/en/account/team/unused")
    for words in ("Ola Sama", "ola@example.org", "Koło Lipa", "30 November 2026", "First invite a second person"):
        assert words in page.text, words
    assert f"/en/organisations/{organisation.slug}/people" in page.text
    assert "1 unused account that has to stay" in " ".join(team.get("/en/tasks").text.split())
    assert other.get("/en/account/team/unused").status_code in (403, 404)
    make_member(organisation, "owner", make_person())
    assert "Nothing any more." in team.get("/en/account/team/unused").text


def test_privacy_page_says_the_rule(app: Flask, client: Any) -> None:
    text = client.get("/en/privacy").text
    assert "or nobody has used it for 24 months" in text
    assert "the last one 14 days before" in text
    assert "An unused account stays longer while its owner alone manages a profile" in text


def test_last_message_says_why(outbox: Outbox, night: Any) -> None:
    make_person("Ola", "ola@example.org", locale="en")
    night(680)
    night(50)
    outbox.deliver()
    night(15)
    (message,) = outbox.deliver()
    assert "Nobody had used it for 24 months." in outbox.text(message)
    assert mail.outbox.listed("ola@example.org") == []
