"""Mails to those whose places changed through what somebody else did."""

from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import mail
from portal.events.models import Event
from portal.registration import answer_mails, mails, queries
from portal.registration.models import Registration
from portal.registration.queries import Place


def tell_promoted(
    session: Session, event: Event, gained: Mapping[int, Sequence[int]], ended: Mapping[int, Sequence[Place]] = {}
) -> None:
    """One mail to each registration that got places in these sessions from their waiting lists, with what ended by it."""
    held = places_by_registration(gained)
    for registration in bumped(session, gained):
        got, has = gained[registration.id], held.get(registration.id, [])
        mail.queue(mails.promoted(registration, event, got, has, ended.get(registration.id, ())))


def tell_admitted(
    session: Session, event: Event, admitted: Collection[int], blocked: Mapping[int, Sequence[Place]]
) -> None:
    """One mail to each registration that got a place from the waiting list of the event, with what it has now."""
    held = places_by_registration(admitted)
    for registration in bumped(session, admitted):
        mail.queue(
            mails.promoted(registration, event, (), held.get(registration.id, []), blocked.get(registration.id, ()))
        )


def tell_offered(
    session: Session, event: Event, admitted: Collection[int], sessions: Mapping[int, Sequence[int]]
) -> None:
    """One mail to each registration for which a place at the event, or places in these sessions, are kept now."""
    numbers = {*admitted, *sessions}
    held = places_by_registration(sessions)
    for registration in loaded(session, numbers):
        new = sessions.get(registration.id, ())
        mail.queue(
            answer_mails.offered(
                registration, event, [one for one in held.get(registration.id, ()) if one.session_id in new]
            )
        )


def bumped(session: Session, registration_ids: Collection[int]) -> list[Registration]:
    """These registrations, each with a new SEQUENCE for its calendar file."""
    found = loaded(session, registration_ids)
    for registration in found:
        registration.sequence += 1
    return found


def loaded(session: Session, registration_ids: Collection[int]) -> list[Registration]:
    """These registrations as they are now, in the order of their ids."""
    if not registration_ids:
        return []
    return list(
        session.scalars(
            sa.select(Registration)
            .where(Registration.id.in_(list(registration_ids)))
            .order_by(Registration.id)
            .execution_options(populate_existing=True)
        )
    )


def places_by_registration(registration_ids: Collection[int]) -> dict[int, list[Place]]:
    """What each of these has now."""
    held: dict[int, list[Place]] = {}
    if registration_ids:
        for place in queries.places(registration_ids):
            held.setdefault(place.registration_id, []).append(place)
    return held
