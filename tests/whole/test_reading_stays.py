"""Reading does not hang on the permission to write: what somebody worked on they can read in every state that it takes."""

import datetime as dt
from typing import Any

import pytest
from flask import Flask

from portal.events import services as events
from portal.events.models import Event, EventStatus
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.membership.models import MembershipStatus
from portal.organisations import services as organisations
from portal.organisations.models import OrganisationStatus
from tests.factories.events import make_coordinator, make_event, make_room, make_session, make_slot
from tests.factories.events import make_network as make_host
from tests.factories.networks import make_application, make_network, make_review
from tests.factories.news import make_post
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_person
from tests.factories.registrations import confirmed

DAYS = dt.timedelta(days=40)
EVENT_STATES = [*EventStatus, "past"]
OF_EVENT = ["", "/programme", "/programme/list", ".ics", "/manage", "/participants", "/participants/export"]


def made_event(state: str) -> tuple[Event, Any, Any]:
    """An event in a state, with its coordinator, a workshop and somebody who takes part where that can be."""
    host = make_host()
    coordinator = make_coordinator(host)
    event = make_event(host, **({"status": EventStatus.DRAFT, "published_at": None} if state == "draft" else {}))
    make_room(event)
    session = make_session(event, slot=make_slot(event))
    if state != "draft":
        confirmed(event, session, name="Zofia Uczestna")
    if state == "cancelled":
        events.cancel_event(event, reason="Powódź.", by=coordinator)
    db.session.rollback()
    return event, session, coordinator


@pytest.mark.parametrize("state", EVENT_STATES)
def test_the_coordination_reads_everything_about_an_event(
    app: Flask, as_person: Any, frozen_clock: Any, state: str
) -> None:
    event, session, coordinator = made_event(state)
    slug, number, ends = event.slug, session.id, event.ends_at
    if state == "past":
        frozen_clock.set(ends + DAYS)
    browser = as_person(coordinator)
    for below in [*OF_EVENT, f"/sessions/{number}"]:
        assert browser.get(f"/pl/events/{slug}{below}").status_code == 200, below
    assert slug in browser.get("/pl/events/mine").text
    if state != "draft":
        assert "Zofia Uczestna" in browser.get(f"/pl/events/{slug}/participants").text
        assert f"/events/{slug}/participants" in browser.get(f"/pl/events/{slug}/manage").text


@pytest.mark.parametrize("state", ["published", "cancelled", "past"])
def test_whoever_takes_part_reads_their_registration(
    app: Flask, client: Any, outbox: Any, frozen_clock: Any, state: str
) -> None:
    host = make_host()
    coordinator, event = make_coordinator(host), make_event(host)
    confirmed(event, make_session(event), email="zofia@example.org")
    outbox.deliver()
    path = next(path for path in outbox.paths(outbox.to("zofia@example.org")[-1]) if "/registration/" in path)
    if state == "cancelled":
        events.cancel_event(event, reason="Powódź.", by=coordinator)
    if state == "past":
        frozen_clock.set(event.ends_at + dt.timedelta(days=20))
    for below in ("", "/calendar.ics"):
        assert client.get(f"{path}{below}").status_code == 200


OF_PROFILE = ["", "/news", "/feed.atom"]
MORE = {"owner": ["/networks", "/people", "/edit"], "editor": ["/networks", "/edit"]}


@pytest.mark.parametrize("role", ["owner", "editor", "author", "translator"])
@pytest.mark.parametrize("state", [one for one in OrganisationStatus if one != "merged"])  # nobody has a role there
def test_the_people_of_a_profile_read_it_and_what_it_wrote(app: Flask, as_person: Any, state: str, role: str) -> None:
    owner = make_person()
    was_published = state not in ("draft", "pending")
    organisation = make_organisation(owner, name="Lipa", status="published" if was_published else state)
    post = make_post(organisation).slug if was_published else None
    person = owner if role == "owner" else make_member(organisation, role)
    if was_published and state != OrganisationStatus.PUBLISHED:
        organisations.change_status(organisation, OrganisationStatus(state), by=PORTAL, reason="Powód")
    browser = as_person(person)
    for below in [*OF_PROFILE, *MORE.get(role, [])]:
        assert browser.get(f"/pl/organisations/lipa{below}").status_code == 200, below
    for path in [f"/pl/news/{post}", f"/pl/news/{post}/preview"] if post else []:
        assert browser.get(path).status_code == 200
    assert "/organisations/lipa" in browser.get("/pl/organisations/mine").text


@pytest.mark.parametrize("organisation_state", ["published", "hidden", "suspended"])
@pytest.mark.parametrize("state", MembershipStatus)
def test_both_sides_read_an_application(app: Flask, as_person: Any, state: str, organisation_state: str) -> None:
    owner, coordinator = make_person(), make_person()
    network = make_network("Sieć", coordinators=(coordinator,))
    organisation = make_organisation(owner, name="Lipa")
    case = make_application(network, organisation, owner, status=state)
    if organisation_state != "published":
        organisations.change_status(organisation, OrganisationStatus(organisation_state), by=PORTAL, reason="Powód")
    assert as_person(owner).get(f"/pl/memberships/{case.id}").status_code == 200
    assert as_person(owner).get("/pl/organisations/lipa/networks").status_code == 200
    assert as_person(coordinator).get(f"/pl/tasks/applications/{case.id}").status_code == 200


def test_the_network_reads_a_review_that_is_done(app: Flask, as_person: Any) -> None:
    from portal.membership import services as membership

    owner, coordinator = make_person(), make_person()
    network = make_network("Sieć", coordinators=(coordinator,))
    review = make_review(owner, network)
    membership.publish_profile(review, version=review.organisation.row_version, by=coordinator)
    assert as_person(coordinator).get(f"/pl/tasks/profiles/{review.id}").status_code == 200


@pytest.mark.parametrize("state", ["draft", "scheduled", "published", "unpublished"])
def test_the_publisher_reads_a_post(app: Flask, as_person: Any, state: str) -> None:
    owner = make_person()
    tomorrow = (clock.now() + dt.timedelta(days=1)).replace(tzinfo=None) if state == "scheduled" else None
    post = make_post(make_organisation(owner), state=state, at=tomorrow)
    for person in (owner, make_member(post.organisation, "author")):
        browser = as_person(person)
        assert browser.get(f"/pl/news/{post.slug}").status_code == 200
        assert browser.get(f"/pl/news/{post.slug}/preview").status_code == 200
        assert post.slug in browser.get("/pl/news/mine").text
