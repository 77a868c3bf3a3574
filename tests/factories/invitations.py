"""Invitations to events, as the use-case makes them, and what became of them."""

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.events.models import Event
from portal.ground.db import db
from portal.mail import Mail
from portal.registration import services
from portal.registration.invitees import named
from portal.registration.models import Invitation


def invite(event: Event, by: Person, text: str, language: str = "pl") -> int:
    """Everybody whom this text names; how many of them are asked."""
    return services.invite(event, by=by, invitees=named(text), language=language)


def asked(event: Event) -> set[str]:
    """The mailboxes that were invited to an event."""
    db.session.rollback()
    return set(db.session.scalars(sa.select(Invitation.email).where(Invitation.event_id == event.id)))


def queued() -> list[str]:
    """To whom invitations lie in the outbox, sent or not."""
    template = "registration/mail/invited"
    return list(db.session.scalars(sa.select(Mail.to).where(Mail.template == template).order_by(Mail.id)))
