"""The file of evidence of a record: given, replaced and removed, each of which is a correction of the record."""

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.face import media
from portal.ground import audit
from portal.ground.authz import Portal, demand
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal
from portal.ground.facts import announce
from portal.ground.locks import locked_if_there
from portal.projects.facts import RecordsChanged
from portal.projects.models import Record, RecordEvidence, RecordStatus
from portal.projects.policies import Permission
from portal.projects.services.records import correct, locked_record
from portal.words.i18n import _l

NO_FILE = _l("Choose a file.")
NONE_THERE = _l("This record has no file of evidence any more. Nothing has changed.")


def give_evidence(record: Record, *, by: Person | Portal, file: bytes | None) -> None:
    """Keep a file as the evidence of a record, in the place of the one of before. What was confirmed waits for a second
    person again. Raises Refusal for a file that is none, too large, or neither a PDF nor a picture."""
    if file is None:
        raise Refusal(NO_FILE, field="file")
    _check_open(record)
    kept = media.prepare_document(file, "", field="file")
    with transaction() as session:
        record = locked_record(record.id)
        demand(Permission.CHANGE_RECORD, record, by=by)
        _check_open(record)
        _take_off(locked_if_there(RecordEvidence, record.id))
        file_id = media.store_document(kept, by=by).id
        session.add(RecordEvidence(record_id=record.id, file_id=file_id))
        session.flush()
        correct(record, by=by)
        audit.record("record.evidence-given", record, actor=by)
        announce(RecordsChanged((record.project_id,)))


def remove_evidence(record: Record, *, by: Person | Portal) -> None:
    """Delete the file of evidence. It can go from a record that was taken away, too: it may name people.

    Raises Conflict when it is gone already.
    """
    with transaction():
        record = locked_record(record.id)
        demand(Permission.CHANGE_RECORD, record, by=by)
        held = locked_if_there(RecordEvidence, record.id)
        if held is None:
            raise Conflict(NONE_THERE)
        _take_off(held)
        if record.status != RecordStatus.CANCELLED:
            correct(record, by=by)
        audit.record("record.evidence-removed", record, actor=by)
        announce(RecordsChanged((record.project_id,)))


def forget_evidence(project_id: int) -> None:
    """All files of evidence of a project under lock go with it (inside a transaction)."""
    own = sa.select(RecordEvidence.record_id).join(RecordEvidence.record).where(Record.project_id == project_id)
    for number in db.session.scalars(own.order_by(RecordEvidence.record_id)).all():
        _take_off(locked_if_there(RecordEvidence, number))


def _check_open(record: Record) -> None:
    """Asked before a file is kept, and again under the lock."""
    if record.status == RecordStatus.CANCELLED:
        raise Refusal(_l("This record was taken away, so it takes no evidence."))


def _take_off(held: RecordEvidence | None) -> None:
    if held is not None:
        former = held.file_id
        db.session.delete(held)
        db.session.flush()
        media.remove(db.session.get_one(media.File, former))
