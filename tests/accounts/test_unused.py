"""Accounts that nobody uses: which mails come on which day of 26 months, what keeps an account, and that nobody is lost."""

import contextvars
import datetime as dt
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import mail
from portal.accounts import queries, services
from portal.accounts import unused as rules
from portal.accounts.models import Account, Person, UnusedAccount
from portal.accounts.services import erasure
from portal.accounts.services import unused as following
from portal.accounts.services.sessions import remove_ended_sessions
from portal.ground.batches import noted
from portal.ground.db import db, transaction
from portal.ground.statements import table
from portal.mail import standing
from tests.factories.events import make_event
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import PASSWORD, make_administrator, make_person
from tests.factories.registrations import confirmed
from tests.fixtures.pages import FrozenClock, Outbox

START = dt.datetime(2026, 11, 30, 9, 30, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def night(app: Flask, frozen_clock: FrozenClock, outbox: Outbox) -> Any:
    """`night(days)`: the clock goes on so many days, and the night's work is done (twice: nothing is done twice)."""
    frozen_clock.set(START)

    def pass_by(days: float = 1) -> int:
        frozen_clock.shift(days=days)
        done = services.follow_unused()
        assert services.follow_unused() == 0
        return done

    return pass_by


def subjects(outbox: Outbox) -> list[tuple[str, str]]:
    """(to whom, subject) of what arrives now."""
    return sorted((str(one["To"]), str(one["Subject"])) for one in outbox.deliver())


def there(person_id: int) -> bool:
    db.session.rollback()
    return db.session.scalar(sa.select(Account.id).where(Account.person_id == person_id)) is not None


def row_of(person_id: int) -> UnusedAccount | None:
    db.session.rollback()
    own = sa.select(UnusedAccount).join(Account, Account.id == UnusedAccount.account_id)
    return db.session.scalar(own.where(Account.person_id == person_id))


MAILS = {
    "2028-10-01": [
        ("ann@example.org", "Log in to keep the account"),
        ("ola@example.org", "Zaloguj się, aby zachować konto"),
        ("yana@example.org", "Влезте, за да остане потребителският Ви профил"),
    ],
    "2028-11-16": [
        ("ann@example.org", "Last reminder: log in to keep the account"),
        ("ola@example.org", "Ostatnie przypomnienie: zaloguj się, aby zachować konto"),
        ("yana@example.org", "Последно напомняне: влезте, за да остане Вашият профил"),
    ],
    "2028-12-01": [
        ("ann@example.org", "Account deleted"),
        ("ola@example.org", "Konto usunięte"),
        ("yana@example.org", "Изтрит потребителски профил"),
    ],
}


@pytest.mark.both_engines
def test_26_months_bring_exactly_these_mails_in_the_language_of_each(
    outbox: Outbox, night: Any, frozen_clock: FrozenClock
) -> None:
    people = [
        make_person(name, f"{address}@example.org", locale=locale).id
        for name, address, locale in (("Ola", "ola", "pl"), ("Яна", "yana", "bg"), ("Ann", "ann", "en"))
    ]
    active = make_person("Ewa", "ewa@example.org")
    outbox.deliver()
    mails: dict[str, list[tuple[str, str]]] = {}
    for day in (*range(0, 660, 30), *range(661, 790)):
        frozen_clock.set(START + dt.timedelta(days=day))
        if day in (300, 600):
            services.open_session(queries.account_of(db.session.get_one(Person, active.id)), stay=False, device="")
        remove_ended_sessions()
        night(0)
        if arrived := subjects(outbox):
            mails[frozen_clock.moment.date().isoformat()] = arrived
    assert mails == MAILS
    assert [there(number) for number in (*people, active.id)] == [False, False, False, True]
    assert row_of(active.id) is None
    assert db.session.scalar(sa.select(sa.func.count()).select_from(UnusedAccount)) == 0


def test_mail_says_until_when_how_it_is_kept_and_what_goes(outbox: Outbox, night: Any) -> None:
    person = make_person("Ola", "ola@example.org", locale="en")
    organisation = make_organisation(make_person("Ewa", "ewa@example.org"), name="Koło Lipa")
    make_member(organisation, "editor", person)
    outbox.deliver()
    night(680)
    (text,) = [outbox.text(one) for one in outbox.deliver() if one["To"] == "ola@example.org"]
    for sentence in (
        "because nobody has used it for almost 24 months", "Last day to log in: 9 December 2028",
        "Logging in once keeps the account.", "The account is deleted with its name, e-mail address and password.",
        "Roles in these organisations end: Koło Lipa",
    ):  # fmt: skip
        assert sentence in " ".join(text.split()), sentence
    assert "/en/account/sign-in" in text
    assert "/en/account/password/forgotten" in text
    night(60)
    (again,) = [outbox.text(one) for one in outbox.deliver() if one["To"] == "ola@example.org"]
    assert "This is the last message before that." in again


@pytest.mark.both_engines
@pytest.mark.parametrize("gap", [1, 100, 1000])
def test_a_worker_that_was_off_for_years_leaves_everybody_the_whole_of_both_times(
    outbox: Outbox, night: Any, gap: int, frozen_clock: FrozenClock
) -> None:
    person = make_person("Ola", "ola@example.org")
    outbox.deliver()
    night(2000)
    first = frozen_clock.moment
    assert len(outbox.deliver()) == 1
    night(45)
    assert not outbox.deliver()
    night(gap)
    second = frozen_clock.moment
    assert len(outbox.deliver()) == 1
    row = row_of(person.id)
    assert row is not None
    assert row.last_day == max((first + rules.FIRST).date(), (second + rules.SECOND).date())
    night(14)
    assert there(person.id)
    night(1)
    assert not there(person.id)


@pytest.mark.both_engines
def test_an_account_of_before_the_rule_begins_with_its_first_night(outbox: Outbox, night: Any) -> None:
    person = make_person("Ola", "ola@example.org")
    rows = table(Account)
    with transaction() as session:
        session.execute(sa.update(rows).values(used_at=None))
    outbox.deliver()
    night(3000)
    assert not outbox.deliver()
    night(669)
    assert not outbox.deliver()
    night(2)
    assert len(outbox.deliver()) == 1
    assert there(person.id)


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


def test_a_mailbox_that_sends_back_neither_shields_nor_hastens(
    outbox: Outbox, night: Any, frozen_clock: FrozenClock
) -> None:
    person, other = make_person("Ola", "ola@example.org"), make_person("Ewa", "ewa@example.org")
    with transaction():
        standing.note_report("ola@example.org", is_hard=True, code="5.1.1")
    night(660)
    gone: dict[int, str] = {}
    for _day in range(80):
        night()
        outbox.deliver()
        today = frozen_clock.moment.date().isoformat()
        gone |= {one.id: today for one in (person, other) if not there(one.id) and one.id not in gone}
    assert gone == {person.id: "2028-12-01", other.id: "2028-12-01"}


def test_a_warning_that_was_never_sent_is_none(outbox: Outbox, night: Any) -> None:
    person = make_person("Ola", "ola@example.org")
    night(680)
    outbox.deliver()
    night(50)
    for _week in range(8):
        night(7)
    assert there(person.id)
    assert len(outbox.deliver()) == 1
    night(1)
    assert not there(person.id)


def test_one_account_that_is_broken_never_stops_the_others(
    outbox: Outbox, night: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    people = [make_person(f"O {number}", f"o{number}@example.org") for number in range(3)]
    bad = queries.account_of(people[1])
    assert bad is not None
    outbox.deliver()
    real = following._standing

    def poisoned(account: Account) -> UnusedAccount | None:
        if account.id == bad.id:
            raise RuntimeError("poisoned")
        return real(account)

    monkeypatch.setattr(following, "_standing", poisoned)
    with noted() as failures, caplog.at_level(logging.ERROR):
        assert night(680) == 2
    assert failures.number == 2
    assert {record.getMessage() for record in caplog.records} == {f"unused accounts: {bad.id} failed"}
    assert [to for to, _subject in subjects(outbox)] == ["o0@example.org", "o2@example.org"]
    monkeypatch.setattr(following, "_standing", real)
    assert services.follow_unused() == 1


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


@pytest.mark.both_engines
def test_two_workers_at_once_send_one_mail_and_delete_once(
    app: Flask, outbox: Outbox, night: Any, frozen_clock: FrozenClock
) -> None:
    people = [make_person(f"O {number}", f"o{number}@example.org").id for number in range(3)]
    outbox.deliver()
    arrived = []
    for days in (680, 50, 15):
        frozen_clock.shift(days=days)
        barrier = threading.Barrier(2)

        def work(barrier: threading.Barrier = barrier) -> int:
            with app.app_context():
                barrier.wait()
                try:
                    return services.follow_unused()
                finally:
                    db.session.remove()

        with ThreadPoolExecutor(2) as pool:
            runs = [pool.submit(contextvars.copy_context().run, work) for _worker in range(2)]
            done = sum(run.result() for run in runs)
        db.session.rollback()
        assert done + services.follow_unused() == 3  # where both were too busy, the next night does it
        arrived.append(sorted(str(one["To"]) for one in outbox.deliver()))
    assert arrived == [["o0@example.org", "o1@example.org", "o2@example.org"]] * 3
    assert not any(there(number) for number in people)


def test_a_clock_that_was_years_ahead_for_a_night_deletes_nobody(
    outbox: Outbox, night: Any, frozen_clock: FrozenClock
) -> None:
    person, guest = make_person("Ola", "ola@example.org"), make_person("Ewa", "ewa@example.org")
    account = queries.account_of(guest)
    assert account is not None
    outbox.deliver()
    frozen_clock.shift(days=3650)
    services.open_session(account, stay=True, device="")
    services.follow_unused()
    assert len(outbox.deliver()) == 1
    frozen_clock.shift(days=-3650)
    night(1)
    assert row_of(person.id) is None
    night(680)
    assert [to for to, _subject in subjects(outbox)] == ["ewa@example.org", "ola@example.org"]
    assert there(person.id)


def test_days_are_those_of_the_calendar_in_warsaw() -> None:
    def last(*moment: int) -> str:
        return rules.last_day(dt.datetime(*moment, tzinfo=dt.UTC)).isoformat()  # type: ignore[arg-type]

    assert last(2026, 11, 30, 22, 59) == "2028-11-30"
    assert last(2026, 11, 30, 23, 0) == "2028-12-01"
    assert last(2028, 2, 29, 12) == "2030-03-01"
    assert last(2026, 2, 28, 12) == "2028-02-28"
    for day in range(0, 3000, 7):
        today = dt.date(2026, 1, 1) + dt.timedelta(days=day)
        before = rules.used_before(today)
        assert rules.last_day(before) - rules.FIRST > today, today


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
