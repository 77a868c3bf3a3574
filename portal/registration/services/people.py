"""When two people turn out to be one, and when somebody reads their mail elsewhere."""

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager

from portal import mail
from portal.accounts.facts import AddressChanged
from portal.events.models import Event
from portal.ground import clock, links
from portal.ground.authz import identity
from portal.ground.db import db
from portal.ground.mailboxes import mailbox_key
from portal.registration import delegation_mails, mails, queries
from portal.registration.models import Delegation, Invitation, Registration, RegistrationStatus
from portal.registration.queries import ACTIVE
from portal.registration.services.inviting import follow_invitations


def join_people(*, gone_id: int, kept_id: int) -> None:
    """Registrations of `gone_id` belong to `kept_id` (inside a transaction).

    One for an event that `kept_id` takes part in already stays where it is: its place is confirmed, and its own link
    still opens it. Nothing that was promised is taken back.
    """
    other = aliased(Registration)
    db.session.execute(
        sa.update(Invitation).where(Invitation.invited_by == gone_id).values(invited_by=kept_id),
        execution_options={"synchronize_session": False},
    )
    db.session.execute(
        sa.update(Delegation).where(Delegation.person_id == gone_id).values(person_id=kept_id),
        execution_options={"synchronize_session": False},
    )
    taken = sa.select(other.event_id).where(other.person_id == kept_id, other.status.in_(ACTIVE))
    db.session.execute(
        sa.update(Registration)
        .where(
            Registration.person_id == gone_id,
            sa.or_(Registration.status.not_in(ACTIVE), Registration.event_id.not_in(taken)),
        )
        .values(person_id=kept_id, row_version=Registration.row_version + 1)
        .execution_options(synchronize_session=False)
    )
    _continue_calendars(kept_id)


def _follow_delegations(fact: AddressChanged, asked: str) -> None:
    """What the person coordinates: the links that went to the old address end, and a new one goes to the new address."""
    query = sa.select(Delegation).join(Delegation.event).options(contains_eager(Delegation.event))
    for delegation in db.session.scalars(query.where(Delegation.person_id == fact.person_id, Delegation.email != "")):
        links.revoke(delegation_mails.DELEGATION, f"delegation:{delegation.id}")
        delegation.address = fact.new
        if delegation.status in queries.LIVE_DELEGATIONS and delegation.event.ends_at > clock.now():
            mail.queue(delegation_mails.news(delegation, delegation.event, "link", asked=asked))


def _continue_calendars(person_id: int) -> None:
    """Of two registrations for one event that have turned out to be one person's, the one that holds a place has the
    higher SEQUENCE, so that no calendar strikes it out for the other, which was given up."""
    other = aliased(Registration)
    highest = (
        sa.select(sa.func.max(other.sequence))
        .where(
            other.person_id == person_id, other.event_id == Registration.event_id, other.calendar == Registration.calendar,
            other.id != Registration.id,
        )
        .scalar_subquery()
    )  # fmt: skip
    db.session.execute(
        sa.update(Registration)
        .where(Registration.person_id == person_id, Registration.status.in_(ACTIVE), Registration.sequence <= highest)
        .values(sequence=highest + 1, row_version=Registration.row_version + 1)
        .execution_options(synchronize_session=False)
    )


def follow_address(fact: AddressChanged) -> None:
    """Registrations of the person, and those of the old address that wait to be confirmed, have the new address.

    Links that were sent to the old one end. To the new one goes a link to each registration that can still be changed, and
    what waits to be confirmed is asked again. Inside a transaction.
    """
    nobodys = sa.or_(Registration.person_id.is_(None), Registration.person_id.in_(identity().nameless))
    waits = sa.and_(nobodys, Registration.email == fact.old, Registration.status == RegistrationStatus.UNVERIFIED)
    own = sa.and_(Registration.person_id == fact.person_id, Registration.email.not_in(["", mailbox_key(fact.new)]))
    asked = mails.asked_now()
    follow_invitations(fact)
    _follow_delegations(fact, asked)
    for registration in queries.found(sa.or_(own, waits), for_update=True):
        registration.address, registration.party_id = fact.new, None  # the link of a party went to the old mailbox
        for purpose in (mails.CONFIRM, mails.MANAGE, queries.FEED):
            links.revoke(purpose, f"registration:{registration.id}")
        write_again(
            registration, registration.event, asked, mails.followed(registration, registration.event, asked=asked)
        )


def write_again(registration: Registration, event: Event, asked: str, letter: mail.Message) -> None:
    """Send this letter to whoever takes part or waits, and the mail to confirm it to whoever has not confirmed (inside a
    transaction)."""
    if registration.status in ACTIVE and event.ends_at > clock.now():
        mail.queue(letter)
    until = mails.confirm_by(event, sent=registration.created_at)
    if registration.status == RegistrationStatus.UNVERIFIED and until > clock.now():
        mail.withdraw([mails.confirm_key(registration)])
        mail.queue(mails.confirm(registration, event, until, asked=asked))
