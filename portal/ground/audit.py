"""The audit trail: who did what to which thing, in an unbroken chain of hashes.

Entries are collected during a use-case and written last before its commit, so the head of the chain is the last lock.
An entry chains ids, verb and a salted hash of its detail; the detail is a row of its own that retention or erasure may
delete: the chain still verifies, and says how much detail is gone.
"""

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import EllipsisType

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.ground import clock
from portal.ground.authz import Actor, Portal, current_actor
from portal.ground.db import UNSEEN, Model, UtcDateTime, before_commit, db, pending
from portal.ground.statements import streamed, table

GENESIS = "0" * 64


class AuditHead(Model):
    """The end of the chain: one row, locked by whoever appends."""

    __tablename__ = "audit_head"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(default=0)
    hash: Mapped[str] = mapped_column(sa.String(64), default=GENESIS)

    __table_args__ = UNSEEN


class AuditEntry(Model):
    __tablename__ = "audit_entry"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(index=True)
    verb: Mapped[str] = mapped_column(sa.String(60))
    object_type: Mapped[str] = mapped_column(sa.String(40))
    object_id: Mapped[int]
    detail_hash: Mapped[str] = mapped_column(sa.String(64))
    hash: Mapped[str] = mapped_column(sa.String(64), unique=True)

    __table_args__ = (sa.Index("ix_audit_entry_object", "object_type", "object_id"), UNSEEN)


class AuditDetail(Model):
    """What exactly changed; personal data may stand here, so it can go before the entry does."""

    __tablename__ = "audit_detail"
    number: Mapped[int] = mapped_column(sa.ForeignKey("audit_entry.number"), primary_key=True, autoincrement=False)
    salt: Mapped[str] = mapped_column(sa.String(32))
    detail: Mapped[str] = mapped_column(sa.Text)

    __table_args__ = UNSEEN


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a verification: `broken_at` is the first entry that does not fit, or None."""

    entries: int
    details_gone: int
    broken_at: int | None


def record(
    verb: str,
    obj: Model,
    *,
    detail: Mapping[str, object] | None = None,
    actor: Actor | Portal | EllipsisType | None = ...,
) -> None:
    """Note an act for the audit trail of the running transaction. `verb` reads like `organisation.published`."""
    session = db.session()
    if not session.info.get("writing"):
        raise RuntimeError("An audit entry belongs to a transaction")
    who = current_actor() if isinstance(actor, EllipsisType) else actor
    pending("audit").append((clock.now(), who.id if who else None, verb, obj, detail or {}))


_HEAD = sa.select(AuditHead.number, AuditHead.hash).where(AuditHead.id == 1).with_for_update()
_NEW_HEAD = sa.insert(table(AuditHead)).values(id=1)
_MOVE_HEAD = sa.update(table(AuditHead)).where(AuditHead.id == 1)
_NEW_ENTRY = sa.insert(table(AuditEntry))
_NEW_DETAIL = sa.insert(table(AuditDetail))


@before_commit
def _write(session: Session) -> None:
    acts = pending("audit")
    if not acts:
        return
    head = session.execute(_HEAD).first()
    number, last = (head.number, head.hash) if head else (0, GENESIS)
    entries, details = [], []
    for at, actor_id, verb, obj, detail in acts:
        number += 1
        salt, text = secrets.token_hex(16), json.dumps(detail, ensure_ascii=False, sort_keys=True, default=str)
        entry = {
            "number": number, "at": at, "actor_id": actor_id, "verb": verb, "object_type": obj.__tablename__,
            "object_id": obj.id, "detail_hash": _digest(salt, text),
        }  # fmt: skip
        last = _entry_hash(last, entry)
        entries.append(entry | {"hash": last})
        details.append({"number": number, "salt": salt, "detail": text})
    session.execute(_NEW_ENTRY, entries)
    session.execute(_NEW_DETAIL, details)
    session.execute(_MOVE_HEAD if head else _NEW_HEAD, {"number": number, "hash": last})


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _entry_hash(previous: str, entry: Mapping[str, object] | sa.RowMapping) -> str:
    moment = entry["at"]
    assert isinstance(moment, dt.datetime)
    at = moment.astimezone(dt.UTC).isoformat()
    rest = ("actor_id", "verb", "object_type", "object_id", "detail_hash")
    return _digest(previous, str(entry["number"]), at, *(str(entry[name]) for name in rest))


def forget_details(object_type: str, numbers: Collection[int]) -> None:
    """Delete what exactly was done to these things; that something was stays (inside a transaction)."""
    about = sa.and_(AuditEntry.object_type == object_type, AuditEntry.object_id.in_(numbers))
    db.session.execute(
        sa.delete(AuditDetail).where(AuditDetail.number.in_(sa.select(AuditEntry.number).where(about))),
        execution_options={"synchronize_session": False},
    )


def verify() -> Verdict:
    """Walk the whole chain. Deleted details are counted; a changed, missing or added entry breaks it."""
    previous, number, gone = GENESIS, 0, 0
    entries = (
        sa.select(table(AuditEntry), AuditDetail.salt, AuditDetail.detail)
        .outerjoin(AuditDetail, AuditDetail.number == AuditEntry.number)
        .order_by(AuditEntry.number)
    )
    for row in streamed(entries, 1000):
        entry = row._mapping
        fits = entry["number"] == number + 1 and _entry_hash(previous, entry) == entry["hash"]
        if fits and entry["salt"] is not None:
            fits = _digest(entry["salt"], entry["detail"]) == entry["detail_hash"]
        if not fits:
            return Verdict(number, gone, entry["number"])
        gone += entry["salt"] is None
        previous, number = entry["hash"], entry["number"]
    head = db.session.get(AuditHead, 1)
    ends_right = (head.number, head.hash) == (number, previous) if head else number == 0
    return Verdict(number, gone, None if ends_right else number + 1)
