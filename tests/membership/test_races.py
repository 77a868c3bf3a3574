"""Several people at the same moment, and people who go."""

import hypothesis.strategies as st
import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings

from portal.accounts.models import Person
from portal.accounts.queries import person_by_id
from portal.ground.authz import can
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict
from portal.membership import queries, services
from portal.membership.models import Membership, MembershipEvent, Review
from portal.membership.policies import Permission
from tests.factories.networks import current, make_application, make_network, make_review
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_administrator, make_person
from tests.fixtures.proof import Proof
from tests.support.moments import at_once


def person(number: int) -> Person:
    found = person_by_id(number)
    assert found is not None
    return found


@pytest.mark.prove
def test_two_coordinators_decide_at_once_and_one_decision_counts(app: Flask, proof: Proof) -> None:
    rounds, held = proof.count(3, 100), 0
    for _ in range(rounds):
        first, second = make_person(account=False), make_person(account=False)
        membership = make_application(make_network(coordinators=(first, second)))
        number, version, people = membership.id, membership.row_version, (first.id, second.id)
        db.session.rollback()

        def accept(number: int = number, version: int = version, by: int = people[0]) -> None:
            services.accept(db.session.get_one(Membership, number), version=version, by=person(by))

        def decline(number: int = number, version: int = version, by: int = people[1]) -> None:
            services.decline(
                db.session.get_one(Membership, number), reason="Nie tym razem.", version=version, by=person(by)
            )

        outcomes = at_once(app, [accept, decline])
        events = len(queries.events_of(number))
        db.session.rollback()
        held += outcomes == ["409", "done"] and events == 2
    proof.record("two coordinators decide on one application at once", tried=rounds, held=held)
    assert held == rounds


@pytest.mark.prove
def test_two_tabs_apply_at_once_and_one_application_is_open(app: Flask, proof: Proof) -> None:
    rounds, held = proof.count(3, 100), 0
    for _ in range(rounds):
        owner = make_person(account=False)
        network_slug, organisation_id = make_network().slug, make_organisation(owner).id
        owner_id = owner.id
        db.session.rollback()

        def send(slug: str = network_slug, organisation: int = organisation_id, by: int = owner_id) -> None:
            network = queries.network_by_slug(slug)
            assert network is not None
            services.apply(network, organisation_id=organisation, answers={}, language="pl", by=person(by))

        outcomes = at_once(app, [send, send])
        applications = len(queries.applications_of(organisation_id))
        db.session.rollback()
        held += outcomes == ["409", "done"] and applications == 1
    proof.record("two tabs apply to one network at once", tried=rounds, held=held)
    assert held == rounds


@pytest.mark.prove
def test_two_coordinators_decide_on_a_profile_at_once_and_one_decision_counts(app: Flask, proof: Proof) -> None:
    rounds, held = proof.count(3, 100), 0
    for _ in range(rounds):
        first, second = make_person(account=False), make_person(account=False)
        review = make_review(make_person(account=False), make_network(coordinators=(first, second)))
        number, version, people = review.id, review.organisation.row_version, (first.id, second.id)
        db.session.rollback()

        def publish(number: int = number, version: int = version, by: int = people[0]) -> None:
            services.publish_profile(db.session.get_one(Review, number), version=version, by=person(by))

        def give_back(number: int = number, version: int = version, by: int = people[1]) -> None:
            services.return_profile(db.session.get_one(Review, number), reason="Opis.", version=version, by=person(by))

        outcomes = at_once(app, [publish, give_back])
        found = queries.review(number)
        assert found is not None
        fits = {"published": "published", "returned": "draft"}[found.outcome] == found.organisation.status
        db.session.rollback()
        held += outcomes == ["409", "done"] and fits
    proof.record("two coordinators decide on one profile at once", tried=rounds, held=held)
    assert held == rounds


def test_the_database_itself_refuses_a_second_open_membership(app: Flask) -> None:
    membership = make_application(make_network())
    with pytest.raises(sa.exc.IntegrityError), transaction() as session:
        session.add(Membership(network_id=membership.network_id, organisation_id=membership.organisation_id))


@pytest.mark.parametrize("status", ["submitted", "more-info", "active", "declined", "withdrawn", "resigned"])
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(["owner", "representative", "coordinator", "administrator"]))
def test_removing_people_never_changes_a_membership(app: Flask, status: str, order: list[str]) -> None:
    coordinator, owner = make_person(account=False), make_person(account=False)
    network, organisation = make_network(coordinators=(coordinator,)), make_organisation(owner)
    representative = make_member(organisation, "representative", make_person(account=False))
    people = {
        "owner": owner.id,
        "representative": representative.id,
        "coordinator": coordinator.id,
        "administrator": make_administrator().id,
    }
    membership = make_application(network, organisation, owner, status=status)
    before = _whole(membership)
    for role in order:
        with transaction() as session:
            session.delete(session.get_one(Person, people[role]))
        assert _whole(membership) == before


def _whole(membership: Membership) -> tuple[object, ...]:
    row = current(membership)
    steps = [
        (event.from_status, event.to_status, event.at, event.reason) for event, _person in queries.events_of(row.id)
    ]
    return row.status, row.kind, row.applied_at, row.decided_at, row.row_version, steps


def test_the_list_of_files_and_the_permission_to_open_one_agree(app: Flask) -> None:
    coordinator, both, owner = make_person(), make_person(), make_person()
    network, other = make_network(coordinators=(coordinator, both)), make_network("Inna")
    first = make_organisation(owner)
    make_member(first, "editor", both)
    cases = [make_application(network, first, owner), make_application(other, first, owner), make_application(network)]
    translator = make_member(first, "translator")
    for who in (None, coordinator, both, owner, translator, make_person(), make_administrator()):
        listed = set(db.session.scalars(queries.visible_to(who).with_only_columns(Membership.id)))
        allowed = {case.id for case in cases if can(Permission.SEE, case, person=who)}
        assert listed == allowed


def test_the_work_list_and_the_permission_to_decide_agree(app: Flask) -> None:
    coordinator, both, administrator = make_person(), make_person(), make_administrator()
    watched, alone = make_network(coordinators=(coordinator, both)), make_network("Sama", coordinators=(both,))
    organisation = make_organisation(both)
    make_application(watched, organisation, both)
    make_application(alone, organisation, both)
    make_application(watched)
    for who in (coordinator, both, administrator):
        mine = {task.number for task in queries.tasks_of(who) if task.is_mine}
        every = db.session.scalars(sa.select(Membership)).all()
        assert mine == {case.id for case in every if can(Permission.DECIDE, case, person=who)}


def test_a_step_that_fails_leaves_no_event_behind(app: Flask) -> None:
    coordinator = make_person()
    membership = make_application(make_network(coordinators=(coordinator,)), status="active")
    count = sa.select(sa.func.count()).select_from(MembershipEvent)
    before = db.session.scalar(count)
    with pytest.raises(Conflict):
        services.decline(membership, reason="Za późno.", version=membership.row_version, by=coordinator)
    assert db.session.scalar(count) == before


def test_what_a_person_coordinates_follows_when_two_rows_are_one_person(app: Flask) -> None:
    gone, kept = make_person(account=False), make_person()
    shared, own = make_network(coordinators=(gone, kept)), make_network("Inna", coordinators=(gone,))
    membership = make_application(own, status="active")
    services.hand_over(gone_id=gone.id, kept_id=kept.id)
    assert [network.id for network in queries.coordinated_networks(kept)] == [shared.id, own.id]
    assert not queries.coordinated_networks(gone)
    decided_by = queries.events_of(membership.id)[-1][1]
    assert decided_by is not None
    assert decided_by.id == kept.id
