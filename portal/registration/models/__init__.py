"""The tables of registration."""

from portal.registration.models.delegations import Delegation, DelegationSeat, DelegationStatus, SeatStatus
from portal.registration.models.deletions import Deletion, PersonalData, Receipt
from portal.registration.models.letters import Invitation, Notice, ReminderSent
from portal.registration.models.needs import Need, NeedStatus
from portal.registration.models.places import (
    ACTIVE,
    LEFT,
    NAMED,
    PARTICIPANT,
    Booking,
    BookingStatus,
    EventSeats,
    Party,
    Registration,
    RegistrationStatus,
    SessionSeats,
)
from portal.registration.models.reserves import ReservedOrganisation, SeatReserve

__all__ = [
    "ACTIVE", "LEFT", "NAMED", "PARTICIPANT", "Booking", "BookingStatus", "Delegation", "DelegationSeat",
    "DelegationStatus", "Deletion", "EventSeats", "Invitation", "Need", "NeedStatus", "Notice", "Party",
    "PersonalData", "Receipt", "Registration", "RegistrationStatus", "ReminderSent", "ReservedOrganisation",
    "SeatReserve", "SeatStatus", "SessionSeats",
]  # fmt: skip
