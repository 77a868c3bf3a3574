"""What services refuse that no form of ours sends: contacts, messages and entries of people."""

from typing import Any

import pytest
import sqlalchemy as sa

from portal.accounts.models import Person
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusals
from portal.mail import Mail
from portal.organisations import queries, services
from portal.organisations.models import ListedPerson
from portal.organisations.services import ContactLine
from portal.organisations.services.entries import _ask_again, _remove_old
from tests.factories.organisations import fresh, list_somebody, make_organisation
from tests.factories.people import make_person

BAD = {
    "kind_1": ContactLine(1, "fax", "1", "public"),
    "visibility_1": ContactLine(1, "other", "1", "friends"),
    "label_1": ContactLine(1, "other", "1", "public", "x" * 81),
    "value_1": ContactLine(1, "email", "łódź@example.org", "public"),
    "value_2": ContactLine(2, "phone", "", "public"),
    "value_3": ContactLine(3, "address", "x" * 201, "public"),
}


@pytest.mark.parametrize("field", BAD)
def test_contact_that_cannot_be_is_refused_at_its_field(app: Any, field: str) -> None:
    assert [fault.field for fault in services.contact_faults([BAD[field]], contact_form=True)] == [field]


def test_nothing_of_a_list_with_a_fault_is_written(app: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    with pytest.raises(Refusals):
        services.set_contacts(
            organisation, by=owner, version=queries.contacts_version(organisation, []), contact_form=True, language="pl",
            contacts=[ContactLine(1, "other", "1", "public"), BAD["kind_1"]],
        )  # fmt: skip
    assert not queries.contacts_of(fresh(organisation))


def test_message_to_whoever_takes_none_or_has_nobody_is_refused(app: Any) -> None:
    closed = make_organisation(contacts=[("phone", "112", "public")], contact_form=False)
    with transaction() as session:
        nameless = Person(name="Bez Adresu", email=None, locale="pl")
        session.add(nameless)
    empty = make_organisation(nameless)
    for organisation in (closed, empty):
        with pytest.raises(Conflict):
            services.write(
                fresh(organisation), by=None, name="Ewa", email="ewa@example.net", message="Czy?", language="pl"
            )


def test_entry_of_an_unknown_kind_and_a_twenty_first_are_refused(app: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    for number in range(queries.MOST_LISTED):
        services.confirm_listed(list_somebody(organisation, owner, email=f"a{number}@example.net"))
    with pytest.raises(Refusals) as refused:
        list_somebody(organisation, owner, kind="friend")
    assert [fault.field for fault in refused.value.parts] == ["kind", None]


def test_entry_that_is_gone_changes_nothing(app: Any, outbox: Any) -> None:
    owner = make_person()
    entry = list_somebody(make_organisation(owner), owner)
    services.unlist(entry, by=owner)
    for act in (services.confirm_listed, services.take_off, lambda one: services.unlist(one, by=owner)):
        with pytest.raises(Conflict):
            act(entry)
    assert (_ask_again(entry.id), _remove_old(entry.id)) == (0, 1)
    with transaction() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(ListedPerson)) == 0
        assert session.scalar(sa.select(sa.func.count()).where(Mail.template == "organisations/mail/listed")) == 0
