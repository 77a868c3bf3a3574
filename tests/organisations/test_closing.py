"""An organisation that has ended: what stays, what ends, and the way back."""

import datetime as dt
from typing import Any

import pytest
from flask import Flask

from portal.ground import clock
from portal.ground.authz import NotAllowed
from portal.ground.db import db
from portal.ground.errors import Conflict, Refusal
from portal.membership import queries as membership
from portal.membership import services as networks
from portal.membership.models import MembershipStatus
from portal.organisations import queries, services
from portal.organisations.models import KIND
from portal.words import search
from tests.factories.events import make_event
from tests.factories.networks import current, make_application, make_network
from tests.factories.news import make_post
from tests.factories.organisations import fresh, make_member, make_organisation
from tests.factories.people import make_administrator, make_person

pytestmark = pytest.mark.both_engines
ZONE = "Europe/Warsaw"


def closed(owner: Any = None, **fields: Any) -> Any:
    owner = owner or make_person()
    organisation = make_organisation(owner, **fields)
    services.close(organisation, last_day=clock.today(ZONE), reason="Zadania przejęło Koło Klon.", by=owner)
    return fresh(organisation)


def test_the_page_stays_and_says_since_when_and_the_list_does_not_have_it(
    app: Flask, client: Any, frozen_clock: Any
) -> None:
    organisation = closed(name="Koło Lipa")
    address = f"/en/organisations/{organisation.slug}"
    page = client.get(address)
    assert page.status_code == 200
    text = page.text.replace("\xa0", " ")
    assert "This organisation has ended" in text
    assert "Last day: 21 November 2026" in text
    assert "Zadania przejęło Koło Klon." in text
    assert "Koło Lipa" not in client.get("/en/organisations").text
    found = client.get("/en/search?q=lipa").text
    assert address in found
    assert "· This organisation has ended" in found
    assert organisation.id in db.session.scalars(search.matching_ids("lipa", KIND)).all()


def test_memberships_and_applications_end_and_the_networks_are_told(app: Flask, outbox: Any) -> None:
    coordinator, owner = make_person("Kosma"), make_person(locale="bg")
    network, other = make_network(coordinators=(coordinator,)), make_network("Druga", coordinators=(coordinator,))
    organisation = make_organisation(owner, name="Koło Lipa")
    member = make_application(network, organisation, owner, status="active")
    waits = make_application(other, organisation, owner)
    neighbour = make_application(network, status="active")
    outbox.deliver()
    services.close(fresh(organisation), last_day=clock.today(ZONE), reason="Koniec.", by=owner)
    subjects = sorted((str(one["To"]), str(one["Subject"])) for one in outbox.deliver())
    assert current(member).status == MembershipStatus.RESIGNED
    assert current(waits).status == MembershipStatus.WITHDRAWN
    assert current(neighbour).status == MembershipStatus.ACTIVE
    assert membership.member_count(network) == 1
    assert [one.id for one in membership.active_members(network)] == [neighbour.organisation_id]
    assert [who for who, _subject in subjects].count(coordinator.email) == 2
    assert (owner.email, "Закрита организация: Koło Lipa") in subjects
    event = membership.latest_event(member.id)
    assert (event.to_status, event.reason, event.actor_id) == ("resigned", "Koniec.", None)


def test_posts_stay_readable_and_new_ones_are_refused(app: Flask, client: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    post = make_post(organisation, by=owner, title="Żegnamy się")
    draft = make_post(organisation, by=owner, title="Szkic", state="draft")
    services.close(organisation, last_day=clock.today(ZONE), by=owner)
    assert client.get(f"/pl/news/{post.slug}").status_code == 200
    from portal.news import services as news

    with pytest.raises(Refusal):
        news.publish_post(draft, by=owner)


def test_places_of_its_people_at_events_stay(app: Flask) -> None:
    from portal.registration.models import Registration
    from tests.factories.registrations import confirmed

    owner = make_person()
    organisation = make_organisation(owner)
    taken = confirmed(make_event(), email=owner.email)
    status = db.session.get_one(Registration, taken.id).status
    services.close(organisation, last_day=clock.today(ZONE), by=owner)
    db.session.rollback()
    assert db.session.get_one(Registration, taken.id).status == status


def test_its_people_keep_their_roles_and_open_it_again_confirmed_today(
    app: Flask, outbox: Any, frozen_clock: Any
) -> None:
    owner = make_person()
    organisation = make_organisation(owner, name="Koło Lipa")
    editor = make_member(organisation, "editor")
    services.close(fresh(organisation), last_day=clock.today(ZONE), by=owner)
    outbox.deliver()
    frozen_clock.shift(days=30)
    with pytest.raises(NotAllowed):
        services.reopen(organisation, by=editor)
    services.reopen(organisation, by=owner)
    now = fresh(organisation)
    assert (now.status, now.closed_on, now.closed_reason, now.confirmed_at) == ("published", None, None, clock.now())
    assert [str(one["Subject"]) for one in outbox.deliver()] == ["Organizacja znów działa: Koło Lipa"]
    assert len(queries.people_of(now)) == 2
    with pytest.raises(Conflict):
        services.reopen(organisation, by=owner)


def test_the_portal_team_says_why_and_nobody_else_closes(app: Flask) -> None:
    team, owner = make_administrator(), make_person()
    organisation = make_organisation(owner)
    today = clock.today(ZONE)
    for person in (make_member(organisation, "editor"), make_member(organisation, "representative"), make_person()):
        with pytest.raises(NotAllowed):
            services.close(organisation, last_day=today, reason="x", by=person)
    with pytest.raises(Refusal) as refused:
        services.close(organisation, last_day=today, reason=" ", by=team)
    assert refused.value.field == "reason"
    assert fresh(organisation).closed_on is None
    services.close(organisation, last_day=today, reason="Wykreślono z rejestru.", by=team)
    assert fresh(organisation).status == "closed"
    services.reopen(organisation, by=team)
    assert fresh(organisation).status == "published"


@pytest.mark.parametrize(("days", "field"), [(1, "last_day"), (-60_000, "last_day")])
def test_a_day_that_cannot_be_is_refused(app: Flask, days: int, field: str) -> None:
    owner = make_person()
    organisation = make_organisation(owner, founded_year=1990)
    with pytest.raises(Refusal) as refused:
        services.close(organisation, last_day=clock.today(ZONE) + dt.timedelta(days=days), by=owner)
    assert refused.value.field == field
    assert fresh(organisation).status == "published"


def test_the_form_says_what_ends_and_keeps_what_was_typed(app: Flask, as_person: Any) -> None:
    owner = make_person()
    network = make_network("Sieć Lip", coordinators=(make_person(),))
    organisation = make_organisation(owner)
    make_application(network, organisation, owner, status="active")
    browser, address = as_person(owner), f"/en/organisations/{organisation.slug}/close"
    page = browser.get(address).text
    assert "Sieć Lip" in page
    assert "What stays" in page
    wrong = browser.submit(address, {"last_day": "31.02.2026", "reason": "Koniec."})
    assert wrong.status_code == 422
    assert "31.02.2026" in wrong.text
    assert "Koniec." in wrong.text
    assert browser.submit(address).status_code == 303
    shown = browser.get(f"/en/organisations/{organisation.slug}").text
    assert "Open the organisation again" in shown
    assert "organisation has ceased activity" in browser.get("/en/organisations/mine").text


def test_a_closed_organisation_cannot_apply_and_is_asked_nothing(app: Flask, outbox: Any) -> None:
    from portal.freshness import services as freshness
    from tests.factories.freshness import aged

    owner = make_person()
    organisation = closed(owner)
    aged(organisation, 600)
    outbox.deliver()
    freshness.ask_all()
    assert not outbox.deliver()
    network = make_network(coordinators=(make_person(),))
    with pytest.raises(Refusal):
        networks.apply(network, organisation_id=organisation.id, answers={}, language="pl", by=owner)
