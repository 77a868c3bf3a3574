"""The states of a membership: every step that exists, and no other."""

import itertools

import pytest
import sqlalchemy as sa

from portal.ground.audit import AuditEntry
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal
from portal.ground.states import START, change_state
from portal.membership import queries
from portal.membership.models import Membership, MembershipEvent, MembershipStatus
from portal.membership.services.applications import locked_membership
from portal.membership.services.states import MEMBERSHIPS, NETWORK
from tests.factories.networks import current, make_application, make_network
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person

STATES = tuple(MembershipStatus)
TRANSITIONS = {(step.before, step.to): step for step in MEMBERSHIPS.steps}
pytestmark = pytest.mark.usefixtures("app")


def counted(model: type[MembershipEvent] | type[AuditEntry]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def step(membership: Membership, to: MembershipStatus, by: object, reason: str = "Bo tak.") -> None:
    with transaction() as session:
        change_state(MEMBERSHIPS, locked_membership(session, membership.id), to, by=by, reason=reason)


@pytest.mark.parametrize("before", STATES)
def test_every_step_from_a_state_is_taken_or_refused_as_the_table_says(before: MembershipStatus) -> None:
    coordinator, owner = make_person(), make_person()
    for to in STATES:
        membership = make_application(
            make_network(coordinators=(coordinator,)), make_organisation(owner), owner, status=before
        )
        known = TRANSITIONS.get((before, to))
        person = coordinator if known is None or known.who is NETWORK else owner
        events, audits = counted(MembershipEvent), counted(AuditEntry)
        if known is None:
            with pytest.raises(Conflict):
                step(membership, to, person)
        else:
            step(membership, to, person)
        membership = current(membership)
        assert membership.status == (to if known else before)
        assert counted(MembershipEvent) - events == bool(known)
        assert counted(AuditEntry) - audits == bool(known)


@pytest.mark.parametrize("way", [way for way in TRANSITIONS if way[0] is not START], ids="-".join)
def test_a_step_is_refused_to_whoever_is_not_on_its_side(way: tuple[str, str]) -> None:
    coordinator, owner = make_person(), make_person()
    membership = make_application(
        make_network(coordinators=(coordinator,)), make_organisation(owner), owner, status=way[0]
    )
    wrong = owner if TRANSITIONS[way].who is NETWORK else coordinator
    for person in (wrong, make_person()):
        with pytest.raises(Refusal):
            step(membership, MembershipStatus(way[1]), person)
    assert current(membership).status == way[0]


def test_a_refusal_and_a_question_need_a_reason() -> None:
    coordinator = make_person()
    membership = make_application(make_network(coordinators=(coordinator,)))
    for to in (MembershipStatus.DECLINED, MembershipStatus.MORE_INFO):
        with pytest.raises(Refusal) as refused:
            step(membership, to, coordinator, reason="   ")
        assert refused.value.field == "reason"


def test_every_walk_of_four_steps_leaves_an_unbroken_history() -> None:
    coordinator = make_person()
    for walk in itertools.product(STATES, repeat=3):
        steps = list(itertools.pairwise((MembershipStatus.SUBMITTED, *walk)))
        if not all(pair in TRANSITIONS for pair in steps):
            continue
        owner = make_person(account=False)
        membership = make_application(make_network(coordinators=(coordinator,)), make_organisation(owner), owner)
        for to in walk:
            side = TRANSITIONS[(current(membership).status, to)].who
            step(membership, to, coordinator if side is NETWORK else owner)
        events = [(event.from_status, event.to_status) for event, _person in queries.events_of(membership.id)]
        assert events == [("", "submitted"), *steps]
