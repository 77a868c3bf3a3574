"""Who may see who comes. What one does with one's own registration, one does by the link of a mail."""

from enum import StrEnum

from portal.accounts.models import Person
from portal.events.models import Event
from portal.events.policies import coordinates
from portal.ground.authz import Rules


class Permission(StrEnum):
    PARTICIPANTS = "registration:participants"


def may_see_participants(person: Person | None, event: Event) -> bool:
    """Names and addresses are for those who run the event."""
    return coordinates(person, event)


RULES: Rules = {Permission.PARTICIPANTS: may_see_participants}
