"""Is there a place for somebody in particular, when everybody who waits has been served?"""

from portal.ground import clock
from portal.registration.models import Registration, RegistrationStatus
from portal.registration.passing import Turn, serve
from portal.registration.queries.delegations import has_waiting_groups, turns
from portal.registration.queries.places import event_places
from portal.registration.queries.reserves import hall_of_event, origin_of
from portal.registration.quotas import NOBODY, Origin, Room


def can_resume(registration: Registration) -> bool:
    """Is the place of somebody who has cancelled still there, without the team being asked, and nobody has it or waits for it?"""
    if registration.status != RegistrationStatus.CANCELLED or registration.event.approval:
        return False
    return is_seat_left(registration.event_id, origin_of(registration), registration.seats)


def is_seat_left(event_id: int, who: Origin, number: int = 1) -> bool:
    """Are there so many places at the event for people who come from there, when everybody who waits has been served?"""
    places = event_places(event_id, who)
    if places is None or places.free < number:
        return places is None
    if not places.waiting:
        return True
    hall = hall_of_event(event_id)
    if hall is None and not has_waiting_groups(event_id):
        return False
    room = Room(places.seats, (), {NOBODY: places.taken}) if hall is None else hall.room()
    newcomer = Turn(clock.now(), who, people=number)
    return newcomer in serve(room, [*turns(event_id), newcomer], clock.now()).turns
