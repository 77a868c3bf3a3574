"""What people need to take part: asked for with consent, answered by the access coordinator alone, gone when it is over."""

from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import mail
from portal.accounts.models import Person
from portal.events.models import Event
from portal.ground import audit, clock, states
from portal.ground.authz import demand
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal, check_version
from portal.ground.locks import locked, locked_if_there
from portal.ground.states import START, change_state
from portal.registration import need_mails, queries
from portal.registration.models import Need, NeedStatus, Registration
from portal.registration.needs import ALL
from portal.registration.policies import Permission, may_read_needs
from portal.registration.services import seats
from portal.registration.services.states import ENDED
from portal.words.i18n import _l

MOST_LETTERS = 1000
NOBODY = _l("Nobody of the team looks after access yet, so nobody would read this. Write to the organisers instead.")
AT_DESK = _l("You have given no e-mail address, so tell it to the registration desk of the event yourself.")
AGREE = _l("Tick that the access coordinator may read this. Without it we cannot keep it.")
SAY_WHAT = _l("Tick what the person needs, or write it down.")
SAY_HOW = _l("Say how it is arranged, or what is offered instead.")
ANSWERED = _l("This has been answered or withdrawn in the meantime. Nothing has changed.")
N = NeedStatus

HOLDER = states.Side[Person, Need]("holder of the link", lambda by, row: True, itself=True)
ACCESS = states.Side[Person, Need](
    "access coordinator", lambda by, row: by is not None and may_read_needs(by, row.registration.event)
)


def _answered(move: states.Move[Person, Need]) -> None:
    move.row.answered_at = move.at


NEEDS = states.States(
    Need, "status", NeedStatus, "need_status",
    steps=(
        states.Step(START, N.ASKED, HOLDER),
        *(
            states.Step(before, to, ACCESS, effects=[_answered])
            for before in (N.ASKED, N.ARRANGING, N.ARRANGED, N.ALTERNATIVE)
            for to in (N.ARRANGING, N.ARRANGED, N.ALTERNATIVE)
            if before != to
        ),
        states.Step(N.ARRANGED, N.CONFIRMED, HOLDER),
        states.Step(N.ALTERNATIVE, N.CONFIRMED, HOLDER),
    ),
    otherwise=ANSWERED,
)  # fmt: skip


def ask(registration_id: int, *, kinds: Collection[str], note: str, agrees: bool) -> None:
    """Make these what somebody needs: what is new is asked for, what is no longer among them is deleted at once.

    `note` is anything else, in their own words. Refuses to keep anything without their consent (GDPR, art. 9 (2) a), and
    what nobody would read.
    """
    notes = _notes(kinds, note)
    with transaction() as session:
        registration, event = _lasting(session, registration_id)
        if notes and not registration.email:  # whoever has printed the link could read it
            raise Refusal(AT_DESK)
        _keep(session, registration, event, notes, agrees=agrees)
        audit.record("event.needs_changed", event)


def ask_for(registration_id: int, *, kinds: Collection[str], note: str, agrees: bool, by: Person) -> None:
    """Write down what somebody needs who says so on the telephone, at the desk or on paper: beside what is there already, which
    whoever writes does not see. What they said and that they agreed to it being kept stands on the word of `by`.

    Refuses like `ask`, and nothing at all.
    """
    notes = _notes(kinds, note)
    if not notes:
        raise Refusal(SAY_WHAT, field="note")
    with transaction() as session:
        demand(Permission.ACT_FOR_PEOPLE, seats.lock_event_of(session, registration_id), by=by)
        registration, event = _lasting(session, registration_id)
        known = {need.kind: need.note for need in queries.needs_of(registration.id)}
        said = known.get("other") or ""
        if note and said:
            notes["other"] = said if note in said.splitlines() else f"{said}\n{note}"
        _keep(session, registration, event, known | notes, agrees=agrees)
        audit.record("event.needs_changed", event, actor=by)


def forget_needs(registration_id: int, *, by: Person) -> None:
    """Delete all that somebody needs who has called and no longer agrees that it is kept, whatever it is."""
    with transaction() as session:
        event = seats.lock_event_of(session, registration_id)
        demand(Permission.ACT_FOR_PEOPLE, event, by=by)
        registration = locked(Registration, registration_id)
        session.execute(
            sa.delete(Need).where(Need.registration_id == registration.id),
            execution_options={"synchronize_session": False},
        )
        audit.record("event.needs_changed", event, actor=by)


def _notes(kinds: Collection[str], note: str) -> dict[str, str | None]:
    """What is needed, each with what is said about it."""
    notes: dict[str, str | None] = dict.fromkeys(code for code in ALL if code in kinds and code != "other")
    return {**notes, "other": note} if note else notes


def _lasting(session: Session, registration_id: int) -> tuple[Registration, Event]:
    registration = locked(Registration, registration_id)
    event = session.get_one(Event, registration.event_id)
    if registration.status not in queries.ACTIVE or event.ends_at <= clock.now():
        raise Conflict(ENDED)
    return registration, event


def _keep(
    session: Session, registration: Registration, event: Event, notes: Mapping[str, str | None], *, agrees: bool
) -> None:
    """Keep these and nothing else, with consent, and tell whoever reads them that there is something new."""
    if notes and not agrees:
        raise Refusal(AGREE, field="agrees")
    readers = queries.access_coordinators(event.id)
    if notes and not readers:
        raise Refusal(NOBODY)
    known = {need.kind: need for need in queries.needs_of(registration.id)}
    for code, need in known.items():
        if code not in notes or need.note != notes[code]:
            session.delete(need)
    session.flush()
    new = [code for code in notes if code not in known or known[code].note != notes[code]]
    for code in new:
        session.add(
            Need(registration_id=registration.id, kind=code, note=notes[code], status=NEEDS.born(NeedStatus.ASKED))
        )
    for reader in readers if new else ():
        mail.queue(need_mails.need_asked(event, reader))


def answer(need: Need, *, version: int, status: str, how: str, by: Person) -> None:
    """What the access coordinator says to a need: that they are at it, how it is arranged, or what is offered instead."""
    with transaction() as session:
        found = locked_if_there(Need, need.id)
        if found is None:
            raise Conflict(ANSWERED)
        registration = session.get_one(Registration, found.registration_id)
        need, event = found, session.get_one(Event, registration.event_id)
        demand(Permission.NEEDS, need, by=by)
        check_version(need, version, {"state": need.status, "how": need.answer or ""})
        if status != NeedStatus.ARRANGING and not how.strip():
            raise Refusal(SAY_HOW, field="how")
        need.answer = how.strip() or None
        if need.status != status:
            change_state(NEEDS, need, status, by=by)
        audit.record("event.need_answered", event, actor=by)
        mail.queue(need_mails.need_answered(registration, event))


def confirm_need(registration_id: int, number: int) -> bool:
    """The person says that the answer does. False when there is nothing to say yes to."""
    with transaction() as session:
        registration = locked(Registration, registration_id)
        need = session.get(Need, number)
        if need is None or need.registration_id != registration.id:
            return False
        need = locked(Need, number)
        if need.status not in (NeedStatus.ARRANGED, NeedStatus.ALTERNATIVE):
            return False
        change_state(NEEDS, need, NeedStatus.CONFIRMED, by=None)
        return True


def note_look(event: Event, *, by: Person) -> None:
    """That somebody reads what people need stands in the audit trail before they do."""
    with transaction():
        demand(Permission.NEEDS, event, by=by)
        audit.record("event.needs_read", event, actor=by)  # `queries.has_looked` asks for it
