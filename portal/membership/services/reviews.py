"""A profile is sent for publication; a coordinator of the network that was named decides, without one the portal team."""

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import Person
from portal.ground import clock
from portal.ground.authz import Portal, demand
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal
from portal.ground.locks import locked
from portal.ground.states import begin, change_state
from portal.membership import queries
from portal.membership.models import Network, Review, ReviewOutcome
from portal.membership.policies import Permission
from portal.membership.services.states import REVIEWS
from portal.organisations.models import Organisation, OrganisationStatus
from portal.words.i18n import _l

CHANGED = _l("The profile has changed since you opened this page. Read it again and decide then.")


def send_for_review(organisation: Organisation, *, network_slug: str = "", by: Person | Portal) -> Review:
    """Ask for the publication of a draft. Naming a network says who checks it; it is not an application to it."""
    with transaction() as session:
        row = locked(Organisation, organisation.id)
        demand(Permission.SEND_FOR_REVIEW, row, by=by)
        if row.status != OrganisationStatus.DRAFT or queries.open_review(row.id):
            raise Conflict(_l("This profile has already been sent for review."))
        network = _named(network_slug)
        review = Review(organisation=row, network=network, requested_by=by.id, requested_at=clock.now())
        session.add(review)
        session.flush()
        begin(REVIEWS, review, by=by)
        return review


def withdraw_review(review: Review, *, by: Person) -> None:
    """Take the request back: the profile is a draft again and can be edited in peace."""
    with transaction() as session:
        change_state(REVIEWS, _locked(session, review.id), ReviewOutcome.WITHDRAWN, by=by)


def publish_profile(review: Review, *, version: int, by: Person | Portal) -> None:
    """Publish the profile. `version` is that of the profile that was read."""
    with transaction() as session:
        change_state(REVIEWS, _read(session, review.id, version), ReviewOutcome.PUBLISHED, by=by)


def return_profile(review: Review, *, reason: str, version: int, by: Person) -> None:
    """Give the profile back as a draft, with a reason."""
    with transaction() as session:
        change_state(REVIEWS, _read(session, review.id, version), ReviewOutcome.RETURNED, by=by, reason=reason)


def _read(session: Session, number: int, version: int) -> Review:
    """The open review of a profile that is as the decider has read it."""
    row = _locked(session, number)
    if row.organisation.row_version != version:
        raise Conflict(CHANGED)
    return row


def _locked(session: Session, number: int) -> Review:
    """The open review with its organisation, both ours until the end of the transaction (the organisation first)."""
    known = session.get_one(Review, number)
    locked(Organisation, known.organisation_id)
    row = session.scalars(
        sa.select(Review)
        .where(Review.id == number)
        .options(joinedload(Review.organisation), joinedload(Review.network))
        .with_for_update(of=Review)
        .execution_options(populate_existing=True)
    ).one()
    if row.decided_at is not None:
        raise Conflict(REVIEWS.otherwise)
    return row


def _named(slug: str) -> Network | None:
    if not slug:
        return None
    network = queries.network_by_slug(slug)
    if network is None:
        raise Refusal(_l("Choose one of the networks, or none."), field="network_slug")
    return network
