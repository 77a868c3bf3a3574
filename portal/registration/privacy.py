"""What registration holds about people: who takes part in which event and in which workshops, and who was invited."""

import datetime as dt

import sqlalchemy as sa

from portal.events.models import Event
from portal.ground import clock
from portal.privacy import Condition, Farewell, Fate, Holding, Note, Part, Subject, Trace, by_address, by_number
from portal.registration import mails, queries, services
from portal.registration.models import Booking, Invitation, Registration
from portal.words.i18n import _l, _ln

HOUR = dt.timedelta(hours=1)


OWN = by_number(Registration.person_id, Fate.UNNAMED)
# Not confirmed yet, or of a row that the person once had.
OWNERLESS = by_address(Registration.email, Fate.UNNAMED, owner=Registration.person_id)


def _of(subject: Subject) -> Condition:
    return sa.or_(OWN.found(subject), OWNERLESS.found(subject))


def _bookings(subject: Subject) -> Condition:
    return Booking.registration_id.in_(sa.select(Registration.id).where(_of(subject)))


def _coming(subject: Subject) -> Condition:
    """A registration that still holds or awaits a place at an event that is not over."""
    over = sa.select(Event.id).where(Event.ends_at <= clock.now())
    return sa.and_(Registration.status.in_(queries.ACTIVE), Registration.event_id.not_in(over))


def _farewell(subject: Subject) -> Farewell:
    goes = []
    if active := queries.found(sa.and_(_of(subject), _coming(subject))):
        sentence = _l("Places at these coming events are given up, and those who wait get them:")
        goes.append(Note(sentence, [(one.event.title, "events.show", {"slug": one.event.slug}) for one in active]))
    if queries.found(sa.and_(_of(subject), sa.not_(_coming(subject)))):
        goes.append(
            Note(_l("The name and the address are taken out of earlier registrations. Only their number stays."))
        )
    return Farewell(goes)


def _is_expected(subject: Subject) -> bool:
    return bool(queries.numbers_found(sa.and_(_of(subject), _coming(subject))))


def _leave(subject: Subject) -> None:
    """Give up every place at what is still to come, as the person would: those who wait are served at once."""
    services.forget_inviter(subject.person_id)
    for number in queries.numbers_found(sa.and_(_of(subject), _coming(subject))):
        services.cancel(number)


PART = Part(
    holdings=(
        Holding(
            Booking,
            _l("Places in workshops: wished for, held, awaited or given up."),
            (Trace((Booking.registration_id,), _bookings, Fate.STAYS),),
        ),
        Holding(
            Registration,
            _l("Registrations for events."),
            (OWN, OWNERLESS),
            blank=("name", "email", "typed_email", "affiliation"),
            live=_coming,
            links="registration",
        ),
        Holding(
            Invitation,
            _l("Invitations to register for events: received or sent."),
            (by_address(Invitation.email, Fate.GONE), by_number(Invitation.invited_by, Fate.UNNAMED)),
        ),
    ),
    farewell=_farewell,
    leave=_leave,
    expected=_is_expected,
    kept=(
        _ln(
            "A registration that nobody confirms ends after %(n)s hour.",
            "A registration that nobody confirms ends after %(n)s hours.",
            mails.UNCONFIRMED // HOUR,
        ),
        _ln(
            "A registration that was never confirmed is deleted %(n)s day after it expires.",
            "A registration that was never confirmed is deleted %(n)s days after it expires.",
            services.ENDED_KEPT.days,
        ),
        _ln(
            "Names and addresses of participants are deleted %(n)s day after the event.",
            "Names and addresses of participants are deleted %(n)s days after the event.",
            services.DETAILS_KEPT.days,
        ),
        _ln(
            "That an address was invited to an event is deleted %(n)s day after the event.",
            "That an address was invited to an event is deleted %(n)s days after the event.",
            mails.INVITATIONS_KEPT.days,
        ),
    ),
)
