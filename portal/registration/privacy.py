"""What registration holds about people: who takes part in which event and in which workshops, and who was invited."""

import datetime as dt

import sqlalchemy as sa

from portal.events.models import Event
from portal.ground import clock
from portal.privacy import Condition, Farewell, Fate, Holding, Note, Part, Subject, Trace, by_address, by_number
from portal.registration import mails, queries, retaining, services
from portal.registration.event_page import event_page
from portal.registration.models import (
    Booking,
    Delegation,
    DelegationSeat,
    Invitation,
    Need,
    Notice,
    Registration,
    ReminderSent,
)
from portal.words.i18n import _l, _ln

HOUR = dt.timedelta(hours=1)


OWN = by_number(Registration.person_id, Fate.UNNAMED)
# Not confirmed yet, or of a row that the person once had.
OWNERLESS = by_address(Registration.email, Fate.UNNAMED, owner=Registration.person_id)


def _of(subject: Subject) -> Condition:
    return sa.or_(OWN.found(subject), OWNERLESS.found(subject))


def _bookings(subject: Subject) -> Condition:
    return Booking.registration_id.in_(sa.select(Registration.id).where(_of(subject)))


def _reminders(subject: Subject) -> Condition:
    return ReminderSent.registration_id.in_(sa.select(Registration.id).where(_of(subject)))


def _needs(subject: Subject) -> Condition:
    return Need.registration_id.in_(sa.select(Registration.id).where(_of(subject)))


def _notices(subject: Subject) -> Condition:
    return Notice.registration_id.in_(sa.select(Registration.id).where(_of(subject)))


COORDINATES = by_number(Delegation.person_id, Fate.UNNAMED)
ASKED_FOR = by_address(Delegation.email, Fate.UNNAMED, owner=Delegation.person_id)


def _held(subject: Subject) -> Condition:
    """A delegation that still holds or awaits places at an event that is not over."""
    over = sa.select(Event.id).where(Event.ends_at <= clock.now())
    return sa.and_(Delegation.status.in_(queries.LIVE_DELEGATIONS), Delegation.event_id.not_in(over))


def _seats(subject: Subject) -> Condition:
    return DelegationSeat.registration_id.in_(sa.select(Registration.id).where(_of(subject)))


def _coming(subject: Subject) -> Condition:
    """A registration that still holds or awaits a place at an event that is not over."""
    over = sa.select(Event.id).where(Event.ends_at <= clock.now())
    return sa.and_(Registration.status.in_(queries.ACTIVE), Registration.event_id.not_in(over))


def _farewell(subject: Subject) -> Farewell:
    goes = []
    if active := queries.found(sa.and_(_of(subject), _coming(subject))):
        sentence = _l("Places at these coming events are given up, and those who wait get them:")
        goes.append(Note(sentence, [(one.event.title, *event_page(one.event)) for one in active]))
    if queries.found(sa.and_(_of(subject), sa.not_(_coming(subject)))):
        goes.append(
            Note(
                _l(
                    "The name, the address and the answers are taken out of earlier registrations. Only their number stays."
                )
            )
        )
    if held := queries.delegations_about(sa.and_(COORDINATES.found(subject), _held(subject))):
        sentence = _l("Places of delegations that have no name yet are given up. Whoever was named keeps the place:")
        found = [one for one in map(queries.delegation_at, held) if one is not None]
        goes.append(Note(sentence, [(one.event.title, *event_page(one.event)) for one in found]))
    return Farewell(goes)


def _is_expected(subject: Subject) -> bool:
    coordinates = sa.and_(COORDINATES.found(subject), _held(subject))
    return bool(
        queries.numbers_found(sa.and_(_of(subject), _coming(subject))) or queries.delegations_about(coordinates)
    )


def _leave(subject: Subject) -> None:
    """Give up every place at what is still to come, as the person would: those who wait are served at once."""
    services.forget_inviter(subject.person_id)
    for number in queries.numbers_found(sa.and_(_of(subject), _coming(subject))):
        services.cancel(number)
    for number in queries.delegations_about(sa.and_(COORDINATES.found(subject), _held(subject))):
        services.give_up_delegation(number)
    services.forget_answers(sa.or_(_of(subject), services.answered_by(subject.person_id)))
    services.leave_receipts(_of(subject))


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
            blank=(
                "name",
                "email",
                "typed_email",
                "phone",
                "affiliation",
                "organisation_id",
                "sector",
                "reason",
                "receipt",
                "party_id",
            ),
            live=_coming,
            links="registration",
        ),
        Holding(
            ReminderSent,
            _l("Which reminders of events were sent to you."),
            (Trace((ReminderSent.registration_id,), _reminders, Fate.STAYS),),
        ),
        Holding(
            Need,
            _l("What you need to take part, and what the team has answered."),
            (Trace((Need.registration_id,), _needs, Fate.GONE),),
        ),
        Holding(
            Notice,
            _l("Changes of a programme that you were or are to be told of, until the event is over."),
            (Trace((Notice.registration_id,), _notices, Fate.GONE),),
        ),
        Holding(
            Delegation,
            _l("Places for an organisation that you asked for."),
            (COORDINATES, ASKED_FOR),
            blank=("name", "email", "typed_email", "affiliation", "organisation_id", "sector", "reason"),
            live=_held,
            links="delegation",
        ),
        Holding(
            DelegationSeat,
            _l("Places of an organisation that you were named for."),
            (
                by_address(DelegationSeat.email, Fate.UNNAMED),
                Trace((DelegationSeat.registration_id,), _seats, Fate.STAYS),
            ),
            blank=("name", "email", "typed_email"),
        ),
        Holding(
            Invitation,
            _l("Invitations to register for events: received or sent."),
            (by_address(Invitation.email, Fate.GONE), by_number(Invitation.invited_by, Fate.UNNAMED)),
            links="event-invitation",
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
            "Names, addresses and answers of participants are deleted %(n)s day after the event, or sooner where the form "
            "says so.",
            "Names, addresses and answers of participants are deleted %(n)s days after the event, or sooner where the form "
            "says so.",
            services.DETAILS_KEPT.days,
        ),
        _l(
            "Organisers who have to account for a grant can keep them for longer. Each participant reads until when and why."
        ),
        _ln(
            "What people need to take part is deleted %(n)s day after the event.",
            "What people need to take part is deleted %(n)s days after the event.",
            retaining.NEEDS_DAYS,
        ),
        _ln(
            "That an address was invited to an event is deleted %(n)s day after the event.",
            "That an address was invited to an event is deleted %(n)s days after the event.",
            mails.INVITATIONS_KEPT.days,
        ),
        _ln(
            "Who asked for the places of an organisation is deleted %(n)s day after the event.",
            "Who asked for the places of an organisation is deleted %(n)s days after the event.",
            retaining.DELEGATIONS_DAYS,
        ),
    ),
)
