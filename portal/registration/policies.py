"""Who may see who comes and invite others. What one does with one's own registration, one does by the link of a mail."""

from enum import StrEnum

from portal.accounts.models import Person
from portal.events.models import Event, EventStatus
from portal.events.policies import coordinates
from portal.ground.authz import Rules


class Permission(StrEnum):
    PARTICIPANTS = "registration:participants"
    INVITE = "registration:invite"
    MAILS = "registration:mails"


def may_see_participants(person: Person | None, event: Event) -> bool:
    """Names and addresses, and what was written to them, are for those who run the event."""
    return coordinates(person, event)


def may_invite(person: Person | None, event: Event) -> bool:
    """Whoever sees who comes may ask more people to: to what everybody may see."""
    return event.status == EventStatus.PUBLISHED and may_see_participants(person, event)


RULES: Rules = {
    Permission.PARTICIPANTS: may_see_participants,
    Permission.INVITE: may_invite,
    Permission.MAILS: may_see_participants,
}
