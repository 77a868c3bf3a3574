"""The number of members of a network is counted when it changes, and is always what counting anew would say."""

import threading
import time

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import rebuilding
from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.membership import queries, services
from portal.membership.models import Membership, Network, NetworkSize
from portal.membership.services.sizes import recount
from portal.organisations.models import Organisation, OrganisationStatus
from portal.organisations.services import change_status
from tests.factories.networks import make_application, make_network
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.support.queries import somebody_waits_for_a_lock
from tests.support.rebuilding import quietly

S = OrganisationStatus


def sizes(network: Network) -> tuple[int, int]:
    """The number that is kept, and the one that counting gives."""
    db.session.rollback()
    return queries.member_count(network), db.session.scalar(queries.counted_members(network.id)) or 0


def test_only_active_memberships_of_public_profiles_count(app: Flask) -> None:
    network = make_network(coordinators=(make_person(),))
    for status in ("submitted", "more-info", "declined", "withdrawn", "resigned"):
        make_application(network, status=status)
        assert sizes(network) == (0, 0), status
    make_application(network, status="active")
    assert sizes(network) == (1, 1)


def test_a_profile_that_goes_off_the_site_counts_in_none_of_its_networks(app: Flask) -> None:
    owner, coordinator = make_person(), make_person()
    organisation, networks = make_organisation(owner), [make_network(coordinators=(coordinator,)) for _ in range(2)]
    for network in networks:
        make_application(network, organisation, owner, status="active")
    other = make_network(coordinators=(coordinator,))
    make_application(other, organisation, owner)
    for status, number in ((S.HIDDEN, 0), (S.PUBLISHED, 1), (S.SUSPENDED, 0), (S.PUBLISHED, 1)):
        change_status(db.session.get_one(Organisation, organisation.id), status, by=PORTAL, reason="Bo tak.")
        assert [sizes(network) for network in networks] == [(number, number)] * 2, status
        assert sizes(other) == (0, 0)


def test_leaving_while_the_profile_is_hidden_takes_nobody_twice(app: Flask) -> None:
    owner = make_person()
    network, organisation = make_network(coordinators=(make_person(),)), make_organisation(owner)
    membership = make_application(network, organisation, owner, status="active")
    change_status(db.session.get_one(Organisation, organisation.id), S.HIDDEN, by=PORTAL)
    services.resign(membership, by=owner)
    change_status(db.session.get_one(Organisation, organisation.id), S.PUBLISHED, by=PORTAL)
    assert sizes(network) == (0, 0)


def test_a_network_that_an_older_node_made_is_counted_from_its_first_member(app: Flask) -> None:
    network = make_network(coordinators=(make_person(),))
    assert db.session.get(NetworkSize, network.id) is None
    make_application(network, status="active")
    assert sizes(network) == (1, 1)
    with transaction() as session:
        session.execute(sa.update(NetworkSize).values(members=7))
    rebuilding.rebuild_counters(quietly)
    assert sizes(network) == (1, 1)


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_accepting_waits_for_a_profile_that_is_going_off_the_site(app: Flask) -> None:
    owner, coordinator = make_person(), make_person()
    network, organisation = make_network(coordinators=(coordinator,)), make_organisation(owner)
    application = make_application(network, organisation, owner)
    number, version, by = application.id, application.row_version, coordinator.id
    db.session.rollback()

    def accept() -> None:
        with app.app_context():
            row = db.session.get_one(Membership, number)
            services.accept(row, version=version, by=db.session.get_one(type(coordinator), by))

    other = threading.Thread(target=accept)
    with transaction():
        change_status(db.session.get_one(Organisation, organisation.id), S.HIDDEN, by=PORTAL)
        other.start()
        deadline = time.monotonic() + 2
        while other.is_alive() and not somebody_waits_for_a_lock() and time.monotonic() < deadline:
            time.sleep(0.01)
    other.join()
    assert sizes(network) == (0, 0)


def test_a_network_that_is_gone_is_not_counted(app: Flask) -> None:
    with transaction():
        recount(99_999)
    assert db.session.get(NetworkSize, 99_999) is None
