"""How many people somebody brings along, once they are registered: fewer at any time, more where there are places for them."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.events.models import Event
from portal.ground.db import db
from portal.ground.errors import Refusal
from portal.ground.locks import locked_if_there
from portal.registration import queries
from portal.registration.models import EventSeats, Registration, RegistrationStatus
from portal.registration.occupying import is_counted
from portal.registration.services import seats
from portal.registration.services.registering import check_companions
from portal.words.i18n import _l

NO_PLACES = _l("There are not enough free places, or others wait for them. The number of people stayed as it was.")
WHILE_WAITING = _l("While you wait, the number of people can only become smaller.")
STILL_BRING = _l("People bring others along already. Enter at least as many as the largest group has.")


def companions_changed(session: Session, event: Event, registration: Registration, number: int | None) -> int:
    """Make it so many (None: as before), under both locks; returns how many more. Raises Refusal where there is no place for
    them. Places that become free are not given on here."""
    more = 0 if number is None else number - registration.companions
    if more > 0:
        _check_more(event, registration, more)
    if more == 0:
        return 0
    if is_counted(registration) and locked_if_there(EventSeats, event.id) is not None:
        seats.count_event(session, event.id, more)
    registration.companions += more
    session.flush()
    return more


def _check_more(event: Event, registration: Registration, more: int) -> None:
    check_companions(event, registration.companions + more)
    if registration.status == RegistrationStatus.WAITING:
        raise Refusal(WHILE_WAITING, field="companions")
    places = queries.event_places(event.id)
    if places is not None and (
        places.waiting or not queries.is_seat_left(event.id, queries.origin_of(registration), more)
    ):
        raise Refusal(NO_PLACES, field="companions")


def keep_companions(event: Event) -> None:
    """Raises Refusal where an event allows fewer than somebody brings along who takes part, waits or asks to."""
    largest = sa.select(sa.func.max(Registration.companions)).where(
        Registration.event_id == event.id,
        Registration.status.in_([*queries.ACTIVE, RegistrationStatus.UNVERIFIED]),
    )
    if (db.session.scalar(largest) or 0) > event.companions_allowed:
        raise Refusal(STILL_BRING, field="max_companions")
