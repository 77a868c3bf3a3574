"""Registrations, bookings and needs in a state, with people on each side, for the tests of steps."""

import datetime as dt

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.events.models import Event
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.db import transaction
from portal.ground.locks import locked
from portal.ground.states import change_state
from portal.mail.outbox import MAILS, Mail, MailState
from portal.membership.models import Network
from portal.registration.models import (
    Booking,
    BookingStatus,
    Delegation,
    DelegationSeat,
    DelegationStatus,
    Registration,
    RegistrationStatus,
)
from portal.registration.services import add, cancel, hand_over
from portal.registration.services.delegation_states import DELEGATIONS
from portal.registration.services.needs import NEEDS
from portal.registration.services.states import REGISTRATIONS
from tests.factories.delegations import delegation, rows, unconfirmed
from tests.factories.events import make_coordinator, make_event, make_session, make_team_member
from tests.factories.registrations import confirmed, make_need, submit
from tests.whole.scenes import Scene

LATER = dt.timedelta(hours=2)
S, D = RegistrationStatus, DelegationStatus
ANYONE = {"anybody", "holder of the link"}


def _team(festival: Event) -> dict[str, tuple[Person, set[str]]]:
    """Who decides on requests, and who only sees who comes."""
    with transaction() as store:
        network = store.get_one(Network, festival.network_id)
    return {
        "coordinator": (make_coordinator(network), {"organisers of the event", *ANYONE}),
        "desk": (make_team_member(festival, "desk"), {*ANYONE}),
    }


def registration(before: str) -> Scene:
    festival = make_event(seats=0 if before in (S.WAITING, S.OFFERED, S.EXPIRED, S.DECLINED) else None)
    asks = before in (S.PENDING, S.REJECTED)
    if asks:
        with transaction():
            locked(Event, festival.id).approval = True
    row = submit(festival) if before in (S.UNVERIFIED, S.EXPIRED) else confirmed(festival)
    if before == S.CANCELLED:
        cancel(row.id)
    if before == S.TRANSFERRED:
        hand_over(row.id, name="Ewa Nowa", email="ewa@example.org")
    steps = {
        S.EXPIRED: [S.EXPIRED],
        S.OFFERED: [S.OFFERED],
        S.DECLINED: [S.OFFERED, S.DECLINED],
        S.REJECTED: [S.REJECTED],
    }
    with transaction() as store:
        store.get_one(Event, festival.id)
        held = locked(Registration, row.id)
        held.offer_ends_at = clock.now() + LATER
        for step in steps.get(S(before), []):
            change_state(REGISTRATIONS, held, step, by=PORTAL, reason="Bo tak.")
    return Scene(row.id, _team(festival))


def booking(before: str) -> Scene:
    festival = make_event()
    workshop, row = make_session(festival), confirmed(festival)
    values = {"registration_id": row.id, "session_id": workshop.id, "queue_at": clock.now()}
    with transaction() as store:
        made = Booking(status=BookingStatus(before), offer_ends_at=clock.now() + LATER, **values)
        store.add(made)
    return Scene(made.id)


def group(before: str) -> Scene:
    """A delegation."""
    festival = make_event(takes_delegations=True, approval=before in (D.PENDING, D.REJECTED))
    made = unconfirmed(festival, 2) if before in (D.UNVERIFIED, D.EXPIRED) else delegation(festival, 2)
    with transaction():
        held = locked(Delegation, made.id)
        if held.status != before:
            change_state(DELEGATIONS, held, before, by=PORTAL, reason="Bo tak.")
    return Scene(made.id, _team(festival))


def seat(before: str) -> Scene:
    """A seat of a delegation."""
    made = rows(delegation(make_event(takes_delegations=True), 2))[0]
    with transaction() as store:
        store.execute(sa.update(DelegationSeat).where(DelegationSeat.id == made.id).values(status=before))
    return Scene(made.id)


def untold(before: str) -> Scene:
    """A mail to somebody who has no mailbox."""
    festival = make_event()
    desk = make_team_member(festival, "desk")
    add(
        festival, by=desk, name="Janina Bez Poczty", email="", phone="601 202 303", locale="pl", affiliation="", wanted=[],
        accepts_waiting=True,
    )  # fmt: skip
    with transaction() as store:
        row = store.scalars(sa.select(Mail).where(Mail.to == "").with_for_update()).one()
        if before == MailState.TOLD:
            change_state(MAILS, row, before, by=PORTAL)
    return Scene(row.id)


def need(before: str) -> Scene:
    festival = make_event()
    row = make_need(festival)
    reader = make_team_member(festival, "access")
    with transaction() as store:
        held = locked(type(row), row.id)
        store.get_one(Event, store.get_one(Registration, held.registration_id).event_id)
        for step in {"asked": [], "confirmed": ["arranged", "confirmed"]}.get(before, [before]):
            change_state(NEEDS, held, step, by=PORTAL)
    return Scene(row.id, {**_team(festival), "reader": (reader, {"access coordinator", *ANYONE})})
