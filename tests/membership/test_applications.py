"""An organisation and a network, from the application to the end."""

import pytest

from portal.ground.errors import Conflict, Refusal, Refusals
from portal.membership import queries, services
from portal.membership.models import MembershipStatus
from tests.factories.networks import current, make_application, make_network, make_question
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_administrator, make_person
from tests.fixtures.pages import Outbox

pytestmark = pytest.mark.usefixtures("app")


def test_an_application_with_all_answers_is_submitted_and_everybody_is_told(outbox: Outbox) -> None:
    coordinator = make_person(locale="bg")
    owner, representative = make_person(locale="en"), make_person()
    network = make_network(coordinators=(coordinator,))
    question = make_question(network)
    organisation = make_organisation(owner)
    make_member(organisation, "representative", representative)
    outbox.deliver()
    membership = services.apply(
        network, organisation_id=organisation.id, answers={question.id: "Festyn."}, language="pl", by=representative
    )
    assert [(one.answer.text, one.answer.lang) for one in queries.answers_of(membership.id)] == [("Festyn.", "pl")]
    subjects = {str(message["To"]): str(message["Subject"]) for message in outbox.deliver()}
    assert set(subjects) == {coordinator.email, owner.email, representative.email}
    assert subjects[str(owner.email)] == "Application submitted: Sieć Sąsiedzka"


def test_all_missing_answers_are_named_at_once() -> None:
    owner = make_person()
    network = make_network()
    first, second = make_question(network), make_question(network, "Kto?")
    make_question(network, "Coś jeszcze?", required=False)
    organisation = make_organisation(owner)
    with pytest.raises(Refusals) as refused:
        services.apply(network, organisation_id=organisation.id, answers={}, language="pl", by=owner)
    assert [part.field for part in refused.value.parts] == [f"question_{first.id}", f"question_{second.id}"]
    assert queries.open_membership(network.id, organisation.id) is None


@pytest.mark.unsound("a profile waits for a review that nobody was asked for")
@pytest.mark.parametrize("status", ["draft", "pending"])
def test_a_profile_that_is_not_public_cannot_apply(status: str) -> None:
    owner = make_person()
    with pytest.raises(Refusal) as refused:
        services.apply(
            make_network(),
            organisation_id=make_organisation(owner, status=status).id,
            answers={},
            language="pl",
            by=owner,
        )
    assert refused.value.field == "organisation_id"


@pytest.mark.parametrize("role", ["editor", "author", "translator"])
def test_who_only_writes_for_an_organisation_cannot_apply_for_it(role: str) -> None:
    person, organisation = make_person(), make_organisation()
    make_member(organisation, role, person)
    with pytest.raises(Refusal):
        services.apply(make_network(), organisation_id=organisation.id, answers={}, language="pl", by=person)


@pytest.mark.parametrize("status", ["submitted", "more-info", "active"])
def test_a_second_application_is_refused_while_one_is_open(status: str) -> None:
    owner = make_person()
    network, organisation = make_network(coordinators=(make_person(),)), make_organisation(owner)
    make_application(network, organisation, owner, status=status)
    with pytest.raises(Conflict) as refused:
        services.apply(network, organisation_id=organisation.id, answers={}, language="pl", by=owner)
    assert refused.value.field == "organisation_id"


@pytest.mark.parametrize("status", ["declined", "withdrawn", "resigned"])
def test_a_new_application_is_possible_after_an_end(status: str) -> None:
    owner = make_person()
    network, organisation = make_network(coordinators=(make_person(),)), make_organisation(owner)
    make_application(network, organisation, owner, status=status)
    again = make_application(network, organisation, owner)
    assert again.status == MembershipStatus.SUBMITTED
    assert len(queries.applications_of(organisation.id)) == 2


def test_a_refusal_is_told_with_its_reason_and_the_way_to_appeal_but_not_in_the_subject(outbox: Outbox) -> None:
    owner = make_person(locale="en")
    network = make_network(coordinators=(make_person(),))
    outbox.deliver()
    make_application(network, make_organisation(owner), owner, status="declined")
    message = next(m for m in outbox.deliver() if m["To"] == owner.email and "Decision" in str(m["Subject"]))
    assert str(message["Subject"]).strip() == "Decision on the membership application: Sieć Sąsiedzka"
    text = outbox.text(message)
    assert "> Sieć skupia grupy z innego regionu." in text
    assert "within 30 days" in text


def test_the_words_of_a_person_cannot_become_a_link_of_the_mail(outbox: Outbox) -> None:
    owner, coordinator = make_person(), make_person()
    membership = make_application(make_network(coordinators=(coordinator,)), make_organisation(owner), owner)
    outbox.deliver()
    reason = "Proszę o numer.\n\n[[Zaloguj się|http://evil.example/]]"
    services.ask_for_more(membership, reason=reason, version=membership.row_version, by=coordinator)
    message = next(m for m in outbox.deliver() if m["To"] == owner.email)
    assert 'href="http://evil.example/' not in outbox.html(message)
    assert "> [[Zaloguj" in outbox.text(message)


def test_a_decision_on_an_older_version_is_a_conflict() -> None:
    owner, coordinator = make_person(), make_person()
    network = make_network(coordinators=(coordinator,))
    membership = make_application(network, make_organisation(owner), owner)
    seen = membership.row_version
    services.ask_for_more(membership, reason="Ile osób?", version=seen, by=coordinator)
    membership = current(membership)
    services.answer(
        membership, reason="Dwanaście.", answers={}, language="pl", version=membership.row_version, by=owner
    )
    with pytest.raises(Conflict):
        services.accept(membership, version=seen, by=coordinator)
    assert current(membership).status == MembershipStatus.SUBMITTED


def test_nobody_decides_on_their_own_organisation_and_the_portal_team_steps_in() -> None:
    coordinator, administrator = make_person(), make_administrator()
    network = make_network(coordinators=(coordinator,))
    organisation = make_organisation(coordinator)
    membership = make_application(network, organisation, coordinator)
    with pytest.raises(Refusal):
        services.accept(membership, version=membership.row_version, by=coordinator)
    services.accept(membership, version=membership.row_version, by=administrator)
    assert current(membership).status == MembershipStatus.ACTIVE


def test_the_portal_team_does_not_decide_where_a_coordinator_can() -> None:
    membership = make_application(make_network(coordinators=(make_person(),)))
    with pytest.raises(Refusal):
        services.accept(membership, version=membership.row_version, by=make_administrator())


def test_an_answer_that_is_not_changed_keeps_its_language() -> None:
    owner, coordinator = make_person(), make_person()
    network = make_network(coordinators=(coordinator,))
    kept, changed = make_question(network), make_question(network, "Kto?")
    membership = make_application(network, make_organisation(owner), owner, status="more-info")
    services.answer(
        membership, reason="Dodajemy.", answers={kept.id: "Wspólny festyn.", changed.id: "Ние."}, language="bg",
        version=membership.row_version, by=owner,
    )  # fmt: skip
    assert {one.question.id: one.answer.lang for one in queries.answers_of(membership.id)} == {
        kept.id: "pl",
        changed.id: "bg",
    }
