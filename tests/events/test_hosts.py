"""Events of organisations: who runs them, where they stand, and what becomes of them with the organisation."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

from portal.events import queries, services
from portal.events.models import Event
from portal.ground import audit, clock
from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal
from portal.membership.models import Membership, MembershipStatus
from portal.merging import services as merging
from portal.merging.queries import Pair
from portal.organisations import services as organisations
from portal.organisations.models import OrganisationStatus
from portal.registration import services as registration
from portal.words import search
from tests.factories.events import NEW, make_event, make_network, make_session
from tests.factories.organisations import fresh, make_member, make_organisation
from tests.factories.people import make_person
from tests.factories.registrations import confirmed, submit

ORGANISATION_PAGE = "/pl/organisations/{slug}"


@pytest.fixture
def owner(app: Any, frozen_clock: Any) -> Any:
    return make_person()


@pytest.fixture
def organisation(owner: Any) -> Any:
    return make_organisation(owner)


def in_network(network: Any, organisation: Any) -> None:
    with transaction() as session:
        session.add(Membership(
            network_id=network.id, organisation_id=organisation.id, status=MembershipStatus.ACTIVE,
            decided_at=clock.now(),
        ))  # fmt: skip


def test_editor_makes_and_publishes_an_event_of_the_organisation(as_person: Any, organisation: Any) -> None:
    browser = as_person(make_member(organisation))
    assert f"/organisations/{organisation.slug}/events/new" in browser.get("/pl/events/mine").text
    made = browser.submit(f"/pl/organisations/{organisation.slug}/events/new", NEW)
    assert made.status_code == 303, made.text
    event = db.session.scalars(sa.select(Event)).one()
    assert (event.organisation_id, event.network_id) == (organisation.id, None)
    make_session(event)
    assert browser.submit(f"/pl/events/{event.slug}/publish", {}).status_code == 303
    page = browser.get(f"/pl/events/{event.slug}").text
    assert f"/organisations/{organisation.slug}" in page and "kongres" in page


def test_an_event_of_a_profile_that_nobody_can_read_is_not_published(owner: Any, organisation: Any) -> None:
    draft = make_event(organisation=organisation, status="draft")
    make_session(draft)
    organisations.change_status(organisation, OrganisationStatus.HIDDEN, by=PORTAL)
    with pytest.raises(Refusal) as refused:
        services.publish_event(draft, by=owner)
    assert "not public" in str(refused.value.reason)


def test_nobody_makes_events_for_a_profile_that_is_not_public(as_person: Any, owner: Any) -> None:
    draft = make_organisation(owner, status="draft")
    assert as_person(owner).get(f"/pl/organisations/{draft.slug}/events/new").status_code == 403
    assert f"/organisations/{draft.slug}/events/new" not in as_person(owner).get("/pl/events/mine").text


def test_event_of_a_member_stands_in_the_calendar_of_its_networks(client: Any, organisation: Any) -> None:
    network, other = make_network(slug="nasza"), make_network(slug="inna")
    in_network(network, organisation)
    event = make_event(organisation=organisation)
    assert f"/events/{event.slug}" in client.get("/pl/events?network=nasza").text
    assert f"/events/{event.slug}" not in client.get("/pl/events?network=inna").text
    assert queries.numbers_by_network(past=False) == {network.id: 1}
    assert [one.id for one in queries.upcoming_of_network(network.id)] == [event.id]
    assert not queries.upcoming_of_network(other.id)
    joined = queries.joined_by(fresh(organisation))
    assert ([one.id for one in joined.coming], [one.slug for one in joined.networks]) == ([event.id], ["nasza"])
    assert event.slug in client.get(ORGANISATION_PAGE.format(slug=organisation.slug)).text


def test_a_former_member_takes_its_events_out_of_the_calendar_of_the_network(organisation: Any) -> None:
    network = make_network()
    in_network(network, organisation)
    make_event(organisation=organisation)
    with transaction() as session:
        session.scalars(sa.select(Membership)).one().status = MembershipStatus.RESIGNED
    assert not queries.upcoming_of_network(network.id)
    assert not queries.numbers_by_network(past=False)


def test_events_of_a_hidden_profile_leave_lists_and_search_and_keep_their_page(client: Any, organisation: Any) -> None:
    event = make_event(organisation=organisation)
    with transaction():
        services.follow_host(organisation.id, is_public=True)
    assert [hit.id for hit in search.search("kongres", lang="pl").items] == [event.id]
    organisations.change_status(organisation, OrganisationStatus.HIDDEN, by=PORTAL)
    assert not search.search("kongres", lang="pl").items
    for address in ("/pl/events", "/pl/", "/pl/events.ics"):
        assert event.slug not in client.get(address).text
    page = client.get(f"/pl/events/{event.slug}")
    assert page.status_code == 200
    assert f'href="/pl/organisations/{organisation.slug}"' not in page.text
    organisations.change_status(organisation, OrganisationStatus.PUBLISHED, by=PORTAL)
    assert event.slug in client.get("/pl/events").text
    assert search.search("kongres", lang="pl").items


def test_nobody_registers_while_the_profile_is_hidden_and_who_has_a_place_keeps_it(
    client: Any, organisation: Any
) -> None:
    event = make_event(organisation=organisation)
    placed, sent = confirmed(event), submit(event)
    organisations.change_status(organisation, OrganisationStatus.HIDDEN, by=PORTAL)
    page = client.get(f"/en/events/{event.slug}/register").text
    assert "is not public at the moment, so nobody can register" in page and 'name="email"' not in page
    with pytest.raises(Conflict):
        submit(event)
    with pytest.raises(Conflict):
        registration.confirm(sent.id)
    assert client.get(f"/en/registration/{registration.open_own(placed.id).token}").status_code == 200
    organisations.change_status(organisation, OrganisationStatus.PUBLISHED, by=PORTAL)
    registration.confirm(sent.id)


def test_a_merge_hands_events_over_and_says_so_beforehand(
    as_person: Any, client: Any, owner: Any, organisation: Any
) -> None:
    other = make_organisation(owner, name="Drugi profil")
    event = make_event(organisation=other)
    pair = Pair(fresh(organisation), fresh(other))
    page = as_person(owner).get(f"/pl/organisations/{organisation.slug}/merge/{other.slug}").text
    assert "1 wydarzenie przechodzi" in page.replace("\xa0", " ")
    versions = {"kept_version": pair.kept.row_version, "lost_version": pair.lost.row_version}
    merging.merge(pair, by=owner, taken=(), **versions)
    assert db.session.get_one(Event, event.id, populate_existing=True).organisation_id == organisation.id
    assert organisation.slug in client.get(f"/pl/events/{event.slug}").text


def test_people_of_the_organisation_read_what_was_done_with_its_events(
    as_person: Any, owner: Any, organisation: Any
) -> None:
    draft = make_event(organisation=organisation, status="draft")
    make_session(draft)
    services.publish_event(draft, by=owner)
    assert "opublikowano wydarzenie" in as_person(owner).get(f"/pl/organisations/{organisation.slug}/history/acts").text
    assert audit.verify().broken_at is None


def test_an_event_has_exactly_one_host(app: Any, organisation: Any) -> None:
    network = make_network()
    for values in ({"organisation_id": organisation.id}, {"organisation_id": None, "network_id": None}):
        event = make_event(network)
        with pytest.raises(sa.exc.IntegrityError), transaction() as session:
            session.execute(sa.update(Event).where(Event.id == event.id).values(**values))


def test_next_events_do_not_wait_for_networks(client: Any, organisation: Any) -> None:
    event = make_event(organisation=organisation, starts_at=clock.now() + dt.timedelta(days=1))
    assert event.slug in client.get("/pl/").text
