"""Who may see who comes and invite others. What one does with one's own registration, one does by the link of a mail."""

from enum import StrEnum

from portal.accounts.models import Person
from portal.accounts.queries import is_administrator
from portal.events.models import Event, EventStatus, ProgrammeSession, TeamRole
from portal.events.policies import does, runs
from portal.events.queries import roles_at_events
from portal.ground.authz import Rules
from portal.ground.sights import AfterSignIn, Sights
from portal.registration.models import Delegation, Need, Registration
from portal.registration.queries import EventReserve

Thing = Event | ProgrammeSession | Registration | Delegation


class Permission(StrEnum):
    PARTICIPANTS = "registration:participants"
    INVITE = "registration:invite"
    DECIDE = "registration:decide"
    RESERVES = "registration:reserves"
    NEEDS = "registration:needs"
    MAILS = "registration:mails"
    ACT_FOR_PEOPLE = "registration:act_for_people"
    WRITE_TO_PEOPLE = "registration:write_to_people"
    KEEPING = "registration:keeping"
    DELETIONS = "registration:deletions"


def may_see_participants(person: Person | None, thing: Thing) -> bool:
    """Names and addresses, and what was written to them, are for the organisers of the event and its registration desk."""
    event = thing if isinstance(thing, Event) else thing.event
    return does(person, event, TeamRole.DESK)


def may_invite(person: Person | None, event: Event) -> bool:
    """Whoever sees who comes may ask more people to: to what everybody may see."""
    return event.status == EventStatus.PUBLISHED and may_see_participants(person, event)


def may_write_to_people(person: Person | None, event: Event) -> bool:
    """In the name of an event that somebody could register for its organisers speak, and its registration desk."""
    return event.status != EventStatus.DRAFT and may_see_participants(person, event)


def may_decide(person: Person | None, thing: Event | Delegation) -> bool:
    """Who is accepted its organisers say, and not the desk."""
    event = thing if isinstance(thing, Event) else thing.event
    return event.status != EventStatus.DRAFT and runs(person, event)


def may_keep_reserves(person: Person | None, thing: Event | EventReserve) -> bool:
    """For whom places are kept its organisers say, until the event is cancelled."""
    event = thing if isinstance(thing, Event) else thing.event
    return event.status != EventStatus.CANCELLED and runs(person, event)


def may_read_needs(person: Person | None, part: Event | Need) -> bool:
    """What people need to take part is for whoever has the role of access coordinator, and for nobody else.

    Organisers do not have it by being organisers: they grant it, to themselves too, and that stands in the audit trail.
    """
    event = part.registration.event if isinstance(part, Need) else part
    return event.status != EventStatus.DRAFT and TeamRole.ACCESS in roles_at_events(person).get(event.id, frozenset())


def may_act_for_people(person: Person | None, thing: Thing) -> bool:
    """Add, cancel and correct for whoever calls: while the event takes place."""
    event = thing if isinstance(thing, Event) else thing.event
    return event.status == EventStatus.PUBLISHED and may_see_participants(person, event)


def may_say_how_long(person: Person | None, event: Event) -> bool:
    """How long the data of people are kept its organisers say, before anybody registers too, and see what was deleted."""
    return runs(person, event)


def may_see_deletions(person: Person | None, _: object = None) -> bool:
    """Which events still keep what should be gone the portal team sees."""
    return is_administrator(person)


RULES: Rules = {
    Permission.KEEPING: may_say_how_long,
    Permission.DELETIONS: may_see_deletions,
    Permission.NEEDS: may_read_needs,
    Permission.DECIDE: may_decide,
    Permission.RESERVES: may_keep_reserves,
    Permission.PARTICIPANTS: may_see_participants,
    Permission.INVITE: may_invite,
    Permission.ACT_FOR_PEOPLE: may_act_for_people,
    Permission.MAILS: may_see_participants,
    Permission.WRITE_TO_PEOPLE: may_write_to_people,
}

SIGHTS: Sights = {
    Delegation: AfterSignIn(Permission.PARTICIPANTS),
    EventReserve: AfterSignIn(Permission.RESERVES),
    Need: Permission.NEEDS,
    Registration: AfterSignIn(Permission.PARTICIPANTS),
}
