"""Who may do what with events: the coordination of their network and the portal team; the rest reads what is public."""

from enum import StrEnum

from portal.accounts.models import Person
from portal.accounts.queries import is_administrator
from portal.events.models import Event, EventStatus, ProgrammeSession, Room, SessionStatus, Slot
from portal.events.queries import PUBLIC
from portal.ground.authz import Rules
from portal.ground.sights import Sights
from portal.membership.models import Network
from portal.membership.queries import coordinated_networks, is_coordinator

Part = Event | Room | Slot | ProgrammeSession


class Permission(StrEnum):
    SEE = "events:see"
    SEE_OWN = "events:see_own"
    CREATE = "events:create"
    MANAGE = "events:manage"
    EDIT = "events:edit"
    PUBLISH = "events:publish"
    CANCEL = "events:cancel"
    DELETE = "events:delete"
    CANCEL_SESSION = "events:cancel_session"
    DELETE_SESSION = "events:delete_session"


def may_see(person: Person | None, part: Part) -> bool:
    """What was ever published is public. Twin: `queries.visible_to`."""
    return event_of(part).status in PUBLIC or coordinates(person, part)


def may_see_own(person: Person | None, _: object = None) -> bool:
    return bool(coordinated_networks(person)) or is_administrator(person)


def may_create(person: Person | None, network: Network) -> bool:
    return is_coordinator(person, network) or is_administrator(person)


def may_manage(person: Person | None, event: Event) -> bool:
    """Open the workbench, also of a cancelled event: reading does not hang on the permission to write."""
    return coordinates(person, event)


def may_edit(person: Person | None, part: Part) -> bool:
    """Everything but a cancelled event, which stays as it was."""
    return event_of(part).status != EventStatus.CANCELLED and coordinates(person, part)


def may_publish(person: Person | None, event: Event) -> bool:
    return event.status == EventStatus.DRAFT and coordinates(person, event)


def may_cancel(person: Person | None, event: Event) -> bool:
    return event.status == EventStatus.PUBLISHED and coordinates(person, event)


def may_delete(person: Person | None, event: Event) -> bool:
    """Only what nobody outside the coordination has ever seen."""
    return event.status == EventStatus.DRAFT and coordinates(person, event)


def may_cancel_session(person: Person | None, session: ProgrammeSession) -> bool:
    scheduled = session.status == SessionStatus.SCHEDULED
    return scheduled and event_of(session).status == EventStatus.PUBLISHED and coordinates(person, session)


def may_delete_session(person: Person | None, session: ProgrammeSession) -> bool:
    return may_delete(person, event_of(session))


def coordinates(person: Person | None, part: Part) -> bool:
    """Whoever coordinates the network of the event, or belongs to the portal team."""
    return is_coordinator(person, event_of(part).network_id) or is_administrator(person)


def event_of(part: Part) -> Event:
    return part if isinstance(part, Event) else part.event


RULES: Rules = {
    Permission.SEE: may_see,
    Permission.SEE_OWN: may_see_own,
    Permission.CREATE: may_create,
    Permission.MANAGE: may_manage,
    Permission.EDIT: may_edit,
    Permission.PUBLISH: may_publish,
    Permission.CANCEL: may_cancel,
    Permission.DELETE: may_delete,
    Permission.CANCEL_SESSION: may_cancel_session,
    Permission.DELETE_SESSION: may_delete_session,
}

SIGHTS: Sights = {
    Event: Permission.SEE,
    Room: Permission.SEE,
    Slot: Permission.SEE,
    ProgrammeSession: Permission.SEE,
}
