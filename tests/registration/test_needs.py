"""What people need to take part (GDPR, art. 9): kept with consent, read by the access coordinator alone, gone when it is over."""

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.events.models import Event
from portal.ground.authz import NotAllowed
from portal.ground.db import db
from portal.ground.errors import Conflict, Refusal, Stale
from portal.membership.models import Network
from portal.registration import queries, services
from portal.registration.models import Registration
from portal.registration.needs import FEW, meal_counts
from tests.factories.events import make_coordinator, make_event, make_session, make_team_member, refreshed
from tests.factories.registrations import confirmed
from tests.fixtures.pages import FrozenClock, Outbox
from tests.support.client import CheckedClient
from tests.support.people import sign_in


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event()


@pytest.fixture
def reader(event: Event):
    return make_team_member(event, "access")


def needs(registration: Registration) -> dict[str, str]:
    db.session.rollback()
    return {one.kind: one.status for one in queries.needs_of(registration.id)}


def asked(event: Event, *kinds: str, note: str = "") -> Registration:
    registration = confirmed(event)
    services.ask(registration.id, kinds=kinds, note=note, agrees=True)
    return registration


def test_person_tells_what_they_need_and_sees_how_far_it_is(
    event, reader, client: CheckedClient, outbox: Outbox
) -> None:
    registration = confirmed(event)
    address = f"/en/registration/{services.open_own(registration.id).token}/needs"
    refused = client.submit(address, {"way": ["step-free"], "note": "A ramp of one metre"})
    assert refused.status_code == 422 and "Tick that the access coordinator may read this." in refused.text
    assert "A ramp of one metre" in refused.text and needs(registration) == {}
    outbox.deliver()
    client.submit(refused, {"agrees": "y"})
    assert needs(registration) == {"step-free": "asked", "other": "asked"}
    (mail,) = outbox.deliver()
    assert mail["To"] == reader.email and "ramp" not in outbox.text(mail) and registration.name not in outbox.text(mail)
    number = queries.needs_of(registration.id)[0].id
    services.answer(
        queries.need_of(event.slug, number), version=1, status="arranged", how="The door in the yard", by=reader
    )
    page = client.get(address)
    assert "The door in the yard" in page.text and "arranged" in page.text
    (mail,) = outbox.deliver()
    assert mail["To"] == registration.email and "yard" not in outbox.text(mail)
    client.submit(page, action=f"{address}/{number}/confirm")
    assert needs(registration)["step-free"] == "confirmed"


def test_nothing_of_it_is_readable_in_the_database(event, reader) -> None:
    asked(event, "diet-vegan", note="orzechy ziemne")
    db.session.rollback()
    rows = db.session.execute(sa.text("SELECT kind, note FROM need")).all()
    assert len(rows) == 2
    assert not [cell for row in rows for cell in row if cell and ("diet" in cell or "orzechy" in cell)]


def test_only_the_access_coordinator_reads_it_and_every_look_is_noted(
    event, reader, client: CheckedClient, app: Flask
) -> None:
    registration = asked(event, "wheelchair-space")
    path = f"/en/events/{event.slug}/needs"
    organiser = make_coordinator(db.session.get_one(Network, event.network_id))
    for stranger in (organiser, make_team_member(event, "desk"), make_team_member(event, "organiser")):
        browser = client.fresh()
        sign_in(browser, stranger)
        assert browser.get(path).status_code == 403
        assert "wheelchair" not in browser.get(f"/en/events/{event.slug}/participants").text
    sign_in(client, reader)
    page = client.get(path)
    assert "wheelchair space" not in page.text and "Asked for: 1." in page.text
    looks = sa.text("SELECT count(*) FROM audit_entry WHERE verb = 'event.needs_read'")
    assert db.session.scalar(looks) == 0
    listed = client.follow(client.submit(page))
    assert "wheelchair space" in listed.text and registration.name in listed.text
    db.session.rollback()
    assert db.session.scalar(looks) == 1


def test_need_follows_its_person_into_what_they_book(event, reader, client: CheckedClient) -> None:
    one = make_session(event, seats=3)
    registration = confirmed(event, one)
    services.ask(registration.id, kinds=["captions", "diet-vegan"], note="", agrees=True)
    sign_in(client, reader)
    path = f"/en/events/{event.slug}/needs"
    text = client.follow(client.submit(path)).text
    title = one.title.shown_in("en").text
    assert text.count(title) == 1, "captions follow, a meal does not"
    services.leave(registration.id, session_id=one.id)
    assert title not in client.follow(client.submit(path)).text


def test_answer_is_typed_once_and_never_written_over(event, reader, client: CheckedClient) -> None:
    registration = asked(event, "captions")
    number = queries.needs_of(registration.id)[0].id
    sign_in(client, reader)
    client.submit(f"/en/events/{event.slug}/needs")
    silent = client.submit(f"/en/events/{event.slug}/needs/{number}", {"state": "arranged", "how": ""})
    assert silent.status_code == 422 and "Say how it is arranged" in silent.text
    done = client.follow(client.submit(silent, {"state": "arranged", "how": "On the screen"}))
    assert "On the screen" in done.text
    with pytest.raises(Stale):
        services.answer(queries.need_of(event.slug, number), version=1, status="arranging", how="", by=reader)


def test_need_of_another_event_is_not_answered(event, reader) -> None:
    elsewhere = make_event()
    make_team_member(elsewhere, "access")
    registration = asked(elsewhere, "captions")
    number = queries.needs_of(registration.id)[0].id
    assert queries.need_of(event.slug, number) is None
    with pytest.raises(NotAllowed):
        services.answer(queries.need_of(elsewhere.slug, number), version=1, status="arranged", how="Tak", by=reader)
    assert needs(registration) == {"captions": "asked"}


def test_nobody_is_asked_where_nobody_would_read_it(event, client: CheckedClient) -> None:
    registration = confirmed(event)
    page = client.get(f"/en/registration/{services.open_own(registration.id).token}/needs")
    assert "Nobody reads this yet" in page.text and "Save what I need" not in page.text
    with pytest.raises(Refusal):
        services.ask(registration.id, kinds=["captions"], note="", agrees=True)


def test_what_is_cleared_is_gone_at_once(event, reader) -> None:
    registration = asked(event, "captions", "diet-vegan", note="orzechy")
    services.ask(registration.id, kinds=["captions"], note="", agrees=True)
    assert needs(registration) == {"captions": "asked"}
    services.ask(registration.id, kinds=[], note="", agrees=False)
    assert needs(registration) == {}


@pytest.mark.parametrize("end", ["cancel", "hand_over"])
def test_with_the_registration_the_needs_end(event, reader, end: str) -> None:
    registration = asked(event, "captions")
    if end == "cancel":
        services.cancel(registration.id)
    else:
        services.hand_over(registration.id, name="Ewa Nowa", email="ewa@example.org")
    assert needs(registration) == {}


def test_a_month_after_the_event_they_are_deleted(event, reader, frozen_clock: FrozenClock) -> None:
    registration = asked(event, "captions")
    frozen_clock.set(refreshed(event).ends_at)
    frozen_clock.shift(days=30)
    assert services.purge() == 0
    frozen_clock.shift(seconds=1)
    assert services.purge() == 1
    assert needs(registration) == {}


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({}, {}),
        ({"a": 5, "b": 3}, {"a": 5, "b": 3}),
        ({"a": 5, "b": 2, "c": 1}, {"a": 5, FEW: 3}),
        ({"a": 5, "b": 4, "c": 1}, {"a": 5, FEW: 5}),  # one alone would be known from the rest
        ({"a": 5, "b": 1}, {FEW: 6}),
        ({"a": 2}, {FEW: 0}),
        ({"a": 1, "b": 1}, {FEW: 0}),
    ],
)
def test_caterer_gets_numbers_in_which_nobody_is_recognised(wanted: dict[str, int], told: dict[str, int]) -> None:
    assert meal_counts(wanted) == told


def test_organisers_see_the_numbers_of_meals_alone(event, reader, client: CheckedClient) -> None:
    for _ in range(3):
        asked(event, "diet-vegan")
    asked(event, "allergy")
    sign_in(client, make_coordinator(db.session.get_one(Network, event.network_id)))
    page = client.get(f"/en/events/{event.slug}/meals")
    assert "Other meals together: 4" in page.text and "vegan" not in page.text


def test_an_assistance_dog_and_an_allergy_are_told_to_the_reader_alone(event, reader, client: CheckedClient) -> None:
    asked(event, "guide-dog")
    asked(event, "allergy")
    sign_in(client, reader)
    assert "Two needs that get in each other" in client.follow(client.submit(f"/en/events/{event.slug}/needs")).text


def test_list_closes_ten_minutes_after_the_look(
    event, reader, client: CheckedClient, frozen_clock: FrozenClock
) -> None:
    asked(event, "captions")
    sign_in(client, reader)
    path = f"/en/events/{event.slug}/needs"
    assert client.get(f"{path}/list").location.endswith(path), "nobody comes past the button"
    client.submit(path)
    assert "live captions" in client.get(f"{path}/list").text
    frozen_clock.shift(minutes=10)
    for page in ("list", str(queries.needs_of_event(event.id)[0].id)):
        assert client.get(f"{path}/{page}").location.endswith(path)


def test_who_has_cancelled_asks_for_nothing(event, reader) -> None:
    registration = confirmed(event)
    services.cancel(registration.id)
    with pytest.raises(Conflict):
        services.ask(registration.id, kinds=["captions"], note="", agrees=True)


def test_what_was_withdrawn_meanwhile_is_not_answered(event, reader) -> None:
    registration = asked(event, "captions")
    (need,) = queries.needs_of(registration.id)
    opened = queries.need_of(event.slug, need.id)
    services.ask(registration.id, kinds=[], note="", agrees=False)
    with pytest.raises(Conflict):
        services.answer(opened, version=1, status="arranged", how="Tak", by=reader)


def test_only_an_answer_of_their_own_is_confirmed(event, reader) -> None:
    registration, other = asked(event, "captions"), asked(event, "captions")
    (need,) = queries.needs_of(registration.id)
    assert not services.confirm_need(other.id, need.id)
    assert not services.confirm_need(registration.id, need.id), "nobody has answered yet"
    assert needs(registration) == {"captions": "asked"}
