"""Records of what a project did: written down by one person, confirmed by another. Whatever writes records writes them here."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.events import queries as events
from portal.events.models import Event
from portal.ground import audit, clock
from portal.ground.authz import Portal, demand
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal, check_version
from portal.ground.facts import announce
from portal.ground.locks import locked_if_there
from portal.ground.states import change_state
from portal.projects import queries
from portal.projects.facts import RecordsChanged
from portal.projects.models import ZONE, Activity, Project, Record, RecordStatus
from portal.projects.policies import Permission
from portal.projects.record_fields import PARTY_FIELDS, RECORD
from portal.projects.services.locking import locked_project
from portal.projects.services.parties import Said, check_parties, read_parties, write_parties
from portal.projects.services.record_rules import begin_of, faults, key_of, written_already
from portal.projects.services.record_states import RECORDS
from portal.words.fields import Given
from portal.words.i18n import _l
from portal.words.slugs import slug_in

S = RecordStatus
TWICE = _l(
    "This is written down already, with the same day, minutes and organisations, so nothing was saved. If it took place twice,"
    " say what is different, for example the hour at which it began."
)


def write_record(project: Project, *, by: Person | Portal, event: str = "", **values: object) -> Record:
    """Write down what was done, or what is planned: which of the two follows from the day. Raises Refusals with all faults.

    `event` is the address of an event of the portal; `organisations`, `groups` and `local_governments` are texts with one
    address of a profile or one name in a line.
    """
    typed = {field: str(values.pop(field, "")) for field in PARTY_FIELDS}
    language = project.title.original
    said = read_parties(typed, language)
    with transaction():
        project = locked_project(project.id)
        demand(Permission.EDIT, project, by=by)
        return add_record(project, said, values, by=by, event=event)


class Twice(Conflict):
    """The same is written down already."""


def add_record(
    project: Project, said: Said, values: Mapping[str, object], *, by: Person | Portal, event: str = "",
    faults: Sequence[Refusal] = (),
) -> Record:  # fmt: skip
    """A new record of a project under lock, by somebody who may write it (inside a transaction). `faults` are told with
    whatever else cannot be taken."""
    parties, unknown = said
    check_parties(parties)
    language, found = project.title.original, _event(event)
    given = _checked(RECORD.given_new(values), project, found, None, [*faults, *_no_event(event, found), *unknown])
    if written_already(given, project, found, [party.identity for party in parties]):
        raise Twice(TWICE)
    record = Record(
        project_id=project.id, project=project, status=RECORDS.born(S.PLANNED), event_id=found.id if found else None,
        written_by=_number(by), advised_by=_adviser(given, by, None), **{**RECORD.new(given, language), **_kept(given)},
    )  # fmt: skip
    db.session.add(record)
    db.session.flush()
    _bring(record, by)
    write_parties(record, parties)
    audit.record("record.written", record, actor=by)
    return record


def change_record(record: Record, *, version: int, by: Person | Portal, event: str = "", **values: object) -> None:
    """Correct a record. What was confirmed waits for a second person again, and counts again after that.

    Raises Refusals with all faults, Stale when somebody else saved since `version` was read.
    """
    typed = {field: str(values.pop(field, "")) for field in PARTY_FIELDS}
    language = db.session.get_one(Project, record.project_id).title.original
    said = read_parties(typed, language)
    with transaction():
        record = locked_record(record.id)
        project = record.project
        demand(Permission.EDIT, project, by=by)
        check_parties(said[0])
        if record.status == S.CANCELLED:
            raise Refusal(_l("This record was taken away. Write it down anew if it counts after all."))
        check_version(record, version, {**RECORD.read(record, language), **queries.typed_of(record)})
        found = _event(event)
        given = _checked(RECORD.given(values), project, found, record, [*_no_event(event, found), *said[1]])
        record.advised_by = _adviser(given, by, record)
        RECORD.write(record, given, language)
        for column, value in _kept(given).items():
            setattr(record, column, value)
        record.event_id = found.id if found else None
        correct(record, by=by)
        write_parties(record, said[0])
        audit.record("record.changed", record, actor=by)
        announce(RecordsChanged((project.id,)))


def correct(record: Record, *, by: Person | Portal) -> None:
    """A locked record is another one now: whoever changed it is who wrote it, and a second person confirms it again."""
    record.written_by = _number(by)
    _bring(record, by)


def _bring(record: Record, by: Person | Portal) -> None:
    """To the state that follows from its day, where what lies ahead is planned; confirmed no more."""
    state = S.PLANNED if record.day > clock.today(ZONE) else S.DELIVERED
    if record.status == S.CONFIRMED:
        change_state(RECORDS, record, S.DELIVERED, by=by)
    if record.status != state:
        change_state(RECORDS, record, state, by=by)


def move_record(record: Record, to: RecordStatus, *, by: Person | Portal, reason: str = "") -> None:
    """Confirm a record, refuse it with a reason, say that it took place, or take it away."""
    with transaction():
        record = locked_record(record.id)
        change_state(RECORDS, record, to, by=by, reason=reason)
        announce(RecordsChanged((record.project_id,)))


def confirm_records(project: Project, numbers: Sequence[int], *, by: Person | Portal) -> tuple[int, int]:
    """Confirm many of one project: (how many were, how many could not be). One that cannot be stops no other."""
    done = left = 0
    with transaction():
        project = locked_project(project.id)
        for number in sorted(set(numbers)):
            record = locked_if_there(Record, number)
            if record is None or record.project_id != project.id:
                continue
            record.project = project
            try:
                with transaction():
                    change_state(RECORDS, record, S.CONFIRMED, by=by)
                done += 1
            except Refusal:
                left += 1
        announce(RecordsChanged((project.id,)))
    return done, left


def locked_record(number: int) -> Record:
    """The record under lock, after its project; with it."""
    project_id = db.session.scalar(sa.select(Record.project_id).where(Record.id == number))
    project = locked_project(project_id) if project_id else None
    record = locked_if_there(Record, number)
    if project is None or record is None:
        raise Refusal(_l("This record no longer exists."))
    return record


def _event(address: str) -> Event | None:
    slug = slug_in(address.strip(), "events") or address.strip()
    return events.by_slug(slug) if slug else None


def _no_event(address: str, found: Event | None) -> list[Refusal]:
    if not address.strip() or found is not None:
        return []
    return [Refusal(_l("There is no public event at this address. Copy it from the page of the event."), field="event")]


def _checked(given: Given, project: Project, event: Event | None, record: Record | None, more: list[Refusal]) -> Given:
    return given.check(*faults(given, project, event, record), *more)


def _kept(given: Given) -> dict[str, object]:
    """Columns that are kept otherwise than they are typed."""
    leader = given.text("leader")
    return {"begins": begin_of(given), "minutes": given.number("minutes") or 0, "leader_key": key_of(leader)}


def _adviser(given: Given, by: Person | Portal, record: Record | None) -> int | None:
    """Who of the portal gave the advice: whoever writes down that it was they, and whoever it was while that name stays."""
    key = key_of(given.text("leader"))
    if given["activity"] != Activity.ADVICE or not key:
        return None
    if record is not None and record.leader_key == key:
        return record.advised_by
    return by.id if not isinstance(by, Portal) and key_of(by.name) == key else None


def _number(by: Person | Portal) -> int | None:
    return None if isinstance(by, Portal) else by.id
