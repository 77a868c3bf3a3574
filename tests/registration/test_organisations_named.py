"""The organisation and the sector that somebody names when they register: asked where the event asks, linked where the name
stands in the directory once."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.events.models import Event
from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.ground.errors import Refusal
from portal.organisations import services as organisations
from portal.organisations.models import Organisation
from portal.registration import queries, services
from portal.registration.models import Registration
from portal.words.tables import read_file
from tests.factories.events import make_coordinator, make_event, make_session, refreshed
from tests.factories.networks import make_application, make_network
from tests.factories.organisations import fresh, make_organisation
from tests.factories.people import make_person
from tests.factories.registrations import change, confirmed, submit
from tests.merging.pairs import merge, two
from tests.registration.test_questions import latest, own, register
from tests.support.client import CheckedClient

TYPED = {"name": "Ola Próbna", "email": "ola@example.org"}


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event(asks_organisation=True)


def named(registration: Registration) -> tuple[int | None, str]:
    now = refreshed(registration)
    return now.organisation_id, now.sector


def test_form_of_a_village_training_has_neither(app: Flask, client: CheckedClient) -> None:
    make_organisation(name="Koło Wierzbica")
    event = make_event()
    page = client.get(register(event))
    assert "<datalist" not in page.text
    assert 'name="sector"' not in page.text
    assert client.submit(page, {**TYPED, "affiliation": "Koło Wierzbica"}).status_code == 303
    assert named(latest()) == (None, "")


@pytest.mark.both_engines
@pytest.mark.parametrize("typed", ["Koło Wierzbica", "  KOLO  wierzbica ", "Wierzba"])
def test_name_of_the_directory_is_linked_however_it_is_written(app: Flask, typed: str) -> None:
    event, organisation = make_event(asks_organisation=True), make_organisation(name="Koło Wierzbica")
    organisations.add_name(organisation, by=PORTAL, kind="short", text="Wierzba")
    registration = submit(event, affiliation=typed.strip(), sector="ngo")
    assert named(registration) == (organisation.id, "ngo")


def test_name_of_two_organisations_or_of_none_stays_words(event: Event) -> None:
    make_organisation(name="Lipa")
    make_organisation(name="Lipa")
    make_organisation(name="Tajny szkic", status="draft")
    for words in ("Lipa", "Tajny szkic", "Sołectwo Dębina", ""):
        registration = submit(event, affiliation=words)
        assert named(registration)[0] is None
        assert refreshed(registration).affiliation == words


def test_form_offers_members_of_the_network_and_shows_what_is_linked(client: CheckedClient) -> None:
    network, owner = make_network(coordinators=(make_person(),)), make_person()
    member = make_organisation(owner, name="Fundacja Brzoza")
    make_application(network, member, owner, status="active")
    event = make_event(network, asks_organisation=True)
    page = client.get(register(event))
    assert '<option value="Fundacja Brzoza">' in page.text
    assert client.submit(page, {**TYPED, "affiliation": "fundacja brzoza", "sector": "ngo"}).status_code == 303
    registration = latest()
    services.confirm(registration.id)
    shown = client.get(own(registration))
    assert f'/organisations/{fresh(member).slug}"' in shown.text
    assert "organizacja pozarządowa" in shown.text


def test_change_follows_the_words_and_keeps_what_is_not_asked(event: Event, client: CheckedClient) -> None:
    lipa, buk = make_organisation(name="Lipa"), make_organisation(name="Buk")
    registration = confirmed(event, affiliation="Lipa", sector="business")
    page = own(registration)
    assert client.submit(f"{page}/change", {"affiliation": "Buk", "sector": "media"}).status_code == 303
    assert named(registration) == (buk.id, "media")
    assert client.submit(f"{page}/change", {"affiliation": "Ktoś inny", "sector": ""}).status_code == 303
    assert named(registration) == (None, "")
    change(registration)  # by a form of before, which had no such field
    assert named(registration) == (None, "")
    assert client.submit(f"{page}/change", {"affiliation": "Lipa", "sector": "media"}).status_code == 303
    with transaction() as session:
        session.get_one(Event, event.id).asks_organisation = False
    assert client.submit(f"{page}/change", {"name": "Anna Nowa"}).status_code == 303
    assert named(registration) == (lipa.id, "media")
    change(registration)
    assert named(registration) == (None, "media")


def test_sector_that_is_none_is_refused_at_its_field(event: Event, client: CheckedClient) -> None:
    page = client.get(register(event))
    token = {"csrf_token": page.text.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]}
    assert client.post(register(event), data={**TYPED, **token, "sector": "pirates"}).status_code == 422
    with pytest.raises(Refusal) as refused:
        submit(event, sector="pirates")
    assert refused.value.field == "sector"


@pytest.mark.both_engines
def test_two_profiles_become_one_and_their_people_with_them(app: Flask) -> None:
    owner, kept, lost = two()
    event = make_event(asks_organisation=True)
    registration = confirmed(event, affiliation="Lipa druga")
    assert named(registration)[0] == lost.id
    assert services.going_over(lost.id) == 1
    merge(kept, lost, owner)
    assert named(registration)[0] == kept.id


@pytest.mark.both_engines
def test_organisation_that_is_deleted_leaves_the_words(app: Flask) -> None:
    event, organisation = make_event(asks_organisation=True), make_organisation(name="Lipa", status="draft")
    registration = confirmed(event, affiliation="Lipa", sector="ngo")
    with transaction() as session:
        session.get_one(Registration, registration.id).organisation_id = organisation.id
    with transaction() as session:
        session.execute(sa.delete(Organisation).where(Organisation.id == organisation.id))
    assert named(registration) == (None, "ngo")
    assert refreshed(registration).affiliation == "Lipa"


def test_whoever_takes_over_a_place_comes_for_the_same_organisation(event: Event) -> None:
    organisation = make_organisation(name="Lipa")
    new = services.hand_over(
        confirmed(event, affiliation="Lipa", sector="ngo").id, name="Ewa Inna", email="ewa@example.org"
    )
    assert named(new) == (organisation.id, "ngo")


def test_team_finds_people_by_organisation_and_sector_and_takes_both_home(as_person: Any) -> None:
    network, organisation = make_network(), make_organisation(name="Lipa")
    event = make_event(network, asks_organisation=True)
    workshop = make_session(event)
    confirmed(event, workshop, name="Ewa Lipowa", affiliation="lipa", sector="ngo")
    confirmed(event, workshop, name="Jan Inny", affiliation="Sołectwo", sector="local-government")
    browser = as_person(make_coordinator(network))
    address = f"/en/events/{event.slug}/participants"
    for asked, there, not_there in (
        (f"organisation={organisation.id}", "Ewa Lipowa", "Jan Inny"),
        ("sector=local-government", "Jan Inny", "Ewa Lipowa"),
    ):
        text = browser.get(f"{address}?{asked}").text
        assert there in text
        assert not_there not in text
    assert browser.get(f"{address}?organisation=999&sector=pirates").status_code == 200
    file = read_file(browser.submit(f"{address}/export?sector=ngo", button="ending=csv").data)
    heads, row = file.lines
    taken = dict(zip(heads.cells, row.cells, strict=True))
    assert (taken["Organisation in the directory"], taken["Sector"]) == ("Lipa", "non-governmental organisation")
    assert "non-governmental organisation" in browser.get(f"{address}/workshops/{workshop.id}").text
    person = browser.get(f"{address}/{latest_named('Ewa Lipowa').id}").text
    assert f"/organisations/{fresh(organisation).slug}" in person


def latest_named(name: str) -> Registration:
    return db.session.scalars(sa.select(Registration).where(Registration.name == name)).one()


def test_message_goes_to_those_of_one_organisation_or_sector(event: Event) -> None:
    organisation = make_organisation(name="Lipa")
    one = confirmed(event, affiliation="Lipa", sector="ngo")
    confirmed(event, affiliation="Buk", sector="media")
    for people in (queries.of_organisation(event.id, organisation.id), queries.in_sector(event.id, "ngo")):
        assert db.session.scalars(people).all() == [refreshed(one).person_id]


def test_both_go_with_the_name_when_a_person_is_forgotten(event: Event) -> None:
    make_organisation(name="Lipa")
    registration = confirmed(event, affiliation="Lipa", sector="ngo")
    with transaction() as session:
        row = session.get_one(Event, event.id)
        row.starts_at, row.ends_at = row.starts_at.replace(year=2020), row.ends_at.replace(year=2020)
    assert services.purge() > 0
    assert named(registration) == (None, "")
