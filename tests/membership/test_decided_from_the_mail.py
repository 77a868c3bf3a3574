"""From the mail about an application to its end: one link, one page with everything on it, one button."""

from collections.abc import Callable
from typing import Any

import pytest

from portal.membership import queries
from tests.factories.networks import current, make_application, make_network, make_question
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.fixtures.pages import Outbox
from tests.support.client import CheckedClient

pytestmark = pytest.mark.usefixtures("app")
Browser = Callable[[Any], CheckedClient]


@pytest.mark.parametrize(
    ("button", "reason", "status"), [("accept", "", "active"), ("decline", "Sieć jest pełna.", "declined")]
)
def test_link_of_the_mail_leads_to_the_buttons_and_changes_nothing_by_itself(
    as_person: Browser, outbox: Outbox, button: str, reason: str, status: str
) -> None:
    coordinator, owner = make_person(), make_person(locale="bg")
    network = make_network(coordinators=(coordinator,))
    make_question(network)
    organisation = make_organisation(owner, name="Koło Lipa")
    outbox.deliver()
    membership = make_application(network, organisation, owner)
    (mail,) = [message for message in outbox.deliver() if message["To"] == coordinator.email]
    address = outbox.paths(mail)[0]
    browser = as_person(coordinator)
    page = browser.get(address)
    browser.get(address)
    assert current(membership).status == "submitted"
    text = page.text.replace("\xa0", " ")
    assert "Koło Lipa" in text and "Wspólny festyn." in text  # who asks, and what they have answered
    assert f"/pl/organisations/{organisation.slug}" in page.text
    for choice in ("ask", "accept", "decline"):
        assert f'value="{choice}"' in page.text
    assert as_person(make_person()).get(address).status_code == 404
    assert browser.submit(page, {"reason": reason}, button=f"decision={button}").status_code == 303
    assert current(membership).status == status
    told = [outbox.text(message) for message in outbox.deliver() if message["To"] == owner.email]
    assert len(told) == 1 and reason in told[0]


def test_declining_without_a_reason_changes_nothing_and_says_what_is_missing(as_person: Browser) -> None:
    coordinator = make_person(locale="en")
    membership = make_application(make_network(coordinators=(coordinator,)))
    answer = as_person(coordinator).submit(
        f"/en/tasks/applications/{membership.id}", {"reason": " "}, button="decision=decline"
    )
    assert answer.status_code == 422 and 'href="#reason"' in answer.text
    assert current(membership).status == "submitted"
    assert len(queries.events_of(membership.id)) == 1
