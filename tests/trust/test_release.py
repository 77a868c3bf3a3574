"""The last owner gives a profile to those who oversee it, and somebody gets it."""

from typing import Any

import pytest

from portal.ground.errors import Conflict, Refusal
from portal.organisations import queries as organisations
from portal.organisations import services as organisation_services
from portal.organisations.models import Role
from portal.trust import queries, services
from tests.factories.networks import make_network
from tests.factories.organisations import fresh, make_member, make_organisation
from tests.factories.people import make_administrator, make_person
from tests.factories.trust import make_member_of, make_orphan

pytestmark = pytest.mark.usefixtures("app")


def owners(organisation: Any) -> set[int]:
    return {person.id for person in queries.owners(organisation.id)}


def test_last_owner_gives_the_profile_to_those_who_oversee_it(as_person: Any, client: Any, outbox: Any) -> None:
    owner, coordinator = make_person(), make_person()
    organisation = make_member_of(make_network(coordinators=(coordinator,)), owner)
    role = next(role for role, _person in organisations.people_of(organisation))
    with pytest.raises(Conflict) as refused:
        organisation_services.end_role(role, by=owner)
    assert "give the profile to the coordinators" in str(refused.value.reason)
    outbox.deliver()
    path = f"/pl/organisations/{organisation.slug}/trust/release"
    assert as_person(owner).submit(path, {}).status_code == 303
    outbox.deliver()
    assert len(outbox.to(str(coordinator.email))) == 2  # the application of then, and this
    assert [case.kind for case in queries.cases_of(coordinator)] == ["released"]
    assert client.get(f"/pl/organisations/{organisation.slug}").status_code == 200
    assert fresh(organisation).status == "published"
    assert owners(organisation) == set()


def test_one_of_two_owners_does_not_release_but_ends_the_own_role() -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    make_member(organisation, "owner")
    with pytest.raises(Conflict):
        services.release(organisation, by=owner)
    for person in (make_member(organisation, "editor"), make_administrator()):
        with pytest.raises(Refusal):
            services.release(organisation, by=person)


def test_profile_that_was_given_away_is_no_longer_sought_when_somebody_gets_it() -> None:
    orphan = make_orphan()
    assert orphan.released_at is not None
    version = orphan.row_version
    from portal.ground.authz import PORTAL

    organisation_services.grant_role(orphan, to=make_person(), role=Role.OWNER, by=PORTAL)
    assert fresh(orphan).released_at is None
    assert fresh(orphan).row_version == version
