"""Who works on an event: granted and ended, never edited."""

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal import mail
from portal.accounts.models import Person
from portal.accounts.queries import person_by_email
from portal.events import mails
from portal.events.models import Event, EventRole, TeamRole
from portal.events.policies import Permission
from portal.events.services import editing
from portal.ground import audit, clock, limits
from portal.ground.authz import Portal, demand
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal
from portal.ground.locks import locked
from portal.ground.memo import forget
from portal.words.i18n import _l

MOST_OPEN = 60
_TRACES = (EventRole.granted_by, EventRole.ended_by)


def grant_role(event: Event, *, address: str, role: str, by: Person | Portal) -> EventRole:
    """Let the person with this address do something for the event; a mail tells them. Refuses an unknown address, who has
    the role already, and more than `MOST_OPEN` roles at one event.

    Raises TooMany: the answer tells who has an account, and that is no list to go through.
    """
    if isinstance(by, Person):
        limits.check("team", address=by.address)
    with transaction() as session:
        event = editing.locked_event(event.id)
        demand(Permission.MANAGE_TEAM, event, by=by)
        person = person_by_email(address)
        if person is None:
            raise Refusal(_l("No account has this e-mail address. Ask the person to create one first."), field="email")
        still = sa.select(EventRole).where(EventRole.event_id == event.id, EventRole.is_open)
        open_roles = session.scalars(still).all()
        if any(one.person_id == person.id and one.role == role for one in open_roles):
            raise Conflict(_l("This person does this for the event already."), field="email")
        if len(open_roles) >= MOST_OPEN:
            raise Refusal(_l("A team has at most 60 roles. End one that is no longer needed."))
        row = EventRole(
            event_id=event.id, person_id=person.id, role=TeamRole(role), granted_by=by.id, granted_at=clock.now()
        )
        session.add(row)
        session.flush()
        forget()
        audit.record("event.role-granted", event, detail={"person": person.id, "role": role}, actor=by)
        if person.id != by.id:
            mail.queue(mails.role_granted(row, event, person))
        return row


def end_role(role: EventRole, *, by: Person | Portal) -> None:
    """End a role; one that has ended already stays as it is."""
    with transaction() as session:
        row = locked(EventRole, role.id)
        event = session.get_one(Event, row.event_id)
        demand(Permission.END_ROLE, row, by=by)
        if not row.is_open:
            return
        row.end(by=by)
        session.flush()
        forget()
        audit.record("event.role-ended", event, detail={"person": row.person_id, "role": row.role}, actor=by)


def hand_over(*, gone_id: int, kept_id: int) -> None:
    """What one person did for events is the other's from now on. A role that both have at an event is kept once."""
    with transaction() as session:
        for column in _TRACES:
            session.execute(sa.update(EventRole).where(column == gone_id).values({column.key: kept_id}))
        kept = aliased(EventRole)
        both = sa.exists().where(
            kept.person_id == kept_id, kept.event_id == EventRole.event_id, kept.role == EventRole.role, kept.is_open
        )
        doubled = session.scalars(
            sa.select(EventRole.id).where(EventRole.person_id == gone_id, EventRole.is_open, both)
        ).all()
        session.execute(sa.delete(EventRole).where(EventRole.id.in_(doubled)))
        session.execute(sa.update(EventRole).where(EventRole.person_id == gone_id).values(person_id=kept_id))
        forget()
