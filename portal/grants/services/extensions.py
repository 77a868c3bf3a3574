"""A later deadline of a public call: one person of the operator asks with a reason, another one confirms, everybody reads."""

import datetime as dt

from portal.accounts.models import Person
from portal.grants import queries
from portal.grants.fields import EXTENSION
from portal.grants.models import Call, CallEvent, CallEventKind, CallPhase
from portal.grants.policies import Permission
from portal.grants.services.call_rules import closing
from portal.grants.services.locking import locked_call, reindex
from portal.ground import audit, clock
from portal.ground.authz import demand
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal
from portal.ground.locks import locked
from portal.words.i18n import Localized, _l

CLOSED = _l("This call takes no applications any more, so its deadline cannot move.")
WAITING = _l("An extension of this call waits for a second person already.")
ANSWERED = _l("This extension has been confirmed or dropped already.")
FORWARD = _l("A deadline moves only forward. Choose a later one than the present one.")


def ask_extension(call: Call, *, language: str, by: Person, **values: object) -> CallEvent:
    """Ask for a later deadline, a wall time of the zone of the call. It moves when a second person confirms."""
    given = EXTENSION.given(values)
    with transaction() as session:
        row = locked_call(call.id)
        _demand_open(row)
        demand(Permission.EXTEND, row, by=by)
        if queries.waiting_event(row.id) is not None:
            raise Conflict(WAITING)
        refused: list[Refusal] = []
        later = closing(given.moment("after_at"), row.timezone, "after_at", refused)
        before = _deadline(row)
        if later is not None and later <= before:
            refused.append(Refusal(FORWARD, field="after_at"))
        if not given.text("reason").strip():
            refused.append(Refusal(EXTENSION["reason"].needed or "", field="reason"))
        given.check(*refused)
        assert later is not None
        event = CallEvent(
            call_id=row.id, kind=CallEventKind.EXTENSION, before_at=before, after_at=later, asked_by=by.id,
            reason=Localized.of(language, given.text("reason").strip()),
        )  # fmt: skip
        session.add(event)
        session.flush()
        audit.record("grants.extension-asked", row, detail={"until": later.isoformat()}, actor=by)
    return event


def confirm_extension(event: CallEvent, *, by: Person) -> None:
    """Let the deadline move. Refuses whoever asked for it, and when the deadline has passed meanwhile."""
    with transaction() as session:
        row, current = _locked_event(event)
        _demand_open(row)
        demand(Permission.CONFIRM_EXTENSION, current, by=by)
        current.confirmed_at, current.confirmed_by = clock.now(), by.id
        row.closes_at = current.after_at
        session.flush()
        reindex(row)
        audit.record("grants.extension-confirmed", row, detail={"until": current.after_at.isoformat()}, actor=by)


def drop_extension(event: CallEvent, *, by: Person) -> None:
    """Leave the deadline as it is."""
    with transaction() as session:
        row, current = _locked_event(event)
        demand(Permission.DROP_EXTENSION, current, by=by)
        current.dropped_at, current.dropped_by = clock.now(), by.id
        session.flush()
        audit.record("grants.extension-dropped", row, actor=by)


def _locked_event(event: CallEvent) -> tuple[Call, CallEvent]:
    row = locked_call(event.call_id)
    current = locked(CallEvent, event.id)
    if not current.is_waiting:
        raise Conflict(ANSWERED)
    found = queries.waiting_event(row.id)
    assert found is not None
    return row, found


def _demand_open(call: Call) -> None:
    if call.phase not in (CallPhase.ANNOUNCED, CallPhase.OPEN):
        raise Conflict(CLOSED)


def _deadline(call: Call) -> dt.datetime:
    assert call.closes_at is not None
    return call.closes_at
