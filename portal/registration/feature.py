"""What registration gives to the whole: places at events and in their sessions, and who has them."""

from portal.accounts.facts import AddressChanged, PeopleJoined
from portal.declaration import Coded, Feature
from portal.events.facts import (
    EventCancelled,
    EventChanged,
    EventCopied,
    EventPostponed,
    RoomChanged,
    SessionCancelled,
    SessionChanged,
)
from portal.ground.jobs import Periodic
from portal.mail import Kind
from portal.merging.facts import OrganisationsMerged
from portal.registration import jobs, reactions
from portal.registration.audiences import SENDER
from portal.registration.demo import DEMO
from portal.registration.invariants import checks
from portal.registration.models import (
    Booking,
    BookingStatus,
    Delegation,
    DelegationSeat,
    DelegationStatus,
    Deletion,
    Need,
    NeedStatus,
    PersonalData,
    Registration,
    RegistrationStatus,
    SeatStatus,
)
from portal.registration.policies import RULES, SIGHTS
from portal.registration.privacy import PART
from portal.registration.services import derived
from portal.registration.services.delegation_states import DELEGATION_SEATS, DELEGATIONS
from portal.registration.services.needs import NEEDS
from portal.registration.services.states import BOOKINGS, REGISTRATIONS
from portal.registration.views import bp, home_panel, team_panel
from portal.registration.visible import VISIBLE

FEATURE = Feature(
    name="registration",
    blueprints=[bp],
    rules=RULES,
    sights=SIGHTS,
    answers=[
        (PeopleJoined, reactions.people_joined),
        (AddressChanged, reactions.address_changed),
        (OrganisationsMerged, reactions.organisations_merged),
        (SessionChanged, reactions.session_changed),
        (SessionCancelled, reactions.session_cancelled),
        (EventChanged, reactions.event_changed),
        (EventPostponed, reactions.event_postponed),
        (EventCopied, reactions.event_copied),
        (EventCancelled, reactions.event_cancelled),
    ],
    previews=[
        (OrganisationsMerged, reactions.merge_preview),
        (SessionChanged, reactions.preview),
        (RoomChanged, reactions.room_preview),
        (SessionCancelled, reactions.preview),
        (EventChanged, reactions.preview),
        (EventPostponed, reactions.preview),
        (EventCancelled, reactions.preview),
    ],
    counters=[derived.SEATS],
    privacy=PART,
    visible=VISIBLE,
    checks=checks,
    codes=[
        Coded(Registration.status, RegistrationStatus, "registration_status"),
        Coded(Booking.status, BookingStatus, "booking_status", frozenset({"forfeited"})),
        Coded(Deletion.category, PersonalData, "personal_data"),
        Coded(Delegation.status, DelegationStatus, "delegation_status"),
        Coded(DelegationSeat.status, SeatStatus, "delegation_seat_status"),
        Coded(Need.status, NeedStatus, "need_status", frozenset({"withdrawn"})),
    ],
    states=[REGISTRATIONS, BOOKINGS, NEEDS, DELEGATIONS, DELEGATION_SEATS],
    panels=[home_panel, team_panel],
    periodic=[
        Periodic("waiting lists", 1, jobs.sweep),
        Periodic("registrations", 60, jobs.end_unconfirmed),
        Periodic("notices", 1, jobs.notices, lane="notices"),
    ],
    senders=[SENDER],
    mail_kinds=[Kind.INVITATION, Kind.EVENT_REGISTRATION, Kind.EVENT_CHANGE, Kind.EVENT_MESSAGE],
    demo=DEMO,
)
