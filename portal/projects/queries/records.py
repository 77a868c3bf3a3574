"""Records of what projects did."""

import datetime as dt
from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from portal.events.models import Event
from portal.ground.db import db
from portal.projects.models import Project, Record, RecordParty, RecordStatus, Strengthened
from portal.projects.record_fields import PARTY_FIELDS
from portal.words.i18n import current_language


def record_at(slug: str, number: int) -> Record | None:
    """A record of the project with this address, with the project, its organisation and network, and an event."""
    query = sa.select(Record).join(Record.project).where(Project.slug == slug, Record.id == number)
    project = contains_eager(Record.project)
    loaded = (project.joinedload(Project.organisation), project.joinedload(Project.network), joinedload(Record.event))
    return db.session.scalar(query.options(*loaded))


def records_of(
    project_id: int, status: str = "", *, activity: str = "", offset: int = 0, limit: int = 50
) -> Sequence[Record]:
    """What is written down of a project in one state or in all, the latest day first."""
    query = sa.select(Record).where(Record.project_id == project_id, *_only(status, activity))
    return db.session.scalars(query.order_by(Record.day.desc(), Record.id.desc()).offset(offset).limit(limit)).all()


def number_of_records(project_id: int, status: str = "", *, activity: str = "") -> int:
    """How many `records_of` has in all."""
    query = sa.select(sa.func.count(Record.id)).where(Record.project_id == project_id, *_only(status, activity))
    return db.session.scalar(query) or 0


def records_by_status(project_id: int) -> Mapping[str, int]:
    """How many records of a project stand in each state."""
    query = sa.select(Record.status, sa.func.count()).where(Record.project_id == project_id).group_by(Record.status)
    return {row[0]: row[1] for row in db.session.execute(query)}


def numbers_of_parties(record_ids: Sequence[int]) -> Mapping[int, int]:
    """How many organisations each of these records names."""
    query = sa.select(RecordParty.record_id, sa.func.count()).where(RecordParty.record_id.in_(record_ids))
    return {row[0]: row[1] for row in db.session.execute(query.group_by(RecordParty.record_id))}


def parties_of(record_id: int) -> Sequence[RecordParty]:
    """Who took part, each with the organisation where it has a profile, in the order in which they were written."""
    query = (
        sa.select(RecordParty).where(RecordParty.record_id == record_id).options(joinedload(RecordParty.organisation))
    )
    return db.session.scalars(query.order_by(RecordParty.id)).all()


def records_outside(project_id: int, first: dt.date, last: dt.date) -> int:
    """How many records that count, or may, lie before the first day or after the last."""
    query = sa.select(sa.func.count(Record.id)).where(
        Record.project_id == project_id, ~Record.day.between(first, last),
        Record.status.not_in((RecordStatus.CANCELLED, RecordStatus.REJECTED)),
    )  # fmt: skip
    return db.session.scalar(query) or 0


def typed_of(record: Record) -> dict[str, str]:
    """What the form of a record says of the event and of those who took part: addresses on the site of the reader, and names,
    one in a line."""
    lines: dict[str, list[str]] = {field: [] for field in PARTY_FIELDS}
    fields = {kind: field for field, kind in PARTY_FIELDS.items()}
    for party in parties_of(record.id):
        said = party.name if party.organisation is None else _address("organisations", party.organisation.slug)
        lines[fields[Strengthened(party.kind)]].append(said)
    slug = db.session.scalar(sa.select(Event.slug).where(Event.id == record.event_id)) if record.event_id else None
    return {
        "event": _address("events", slug) if slug else "",
        **{field: "\n".join(found) for field, found in lines.items()},
    }


def _address(collection: str, slug: str) -> str:
    return f"/{current_language()}/{collection}/{slug}"


def naming(organisation_id: int) -> Sequence[int]:
    """The projects of which a record names an organisation."""
    query = sa.select(Record.project_id).join(RecordParty, RecordParty.record_id == Record.id)
    query = query.where(RecordParty.organisation_id == organisation_id)
    return db.session.scalars(query.distinct().order_by(Record.project_id)).all()


def _only(status: str, activity: str) -> list[sa.ColumnElement[bool]]:
    return [
        *([Record.status == status] if status else []), *([Record.activity == activity] if activity else []),
    ]  # fmt: skip
