"""Mails to those whose places changed through what somebody else did."""

from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import mail
from portal.events.models import Event
from portal.registration import mails, queries
from portal.registration.models import Registration
from portal.registration.queries import Place


def tell_promoted(session: Session, event: Event, gained: Mapping[int, Sequence[int]]) -> None:
    """One mail to each registration that got places in these sessions from their waiting lists."""
    held = places_by_registration(gained)
    for registration in bumped(session, gained):
        mail.queue(mails.promoted(registration, event, gained[registration.id], held.get(registration.id, [])))


def tell_admitted(
    session: Session, event: Event, admitted: Collection[int], blocked: Mapping[int, Sequence[Place]]
) -> None:
    """One mail to each registration that got a place from the waiting list of the event, with what it has now."""
    held = places_by_registration(admitted)
    for registration in bumped(session, admitted):
        mail.queue(
            mails.promoted(registration, event, (), held.get(registration.id, []), blocked.get(registration.id, ()))
        )


def bumped(session: Session, registration_ids: Collection[int]) -> list[Registration]:
    """These registrations, each with a new SEQUENCE for its calendar file."""
    if not registration_ids:
        return []
    found = list(
        session.scalars(
            sa.select(Registration)
            .where(Registration.id.in_(list(registration_ids)))
            .order_by(Registration.id)
            .execution_options(populate_existing=True)
        )
    )
    for registration in found:
        registration.sequence += 1
    return found


def places_by_registration(registration_ids: Collection[int]) -> dict[int, list[Place]]:
    """What each of these has now."""
    held: dict[int, list[Place]] = {}
    if registration_ids:
        for place in queries.places(registration_ids):
            held.setdefault(place.registration_id, []).append(place)
    return held
