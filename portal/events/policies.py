"""Who may do what with events: their organisers everything, the others of the team their part; the rest reads what is public.

Organisers are those who coordinate the network or keep the organisation that an event belongs to, whom they have made
organisers of this one, and the portal team.
"""

from enum import StrEnum

from portal.accounts.models import Person
from portal.accounts.queries import is_administrator
from portal.events.models import Event, EventRole, EventStatus, ProgrammeSession, Room, SessionStatus, Slot, TeamRole
from portal.events.queries import PUBLIC, EventQuestion, roles_at_events
from portal.ground.authz import Rules
from portal.ground.sights import Sights
from portal.membership.models import Network
from portal.membership.publishers import PUBLISHERS
from portal.membership.queries import coordinated_networks, is_coordinator
from portal.organisations.models import Organisation, OrganisationStatus
from portal.organisations.queries import roles_anywhere, roles_in

Part = Event | Room | Slot | ProgrammeSession | EventRole | EventQuestion


class Permission(StrEnum):
    SEE = "events:see"
    SEE_OWN = "events:see_own"
    CREATE = "events:create"
    CREATE_FOR_ORGANISATION = "events:create_for_organisation"
    MANAGE = "events:manage"
    EDIT = "events:edit"
    EDIT_PROGRAMME = "events:edit_programme"
    MANAGE_TEAM = "events:manage_team"
    END_ROLE = "events:end_role"
    COPY = "events:copy"
    PUBLISH = "events:publish"
    CANCEL = "events:cancel"
    DELETE = "events:delete"
    CANCEL_SESSION = "events:cancel_session"
    DELETE_SESSION = "events:delete_session"


def may_see(person: Person | None, part: Part) -> bool:
    """What was ever published is public; a draft, and what is for the invited alone, is its team's.

    Twin: `queries.visible_to`. Whoever is invited sees it behind the link of their invitation and on their own page.
    """
    event = event_of(part)
    is_public = event.status in PUBLIC and not event.invited_only
    return is_public or is_of_the_team(person, part)


def may_see_own(person: Person | None, _: object = None) -> bool:
    """Whoever can have events, or is on the team of one."""
    if coordinated_networks(person) or is_administrator(person):
        return True
    return any(roles & PUBLISHERS for roles in roles_anywhere(person).values()) or bool(roles_at_events(person))


def may_create(person: Person | None, network: Network) -> bool:
    return is_coordinator(person, network) or is_administrator(person)


def may_create_for_organisation(person: Person | None, organisation: Organisation) -> bool:
    """Whoever owns or edits a profile that everybody can read and that has not ended."""
    is_there = organisation.status == OrganisationStatus.PUBLISHED
    return is_there and bool(roles_in(person, organisation) & PUBLISHERS)


def may_manage(person: Person | None, event: Event) -> bool:
    """Open the workbench, also of a cancelled event: reading does not hang on the permission to write."""
    return is_of_the_team(person, event)


def may_edit(person: Person | None, part: Part) -> bool:
    """Dates, place, texts and questions; not of a cancelled event, which stays as it was."""
    return event_of(part).status != EventStatus.CANCELLED and runs(person, part)


def may_edit_programme(person: Person | None, part: Part) -> bool:
    """Rooms, slots, sessions and translations, until the event is cancelled."""
    return event_of(part).status != EventStatus.CANCELLED and makes_programme(person, part)


def may_copy(person: Person | None, event: Event) -> bool:
    """The copy belongs to the same network or organisation, so it takes the right to make events there."""
    if event.network_id is not None:
        return is_coordinator(person, event.network_id) or is_administrator(person)
    return event.organisation is not None and may_create_for_organisation(person, event.organisation)


def may_publish(person: Person | None, event: Event) -> bool:
    return event.status == EventStatus.DRAFT and runs(person, event)


def may_cancel(person: Person | None, event: Event) -> bool:
    return event.status == EventStatus.PUBLISHED and runs(person, event)


def may_delete(person: Person | None, event: Event) -> bool:
    """Only what nobody outside the team has ever seen."""
    return event.status == EventStatus.DRAFT and runs(person, event)


def may_cancel_session(person: Person | None, session: ProgrammeSession) -> bool:
    is_public = event_of(session).status == EventStatus.PUBLISHED
    return session.status == SessionStatus.SCHEDULED and is_public and makes_programme(person, session)


def may_delete_session(person: Person | None, session: ProgrammeSession) -> bool:
    return event_of(session).status == EventStatus.DRAFT and makes_programme(person, session)


def runs(person: Person | None, part: Part) -> bool:
    """Is the person an organiser of the event?"""
    return does(person, part)


def makes_programme(person: Person | None, part: Part) -> bool:
    """Is the person an organiser of the event, or does its programme?"""
    return does(person, part, TeamRole.PROGRAMME)


def does(person: Person | None, part: Part, *roles: TeamRole) -> bool:
    """Has the person one of these roles at the event? Organisers have every one."""
    return _leads(person, event_of(part)) or bool(_roles(person, part) & {TeamRole.ORGANISER, *roles})


def is_of_the_team(person: Person | None, part: Part) -> bool:
    """Has the person any role at the event?"""
    return _leads(person, event_of(part)) or bool(_roles(person, part))


def _leads(person: Person | None, event: Event) -> bool:
    """Is the person an organiser by what they are for the network, for the organisation, or for the portal?"""
    if event.network_id is not None and is_coordinator(person, event.network_id):
        return True
    if event.organisation_id is not None and roles_in(person, event.organisation_id) & PUBLISHERS:
        return True
    return is_administrator(person)


def _roles(person: Person | None, part: Part) -> frozenset[str]:
    return roles_at_events(person).get(event_of(part).id, frozenset())


def event_of(part: Part) -> Event:
    return part if isinstance(part, Event) else part.event


RULES: Rules = {
    Permission.SEE: may_see,
    Permission.SEE_OWN: may_see_own,
    Permission.CREATE: may_create,
    Permission.CREATE_FOR_ORGANISATION: may_create_for_organisation,
    Permission.MANAGE: may_manage,
    Permission.EDIT: may_edit,
    Permission.EDIT_PROGRAMME: may_edit_programme,
    Permission.MANAGE_TEAM: runs,
    Permission.END_ROLE: runs,
    Permission.COPY: may_copy,
    Permission.PUBLISH: may_publish,
    Permission.CANCEL: may_cancel,
    Permission.DELETE: may_delete,
    Permission.CANCEL_SESSION: may_cancel_session,
    Permission.DELETE_SESSION: may_delete_session,
}

SIGHTS: Sights = {
    Event: Permission.SEE,
    EventRole: Permission.MANAGE_TEAM,
    EventQuestion: Permission.EDIT,
    Room: Permission.SEE,
    Slot: Permission.SEE,
    ProgrammeSession: Permission.SEE,
}
