"""What a record says against itself, its project or another record. All of it is told at once."""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import cast

import sqlalchemy as sa

from portal.events import queries as events
from portal.events.models import Event
from portal.ground.db import db
from portal.ground.errors import Refusal
from portal.projects.models import Activity, Project, Record, RecordParty, RecordStatus
from portal.projects.record_fields import MOST_MINUTES, MOST_PEOPLE
from portal.words.fields import Given
from portal.words.i18n import LazyString, _l, formats
from portal.words.moments import read_time
from portal.words.text import fold

A_DAY = dt.timedelta(days=1)
COUNTING = (RecordStatus.PLANNED, RecordStatus.DELIVERED, RecordStatus.CONFIRMED)
TIMED = (Activity.TRAINING, Activity.ADVICE)  # whose minutes are a figure


def key_of(name: str) -> str:
    """What two ways of writing a name have in common."""
    return " ".join(fold(name).split())[:120]


def begin_of(given: Given) -> str:
    """The hour as it is stored: `09:30`, or nothing."""
    text = given.text("begins").strip()
    return f"{read_time(text):%H:%M}" if text else ""


def faults(given: Given, project: Project, event: Event | None, record: Record | None) -> Iterator[Refusal]:
    """What cannot be taken, in the order of the form. `record` is the one that is changed."""
    if isinstance(given["day"], dt.date):
        yield from outside(given["day"], project)
    yield from _minutes(given)
    people = given.number("people")
    if people is not None and not 0 <= people <= MOST_PEOPLE:
        yield Refusal(_l("Enter a number of people from 0 to 100,000, or leave it empty."), field="people")
    try:
        begin = begin_of(given)
    except ValueError as fault:
        yield Refusal(str(fault), field="begins")
        return
    if begin and given.text("leader").strip() and isinstance(given["day"], dt.date):
        yield from _overlaps(given, begin, project, record)
    if event is not None:
        yield from _counted_elsewhere(event, record)


def written_already(given: Given, project: Project, event: Event | None, parties: Collection[int | str]) -> bool:
    """Is there a record of the same in every respect, who took part too? A form that was sent twice makes one record."""
    alike = sa.select(Record).where(
        Record.project_id == project.id, Record.activity == given["activity"], Record.day == given["day"],
        Record.minutes == (given.number("minutes") or 0), Record.begins == begin_of(given), Record.place == given["place"],
        Record.leader_key == key_of(given.text("leader")), Record.status.in_(COUNTING),
        Record.event_id.is_(None) if event is None else Record.event_id == event.id,
    )  # fmt: skip
    for other in db.session.scalars(alike):
        named = sa.select(RecordParty.organisation_id, RecordParty.key).where(RecordParty.record_id == other.id)
        theirs = {number or key for number, key in db.session.execute(named)}
        if theirs == set(parties) and other.title.get(project.title.original) == given.text("title"):
            return True
    return False


def outside(day: dt.date, project: Project) -> Iterator[Refusal]:
    """What is said of a day that lies before the project or after it."""
    if not project.starts_on <= day <= project.ends_on:
        words = _l("This day lies outside the period of the project. Check the day, or change the period first.")
        yield Refusal(words, field="day")


def _minutes(given: Given) -> Iterator[Refusal]:
    minutes = given.number("minutes")
    if minutes is not None and minutes < 0:
        yield Refusal(_l("Minutes cannot be fewer than 0."), field="minutes")
    elif minutes is not None and minutes > MOST_MINUTES:
        longer = _l("A day has 1,440 minutes. Write down what lasted longer day by day.")
        yield Refusal(longer, field="minutes")
    elif not minutes and given["activity"] in TIMED:
        yield Refusal(_l("Enter how many minutes it lasted: they are what counts here."), field="minutes")


def _overlaps(given: Given, begin: str, project: Project, record: Record | None) -> Iterator[Refusal]:
    """Nobody leads two things at once, past midnight either: in all projects of this organisation."""
    day = cast(dt.date, given["day"])
    query = sa.select(Record.day, Record.begins, Record.minutes).join(Record.project)
    query = query.where(
        Project.organisation_id == project.organisation_id, Record.day.between(day - A_DAY, day + A_DAY), Record.begins != "",
        Record.leader_key == key_of(given.text("leader")), Record.status.in_(COUNTING),
    )  # fmt: skip
    if record is not None:
        query = query.where(Record.id != record.id)
    first = _minute(begin)
    last = first + (given.number("minutes") or 0)
    for other_day, other_begin, minutes in db.session.execute(query):
        other = _minute(other_begin) + (other_day - day).days * MOST_MINUTES
        if first < other + minutes and other < last:
            words = (
                _l(
                    "On this day the same person leads something else that began at %(hour)s. Check the hours and the"
                    " minutes.",
                    hour=other_begin,
                )
                if other_day == day
                else _l(
                    "Past midnight the same person would lead two things at once. The other one: %(day)s, %(hour)s. Check"
                    " the hours and the minutes.",
                    day=LazyString(formats.date, other_day),
                    hour=other_begin,
                )
            )
            yield Refusal(words, field="begins")
            return


def _minute(hour: str) -> int:
    return int(hour[:2]) * 60 + int(hour[3:])


def _counted_elsewhere(event: Event, record: Record | None) -> Iterator[Refusal]:
    if not events.is_findable(event):
        yield Refusal(
            _l("There is no public event at this address. Copy it from the page of the event."), field="event"
        )
        return
    query = sa.select(Record.id).where(Record.event_id == event.id, Record.status.in_(COUNTING))
    if record is not None:
        query = query.where(Record.id != record.id)
    if db.session.scalar(query.limit(1)) is not None:
        # Which project that is may be nobody's business yet: its card is perhaps a draft.
        yield Refusal(
            _l("This event is in a record already, of this project or of another. It counts once."), field="event"
        )
