"""Faults that `portal check` must find: those of the lower features here, those of others beside their tests."""

from tests.areas import planted as areas
from tests.documents import planted as documents
from tests.freshness import planted as freshness
from tests.grants import planted as grants
from tests.imports import planted as imports
from tests.merging import planted as merging
from tests.projects import planted as projects
from tests.saved import planted as saved
from tests.trust import planted as trust

NOW = "CURRENT_TIMESTAMP"
MAIL = (
    'INSERT INTO outbox_mail (id, dedupe_key, "to", lang, template, payload, state, queued_at, due_at, sent_at, tries,'
    " message_id, subject) VALUES (9000, 'x', '{to}', 'pl', 't', {payload}, '{state}', {now}, {now}, {sent}, 0, 'x', '')"
)
FILE = (
    "INSERT INTO file (id, sha256, mime, size, width, height, variants, created_at)"
    ' VALUES (9000, \'x\', \'image/webp\', 1, 1, 1, \'[{{"key": "gone", "width": 1, "height": 1}}]\', {now})'
)
LINK = (
    "INSERT INTO link_token (id, purpose, subject, token_hash, created_at, expires_at)"
    " VALUES (9000, 'registration.manage', 'registration:8000', 'x', {now}, '2099-01-01')"
)


def mailed(state: str, *, to: str = "a@example.org", payload: str = "NULL", sent: str = NOW) -> str:
    return MAIL.format(state=state, to=to, payload=payload, sent=sent, now=NOW)


# Check -> what plants it. `{name}` is the number of a thing of `world`; the first one is the number that must be told.
PLANTED: dict[str, tuple[str, ...]] = {
    "links.without-subject": ("9000", LINK),
    "mail.without-payload": ("9000", mailed("queued", sent="NULL")),
    "mail.without-time": ("9000", mailed("sent", sent="NULL")),
    "mail.kept-payload": ("9000", mailed("unwanted", payload="'{{}}'")),
    "mail.without-address": ("9000", mailed("sent", to="")),
    "files.unused": ("9000", FILE),
    "files.without-content": ("9000", FILE),
    "audit.chain": ("2", "UPDATE audit_entry SET verb = 'other' WHERE number = 2"),
    "accounts.role.held-twice": (
        "9001", "DROP INDEX uq_portal_role_open",
        "INSERT INTO portal_role (id, person_id, role, granted_at) VALUES (9000, {person}, 'administrator', {now})",
        "INSERT INTO portal_role (id, person_id, role, granted_at) VALUES (9001, {person}, 'administrator', {now})",
    ),
    "accounts.role.held-by-nobody": ("{team_role}", "UPDATE person SET name = '' WHERE id = {administrator}"),
    "accounts.address-of-shell": ("{person}", "UPDATE person SET name = '' WHERE id = {person}"),
    "accounts.address-apart": ("{account}", "UPDATE account SET email = 'else@example.org' WHERE id = {account}"),
    "accounts.warned-too-fast": (
        "{account}",
        "INSERT INTO unused_account (account_id, used_at, warned_at, warned_again_at, last_day, look_on)"
        " VALUES ({account}, {now}, {now}, '2001-01-01 00:00:00', '2099-01-01', '2099-01-01')",
    ),
    "accounts.step-without-secret": ("{account}", "UPDATE account SET totp_since = {now} WHERE id = {account}"),
    "organisations.role.held-twice": (
        "9000", "DROP INDEX uq_organisation_role_open",
        "INSERT INTO organisation_role (id, organisation_id, person_id, role, granted_at)"
        " VALUES (9000, {organisation}, {owner}, 'owner', {now})",
    ),
    "organisations.role.held-by-nobody": ("{owner_role}", "UPDATE person SET name = '' WHERE id = {owner}"),
    "organisations.without-owner": ("{organisation}", "UPDATE organisation_role SET ended_at = {now} WHERE id = {owner_role}"),
    "organisations.unknown-code": ("{organisation}", "UPDATE organisation SET region = 'XX-1' WHERE id = {organisation}"),
    "organisations.informal": ("{organisation}", "UPDATE organisation SET informal = NOT informal WHERE id = {organisation}"),
    "organisations.listing": ("{organisation}", "UPDATE organisation SET status = 'hidden' WHERE id = {organisation}"),
    "organisations.listing-apart": ("{organisation}/", "UPDATE organisation SET region = 'PL-12' WHERE id = {organisation}"),
    "organisations.terms": ("{organisation}", "UPDATE organisation SET legal_form = 'pl-kgw' WHERE id = {organisation}"),
    "organisations.bitmaps": ("country:PL", "DELETE FROM directory_change"),
    "organisations.former-address": (
        "{slug}",
        "INSERT INTO organisation_former_slug (slug, organisation_id, until) VALUES ('{slug}', {waiting_profile}, {now})",
    ),
    "organisations.invitation": ("9000",
        "INSERT INTO organisation_invitation (id, organisation_id, email, role, invited_at, accepted_at, revoked_at)"
        " VALUES (9000, {organisation}, 'a@example.org', 'editor', {now}, {now}, {now})",
    ),
    "organisations.never-dated": ("{organisation}", "UPDATE organisation SET published_at = NULL WHERE id = {organisation}"),
    "organisations.empty-number": ("9000",
        "INSERT INTO organisation_identifier (id, organisation_id, scheme, value) VALUES (9000, {organisation}, 'PL-KRS', '')",
    ),
    "search.organisation-missing": (
        "{organisation}", "DELETE FROM search_document WHERE kind = 'organisation' AND object_id = {organisation}",
    ),
    "search.organisation-left": ("{organisation}", "UPDATE organisation SET status = 'hidden' WHERE id = {organisation}"),
    "search.organisation-placeless": ("{organisation}", "DELETE FROM search_order"),
    "search.organisation-apart": ("{organisation}", "UPDATE organisation SET town = 'Zamość' WHERE id = {organisation}"),
    "membership.role.held-twice": (
        "9000", "DROP INDEX uq_network_role_open",
        "INSERT INTO network_role (id, network_id, person_id, role, granted_at)"
        " VALUES (9000, {network}, {coordinator}, 'coordinator', {now})",
    ),
    "membership.role.held-by-nobody": ("{coordinator_role}", "UPDATE person SET name = '' WHERE id = {coordinator}"),
    "membership.size": ("{network}", "UPDATE network_size SET members = members + 1 WHERE network_id = {network}"),
    "membership.history": ("{membership}", "UPDATE membership SET status = 'declined' WHERE id = {membership}"),
    "membership.review-undecided": ("{review}", "UPDATE profile_review SET outcome = 'returned' WHERE id = {review}"),
    "membership.review-of-nothing": ("{review}", "UPDATE organisation SET status = 'draft' WHERE id = {waiting_profile}"),
    "membership.waits-for-nobody": ("{waiting_profile}", "DELETE FROM profile_review WHERE id = {review}"),
    **areas.PLANTED, **documents.PLANTED,
    **projects.PLANTED,
    **grants.PLANTED,
    **imports.PLANTED, **merging.PLANTED, **freshness.PLANTED, **saved.PLANTED, **trust.PLANTED,
    "search.network-missing": ("{network}", "DELETE FROM search_document WHERE kind = 'network' AND object_id = {network}"),
    "search.network-left": ("8000", "UPDATE search_document SET object_id = 8000 WHERE kind = 'network'"),
    "search.network-placeless": ("{network}", "DELETE FROM search_order"),
    "search.network-apart": ("{network}", "UPDATE search_document SET fold = '  x  ' WHERE kind = 'network'"),
    "events.slot-of-another": ("{session}", "UPDATE session SET slot_id = {other_slot} WHERE id = {session}"),
    "events.room-of-another": ("{session}", "UPDATE session SET room_id = {other_room} WHERE id = {session}"),
    "events.never-dated": ("{event}", "UPDATE event SET published_at = NULL WHERE id = {event}"),
    "events.reason-of-nothing": ("{session}", "UPDATE session SET cancel_reason = 'x' WHERE id = {session}"),
    "search.event-missing": ("{event}", "DELETE FROM search_document WHERE kind = 'event' AND object_id = {event}"),
    "search.event-left": ("{event}", "UPDATE event SET status = 'draft' WHERE id = {event}"),
    "search.event-placeless": ("{event}", "DELETE FROM search_order"),
    "search.event-apart": ("{event}", "UPDATE search_document SET url = 'events/x' WHERE kind = 'event' AND object_id = {event}"),
    "registration.event-seats-taken": ("{event}", "UPDATE event_seats SET taken = taken - 1 WHERE event_id = {event}"),
    "registration.event-seats": ("{event}", "DELETE FROM event_seats WHERE event_id = {event}"),
    "registration.event-reserved": ("{event}", "UPDATE event_seats SET reserved = 1 WHERE event_id = {event}"),
    "registration.event-overbooked": ("{event}", "UPDATE event SET seats = 1 WHERE id = {event}"),
    "registration.session-seats-taken": ("{session}", "UPDATE session_seats SET taken = 0 WHERE session_id = {session}"),
    "registration.session-seats": ("{session}", "UPDATE session SET seats = NULL WHERE id = {session}"),
    "registration.session-reserved": ("{session}", "UPDATE session_seats SET reserved = 1 WHERE session_id = {session}"),
    "registration.session-overbooked": ("{session}", "UPDATE booking SET status = 'booked' WHERE session_id = {session}"),
    "registration.booking-of-another": ("{booking}", "UPDATE booking SET session_id = {other_session} WHERE id = {booking}"),
    "registration.booked-unconfirmed": ("{booking}", "UPDATE registration SET status = 'expired' WHERE id = {registration}"),
    "registration.booked-cancelled": (
        "{booking}", "UPDATE registration SET status = 'cancelled', cancelled_at = {now} WHERE id = {registration}"),
    "registration.wished-confirmed": ("{booking}", "UPDATE booking SET status = 'wished' WHERE id = {booking}"),
    "registration.booked-in-cancelled-session": ("{booking}", "UPDATE session SET status = 'cancelled' WHERE id = {session}"),
    "registration.never-dated": ("{registration}", "UPDATE registration SET status = 'cancelled' WHERE id = {registration}"),
    "search.post-missing": ("{post}", "DELETE FROM search_document WHERE kind = 'post'"),
    "search.post-left": ("{post}", "UPDATE post SET status = 'unpublished' WHERE id = {post}"),
    "search.post-placeless": ("{post}", "DELETE FROM search_order"),
    "search.post-apart": ("{post}", "UPDATE post SET slug = 'x' WHERE id = {post}"),
    "references.booking.registration_id": ("{booking}", "UPDATE booking SET registration_id = 8000 WHERE id = {booking}"),
    "references.post.organisation_id": ("{post}", "UPDATE post SET organisation_id = 8000 WHERE id = {post}"),
    "states.membership.status": ("{membership}", "UPDATE membership SET status = 'lost' WHERE id = {membership}"),
    "states.registration.status": ("{registration}", "UPDATE registration SET status = 'lost' WHERE id = {registration}"),
}  # fmt: skip
