"""The calendar file over time: what a calendar program must take for newer is newer, and nobody's entry hides another's."""

from email.message import EmailMessage
from typing import Any

import pytest
from flask import Flask

from portal.events.fields import EVENT, SESSION
from portal.events.services import update_event, update_session
from portal.ground.authz import PORTAL
from portal.registration import services
from portal.registration.calendars import calendar_of
from portal.registration.models import Registration
from portal.registration.names import is_same
from tests.factories.events import HOUR, make_event, make_session, refreshed
from tests.factories.people import make_person
from tests.factories.registrations import confirmed, submit
from tests.fixtures.pages import Outbox
from tests.support.calendars import entries


def file_of(registration: Registration) -> dict[str, Any]:
    from portal.registration import queries

    found = queries.with_event(registration.id)
    assert found is not None
    return entries(calendar_of(found))


def attached(message: EmailMessage) -> dict[str, Any]:
    part = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    return entries(part.get_payload(decode=True))


def test_who_registers_again_after_cancelling_is_back_in_the_calendar(app: Flask) -> None:
    """The same UID with a higher SEQUENCE each time, so that no program keeps "cancelled"."""
    event = make_event()
    workshop = make_session(event)
    seen: list[dict[str, Any]] = []
    for _ in range(3):
        registration = confirmed(event, workshop, email="anna@example.org")
        seen.append(file_of(registration))
        services.cancel(registration.id)
        seen.append(file_of(refreshed(registration)))
    assert all(set(one) == set(seen[0]) for one in seen)
    for uid in seen[0]:
        assert [str(one[uid]["STATUS"]) for one in seen] == ["CONFIRMED", "CANCELLED"] * 3
        sequences = [int(one[uid]["SEQUENCE"]) for one in seen]
        assert sequences == sorted(set(sequences))


def test_other_words_in_the_name_are_the_same_person_for_the_calendar(app: Flask) -> None:
    event = make_event()
    first = confirmed(event, email="a@example.org", name="Zośka Wąs")
    services.cancel(first.id)
    again = confirmed(event, email="a@example.org", name="WAS  Zoska")
    assert (again.calendar, again.sequence) == ("", refreshed(first).sequence + 1)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Anna Nowak", "anna  NOWAK", True),
        ("Nowak Anna", "Anna Nowak", True),
        ("Brzęczyszczykiewicz", "Brzeczyszczykiewicz", True),
        ("Иван Петров", "Ivan Petrov", True),
        ("Anna Nowak", "Jan Nowak", False),
        ("Anna", "Anna Nowak", False),
        ("?", "!", False),
        ("Anna Anna", "Anna", False),
    ],
)
def test_one_person_is_known_by_the_words_of_the_name(one: str, other: str, same: bool) -> None:
    assert is_same(one, other) is same


def test_sequence_rises_with_a_move_and_not_with_the_seats(app: Flask) -> None:
    event = make_event()
    workshop = make_session(event, seats=5)
    registration = confirmed(event, workshop)
    before = {uid: int(entry["SEQUENCE"]) for uid, entry in file_of(registration).items()}
    row, zone = refreshed(workshop), event.timezone
    values = SESSION.read(row, row.title.original, zone)
    later = {name: values[name] + 3 * HOUR for name in ("starts_at", "ends_at")}
    update_session(workshop, version=row.row_version, by=PORTAL, agreed="tell", **{**values, **later})
    moved = {uid: int(entry["SEQUENCE"]) for uid, entry in file_of(refreshed(registration)).items()}
    assert moved[f"{workshop.guid}@127.0.0.1"] > before[f"{workshop.guid}@127.0.0.1"]
    row, whole = refreshed(workshop), refreshed(event)
    values = SESSION.read(row, row.title.original, zone)
    update_session(workshop, version=row.row_version, by=PORTAL, **{**values, "seats": 9})
    values = EVENT.read(whole, whole.title.original, zone)
    update_event(event, version=whole.row_version, by=PORTAL, **{**values, "seats": 90})
    after = {uid: int(entry["SEQUENCE"]) for uid, entry in file_of(refreshed(registration)).items()}
    assert (refreshed(workshop).seats, refreshed(event).seats, after) == (9, 90, moved)


def test_mail_and_its_calendar_file_speak_one_language(app: Flask, outbox: Outbox) -> None:
    """Who reads Bulgarian gets both in it, though the form was filled in on a Polish page."""
    event = make_event()
    make_person("Мира Лозева", email="mira@example.org", locale="bg")
    registration = submit(event, make_session(event), email="mira@example.org")
    services.confirm(registration.id)
    placed = outbox.deliver()[-1]
    assert (refreshed(registration).locale, placed["Content-Language"]) == ("pl", "bg")
    whole = attached(placed)[f"event-{event.id}@127.0.0.1"]
    assert (str(whole["SUMMARY"]), whole["SUMMARY"].params["LANGUAGE"]) == ("Конгрес на мрежата", "bg")
    assert "/bg/events/" in str(whole["URL"])
