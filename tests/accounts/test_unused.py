"""Accounts that nobody uses: which mails come on which day of 26 months, and that everybody has the whole of their time."""

import contextvars
import datetime as dt
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts import queries, services
from portal.accounts import unused as rules
from portal.accounts.models import Account, Person, UnusedAccount
from portal.accounts.services import unused as following
from portal.accounts.services.sessions import remove_ended_sessions
from portal.ground.batches import noted
from portal.ground.db import db, transaction
from portal.ground.statements import table
from portal.mail import standing
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_person
from tests.fixtures.pages import FrozenClock, Outbox
from tests.support.unused import row_of, subjects, there

START = dt.datetime(2026, 11, 30, 9, 30, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


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
