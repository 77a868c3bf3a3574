"""The people of an event as their list shows them: which of them are asked for, and who they are.

A new filter is a field of `Chosen`, what it takes of the address (`read`), and its line in `_conditions`.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from portal.events.models import Event, ProgrammeSession
from portal.ground import clock
from portal.ground.db import db
from portal.mail import Mail, MailState, concern
from portal.registration.models import (
    ACTIVE,
    Booking,
    BookingStatus,
    EventSeats,
    Registration,
    RegistrationStatus,
)
from portal.registration.occupying import TAKEN
from portal.registration.queries.answers import answered
from portal.registration.queries.places import EventPlaces, event_places
from portal.registration.queries.reconfirming import COMES, COMES_ON_SOME_DAYS, SILENT
from portal.words.i18n import LANGUAGES
from portal.words.text import fold
from portal.words.vocabularies import vocabulary

ALL = "all"  # of every state
COMING = {"yes": COMES, "some-days": COMES_ON_SOME_DAYS, "silent": SILENT}  # what was answered -> whose answer it is
ANSWER = re.compile(r"[0-9]{1,9}:[a-z0-9]{1,8}")
LONGEST = 100  # characters of what is looked for
PHONE = "phone"
MOST_TICKED = 200  # people with whom one act is done
FIRST_YEAR, LAST_YEAR = 1990, 2200  # between them a day has a beginning and an end in every zone


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which people of an event: by words, state, workshop (a place or a waiting place), day of a place, language,
    role, organisation of the directory, sector, whether they come, one answer, those whom somebody has ticked, and how the team
    reaches them.

    Without a state it is who takes part or waits. The fields are called as in the address.
    """

    q: str = ""
    state: str = ""
    session: int | None = None
    day: dt.date | None = None
    language: str = ""
    role: str = ""
    organisation: int | None = None
    sector: str = ""
    coming: str = ""  # of those who were asked whether they come
    answer: str = ""  # a question and the code of one answer to it: 12:o1
    people: tuple[int, ...] = ()  # numbers of registrations
    reached: str = ""  # by telephone: those without a mailbox

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Chosen":
        """The filters of an address; what is none of them chooses nothing."""
        state, language = asked.get("state", ""), asked.get("language", "")
        role, sector, answer = asked.get("role", ""), asked.get("sector", ""), asked.get("answer", "")
        return cls(
            q=asked.get("q", "").strip()[:LONGEST],
            state=state if state in (*RegistrationStatus, ALL) else "",
            session=_number(asked.get("session", "")),
            day=_day(asked.get("day", "")),
            language=language if language in LANGUAGES else "",
            role=role if role in {term.code for term in vocabulary("participant_role")} else "",
            organisation=_number(asked.get("organisation", "")),
            sector=sector if sector in {term.code for term in vocabulary("sector")} else "",
            coming=asked.get("coming", "") if asked.get("coming") in COMING else "",
            answer=answer if ANSWER.fullmatch(answer) else "",
            people=ticked(asked.get("people", "")),
            reached=PHONE if asked.get("reached") == PHONE else "",
        )

    @property
    def address(self) -> dict[str, str]:
        """What of an address leads to these people again."""
        values = ((one.name, getattr(self, one.name)) for one in fields(self))
        return {name: _in_address(value) for name, value in values if value}

    def __bool__(self) -> bool:
        return bool(self.address)


def ticked(text: str) -> tuple[int, ...]:
    """The numbers of registrations in a text such as 12,15: each once, and no more than one act is done with."""
    numbers = (_number(one) for one in text.split(",", MOST_TICKED)[:MOST_TICKED])
    return tuple(dict.fromkeys(number for number in numbers if number is not None))


def _in_address(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _day(text: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR < day.year < LAST_YEAR else None


_OF = EventSeats.event_id == sa.bindparam("event")
_NUMBERS = (
    sa.select(
        Registration.status, sa.func.count(), sa.select(EventSeats.seats).where(_OF).scalar_subquery(),
        sa.select(TAKEN).where(_OF).scalar_subquery(),
        sa.select(sa.func.count(Mail.id))
        .where(Mail.concerns == sa.bindparam("concerns"), Mail.state == MailState.UNTOLD)
        .scalar_subquery(),
    )
    .where(Registration.event_id == sa.bindparam("event"))
    .group_by(Registration.status)
)  # fmt: skip


def state_numbers(event_id: int) -> tuple[dict[str, int], EventPlaces | None, int]:
    """How many registrations of an event there are of each state (one without any is not among them), its places, where it
    has a limit, and how many mails are to be told by telephone: in one statement."""
    about = concern("event", event_id)
    rows = db.session.execute(_NUMBERS, {"event": event_id, "now": clock.now(), "concerns": about}).all()
    numbers = {row[0]: int(row[1]) for row in rows}
    if not rows:
        return numbers, event_places(event_id), 0
    _status, _number, seats, taken, untold = rows[0]
    places = None if seats is None else EventPlaces(seats, taken, numbers.get(RegistrationStatus.WAITING, 0))
    return numbers, places, untold


@dataclass(frozen=True, slots=True)
class People:
    """The people of a list, in the order of confirming: how many they are, and a part of them."""

    query: sa.Select[Registration]
    found: Sequence[Registration] | None = None  # where they were looked for by words

    @property
    def number(self) -> int:
        """How many they are, counted now."""
        if self.found is not None:
            return len(self.found)
        return db.session.scalar(sa.select(sa.func.count()).select_from(self.query.order_by(None).subquery())) or 0

    def rows(self, *, offset: int = 0, limit: int | None = None) -> Sequence[Registration]:
        """They, or a part of the list."""
        if self.found is not None:
            return self.found[offset:][:limit]
        return list(db.session.scalars(self.query.offset(offset).limit(limit)))


def people(event: Event, chosen: Chosen = Chosen()) -> People:
    """Who of an event is chosen. Words are compared here: both databases know accents and alphabets too little."""
    query = sa.select(Registration).where(*_conditions(event, chosen))
    ordered = query.order_by(sa.func.coalesce(Registration.queue_at, Registration.created_at), Registration.id)
    if chosen.q:
        wanted = fold(chosen.q).split()
        found = [one for one in db.session.scalars(ordered) if _has_words(one, wanted)]
        return People(ordered, found)
    return People(ordered)


def _has_words(one: Registration, wanted: Sequence[str]) -> bool:
    """Does every word stand in the name, the address or the organisation, or is it the number of the registration?"""
    words = f"{fold(one.name)} {fold(one.address)} {fold(one.affiliation)}"
    return bool(wanted) and (all(word in words for word in wanted) or list(wanted) == [str(one.id)])


def _conditions(event: Event, chosen: Chosen) -> Iterator[sa.ColumnElement[bool]]:
    yield Registration.event_id == event.id
    if chosen.state != ALL:
        yield Registration.status.in_([chosen.state] if chosen.state else ACTIVE)
    if chosen.session is not None:
        kinds = (BookingStatus.BOOKED, BookingStatus.WAITING)
        yield _booked(Booking.session_id == chosen.session, Booking.status.in_(kinds))
    if chosen.day is not None:
        begins, ends = day_of(event, chosen.day)
        began = ProgrammeSession.starts_at
        there = sa.select(ProgrammeSession.id).where(
            ProgrammeSession.event_id == event.id, began >= begins, began < ends
        )
        yield _booked(Booking.session_id.in_(there), Booking.status == BookingStatus.BOOKED)
    if chosen.language:
        yield Registration.locale == chosen.language
    if chosen.role:
        yield Registration.role == chosen.role
    if chosen.organisation is not None:
        yield Registration.organisation_id == chosen.organisation
    if chosen.sector:
        yield Registration.sector == chosen.sector
    if chosen.coming:
        yield COMING[chosen.coming]
    if chosen.answer:
        question, _colon, code = chosen.answer.partition(":")
        yield answered(int(question), code)
    if chosen.reached:
        yield Registration.email == ""
    if chosen.people:
        yield Registration.id.in_(chosen.people)


def _booked(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return Registration.id.in_(sa.select(Booking.registration_id).where(*conditions))


def day_of(event: Event, day: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """When a day begins and ends where the event is."""
    begins = dt.datetime.combine(day, dt.time())
    return clock.from_wall(begins, event.timezone), clock.from_wall(begins + dt.timedelta(days=1), event.timezone)


def people_in(session_id: int, status: BookingStatus) -> list[Registration]:
    """Those who take part in an event and have a place in this session, or wait for one: in the order of their turns."""
    query = (
        sa.select(Registration)
        .join(Booking, Booking.registration_id == Registration.id)
        .where(Booking.session_id == session_id, Booking.status == status, Registration.status.in_(ACTIVE))
        .order_by(Booking.front_at.is_(None), Booking.front_at, Booking.queue_at, Booking.id)
    )
    return list(db.session.scalars(query))


_OF_EVENT = (
    sa.select(Registration)
    .join(Event, Event.id == Registration.event_id)
    .where(Event.slug == sa.bindparam("slug"), Registration.id == sa.bindparam("number"))
    .options(
        contains_eager(Registration.event).options(joinedload(Event.network), joinedload(Event.organisation)),
        joinedload(Registration.organisation),
    )
)


def registration_at(slug: str, number: int) -> Registration | None:
    """The registration with this number for the event at this address, with its event and who runs it."""
    return db.session.scalar(_OF_EVENT, {"slug": slug, "number": number})
