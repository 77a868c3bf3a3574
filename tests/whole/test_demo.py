"""The demo is what its readers know: its days, its names, and what the hints of the portal send them to look for."""

import datetime as dt
import re

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.demo import load
from portal.demo.people import people
from portal.events.demo import working_days
from portal.events.models import Event
from portal.ground import clock
from portal.ground.db import db
from portal.questions.models import Answer
from portal.registration.models import Registration
from portal.words.i18n.written import alphabet_of
from tests.support import markup
from tests.support.client import CheckedClient, as_sent

on_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)

DAYS = [dt.date(2026, 1, 1) + dt.timedelta(days=37 * step) for step in range(30)]
HINTS = {"pl": "na przykład: ", "bg": "например: ", "en": "for example: "}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_congress_is_on_a_thursday_and_friday_when_people_work(day: dt.date) -> None:
    first = working_days.next_congress(day)
    assert first >= day and first.weekday() == working_days.THURSDAY
    assert working_days.is_working(first) and working_days.is_working(first + dt.timedelta(days=1))


@pytest.mark.parametrize(
    "day",
    ["2026-12-24", "2026-12-25", "2026-12-31", "2026-04-06", "2026-04-10", "2026-04-13", "2026-06-04", "2026-09-07",
     "2026-11-11", "2026-11-28", "2027-01-06"],
)  # fmt: skip
def test_nobody_works_on_a_holiday_of_either_country(day: str) -> None:
    assert not working_days.is_working(dt.date.fromisoformat(day))
    assert working_days.next_working(dt.date.fromisoformat(day)) > dt.date.fromisoformat(day)


@on_sqlite
def test_every_event_of_the_demo_is_on_working_days(app: Flask) -> None:
    with clock.frozen(dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)):
        load()
        for event in db.session.scalars(sa.select(Event)):
            for moment in (event.starts_at, event.ends_at):
                assert working_days.is_working(clock.in_zone(moment, event.timezone).date()), (event.slug, moment)
        names = db.session.scalars(sa.select(Registration.name).where(Registration.name != "")).all()
        assert len(set(names)) > 20
        for name in [*names, *(one.name for one in people())]:
            assert len({alphabet_of(part) for part in name.split()}) == 1, name
        answers = db.session.execute(sa.select(Answer.answer_set_id, Answer.text).where(Answer.text != "")).all()
        assert len(answers) == len(set(answers)) > 20


PAGES_TO_SEARCH = (
    "",
    "organisations",
    "organisations/new/start",
    "networks/",
    "events",
    "news",
    "projects/kuznia-ekspertow",
    "search",
)


@on_sqlite
@pytest.mark.parametrize("language", HINTS)
def test_every_example_of_a_hint_finds_something(app: Flask, client: CheckedClient, language: str) -> None:
    load()
    asked: set[tuple[str, str, str]] = set()
    for path in PAGES_TO_SEARCH:
        page = markup.parsed(as_sent(client.get(f"/{language}/{path}")))
        for form in (one for one in page.all("form") if one.get("role") == "search"):
            said = " ".join(markup.text_of(one) for one in form.iter() if (one.get("id") or "").endswith("-hint"))
            examples = [*said.partition(HINTS[language])[2].split(", "), *re.findall("[„“](.+?)[”“]", said)]
            name = next(one.get("name") for one in form.iter() if one.get("type") == "search")
            asked |= {(form.get("action"), name, example) for example in examples if example}
    assert len([1 for action, _name, _example in asked if action.endswith("/search")]) >= 3
    assert len([1 for action, _name, _example in asked if action.endswith("/organisations")]) >= 2
    for action, name, example in sorted(asked):
        page = client.get(action, query_string={name: example})
        assert 'class="result' in page.text, f"{action}: {example}"
