"""Who may write to many: whoever may in the name of the thing whose message it is, and nobody else knows of it."""

from enum import StrEnum

from portal.accounts.models import Person
from portal.ground.authz import Rules, can
from portal.ground.sights import AfterSignIn, Sights
from portal.messages import queries
from portal.messages.models import Message
from portal.messages.queries import Place


class Permission(StrEnum):
    WRITE = "messages:write"
    SEE = "messages:see"
    EDIT = "messages:edit"
    SEND = "messages:send"


def may_write(person: Person | None, place: Place) -> bool:
    """What the feature of the sender says."""
    return can(place.kind.permission, place.row, person=person)


def speaks(person: Person | None, message: Message) -> bool:
    """Those who may write in its name read, edit and send what any of them has written."""
    place = queries.place_of(message)
    return place is not None and may_write(person, place)


RULES: Rules = {
    Permission.WRITE: may_write,
    Permission.SEE: speaks,
    Permission.EDIT: speaks,
    Permission.SEND: speaks,
}

SIGHTS: Sights = {Place: AfterSignIn(Permission.WRITE), Message: AfterSignIn(Permission.SEE)}
