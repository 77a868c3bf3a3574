"""The short form of the log of an adviser: a few taps, all faults at once, nothing typed lost."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from portal.accounts.models import Person
from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.organisations.services import change_status
from portal.projects import queries
from portal.projects.models import Project, Record
from tests.factories.organisations import make_member, make_organisation
from tests.factories.projects import make_project
from tests.factories.records import DAY, advice_page, make_advice
from tests.support.client import CheckedClient
from tests.support.markup import parsed

SENT = {"who": "OSP Barciany", "minutes": "45", "title": "Statut", "topic": "legal", "channel": "phone"}
As = Callable[[Person], CheckedClient]


def written(project: Project) -> Record:
    return db.session.scalars(sa.select(Record).where(Record.project_id == project.id)).one()


def test_a_few_taps_make_a_record_of_today_that_a_second_person_confirms(
    as_person: As, project: Project, adviser: Person
) -> None:
    sent = as_person(adviser).submit(advice_page(project), SENT)
    assert sent.status_code == 303
    assert sent.location.endswith(advice_page(project))
    record = written(project)
    assert (record.activity, record.minutes, record.day) == ("advice", 45, dt.date(2026, 6, 1))
    assert (record.topic, record.channel, record.leader) == ("legal", "phone", adviser.name)
    assert (record.status, record.written_by, record.advised_by) == ("delivered", adviser.id, adviser.id)
    assert [one.name for one in queries.parties_of(record.id)] == ["OSP Barciany"]


def test_the_message_says_how_many_minutes_and_the_form_is_there_for_the_next(
    as_person: As, project: Project, adviser: Person
) -> None:
    client = as_person(adviser)
    client.submit(advice_page(project, "en"), SENT)
    text = client.get(advice_page(project, "en")).text
    assert "Written down: 45 minutes. They count once a second person has confirmed them." in text
    channel = next(
        one for one in parsed(text).all("option") if "selected" in one.attrib and one.get("value") == "phone"
    )
    assert channel is not None
    who = next(one for one in parsed(text).all("input") if one.get("name") == "who")
    assert not who.get("value")


def test_whoever_was_advised_lately_is_one_tap(as_person: As, project: Project, adviser: Person) -> None:
    known, hidden = make_organisation(name="Fundacja A"), make_organisation(name="Fundacja Ukryta")
    make_advice(project, adviser, organisations="OSP Dawna")
    make_advice(project, adviser, organisations=f"/organisations/{hidden.slug}")
    change_status(hidden, "hidden", by=PORTAL)
    make_advice(project, adviser, organisations=f"/organisations/{known.slug}")
    make_advice(project, adviser, groups="Sąsiedzi z Młyńskiej", day=DAY + dt.timedelta(days=1))
    client = as_person(adviser)
    radios = [one for one in parsed(client.get(advice_page(project)).text).all("input") if one.get("name") == "again"]
    values = [one.get("value") for one in radios]
    assert len(values) == 3  # two of the last three can be named, and somebody else
    assert values[-1] == ""
    for value in values[:2]:
        assert (
            client.submit(advice_page(project), {**SENT, "who": "", "again": value, "title": value}).status_code == 303
        )
    made = db.session.scalars(sa.select(Record).order_by(Record.id.desc()).limit(2)).all()
    group, profile = (queries.parties_of(one.id)[0] for one in reversed(made))
    assert (group.name, group.kind) == ("Sąsiedzi z Młyńskiej", "group")
    assert profile.organisation_id == known.id


def test_what_was_typed_wins_over_what_was_tapped(as_person: As, project: Project, adviser: Person) -> None:
    make_advice(project, adviser, organisations="OSP Dawna", day=DAY)
    (party,) = queries.advised_lately(project.id, adviser.id)
    sent = {**SENT, "again": str(party.id), "who": "Klub", "kind": "group", "other_minutes": "50", "day": "10.03.2026"}
    assert as_person(adviser).submit(advice_page(project), sent).status_code == 303
    made = db.session.scalars(sa.select(Record).order_by(Record.id.desc()).limit(1)).one()
    assert (made.minutes, made.day) == (50, dt.date(2026, 3, 10))
    assert [(one.name, one.kind) for one in queries.parties_of(made.id)] == [("Klub", "group")]


def test_everything_that_is_wrong_is_told_at_once_and_nothing_typed_is_lost(
    as_person: As, project: Project, adviser: Person
) -> None:
    sent = {
        "who": "/organisations/nie-ma", "minutes": "", "other_minutes": "1441", "title": "", "day": "1.01.2020",
        "topic": "mentoring", "channel": "dym",
    }  # fmt: skip
    answer = as_person(adviser).submit(advice_page(project, "en"), sent)
    assert answer.status_code == 422
    for words in (
        "There is no public profile at this address: /organisations/nie-ma",
        "Enter a number from 1 to 1,440.".replace(",", ""),
        "Say what it was about.",
        "This day lies outside the period of the project. Check the day, or change the period first.",
    ):
        assert words in answer.text
    assert (
        answer.text.count("Choose one of the answers.") == 4
    )  # topic and channel, each above the form and at its field
    typed = {one.get("name"): one.get("value") for one in parsed(answer.text).all("input")}
    assert (typed["who"], typed["other_minutes"], typed["day"]) == ("/organisations/nie-ma", "1441", "1.01.2020")
    assert '<details class="more-box" open>' in answer.text
    assert queries.number_of_records(project.id) == 0


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ({"who": " "}, "Say who was advised: the address of a profile, or a name."),
        ({"minutes": ""}, "Choose how many minutes it lasted, or enter another number."),
        ({"kind": "sekta"}, "Choose one of the answers."),
        ({"who": "„…”"}, "Write the name of each organisation with letters: „…”"),
    ],
)
def test_what_is_missing_is_said_at_its_place(
    as_person: As, project: Project, adviser: Person, missing: dict[str, str], words: str
) -> None:
    answer = as_person(adviser).submit(advice_page(project, "en"), {**SENT, **missing})
    assert answer.status_code == 422
    assert words in answer.text


def test_whoever_somebody_else_advised_is_no_choice(
    as_person: As, organisation: Any, project: Project, adviser: Person
) -> None:
    other = make_member(organisation, "editor")
    make_advice(project, adviser, organisations="OSP Moja")
    make_advice(project, other, organisations="OSP Cudza")
    (party,) = queries.advised_lately(project.id, other.id)
    answer = as_person(adviser).submit(advice_page(project, "en"), {**SENT, "who": "", "again": str(party.id)})
    assert answer.status_code == 422
    assert "Say who was advised: the address of a profile, or a name." in answer.text
    assert "OSP Cudza" not in answer.text


def test_the_same_advice_sent_twice_is_written_once(as_person: As, project: Project, adviser: Person) -> None:
    client = as_person(adviser)
    assert client.submit(advice_page(project), SENT).status_code == 303
    assert client.submit(advice_page(project), SENT).status_code == 409
    assert queries.number_of_records(project.id) == 1


def test_a_day_ahead_is_planned(as_person: As, project: Project, adviser: Person) -> None:
    client = as_person(adviser)
    client.submit(advice_page(project, "en"), {**SENT, "day": "2026-06-09"})
    assert "Written down as planned." in client.get(advice_page(project, "en")).text
    assert queries.minutes_by_topic(project.id, adviser.id) == []


def test_no_day_is_preset_where_today_lies_outside_the_project(
    as_person: As, organisation: Any, adviser: Person, frozen_clock: Any
) -> None:
    over = make_project(organisation, title="Po wszystkim")
    frozen_clock.set(dt.datetime.combine(over.ends_on, dt.time(12), dt.UTC) + dt.timedelta(days=2))
    text = as_person(adviser).get(advice_page(over)).text
    (day,) = [one for one in parsed(text).all("input") if one.get("name") == "day"]
    assert not day.get("value")
    assert '<details class="more-box" open>' in text
