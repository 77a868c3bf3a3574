"""What happens to the calendar beside its usual way: two people are one, or the profile is not public any more."""

from typing import Any

import pytest
import sqlalchemy as sa

from portal.freshness import queries, services
from portal.freshness.models import Proposal, Request
from portal.freshness.policies import may_follow_up
from portal.freshness.services import asking
from portal.ground import clock
from portal.ground.authz import PORTAL, NotAllowed
from portal.ground.db import db, transaction
from portal.organisations import services as organisations
from portal.organisations.models import OrganisationStatus
from tests.factories.freshness import aged, asked_request
from tests.factories.networks import make_application, make_network
from tests.factories.organisations import fresh, make_member, make_organisation
from tests.factories.people import make_administrator, make_person

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.both_engines]


def asked_of(person: Any) -> set[int]:
    db.session.rollback()
    return set(db.session.scalars(sa.select(Request.organisation_id).where(Request.person_id == person.id)))


def test_what_one_of_two_people_was_asked_is_asked_of_the_one_that_stays() -> None:
    kept, gone = make_person(), make_person()
    both, alone = make_organisation(kept), make_organisation(gone)
    make_member(both, "editor", gone)
    for organisation, person in ((both, kept), (alone, gone)):
        asked_request(organisation, person)
    assert asked_of(gone) == {both.id, alone.id}
    with transaction():
        services.hand_over(gone_id=gone.id, kept_id=kept.id)
    assert asked_of(kept) == {both.id, alone.id}
    assert asked_of(gone) == set()


def test_what_one_of_two_people_proposed_was_proposed_by_the_one_that_stays() -> None:
    kept, gone = make_person(), make_person()
    owner = make_person()
    network, organisation = make_network(coordinators=(gone,)), make_organisation(owner)
    make_application(network, organisation, owner, status="active")
    services.propose_closing(organisation, reason="Nikt nie odpowiada.", by=gone)
    with transaction():
        services.hand_over(gone_id=gone.id, kept_id=kept.id)
    assert db.session.get_one(Proposal, organisation.id).proposed_by == kept.id


def test_profile_that_was_suspended_while_the_job_ran_is_left_alone() -> None:
    owner = make_person()
    organisation = aged(make_organisation(owner), 340)
    assert organisation.id in queries.due(clock.now())
    organisations.change_status(organisation, OrganisationStatus.SUSPENDED, by=PORTAL, reason="Skarga")
    assert asking._ask(organisation.id) == 0
    assert asked_of(owner) == set()


def test_profile_of_which_the_step_was_taken_meanwhile_gets_no_second_one() -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    asked_request(organisation, owner)
    assert asking._ask(organisation.id) == 0


def test_nobody_follows_up_a_profile_that_is_not_public() -> None:
    team, organisation = make_administrator(), make_organisation()
    assert may_follow_up(team, fresh(organisation))
    organisations.change_status(organisation, OrganisationStatus.SUSPENDED, by=PORTAL, reason="Skarga")
    assert not may_follow_up(team, fresh(organisation))
    with pytest.raises(NotAllowed):
        services.propose_closing(organisation, reason="Skończyła działać.", by=team)
