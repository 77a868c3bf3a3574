"""The states of an event and of a session: published once, cancelled for good."""

from portal.accounts.models import Person
from portal.events import policies, queries
from portal.events.facts import EventCancelled, SessionCancelled
from portal.events.models import Event, EventStatus, ProgrammeSession, SessionStatus
from portal.events.services import editing
from portal.ground import clock, states
from portal.ground.authz import Portal
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal
from portal.ground.facts import announce, preview
from portal.ground.locks import locked
from portal.ground.states import START, change_state
from portal.organisations.models import Organisation, OrganisationStatus
from portal.words.i18n import LazyString, _l

E, P = EventStatus, SessionStatus
WHY = _l("Say why, in a sentence or two.")
NOT_CANCELLABLE = _l("Only a session of a public event that is not yet cancelled can be cancelled.")
ORGANISERS = states.Side[Person, Event]("organisers of the event", policies.runs)
DEMO = states.Side[Person, Event]("the large demo", lambda by, row: False, itself=True)
PROGRAMME = states.Side[Person, ProgrammeSession]("organisers and programme of the event", policies.makes_programme)


def the_programme_has_a_session(event: Event) -> None:
    if not any(one.status == P.SCHEDULED for one in queries.sessions(event.id)):
        raise Refusal(_l("The programme is empty. Add at least one session first."))


def its_host_is_public(event: Event) -> None:
    if event.organisation_id is None:
        return
    if db.session.get_one(Organisation, event.organisation_id).status != OrganisationStatus.PUBLISHED:
        raise Refusal(_l("The profile of the organisation is not public. Publish it first, then its event."))


def the_event_is_not_over(event: Event) -> None:
    if event.ends_at <= clock.now():
        raise Refusal(_l("The event is over. Change its dates first."))


def the_event_is_public(session: ProgrammeSession) -> None:
    if policies.event_of(session).status != E.PUBLISHED:
        raise Conflict(NOT_CANCELLABLE)


def _published(move: states.Move[Person, Event]) -> None:
    move.row.published_at = move.at


def _cancelled(move: states.Move[Person, Event]) -> None:
    """Its sessions end with it; whoever has booked is told by the feature that knows them."""
    event, old = move.row, editing.frame(move.row)
    event.cancelled_at, event.cancel_reason = move.at, move.reason
    event.sequence += 1
    db.session.flush()
    announce(EventCancelled(event.id, old, move.reason))


def _reindex(move: states.Move[Person, Event]) -> None:
    editing.reindex(move.row)


EVENTS = states.States(
    Event, "status", EventStatus, "event_status",
    steps=(
        states.Step(START, E.DRAFT, ORGANISERS),
        states.Step(START, E.PUBLISHED, DEMO),
        states.Step(
            E.DRAFT, E.PUBLISHED, ORGANISERS, "event.published",
            guards=[its_host_is_public, the_programme_has_a_session, the_event_is_not_over], effects=[_published],
        ),
        states.Step(E.PUBLISHED, E.CANCELLED, ORGANISERS, "event.cancelled", needs=WHY, effects=[_cancelled]),
    ),
    otherwise=_l("This event is already public."),
    refused={E.CANCELLED: _l("Only an event that is public and not yet cancelled can be cancelled.")},
    always=[_reindex],
)  # fmt: skip


def _session_cancelled(move: states.Move[Person, ProgrammeSession]) -> None:
    session = move.row
    session.cancel_reason = move.reason
    session.sequence += 1
    db.session.flush()
    announce(SessionCancelled(session.event_id, session.id, editing.placement(session), move.reason))
    editing.reindex(policies.event_of(session))


SESSIONS = states.States(
    ProgrammeSession, "status", SessionStatus, "session_status",
    steps=(
        states.Step(START, P.SCHEDULED, PROGRAMME),
        states.Step(
            P.SCHEDULED, P.CANCELLED, PROGRAMME, "session.cancelled",
            needs=WHY, guards=[the_event_is_public], effects=[_session_cancelled],
        ),
    ),
    otherwise=NOT_CANCELLABLE,
)  # fmt: skip


def publish_event(event: Event, *, by: Person | Portal) -> None:
    """Make an event public. Refuses one without a single session and one that is over."""
    with transaction():
        change_state(EVENTS, editing.locked_event(event.id), E.PUBLISHED, by=by)


def touched_by_cancelling(event: Event) -> list[LazyString | str]:
    """Whom cancelling would touch, in sentences for the coordinator."""
    return preview(EventCancelled(event.id, editing.frame(event), ""))


def cancel_event(event: Event, *, reason: str, by: Person | Portal) -> None:
    """Cancel a public event for good, with a reason that everybody can read. Its sessions end with it."""
    with transaction():
        change_state(EVENTS, editing.locked_event(event.id), E.CANCELLED, by=by, reason=reason)


def cancel_session(session: ProgrammeSession, *, reason: str, by: Person | Portal) -> None:
    """Cancel a session of a public event, with a reason for those who booked it. It stays in the programme, crossed out."""
    with transaction():
        editing.editable_event(session.event_id, by=by)
        session = locked(ProgrammeSession, session.id)
        change_state(SESSIONS, session, P.CANCELLED, by=by, reason=reason)
