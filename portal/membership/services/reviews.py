"""A profile is sent for publication; a coordinator of the network that was named decides, without one the portal team."""

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from portal import mail
from portal.accounts.models import Person
from portal.ground import audit, clock
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal
from portal.membership import mails, policies, queries
from portal.membership.models import Network, Review, ReviewOutcome
from portal.membership.services.states import TOLD
from portal.organisations.models import Organisation, OrganisationStatus
from portal.organisations.services import change_status
from portal.words.i18n import _l

DECIDED = _l("Somebody else has decided in the meantime. The page shows what is true now.")
CHANGED = _l("The profile has changed since you opened this page. Read it again and decide then.")
NOT_YOURS = _l("This step needs other rights than yours. Ask the portal team for them.")


def send_for_review(organisation: Organisation, *, network_slug: str = "", by: Person) -> Review:
    """Ask for the publication of a draft. Naming a network says who checks it; it is not an application to it."""
    with transaction() as session:
        row = session.get_one(Organisation, organisation.id, with_for_update=True, populate_existing=True)
        if not policies.owns(by, row.id):
            raise Refusal(NOT_YOURS)
        if row.status != OrganisationStatus.DRAFT or queries.open_review(row.id):
            raise Conflict(_l("This profile has already been sent for review."))
        network = _named(network_slug)
        review = Review(organisation=row, network=network, requested_by=by.id, requested_at=clock.now())
        session.add(review)
        change_status(row, OrganisationStatus.PENDING, by=by)
        session.flush()
        audit.record("profile.sent", review, detail={"network": network_slug}, actor=by)
        for person in queries.deciders(review.network_id, row.id):
            if person.email:
                mail.queue(mails.review_requested(review, person))
        return review


def withdraw_review(review: Review, *, by: Person) -> None:
    """Take the request back: the profile is a draft again and can be edited in peace."""
    with transaction() as session:
        row = _locked(session, review.id)
        if not policies.owns(by, row.organisation_id):
            raise Refusal(NOT_YOURS)
        _close(session, row, ReviewOutcome.WITHDRAWN, OrganisationStatus.DRAFT, by=by)


def publish_profile(review: Review, *, version: int, by: Person) -> None:
    """Publish the profile. `version` is that of the profile that was read."""
    with transaction() as session:
        row = _decidable(session, review.id, version, by)
        _close(session, row, ReviewOutcome.PUBLISHED, OrganisationStatus.PUBLISHED, by=by)
        for person in queries.keepers(row.organisation_id, TOLD):
            if person.email:
                mail.queue(mails.review_published(row, person))


def return_profile(review: Review, *, reason: str, version: int, by: Person) -> None:
    """Give the profile back as a draft, with a reason."""
    if not reason.strip():
        raise Refusal(_l("Say what should be corrected, in a sentence or two."), field="reason")
    with transaction() as session:
        row = _decidable(session, review.id, version, by)
        _close(session, row, ReviewOutcome.RETURNED, OrganisationStatus.DRAFT, by=by, reason=reason.strip())
        for person in queries.keepers(row.organisation_id, TOLD):
            if person.email:
                mail.queue(mails.review_returned(row, person))


def _close(
    session: Session, row: Review, outcome: ReviewOutcome, status: OrganisationStatus, *, by: Person, reason: str = ""
) -> None:
    row.outcome, row.reason = outcome, reason
    row.decided_at, row.decided_by = clock.now(), by.id
    change_status(row.organisation, status, by=by, reason=reason)
    session.flush()
    audit.record(f"profile.{outcome}", row, detail={"reason": reason}, actor=by)


def _decidable(session: Session, number: int, version: int, by: Person) -> Review:
    row = _locked(session, number)
    if not policies.is_decider(by, row.network_id, row.organisation_id):
        raise Refusal(NOT_YOURS)
    if row.organisation.row_version != version:
        raise Conflict(CHANGED)
    return row


def _locked(session: Session, number: int) -> Review:
    """The open review with its organisation, both ours until the end of the transaction (the organisation first)."""
    known = session.get_one(Review, number)
    session.get_one(Organisation, known.organisation_id, with_for_update=True, populate_existing=True)
    row = session.scalars(
        sa.select(Review)
        .where(Review.id == number)
        .options(joinedload(Review.organisation), joinedload(Review.network))
        .with_for_update(of=Review)
        .execution_options(populate_existing=True)
    ).one()
    if row.decided_at is not None:
        raise Conflict(DECIDED)
    return row


def _named(slug: str) -> Network | None:
    if not slug:
        return None
    network = queries.network_by_slug(slug)
    if network is None:
        raise Refusal(_l("Choose one of the networks, or none."), field="network_slug")
    return network
