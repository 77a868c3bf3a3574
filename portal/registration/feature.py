"""What registration gives to the whole: places at events and in their sessions, and who has them."""

from portal.accounts.facts import AddressChanged, PeopleJoined
from portal.declaration import Coded, Feature
from portal.events.facts import EventCancelled, EventChanged, EventPostponed, SessionCancelled, SessionChanged
from portal.ground.jobs import Periodic
from portal.mail import Kind
from portal.registration import jobs, reactions
from portal.registration.demo import DEMO
from portal.registration.invariants import checks
from portal.registration.models import Booking, BookingStatus, Registration, RegistrationStatus
from portal.registration.policies import RULES
from portal.registration.privacy import PART
from portal.registration.services import derived
from portal.registration.services.states import BOOKINGS, REGISTRATIONS
from portal.registration.views import bp, home_panel
from portal.registration.visible import VISIBLE

FEATURE = Feature(
    name="registration",
    blueprints=[bp],
    rules=RULES,
    answers=[
        (PeopleJoined, reactions.people_joined),
        (AddressChanged, reactions.address_changed),
        (SessionChanged, reactions.session_changed),
        (SessionCancelled, reactions.session_cancelled),
        (EventChanged, reactions.event_changed),
        (EventPostponed, reactions.event_postponed),
        (EventCancelled, reactions.event_cancelled),
    ],
    previews=[
        (SessionChanged, reactions.preview),
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
        Coded(
            Registration.status,
            RegistrationStatus,
            "registration_status",
            frozenset({"pending", "offered", "rejected", "declined", "transferred"}),
        ),
        Coded(Booking.status, BookingStatus, "booking_status", frozenset({"offered", "displaced", "forfeited"})),
    ],
    states=[REGISTRATIONS, BOOKINGS],
    panels=[home_panel],
    periodic=[
        Periodic("waiting lists", 1, jobs.sweep),
        Periodic("registrations", 60, jobs.end_unconfirmed),
    ],
    mail_kinds=[Kind.INVITATION, Kind.EVENT_REGISTRATION, Kind.EVENT_CHANGE],
    demo=DEMO,
)
