"""Who works on an event: granted, told, ended, handed over."""

from typing import Any

import pytest
import sqlalchemy as sa

from portal.accounts.services.erasure import erase_person
from portal.events import queries, services
from portal.events.models import EventRole
from portal.events.policies import does
from portal.events.services import team as team_services
from portal.ground import limits
from portal.ground.authz import NotAllowed
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal, TooMany
from portal.membership.queries import coordinated_networks
from tests.factories.events import make_coordinator, make_event, make_network, make_room, make_session, make_team_member
from tests.factories.people import make_account, make_person


@pytest.fixture
def coordinator(app: Any, frozen_clock: Any) -> Any:
    return make_coordinator(make_network())


@pytest.fixture
def event(coordinator: Any) -> Any:
    return make_event(coordinated_networks(coordinator)[0])


def test_organiser_adds_somebody_who_is_told_and_finds_the_workbench(
    as_person: Any, coordinator: Any, event: Any, outbox: Any
) -> None:
    person = make_person("Dora Deskowa", "dora@example.net")
    browser = as_person(coordinator)
    done = browser.submit(f"/pl/events/{event.slug}/team", {"email": "Dora@example.net", "role": "desk"})
    assert done.status_code == 303
    assert "Dora Deskowa" in browser.get(f"/pl/events/{event.slug}/team").text
    outbox.deliver()
    (letter,) = outbox.to("dora@example.net")
    assert "obsługa zgłoszeń" in outbox.text(letter)
    desk = as_person(person)
    assert event.slug in desk.get("/pl/events/mine").text
    assert desk.get(f"/pl/events/{event.slug}/participants").status_code == 200
    assert desk.get(f"/pl/events/{event.slug}/edit").status_code == 403
    assert desk.get(f"/pl/events/{event.slug}/team").status_code == 403


def test_programme_makes_sessions_and_sees_no_participants(as_person: Any, event: Any) -> None:
    browser = as_person(make_team_member(event, "programme"))
    assert browser.get(f"/pl/events/{event.slug}/sessions/new").status_code == 200
    assert browser.get(f"/pl/events/{event.slug}/participants").status_code == 403
    assert browser.get(f"/pl/events/{event.slug}/cancel").status_code == 403
    session = make_session(event, seats=90, room_id=make_room(event).id)
    page = browser.get(f"/pl/events/{event.slug}/manage").text
    assert f"/pl/events/{event.slug}/sessions/{session.id}/edit" in page
    for closed in ("participants", "team", "postpone", "cancel", "edit", "copy"):
        assert f'/pl/events/{event.slug}/{closed}"' not in page


def test_unknown_address_a_second_time_and_too_many_are_refused(coordinator: Any, event: Any) -> None:
    make_account("Dora", "dora@example.net")
    with pytest.raises(Refusal) as unknown:
        services.grant_role(event, address="nobody@example.net", role="desk", by=coordinator)
    services.grant_role(event, address="dora@example.net", role="desk", by=coordinator)
    with pytest.raises(Conflict):
        services.grant_role(event, address="dora@example.net", role="desk", by=coordinator)
    services.grant_role(event, address="dora@example.net", role="door", by=coordinator)
    with transaction() as session:
        session.add_all(
            EventRole(event_id=event.id, person_id=make_person().id, role="door")
            for _ in range(team_services.MOST_OPEN)
        )
    with pytest.raises(Refusal) as full:
        services.grant_role(event, address="dora@example.net", role="access", by=coordinator)
    assert "at most 60" in str(full.value.reason) and "No account" in str(unknown.value.reason)


def test_nobody_goes_through_a_list_of_addresses_to_learn_who_has_an_account(coordinator: Any, event: Any) -> None:
    for number in range(limits.LIMITS["team"].per_address):
        with pytest.raises(Refusal) as refused:
            services.grant_role(event, address=f"n{number}@example.net", role="desk", by=coordinator)
        assert refused.value.field == "email"
    make_account("Dora", "dora@example.net")
    with pytest.raises(TooMany):
        services.grant_role(event, address="dora@example.net", role="desk", by=coordinator)


def test_role_that_ended_gives_nothing_and_stays_on_the_page(as_person: Any, coordinator: Any, event: Any) -> None:
    person = make_team_member(event, "organiser")
    assert does(person, event)
    ((role, _person),) = queries.team(event.id)
    done = as_person(coordinator).submit(
        f"/pl/events/{event.slug}/team", {}, action=f"/pl/events/{event.slug}/team/{role.id}/end"
    )
    assert done.status_code == 303
    db.session.rollback()
    assert not does(person, event)
    assert [one.id for one, _person in queries.team(event.id, ended=True)] == [role.id]
    services.end_role(role, by=coordinator)  # ending it again changes nothing
    assert as_person(person).get(f"/pl/events/{event.slug}/manage").status_code == 403


def test_whoever_ends_the_own_last_role_is_led_to_a_page_that_opens(as_person: Any, event: Any) -> None:
    person = make_team_member(event, "organiser")
    ((role, _person),) = queries.team(event.id)
    browser = as_person(person)
    done = browser.submit(f"/pl/events/{event.slug}/team", {}, action=f"/pl/events/{event.slug}/team/{role.id}/end")
    assert done.status_code == 303
    assert browser.get(done.headers["Location"]).status_code == 200


def test_whoever_is_no_organiser_makes_no_team(event: Any) -> None:
    make_account("Dora", "dora@example.net")
    with pytest.raises(NotAllowed):
        services.grant_role(event, address="dora@example.net", role="desk", by=make_team_member(event, "desk"))


def test_an_organiser_of_the_event_publishes_no_copy_for_the_network(as_person: Any, event: Any) -> None:
    organiser = make_team_member(event, "organiser")
    network = queries.find(event.id).network.slug
    assert as_person(organiser).get(f"/pl/networks/{network}/events/new").status_code == 403


def test_roles_of_two_people_who_are_one_are_kept_once(event: Any) -> None:
    kept, gone = make_team_member(event, "desk"), make_team_member(event, "desk")
    with transaction() as session:
        session.add(EventRole(event_id=event.id, person_id=gone.id, role="programme"))
    services.hand_over(gone_id=gone.id, kept_id=kept.id)
    assert sorted(role.role for role, person in queries.team(event.id) if person.id == kept.id) == ["desk", "programme"]
    assert not queries.open_roles_of(gone.id)


def test_whoever_leaves_the_portal_leaves_the_team(event: Any) -> None:
    make_session(event)
    person = make_person("Dora", "dora@example.net")
    with transaction() as session:
        session.add(EventRole(event_id=event.id, person_id=person.id, role="desk"))
    erase_person(person.id, by=person)
    assert not db.session.scalar(sa.select(sa.func.count()).where(EventRole.ended_at.is_(None)))
