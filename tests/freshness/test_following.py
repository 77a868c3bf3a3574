"""Where nobody can be asked, or nobody answers, those who coordinate get a task: never to confirm, only to follow up."""

from typing import Any

import pytest
from flask import Flask

from portal.freshness import queries, services
from portal.ground.authz import NotAllowed
from portal.ground.db import db, transaction
from portal.ground.errors import Refusal
from portal.mail import standing
from portal.organisations import services as profiles
from tests.factories.freshness import aged
from tests.factories.networks import make_application, make_network
from tests.factories.organisations import fresh, make_member, make_organisation
from tests.factories.people import make_administrator, make_person

pytestmark = pytest.mark.both_engines


def unreachable(owner: Any = None, network: Any = None, **fields: Any) -> Any:
    """A profile of almost a year whose only owner's mailbox sends everything back."""
    owner = owner or make_person()
    organisation = make_organisation(owner, **fields)
    if network is not None:
        make_application(network, organisation, owner, status="active")
    with transaction():
        standing.note_report(owner.email, is_hard=True, code="5.1.1")
    return aged(organisation, 340)


def names(person: Any) -> list[str]:
    db.session.rollback()
    found = queries.cases_of(person)
    assert len(found) == queries.number_of_cases(person)
    return [case.organisation.name.source for case in found]


def test_coordinators_of_its_networks_get_the_task_and_else_the_portal_team(app: Flask) -> None:
    coordinator, elsewhere, team = make_person(), make_person(), make_administrator()
    network = make_network(coordinators=(coordinator,))
    make_network("Inna", coordinators=(elsewhere,))
    unreachable(network=network, name="W sieci")
    unreachable(name="Bez sieci")
    aged(make_organisation(name="Osiągalna"), 340)
    services.ask_all()
    assert (names(coordinator), names(elsewhere), names(team)) == (["W sieci"], [], ["Bez sieci"])
    assert names(make_person()) == []


def test_who_coordinates_and_has_a_role_there_leaves_it_to_the_portal_team(app: Flask) -> None:
    both, team = make_person(), make_administrator()
    network = make_network(coordinators=(both, make_person("Druga")))
    owner = make_person()
    organisation = unreachable(owner, network, name="Własna")
    make_member(organisation, "translator", both)
    services.ask_all()
    assert names(both) == []
    assert names(team) == []
    lonely = make_network("Sama", coordinators=(both,))
    with db.session.no_autoflush:
        second = make_organisation(owner, name="Druga własna")
    from portal.membership import services as membership

    membership.grant_coordinator(lonely.slug, team.email or "", by=team)
    make_application(lonely, second, owner, status="active")
    membership.end_coordinator(_role_of(lonely, team), by=team)
    make_member(second, "author", both)
    aged(second, 340)
    services.ask_all()
    assert names(team) == ["Druga własna"]


def _role_of(network: Any, person: Any) -> Any:
    from portal.membership import queries as membership

    return next(role for role, one in membership.coordinator_roles(network.id) if one.id == person.id)


def test_a_dormant_profile_is_a_task_also_when_its_people_could_be_asked(app: Flask) -> None:
    team = make_administrator()
    aged(make_organisation(name="Milczy"), 400)
    services.ask_all()
    assert names(team) == []
    aged(make_organisation(name="Śpi"), 600)
    services.ask_all()
    assert names(team) == ["Śpi"]


@pytest.mark.parametrize("end", ["confirm", "newcomer", "close", "hide"])
def test_the_task_ends_by_itself(app: Flask, end: str) -> None:
    owner, team = make_person(), make_administrator()
    organisation = unreachable(owner)
    services.ask_all()
    assert len(names(team)) == 1
    if end == "confirm":
        profiles.confirm(organisation, by=owner)
    elif end == "newcomer":
        make_member(organisation, "editor")
    elif end == "close":
        from portal.ground import clock

        profiles.close(organisation, last_day=clock.today("Europe/Warsaw"), by=owner)
    else:
        from portal.organisations.models import OrganisationStatus

        profiles.change_status(organisation, OrganisationStatus.HIDDEN, by=owner)
    assert names(team) == []


def test_the_pages_say_what_to_do_and_offer_no_confirmation(app: Flask, as_person: Any, outbox: Any) -> None:
    coordinator, owner = make_person(), make_person(locale="bg")
    network = make_network(coordinators=(coordinator,))
    organisation = unreachable(
        owner, network, name="Koło Lipa", contacts=[("email", "lipa@example.org", "coordinators")]
    )
    services.ask_all()
    browser = as_person(coordinator)
    assert "profile that nobody confirms" in browser.get("/en/account/").text
    assert "/en/tasks/unconfirmed" in browser.get("/en/tasks").text
    assert "Koło Lipa" in browser.get("/en/tasks/unconfirmed").text
    address = f"/en/tasks/unconfirmed/{organisation.slug}"
    page = browser.get(address).text
    assert "lipa@example.org" in page
    assert "Nobody can do that for them." in page
    assert "All is correct" not in page
    with pytest.raises(NotAllowed):
        profiles.confirm(organisation, by=coordinator)
    assert browser.submit(address, {"reason": " "}).status_code == 422
    assert browser.submit(address, {"reason": "Lokal jest zamknięty od roku."}).status_code == 303
    assert as_person(make_person()).get(address).status_code == 403
    assert as_person(None).get(address).status_code == 303


def test_a_proposal_is_told_to_the_owners_and_waits_for_the_portal_team_until_they_confirm(
    app: Flask, outbox: Any
) -> None:
    coordinator, owner, team = make_person(), make_person(locale="bg"), make_administrator()
    network = make_network(coordinators=(coordinator,))
    organisation = make_organisation(owner, name="Koło Lipa")
    make_application(network, organisation, owner, status="active")
    outbox.deliver()
    with pytest.raises(Refusal):
        services.propose_closing(organisation, reason="  ", by=coordinator)
    with pytest.raises(NotAllowed):
        services.propose_closing(organisation, reason="Nie ma ich.", by=owner)
    services.propose_closing(
        organisation, reason="Lokal zamknięty.\n[[kliknij|https://zlo.example.org]]", by=coordinator
    )
    (message,) = outbox.deliver()
    assert message["To"] == owner.email
    assert str(message["Subject"]) == "Прекратена ли е организацията? Koło Lipa"
    assert "Lokal zamknięty." in outbox.text(message)
    html = message.get_body(("html",)).get_content()
    assert 'href="https://zlo.example.org"' not in html
    assert names(team) == ["Koło Lipa"]
    assert names(coordinator) == []
    profiles.confirm(fresh(organisation), by=owner)
    assert names(team) == []
    assert queries.proposal_for(fresh(organisation)) is None


def test_what_the_portal_team_opens_again_is_as_dormant_as_it_was(app: Flask, client: Any) -> None:
    from portal.ground import clock

    team = make_administrator()
    organisation = aged(make_organisation(name="Koło Lipa"), 600)
    services.ask_all()
    profiles.close(fresh(organisation), last_day=clock.today("Europe/Warsaw"), reason="Wykreślono.", by=team)
    assert names(team) == []
    profiles.reopen(fresh(organisation), by=team)
    assert fresh(organisation).dormant_since is not None
    assert names(team) == ["Koło Lipa"]
    assert "kolo-lipa" not in client.get("/pl/organisations").text
