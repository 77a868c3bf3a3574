"""A profile on its way to the public."""

import pytest

from portal.ground.errors import Conflict, Refusal
from portal.membership import queries, services
from portal.membership.services.states import REVIEWS
from tests.factories.networks import make_network, make_review
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_administrator, make_person
from tests.fixtures.pages import Outbox

pytestmark = pytest.mark.usefixtures("app")


def test_a_coordinator_of_the_named_network_publishes_and_everybody_is_told_in_their_language(outbox: Outbox) -> None:
    owner, editor, coordinator = make_person(locale="bg"), make_person(locale="en"), make_person()
    network = make_network(coordinators=(coordinator,))
    organisation = make_organisation(owner, name="Grupa Ławka", status="draft")
    make_member(organisation, "editor", editor)
    outbox.deliver()
    review = make_review(owner, network, organisation)
    assert [(m["To"], str(m["Subject"])[:7]) for m in outbox.deliver()] == [(coordinator.email, "Profil ")]
    services.publish_profile(review, version=review.organisation.row_version, by=coordinator)
    assert organisation.status == "published"
    sent = {str(m["To"]): m for m in outbox.deliver()}
    assert set(sent) == {owner.email, editor.email}
    assert str(sent[str(editor.email)]["Subject"]) == "Profile published: Grupa Ławka"
    assert sent[str(owner.email)]["Content-Language"] in (None, "bg")
    assert not queries.applications_of(organisation.id), "naming a network is not an application"


def test_without_a_network_the_portal_team_decides_and_coordinators_do_not(outbox: Outbox) -> None:
    administrator, coordinator, owner = make_administrator(), make_person(), make_person()
    make_network(coordinators=(coordinator,))
    review = make_review(owner)
    version = review.organisation.row_version
    assert {str(m["To"]) for m in outbox.deliver()} >= {str(administrator.email)}
    with pytest.raises(Refusal):
        services.publish_profile(review, version=version, by=coordinator)
    services.publish_profile(review, version=version, by=administrator)


def test_a_coordinator_cannot_publish_an_organisation_of_their_own() -> None:
    coordinator, other = make_person(), make_person()
    network = make_network(coordinators=(coordinator, other))
    organisation = make_organisation(status="draft")
    make_member(organisation, "translator", coordinator)
    owner = queries.keepers(organisation.id, ["owner"])[0]
    review = make_review(owner, network, organisation)
    version = organisation.row_version
    with pytest.raises(Refusal):
        services.publish_profile(review, version=version, by=coordinator)
    services.publish_profile(review, version=version, by=other)


def test_a_returned_profile_is_a_draft_with_its_reason_and_can_be_sent_again() -> None:
    owner, coordinator = make_person(), make_person()
    network = make_network(coordinators=(coordinator,))
    review = make_review(owner, network)
    organisation = review.organisation
    with pytest.raises(Refusal) as refused:
        services.return_profile(review, reason=" ", version=organisation.row_version, by=coordinator)
    assert refused.value.field == "reason"
    services.return_profile(review, reason="Brakuje opisu.", version=organisation.row_version, by=coordinator)
    assert (organisation.status, organisation.return_reason) == ("draft", "Brakuje opisu.")
    again = make_review(owner, network, organisation)
    assert [row.id for row in queries.reviews_of(organisation.id)] == [again.id, review.id]


def test_an_owner_takes_the_request_back() -> None:
    owner = make_person()
    review = make_review(owner)
    services.withdraw_review(review, by=owner)
    found = queries.review(review.id)
    assert found is not None
    assert (found.outcome, found.organisation.status) == ("withdrawn", "draft")
    with pytest.raises(Conflict):
        services.withdraw_review(review, by=owner)


def test_a_profile_that_changed_while_it_was_read_is_not_published() -> None:
    owner, coordinator = make_person(), make_person()
    review = make_review(owner, make_network(coordinators=(coordinator,)))
    with pytest.raises(Conflict):
        services.publish_profile(review, version=review.organisation.row_version - 1, by=coordinator)
    assert review.organisation.status == "pending"


def test_a_profile_is_sent_once() -> None:
    owner = make_person()
    review = make_review(owner)
    with pytest.raises(Conflict):
        services.send_for_review(review.organisation, by=owner)


def test_only_an_owner_sends_a_profile() -> None:
    editor, organisation = make_person(), make_organisation(status="draft")
    make_member(organisation, "editor", editor)
    with pytest.raises(Refusal):
        services.send_for_review(organisation, by=editor)


def test_second_decision_is_told_that_the_first_was_made_and_not_that_the_profile_changed() -> None:
    coordinator = make_person()
    review = make_review(make_person(), make_network(coordinators=(coordinator,)))
    version = review.organisation.row_version
    services.publish_profile(review, version=version, by=coordinator)
    with pytest.raises(Conflict) as refused:
        services.return_profile(review, reason="Za późno.", version=version, by=coordinator)
    assert str(refused.value.reason) == str(REVIEWS.otherwise)
