"""Named reads of registrations, bookings and the state of seats."""

from portal.registration.models import ACTIVE
from portal.registration.queries.answers import answered, answers_of
from portal.registration.queries.audiences import (
    in_role,
    in_sector,
    in_session,
    mailboxes,
    of_organisation,
    of_ticked,
    on_day,
    reading,
    who_answered,
)
from portal.registration.queries.calendars import FEED, Feed, calendar_sessions, feed_of, feed_since
from portal.registration.queries.calls import Call, calls
from portal.registration.queries.changes import (
    ANSWERING,
    Change,
    Programme,
    changes_of,
    due_notices,
    programme_of,
    untold,
)
from portal.registration.queries.delegations import (
    LIVE_DELEGATIONS,
    OPEN_SEATS,
    Coordinated,
    coordinated_by,
    delegation_ahead,
    delegation_at,
    delegation_in_event,
    delegation_lines,
    delegation_of_link,
    delegation_with_key,
    delegations_about,
    delegations_of_mailbox,
    events_with_delegations,
    has_delegations,
    has_released_group,
    has_waiting_seats,
    lapsed_seats,
    seats_of,
    seats_of_registration,
    to_name,
    to_remind_of_names,
    turns,
    with_people,
)
from portal.registration.queries.history import Act, Hand, acts_of
from portal.registration.queries.invitations import (
    Invited,
    already_invited,
    already_registered,
    invitation_of_link,
    invitations_by,
    invitations_of,
    invitations_since,
    invited,
    invited_number,
    often_invited,
    people_of_mailboxes,
)
from portal.registration.queries.needs import (
    access_coordinators,
    has_looked,
    meals,
    need_numbers,
    need_of,
    needs_of,
    needs_of_event,
)
from portal.registration.queries.offers import has_open_offers, lapsed_offers, latest_booking
from portal.registration.queries.overview import (
    SessionCount,
    Stretch,
    double_booked,
    places_by_person,
    session_counts,
    stretches,
)
from portal.registration.queries.people import (
    ALL,
    MOST_TICKED,
    PHONE,
    Chosen,
    People,
    people,
    people_in,
    registration_at,
    state_numbers,
    ticked,
)
from portal.registration.queries.places import (
    EventPlaces,
    Place,
    Workshop,
    clashes,
    event_places,
    event_places_of,
    is_booked_or_awaited,
    places,
    session_places_of,
    workshops,
)
from portal.registration.queries.positions import event_position
from portal.registration.queries.reconfirming import (
    Answers,
    answers_to_asking,
    events_that_ask,
    keeps_place,
    to_ask,
    to_ask_again,
    to_release,
)
from portal.registration.queries.registrations import (
    active_of_address,
    active_of_phone,
    busy_at,
    event_taken,
    ever_of_address,
    found,
    in_queue,
    numbers_found,
    of_account,
    of_link,
    of_party,
    organisation_of,
    organisations_named,
    overdue,
    party_of_link,
    party_with_key,
    people_of_event,
    people_of_session,
    registration_numbers,
    with_event,
)
from portal.registration.queries.reminders import events_with_reminders, reminded, to_remind
from portal.registration.queries.reserves import (
    EventReserve,
    Hall,
    Kept,
    ReserveLine,
    due_releases,
    due_reserves,
    hall_of_event,
    halls_of_events,
    halls_of_sessions,
    kept_of_event,
    origin,
    origin_of,
    origins_of,
    reserve_lines,
    reserve_of,
    reserved_sessions,
)
from portal.registration.queries.retention import (
    Due,
    Overdue,
    dues_of,
    events_overdue,
    number_of_reports,
    receipt,
    reported_holds,
    reports,
    roles_with_people,
    without_receipt,
)
from portal.registration.queries.seat_left import can_resume, is_seat_left
from portal.registration.queries.wishes import Loss, Wished, fates, wishes_by_person, wishes_of

__all__ = [
    "ACTIVE", "ALL", "ANSWERING", "FEED", "LIVE_DELEGATIONS", "MOST_TICKED", "OPEN_SEATS", "PHONE", "Act", "Answers",
    "Call", "Change", "Chosen", "Coordinated", "Due", "EventPlaces", "EventReserve", "Feed", "Hall", "Hand", "Invited", "Kept",
    "Loss", "Overdue", "People", "Place", "Programme", "ReserveLine", "SessionCount", "Stretch", "Wished", "Workshop",
    "access_coordinators", "active_of_address", "active_of_phone", "acts_of", "already_invited", "already_registered",
    "answered", "answers_of", "answers_to_asking", "busy_at", "calendar_sessions", "calls", "can_resume",
    "changes_of", "clashes", "coordinated_by", "delegation_ahead", "delegation_at", "delegation_in_event", "delegation_lines",
    "delegation_of_link", "delegation_with_key", "delegations_about", "delegations_of_mailbox", "double_booked",
    "due_notices", "due_releases", "due_reserves", "dues_of", "event_places", "event_places_of", "event_position",
    "event_taken", "events_overdue", "events_that_ask", "events_with_delegations", "events_with_reminders",
    "ever_of_address", "fates", "feed_of", "feed_since", "found", "hall_of_event", "halls_of_events",
    "halls_of_sessions", "has_delegations", "has_looked", "has_open_offers", "has_released_group",
    "has_waiting_seats", "in_queue", "in_role", "in_sector", "in_session", "invitation_of_link", "invitations_by",
    "invitations_of", "invitations_since", "invited", "invited_number", "is_booked_or_awaited",
    "is_seat_left", "keeps_place", "kept_of_event", "lapsed_offers", "lapsed_seats", "latest_booking", "mailboxes",
    "meals", "need_numbers", "need_of", "needs_of", "needs_of_event", "number_of_reports", "numbers_found",
    "of_account", "of_link", "of_organisation", "of_party", "of_ticked", "often_invited", "on_day", "organisation_of",
    "organisations_named", "origin", "origin_of", "origins_of", "overdue", "party_of_link", "party_with_key",
    "people", "people_in", "people_of_event", "people_of_mailboxes", "people_of_session", "places",
    "places_by_person", "programme_of", "reading", "receipt", "registration_at", "registration_numbers", "reminded",
    "reported_holds", "reports", "reserve_lines", "reserve_of", "reserved_sessions", "roles_with_people", "seats_of",
    "seats_of_registration", "session_counts", "session_places_of", "state_numbers", "stretches", "ticked", "to_ask",
    "to_ask_again", "to_name", "to_release", "to_remind", "to_remind_of_names", "turns", "untold",
    "waiting_for_event", "who_answered", "wishes_by_person", "wishes_of", "with_event", "with_people",
    "without_receipt", "workshops",
]  # fmt: skip
