"""Is there a place for somebody in particular, when everybody who waits has been served?"""

from portal.registration.models import Registration, RegistrationStatus
from portal.registration.queries.places import event_places
from portal.registration.queries.reserves import hall_of_event, origin_of, waiting_for_event
from portal.registration.quotas import Origin


def can_resume(registration: Registration) -> bool:
    """Is the place of somebody who has cancelled still there, without the team being asked, and nobody has it or waits for it?"""
    if registration.status != RegistrationStatus.CANCELLED or registration.event.approval:
        return False
    return is_seat_left(registration.event_id, origin_of(registration))


def is_seat_left(event_id: int, who: Origin) -> bool:
    """Is there a place at the event for somebody who comes from there, when everybody who waits has been served?"""
    places = event_places(event_id, who)
    if places is None or places.free <= 0:
        return places is None
    hall = hall_of_event(event_id) if places.waiting else None
    if hall is None:
        return not places.waiting
    room = hall.room()
    room.take_in_order(waiting_for_event(event_id))
    return room.has_seat_for(who)
