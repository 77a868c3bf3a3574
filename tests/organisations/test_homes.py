"""The street of an informal group is often somebody's home: nobody further away than its networks reads it."""

from typing import Any

import pytest
import sqlalchemy as sa

from portal.ground.db import transaction
from portal.ground.errors import Refusals
from portal.organisations import queries, services
from portal.organisations.models import Contact, Visibility
from portal.organisations.nearness import Nearness
from portal.organisations.services import ContactLine
from tests.factories.organisations import fresh, make_organisation, set_contacts
from tests.factories.people import make_person

STREET = "ul. Domowa 7, Wólka"
GROUP = {"legal_form": "pl-informal"}


@pytest.mark.parametrize("visibility", [Visibility.PUBLIC, Visibility.REGISTERED])
def test_group_that_would_show_its_street_is_told_what_to_choose_and_nothing_is_written(
    app: Any, as_person: Any, visibility: str
) -> None:
    owner = make_person()
    organisation = make_organisation(owner, **GROUP)
    page = f"/en/organisations/{organisation.slug}/edit/contacts"
    typed = {"kind_1": "address", "value_1": STREET, "visibility_1": visibility}
    answer = as_person(owner).submit(page, typed)
    assert answer.status_code == 422 and "often somebody's home" in answer.text.replace("’", "'")
    assert f'value="{STREET}"' in answer.text
    with pytest.raises(Refusals):
        set_contacts(organisation, owner, ("address", STREET, visibility))
    assert queries.contacts_of(fresh(organisation)) == []


@pytest.mark.parametrize("visibility", [Visibility.NETWORK, Visibility.COORDINATORS, Visibility.PRIVATE])
def test_networks_and_own_people_may_know_where_a_group_meets(app: Any, visibility: str) -> None:
    owner = make_person()
    organisation = make_organisation(owner, **GROUP)
    set_contacts(organisation, owner, ("address", STREET, visibility))
    assert [one.value for one in queries.contacts_of(fresh(organisation))] == [STREET]


def test_registered_organisation_shows_the_street_of_its_office(app: Any, client: Any) -> None:
    made = make_organisation(contacts=[("address", "ul. Biurowa 1", "public")])
    assert "ul. Biurowa 1" in client.get(f"/pl/organisations/{made.slug}").text


@pytest.mark.both_engines
def test_street_from_before_the_rule_does_not_leave_the_database(app: Any, client: Any, as_person: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner, contacts=[("phone", "+48 42 111 22 33", "public")], **GROUP)
    row = {"kind": "address", "value": STREET, "visibility": "public", "position": 2}
    with transaction() as session:
        session.execute(sa.insert(Contact).values(organisation_id=organisation.id, **row))
    seen = {near: [one.kind for one in queries.contacts_seen(fresh(organisation), near).shown] for near in Nearness}
    far = {Nearness.VISITOR, Nearness.REGISTERED}
    assert seen == {near: ["phone"] if near in far else ["phone", "address"] for near in Nearness}
    address = f"/en/organisations/{organisation.slug}"
    assert STREET not in client.get(address).text
    assert STREET not in as_person(make_person()).get(address).text
    assert STREET in as_person(owner).get(address).text
    table = as_person(owner).get(f"{address}/who-sees").text.partition(STREET)[2].partition("</tr>")[0]
    assert table.count("does not see it") == 2


def test_lines_are_looked_at_for_groups_alone() -> None:
    line = ContactLine(1, "address", STREET, "public")
    assert list(services.contact_faults([line], contact_form=True)) == []
    (fault,) = services.contact_faults([line], contact_form=True, informal=True)
    assert fault.field == "visibility_1"
