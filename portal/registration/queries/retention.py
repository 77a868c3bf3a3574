"""What is still kept of the people of events, until when, and what was deleted: reads for those who answer for it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from portal.events.models import Event
from portal.ground import clock
from portal.ground.db import db
from portal.ground.statements import in_batches
from portal.questions.models import Answer, Question
from portal.registration import retaining
from portal.registration.models import (
    NAMED,
    Delegation,
    Deletion,
    Invitation,
    Need,
    PersonalData,
    Receipt,
    Registration,
)
from portal.words.i18n import Localized

AT_ONCE = 500  # events in one statement
_ORDER = list(PersonalData)


@dataclass(frozen=True, slots=True)
class Due:
    """What is kept of one kind, and when it is to be deleted: `days` after the end of the event. `roles` are whose it is."""

    category: PersonalData
    days: int
    at: dt.datetime
    number: int
    roles: tuple[str, ...] = ()
    question_id: int | None = None
    question: Localized | None = None
    held_until: dt.date | None = None  # somebody keeps it for longer, until the end of this day

    @property
    def key(self) -> tuple[str, int | None, int]:
        """What tells it from the others of its event."""
        return self.category, self.question_id, self.days

    @property
    def is_over(self) -> bool:
        """Is its time over, and nobody keeps it for longer?"""
        return self.at < clock.now() and self.held_until is None


@dataclass(frozen=True, slots=True)
class Overdue:
    """An event of which something is kept whose time is over."""

    event: Event
    dues: Sequence[Due]

    @property
    def since(self) -> dt.datetime:
        return min(one.at for one in self.dues)

    @property
    def is_held(self) -> bool:
        """Is all of it kept because somebody has said why?"""
        return not any(one.is_over for one in self.dues)


def dues_of(event: Event) -> list[Due]:
    """What is kept of the people of an event, what goes first standing first."""
    return _dues([event])[event.id]


def events_overdue() -> list[Overdue]:
    """All events of which something is kept whose time is over, the longest first."""
    now = clock.now()
    named = sa.exists().where(Registration.event_id == Event.id, NAMED)
    asked = sa.exists().where(Invitation.event_id == Event.id)
    needed = sa.exists().where(Need.registration_id == Registration.id, Registration.event_id == Event.id)
    delegated = sa.exists().where(Delegation.event_id == Event.id)
    ended = (
        sa.select(Event)
        .where(Event.ends_at < now, sa.or_(named, asked, needed, delegated))
        .order_by(Event.ends_at, Event.id)
    )
    found = []
    for events in in_batches(db.session.scalars(ended).all(), AT_ONCE):
        dues = _dues(events)
        late = [(one, [due for due in dues[one.id] if due.at < now]) for one in events]
        found += [Overdue(event, those) for event, those in late if those]
    return sorted(found, key=lambda one: (one.since, one.event.id))


def reported_holds(event_id: int) -> set[tuple[tuple[str, int | None, int], dt.date | None, str]]:
    """What stands in the reports of an event as kept for longer: what it is, until when and why."""
    rows = sa.select(Deletion).where(Deletion.event_id == event_id, Deletion.held_until.is_not(None))
    return {
        ((one.category, one.question_id, one.days), one.held_until, one.held_reason) for one in db.session.scalars(rows)
    }


def number_of_reports(event_id: int) -> int:
    return db.session.scalar(sa.select(sa.func.count()).where(Deletion.event_id == event_id)) or 0


def reports(event_id: int, *, offset: int, limit: int) -> Sequence[tuple[Deletion, Localized | None]]:
    """What was deleted of the people of an event, the latest first, with the question whose answers it was."""
    query = (
        sa.select(Deletion, Question.text)
        .outerjoin(Question, Question.id == Deletion.question_id)
        .where(Deletion.event_id == event_id)
        .order_by(Deletion.id.desc())
    )
    return [(row[0], row[1]) for row in db.session.execute(query.offset(offset).limit(limit))]


def receipt(code_hash: str) -> tuple[Localized, dt.date] | None:
    """The event and the day of the receipt with this hash: whose it was nobody can say."""
    query = sa.select(Event.title, Receipt.deleted_on).join(Event, Event.id == Receipt.event_id)
    row = db.session.execute(query.where(Receipt.code_hash == code_hash)).first()
    return (row[0], row[1]) if row else None


def roles_with_people(event_id: int) -> Mapping[str, int]:
    """How many people with a name there are of each role."""
    query = sa.select(Registration.role, sa.func.count()).where(Registration.event_id == event_id, NAMED)
    return {row[0]: row[1] for row in db.session.execute(query.group_by(Registration.role))}


def without_receipt(limit: int) -> Sequence[int]:
    """Registrations of the release before: they have no code yet."""
    query = sa.select(Registration.id).where(Registration.receipt.is_(None), NAMED)
    return db.session.scalars(query.order_by(Registration.id).limit(limit)).all()


def _dues(events: Collection[Event]) -> Mapping[int, list[Due]]:
    known = {one.id: one for one in events}
    numbers: dict[tuple[int, PersonalData, int | None, int], int] = defaultdict(int)
    roles: dict[tuple[int, PersonalData, int | None, int], set[str]] = defaultdict(set)
    for event_id, category, role, question_id, own, number in _counted(known):
        key = (event_id, category, question_id, _days(known[event_id], category, role, own))
        numbers[key] += number
        roles[key].add(role)
    words = _questions({key[2] for key in numbers if key[2] is not None})
    found: dict[int, list[Due]] = {number: [] for number in known}
    for key, number in numbers.items():
        event_id, category, question_id, days = key
        event = known[event_id]
        at = retaining.due_at(event, days)
        held = category in retaining.HELD and retaining.is_held(event, at)
        found[event_id].append(
            Due(
                category, days, at, number, tuple(sorted(roles[key])), question_id,
                words.get(question_id or 0), event.held_until if held else None,
            )
        )  # fmt: skip
    for dues in found.values():
        dues.sort(key=lambda one: (one.at, _ORDER.index(one.category), one.question_id or 0))
    return found


def _days(event: Event, category: PersonalData, role: str, own: int | None) -> int:
    if category is PersonalData.INVITATIONS:
        return retaining.INVITATIONS_DAYS
    if category is PersonalData.DELEGATIONS:
        return retaining.DELEGATIONS_DAYS
    if category is PersonalData.NEEDS:
        return retaining.need_days(event, role)
    if category is PersonalData.ANSWERS:
        return retaining.answer_days(event, role, own)
    return retaining.role_days(event, role)


_Counted = tuple[int, PersonalData, str, int | None, int | None, int]


def _counted(event_ids: Collection[int]) -> Iterable[_Counted]:
    """(event, kind, role, question, its own period, how many) of everything that is kept of the people of these events."""
    here, many = Registration.event_id.in_(event_ids), sa.func.count()
    by_role = (Registration.event_id, Registration.role)
    named = sa.select(*by_role, many).where(here, NAMED).group_by(*by_role)
    for event_id, role, number in db.session.execute(named):
        yield event_id, PersonalData.DETAILS, role, None, None, number
    by_question = (*by_role, Answer.question_id, Question.kept_days)
    answered = (
        sa.select(*by_question, many)
        .join(Answer, Answer.answer_set_id == Registration.answer_set_id)
        .join(Question, Question.id == Answer.question_id)
        .where(here)
        .group_by(*by_question)
    )
    for event_id, role, question_id, own, number in db.session.execute(answered):
        yield event_id, PersonalData.ANSWERS, role, question_id, own, number
    needed = (
        sa.select(*by_role, many).join(Need, Need.registration_id == Registration.id).where(here).group_by(*by_role)
    )
    for event_id, role, number in db.session.execute(needed):
        yield event_id, PersonalData.NEEDS, role, None, None, number
    asked = sa.select(Invitation.event_id, many).where(Invitation.event_id.in_(event_ids)).group_by(Invitation.event_id)
    for event_id, number in db.session.execute(asked):
        yield event_id, PersonalData.INVITATIONS, "", None, None, number
    asking = sa.select(Delegation.event_id, many).where(Delegation.event_id.in_(event_ids))
    for event_id, number in db.session.execute(asking.group_by(Delegation.event_id)):
        yield event_id, PersonalData.DELEGATIONS, "", None, None, number


def _questions(numbers: Collection[int]) -> Mapping[int, Localized]:
    rows = db.session.execute(sa.select(Question.id, Question.text).where(Question.id.in_(numbers))) if numbers else ()
    return {row[0]: row[1] for row in rows}
