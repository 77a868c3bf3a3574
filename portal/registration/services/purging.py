"""Deleting what is kept of the people of events when its time is over, with a report that names nobody.

One transaction deletes at most `BATCH` rows of one kind and writes the report of exactly these. Killed between two, the work
goes on with what is left: nothing is counted twice, and nothing that a report names is still there.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import mail
from portal.events.models import Event
from portal.ground import audit, clock, links
from portal.ground.authz import PORTAL
from portal.ground.batches import each
from portal.ground.db import transaction
from portal.ground.statements import table
from portal.questions import services as answers
from portal.questions.models import Answer
from portal.registration import delegation_mails, mails, queries, retaining
from portal.registration.models import (
    NAMED,
    Delegation,
    DelegationSeat,
    Deletion,
    Invitation,
    Need,
    PersonalData,
    Receipt,
    Registration,
    SeatStatus,
)
from portal.registration.occupying import COUNTED_SEAT
from portal.registration.queries import Due
from portal.registration.receipts import hash_of, new_code
from portal.registration.services import delegation_seats, seats

DETAILS_KEPT = dt.timedelta(days=retaining.DETAILS_DAYS)  # after an event, where its organisers say nothing else
BATCH = 200
MOST_CODES = 1000
_UNSYNCED = {"synchronize_session": False}
_Person: TypeAlias = sa.Row[int, str, int | None, int | None, int | None, str | None]
Remove = Callable[[Session, Event, Due], Sequence[int]]


def purge() -> int:
    """Delete what is kept of the people of events and has had its time; returns how many rows that were."""
    events = [one.event.id for one in queries.events_overdue() if not (one.is_held and _is_told(one.event, one.dues))]
    return each("the deletion of what is kept of people", events, _purge)


def _purge(event_id: int) -> int:
    total = 0
    while done := _step(event_id):
        total += done
    return total


def _step(event_id: int) -> int:
    """One transaction; how many rows it deleted. 0: nothing is left that is to be deleted now."""
    with transaction() as session:
        event = seats.lock_event(session, event_id)
        for due in queries.dues_of(event):
            if due.at < clock.now() and due.held_until is not None:
                _tell_of_hold(session, event, due)
            elif due.is_over and (ids := _REMOVE[due.category](session, event, due)):
                _report(session, event, due, len(ids), ids_hash=retaining.fingerprint(ids))
                return len(ids)
    return 0


def _report(session: Session, event: Event, due: Due, number: int, **more: object) -> None:
    row = Deletion(
        event_id=event.id, category=due.category, question_id=due.question_id, days=due.days, due_at=due.at, number=number,
        **more,
    )  # fmt: skip
    session.add(row)
    detail = {"category": due.category, "question": due.question_id, "number": number, "ids": row.ids_hash}
    verb = "event.data_deleted" if due.held_until is None else "event.data_held"
    audit.record(verb, event, detail=detail, actor=PORTAL)


def _is_told(event: Event, dues: Sequence[Due]) -> bool:
    """Do the reports say of all this that it is kept for longer?"""
    told = queries.reported_holds(event.id)
    return all((due.key, event.held_until, event.hold_reason) in told for due in dues)


def _tell_of_hold(session: Session, event: Event, due: Due) -> None:
    """What was to be deleted and is not stands in the reports, once for each hold."""
    if not _is_told(event, [due]):
        _report(session, event, due, due.number, held_until=event.held_until, held_reason=event.hold_reason)
        session.flush()


def _answers(session: Session, event: Event, due: Due) -> Sequence[int]:
    """What people of these roles answered to one question. The numbers are those of their registrations."""
    assert due.question_id is not None
    rows = session.execute(
        sa.select(Registration.id, Registration.answer_set_id)
        .join(Answer, Answer.answer_set_id == Registration.answer_set_id)
        .where(_of(event, due), Answer.question_id == due.question_id)
        .order_by(Registration.id)
        .limit(BATCH)
    ).all()
    answers.remove_answers_to(due.question_id, [row.answer_set_id for row in rows])
    return [row.id for row in rows]


def _needs(session: Session, event: Event, due: Due) -> Sequence[int]:
    theirs = sa.select(Need.id).join(Registration, Registration.id == Need.registration_id).where(_of(event, due))
    numbers = session.scalars(theirs.order_by(Need.id).limit(BATCH)).all()
    session.execute(sa.delete(Need).where(Need.id.in_(numbers)), execution_options=_UNSYNCED)
    return numbers


def _invitations(session: Session, event: Event, due: Due) -> Sequence[int]:
    """That addresses were invited, with what was written to them and the links that it had."""
    here = sa.select(Invitation.id).where(Invitation.event_id == event.id)
    numbers = session.scalars(here.order_by(Invitation.id).limit(BATCH)).all()
    links.revoke_all([f"event-invitation:{number}" for number in numbers])
    mail.remove_about(_about(event), keys={mails.invited_key(number) for number in numbers})
    session.execute(sa.delete(Invitation).where(Invitation.id.in_(numbers)), execution_options=_UNSYNCED)
    return numbers


def _delegations(session: Session, event: Event, due: Due) -> Sequence[int]:
    """Who asked for the places of an organisation, with the mails to them, their links and what names them in the mails of
    those whom they have named."""
    here = sa.select(Delegation.id).where(Delegation.event_id == event.id)
    numbers = session.scalars(here.order_by(Delegation.id).limit(BATCH)).all()
    links.revoke_all([f"delegation:{number}" for number in numbers])
    audit.forget_details(Delegation.__tablename__, numbers)
    left = session.scalars(
        sa.select(DelegationSeat).where(DelegationSeat.delegation_id.in_(numbers), COUNTED_SEAT)
    ).all()
    delegation_seats.end(session, event, left, SeatStatus.LAPSED)
    people = session.scalars(
        sa.select(DelegationSeat.registration_id).where(DelegationSeat.delegation_id.in_(numbers))
    ).all()
    named = {f"registration.{name}:{number}" for number in people if number for name in ("named", "replaced")}
    keys = {key for number in numbers for key in delegation_mails.keys(number)}
    mail.remove_about(_about(event), keys=keys | named)
    session.execute(sa.delete(Delegation).where(Delegation.id.in_(numbers)), execution_options=_UNSYNCED)
    return numbers


def _details(session: Session, event: Event, due: Due) -> Sequence[int]:
    """Names and addresses, with every mail about the event that went to them; what is left is a number in the statistics."""
    rows = session.execute(
        sa.select(
            Registration.id, Registration.email, Registration.person_id, Registration.answer_set_id,
            Registration.successor_id, Registration.receipt,
        )
        .where(_of(event, due), NAMED)
        .order_by(Registration.id)
        .limit(BATCH)
    ).all()  # fmt: skip
    numbers = [row.id for row in rows]
    _mails(session, event, rows)
    links.revoke_all([f"registration:{number}" for number in numbers])
    audit.forget_details(Registration.__tablename__, numbers)  # why somebody was not accepted, in whose words
    session.execute(
        sa.update(Registration).where(Registration.id.in_(numbers)).values(
            name="", email="", typed_email=None, phone="", affiliation="", organisation_id=None, sector="", reason="",
            person_id=None, party_id=None, answer_set_id=None, receipt=None, row_version=Registration.row_version + 1,
        ),
        execution_options=_UNSYNCED,
    )  # fmt: skip
    answers.remove_empty([row.answer_set_id for row in rows if row.answer_set_id is not None])
    write_receipts(session, event, [row.receipt for row in rows])
    return numbers


def _mails(session: Session, event: Event, rows: Sequence[_Person]) -> None:
    """What went to these people, and what names them in the mail of the other when a place was handed over."""
    numbers = [row.id for row in rows]
    givers = session.scalars(sa.select(Registration.id).where(Registration.successor_id.in_(numbers))).all()
    keys = {key for number in numbers for key in mails.own_keys(number)}
    keys |= {f"registration.transferred:{number}" for number in givers}
    keys |= {f"registration.taken_over:{row.successor_id}" for row in rows if row.successor_id is not None}
    mailboxes, people = (
        {row.email for row in rows if row.email},
        {row.person_id for row in rows if row.person_id is not None},
    )
    mail.remove_about(_about(event), keys=keys, mailboxes=mailboxes, people=people)


def write_receipts(session: Session, event: Event, codes: Sequence[str | None]) -> None:
    """Keep the hashes of these codes in their own order, so that no row tells whose it was (inside a transaction)."""
    today = clock.today(event.timezone)
    hashes = sorted(filter(None, (hash_of(code) for code in codes if code)))
    if hashes:
        session.execute(
            sa.insert(Receipt), [{"code_hash": one, "event_id": event.id, "deleted_on": today} for one in hashes]
        )


def leave_receipts(registrations: sa.ColumnElement[bool]) -> None:
    """Their people leave and are forgotten now: whoever has noted a code can read that it was done (inside a transaction)."""
    with transaction() as session:
        coded = sa.select(Event, Registration.receipt).join(Registration, Registration.event_id == Event.id)
        rows = session.execute(coded.where(registrations, Registration.receipt.is_not(None))).all()
        for event in {row[0] for row in rows}:
            write_receipts(session, event, [code for one, code in rows if one is event])


def give_codes() -> int:
    """Give a code to registrations that have none, because they were made by the release before; returns how many."""
    numbers = queries.without_receipt(MOST_CODES)
    if not numbers:
        return 0
    own = table(Registration).c
    with transaction() as session:
        session.execute(
            sa.update(table(Registration)).where(own.id == sa.bindparam("number"), own.receipt.is_(None))
            .values(receipt=sa.bindparam("code")),
            [{"number": number, "code": new_code()} for number in numbers],
        )  # fmt: skip
    return len(numbers)


def _of(event: Event, due: Due) -> sa.ColumnElement[bool]:
    return sa.and_(Registration.event_id == event.id, Registration.role.in_(due.roles))


def _about(event: Event) -> str:
    return mail.concern("event", event.id)


_REMOVE: dict[PersonalData, Remove] = {
    PersonalData.ANSWERS: _answers,
    PersonalData.NEEDS: _needs,
    PersonalData.INVITATIONS: _invitations,
    PersonalData.DELEGATIONS: _delegations,
    PersonalData.DETAILS: _details,
}
