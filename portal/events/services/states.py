"""The states of an event: a draft is published once, a published one can be cancelled, and that is final."""

from collections.abc import Mapping
from typing import Any

from portal.events import queries
from portal.events.facts import EventCancelled
from portal.events.models import Event, EventStatus, SessionStatus
from portal.events.services import common
from portal.ground import audit, clock
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal
from portal.ground.facts import announce, preview
from portal.words.i18n import LazyString, _l

TRANSITIONS: Mapping[str, frozenset[str]] = {
    EventStatus.DRAFT: frozenset({EventStatus.PUBLISHED}),
    EventStatus.PUBLISHED: frozenset({EventStatus.CANCELLED}),
    EventStatus.CANCELLED: frozenset(),
}
REFUSED: Mapping[str, LazyString] = {
    EventStatus.PUBLISHED: _l("This event is already public."),
    EventStatus.CANCELLED: _l("Only an event that is public and not yet cancelled can be cancelled."),
}


def change_state(event: Event, to: EventStatus, *, by: Any, reason: str = "") -> None:
    """The only door between states (inside a transaction, `event` under lock): sets what belongs to it and records it."""
    if to not in TRANSITIONS[event.status]:
        raise Conflict(REFUSED[to])
    event.status = to
    if to == EventStatus.PUBLISHED:
        event.published_at = clock.now()
    if to == EventStatus.CANCELLED:
        event.cancelled_at, event.cancel_reason = clock.now(), reason
        event.sequence += 1
    common.reindex(event)
    audit.record(f"event.{to}", event, detail={"reason": reason} if reason else None, actor=by)


def publish_event(event: Event, *, by: Any) -> None:
    """Make an event public. Refuses one without a single session and one that is over."""
    with transaction():
        event = common.locked_event(event.id)
        scheduled = [one for one in queries.sessions(event.id) if one.status == SessionStatus.SCHEDULED]
        refused = []
        if not scheduled:
            refused.append(Refusal(_l("The programme is empty. Add at least one session first.")))
        if event.ends_at <= clock.now():
            refused.append(Refusal(_l("The event is over. Change its dates first.")))
        common.raise_all(refused)
        change_state(event, EventStatus.PUBLISHED, by=by)


def touched_by_cancelling(event: Event) -> list[LazyString | str]:
    """Whom cancelling would touch, in sentences for the coordinator."""
    return preview(EventCancelled(event.id, common.frame(event), ""))


def cancel_event(event: Event, *, reason: str, by: Any) -> None:
    """Cancel a public event for good, with a reason that everybody can read. Its sessions end with it."""
    with transaction() as session:
        event = common.locked_event(event.id)
        old = common.frame(event)
        change_state(event, EventStatus.CANCELLED, by=by, reason=reason)
        session.flush()
        announce(EventCancelled(event.id, old, reason))
