"""What becomes of the other waiting places of somebody who gets one of them: what its person has chosen."""

from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.registration.models import BookingStatus, Registration
from portal.registration.queries import Place
from portal.registration.seating import overlaps
from portal.registration.services.seats import release
from portal.registration.services.telling import places_by_registration


def end_beside(session: Session, gained: Mapping[int, Collection[int]]) -> dict[int, list[Place]]:
    """End the waiting places at the same time as what these registrations have just got in sessions, for each that wants it so.

    By registration: what ended. Whoever has not chosen it keeps them all. A waiting place takes no seat, so none becomes free.
    """
    if not gained:
        return {}
    choosing = session.scalars(
        sa.select(Registration.id).where(Registration.id.in_(list(gained)), Registration.drops_waits)
    ).all()
    ended: dict[int, list[Place]] = {}
    for number, held in places_by_registration(choosing).items():
        got = [one for one in held if one.session_id in gained[number] and one.status == BookingStatus.BOOKED]
        waits = [one for one in held if one.status == BookingStatus.WAITING]
        if beside := [one for one in waits if any(overlaps(one.span, other.span) for other in got)]:
            ended[number] = beside
    release(session, [(one.booking_id, one.session_id, one.status) for these in ended.values() for one in these])
    return ended
