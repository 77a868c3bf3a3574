"""An organisation applies to a network, is asked for more, is accepted or declined, withdraws or leaves."""

from typing import Unpack

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import Person
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal
from portal.ground.locks import locked_if_there
from portal.ground.states import begin, change_state
from portal.membership import queries
from portal.membership.models import OPEN, Membership, MembershipStatus, Network
from portal.membership.services.states import MEMBERSHIPS
from portal.organisations.models import Organisation, OrganisationStatus
from portal.questions import services as questions
from portal.questions.services import Filled
from portal.words.i18n import _l

CHANGED = _l("The application has changed since you opened this page. Read it again and decide then.")
ALREADY = _l("This organisation is already in the network, or its application is being considered.")


def apply(network: Network, *, organisation_id: int, by: Person, **filled: Unpack[Filled]) -> Membership:
    """Apply to a network for a published organisation that `by` owns or represents.

    Refuses an organisation that is in the network already or has applied, also when the other tab was a moment faster.
    """
    with transaction() as session:
        organisation = _locked_applicant(session, organisation_id, by)
        if queries.open_membership(network.id, organisation.id) is not None:
            raise Conflict(ALREADY, field="organisation_id")
        asking = session.get_one(Network, network.id)
        given = _keep(asking, None, by, filled)
        membership = Membership(network=asking, organisation=organisation, applied_at=clock.now(), answer_set_id=given)
        session.add(membership)
        session.flush()
        begin(MEMBERSHIPS, membership, by=by)
        return membership


def answer(membership: Membership, *, reason: str, version: int, by: Person, **filled: Unpack[Filled]) -> None:
    """Answer what the network asked for: `reason` are the words to the network; the answers may be corrected too."""
    with transaction() as session:
        row = locked_membership(session, membership.id, version)
        change_state(MEMBERSHIPS, row, MembershipStatus.SUBMITTED, by=by, reason=reason)
        row.answer_set_id = _keep(row.network, row.answer_set_id, by, filled)


def withdraw(membership: Membership, *, by: Person) -> None:
    """Take an application back before it is decided."""
    with transaction() as session:
        change_state(MEMBERSHIPS, locked_membership(session, membership.id), MembershipStatus.WITHDRAWN, by=by)


def resign(membership: Membership, *, reason: str = "", by: Person) -> None:
    """Leave the network. The organisation and its profile stay as they are."""
    with transaction() as session:
        change_state(
            MEMBERSHIPS, locked_membership(session, membership.id), MembershipStatus.RESIGNED, by=by, reason=reason
        )


def end_all(organisation_id: int, *, reason: str) -> None:
    """What an organisation that has ended is in, ends with it: memberships, and applications that wait (inside the
    transaction that locked it). The networks are told."""
    numbers = sa.select(Membership.id).where(Membership.organisation_id == organisation_id, Membership.status.in_(OPEN))
    with transaction() as session:
        for number in session.scalars(numbers.order_by(Membership.id)).all():
            row = locked_membership(session, number)
            to = MembershipStatus.RESIGNED if row.status == MembershipStatus.ACTIVE else MembershipStatus.WITHDRAWN
            change_state(MEMBERSHIPS, row, to, by=PORTAL, reason=reason)


def ask_for_more(membership: Membership, *, reason: str, version: int, by: Person) -> None:
    """Ask the organisation for something before deciding; `reason` is the question."""
    with transaction() as session:
        row = locked_membership(session, membership.id, version)
        change_state(MEMBERSHIPS, row, MembershipStatus.MORE_INFO, by=by, reason=reason)


def accept(membership: Membership, *, reason: str = "", version: int, by: Person) -> None:
    """Take the organisation into the network; `reason` are words of welcome."""
    with transaction() as session:
        row = locked_membership(session, membership.id, version)
        change_state(MEMBERSHIPS, row, MembershipStatus.ACTIVE, by=by, reason=reason)


def decline(membership: Membership, *, reason: str, version: int, by: Person) -> None:
    """Decline the application, with a reason."""
    with transaction() as session:
        row = locked_membership(session, membership.id, version)
        change_state(MEMBERSHIPS, row, MembershipStatus.DECLINED, by=by, reason=reason)


def locked_membership(session: Session, number: int, version: int | None = None) -> Membership:
    """The membership as it is now, ours until the end of the transaction, with its network and organisation.

    The organisation is locked before it, as wherever it goes on or off the site: its members are counted.

    Raises Conflict when it is not the version that the person decided on.
    """
    organisation = sa.select(Membership.organisation_id).where(Membership.id == number).scalar_subquery()
    session.execute(sa.select(Organisation.id).where(Organisation.id == organisation).with_for_update(read=True))
    row = session.scalar(
        sa.select(Membership)
        .where(Membership.id == number)
        .options(joinedload(Membership.network), joinedload(Membership.organisation))
        .with_for_update(of=Membership)
        .execution_options(populate_existing=True)
    )
    if row is None or (version is not None and row.row_version != version):
        raise Conflict(CHANGED)
    return row


def _locked_applicant(session: Session, organisation_id: int, by: Person) -> Organisation:
    """The organisation, ours until the end of the transaction: two tabs apply one after the other."""
    row = locked_if_there(Organisation, organisation_id)
    if row is None or not queries.acting_for(by, organisation_id):
        raise Refusal(_l("Choose the organisation that applies."), field="organisation_id")
    if row.status != OrganisationStatus.PUBLISHED:
        raise Refusal(_l("An organisation can apply once its profile is published."), field="organisation_id")
    return row


def _keep(network: Network, known: int | None, by: Person, filled: Filled) -> int | None:
    language = filled.get("language", network.name.original)
    return questions.keep(
        network.question_set_id, known, filled.get("answers", {}), seen=filled.get("seen"),
        read_in=filled.get("read_in", language), language=language, by=by,
    )  # fmt: skip
