"""Several people of one mailbox who register with one form: all or as many as can, one link, and a registration for each."""

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.events.models import Event
from portal.ground import clock
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal
from portal.registration import queries, services
from portal.registration.models import Party, Registration
from portal.registration.services import Asked, Somebody, Wish
from tests.factories.events import ask, make_event, make_session, make_slot, refreshed
from tests.factories.people import make_person
from tests.factories.registrations import confirmed, state, taken
from tests.fixtures.pages import Outbox
from tests.registration.test_calendars import file_of
from tests.support.client import CheckedClient

BOX = "biuro@example.org"
NAMES = ["Anna Lipa", "Jan Lipa", "Ola Lipa", "Ewa Buk", "Piotr Klon"]
ACTIVE = ("confirmed", "waiting", "pending")


def asked(event: Event, *, key: str = "klucz", email: str = BOX, **more: Any) -> Asked:
    return Asked(event_id=event.id, key=key, email=email, locale="pl", affiliation="", **more)


def of_box(event: Event, email: str = BOX) -> list[Registration]:
    db.session.rollback()
    query = sa.select(Registration).where(Registration.event_id == event.id, Registration.email == email)
    return list(db.session.scalars(query.order_by(Registration.id)))


def statuses(event: Event, email: str = BOX) -> list[str]:
    return [one.status for one in of_box(event, email)]


def party() -> int:
    return db.session.scalars(sa.select(Party.id).order_by(Party.id.desc()).limit(1)).one()


def come(event: Event, names: list[str], *sessions: object, waits: bool = False, **more: Any) -> int:
    """A form that was sent and not confirmed yet."""
    wanted = [Wish(one.id, waits) for one in sessions]
    services.submit_together(asked(event, **more), [Somebody(name, wanted) for name in names])
    return party()


def form_of(event: Event) -> str:
    return f"/en/events/{event.slug}/register/together"


def typed(*names: str, **more: str) -> dict[str, str]:
    return {"email": BOX, **{f"p{number}-name": name for number, name in enumerate(names, 1)}, **more}


@pytest.mark.both_engines
def test_everybody_has_a_registration_a_link_and_a_calendar_of_their_own(app: Flask, outbox: Outbox) -> None:
    event = make_event(seats=10)
    workshop = make_session(event, seats=5)
    number = come(event, NAMES, workshop)
    assert statuses(event) == ["unverified"] * 5
    (mail,) = outbox.deliver()
    assert all(name in outbox.text(mail) for name in NAMES)
    services.confirm_together(number)
    assert (statuses(event), taken(workshop)) == (["confirmed"] * 5, 5)
    mails = outbox.deliver()
    assert len(mails) == 5
    own = {next(path for path in outbox.paths(one) if "/registration/" in path) for one in mails}
    assert len(own) == 5
    uids = [set(file_of(one)) for one in of_box(event)]
    assert all(uids) and len(set.union(*uids)) == sum(map(len, uids))


@pytest.mark.both_engines
@pytest.mark.parametrize(
    ("whole", "are_then"), [(True, ["unverified"] * 3), (False, ["confirmed", "waiting", "waiting"])]
)
def test_three_people_and_one_place_at_the_event(app: Flask, outbox: Outbox, whole: bool, are_then: list[str]) -> None:
    event = make_event(seats=3)
    number = come(event, NAMES[:3], whole=whole)
    confirmed(event), confirmed(event)
    outbox.deliver()
    if whole:
        with pytest.raises(services.NotAll):
            services.confirm_together(number)
        assert outbox.deliver() == []
    else:
        services.confirm_together(number)
    assert statuses(event) == are_then
    places = queries.event_places(event.id)
    assert places is not None and places.taken == (2 if whole else 3)


@pytest.mark.both_engines
@pytest.mark.parametrize("whole", [True, False])
def test_two_people_and_one_place_in_a_workshop(app: Flask, whole: bool) -> None:
    event = make_event()
    workshop = make_session(event, seats=2)
    number = come(event, NAMES[:2], workshop, whole=whole)
    confirmed(event, workshop)
    if whole:
        with pytest.raises(services.NotAll):
            services.confirm_together(number)
        assert (statuses(event), taken(workshop)) == (["unverified"] * 2, 1)
        services.confirm_together(number, possible=True)
    else:
        services.confirm_together(number)
    assert [state(one, workshop) for one in of_box(event)] == ["booked", "waiting"]
    assert (statuses(event), taken(workshop)) == (["confirmed"] * 2, 2)


def test_waiting_list_that_the_form_named_keeps_nobody_out(app: Flask) -> None:
    event = make_event()
    full = make_session(event, seats=1)
    confirmed(event, full)
    services.confirm_together(come(event, NAMES[:2], full, waits=True, whole=True))
    assert [state(one, full) for one in of_box(event)] == ["waiting", "waiting"]


@pytest.mark.both_engines
def test_eight_offices_and_the_last_places(app: Flask) -> None:
    """Eight parties of two confirm at once; five places: never six, and of those who come only together no half."""
    event = make_event(seats=100)
    numbers = [
        come(event, NAMES[:2], whole=place % 2 == 0, email=f"biuro{place}@example.org", key=str(place))
        for place in range(8)
    ]
    with transaction() as session:
        session.execute(sa.update(Event).where(Event.id == event.id).values(seats=5))
        session.execute(sa.text("UPDATE event_seats SET seats = 5 WHERE event_id = :event"), {"event": event.id})

    def confirm(number: int) -> bool:
        with app.app_context():
            try:
                services.confirm_together(number)
            except services.NotAll:
                return False
            return True

    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(confirm, numbers))
    found = [statuses(event, f"biuro{place}@example.org") for place in range(8)]
    assert sum(one.count("confirmed") for one in found) == 5
    for place, one in enumerate(found):
        assert done[place] or one == ["unverified"] * 2
        if place % 2 == 0:
            assert one in (["confirmed"] * 2, ["unverified"] * 2)


@pytest.mark.both_engines
def test_double_click_makes_one_party(app: Flask, outbox: Outbox) -> None:
    event = make_event()
    sent = asked(event)

    def send(_place: int) -> None:
        with app.app_context():
            services.submit_together(sent, [Somebody(name) for name in NAMES[:2]])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, range(8)))
    assert statuses(event) == ["unverified"] * 2
    assert len(outbox.deliver()) == 1
    services.confirm_together(party())
    services.confirm_together(party())
    assert statuses(event) == ["confirmed"] * 2


def test_key_of_another_mailbox_opens_nothing(app: Flask) -> None:
    event, other = make_event(), make_person()
    come(event, NAMES[:2])
    services.register_together(asked(event, email=other.email), [Somebody("Ktoś Inny")])
    assert [one.name for one in of_box(event, other.email)] == ["Ktoś Inny"]


def test_office_fills_in_a_form_without_a_script(client: CheckedClient, outbox: Outbox) -> None:
    event = make_event()
    slot = make_slot(event)
    workshop = make_session(event, seats=5, slot=slot)
    question = ask(event, "Dieta?")
    page = client.get(form_of(event))
    assert "/register/together" in client.get(f"/en/events/{event.slug}/register").text
    choice, answer = f"slot_{slot.id}", f"question_{question.id}"
    given = {f"p1-{choice}": str(workshop.id), f"p1-{answer}": "wszystko", f"p2-{answer}": "wege"}
    page = client.submit(page, typed(*NAMES[:2], **given), button="act=more")
    assert page.status_code == 422
    assert all(words in page.text for words in ('value="Anna Lipa"', 'value="Jan Lipa"', "wege", 'name="p3-name"'))
    page = client.submit(page, {"p3-name": "Ktoś Zbędny"}, button="act=less-3")
    assert "Zbędny" not in page.text
    assert client.submit(page).status_code == 303
    anna, jan = of_box(event)
    assert [anna.name, jan.name] == NAMES[:2]
    (mail,) = outbox.deliver()
    confirm = client.get(next(path for path in outbox.paths(mail) if "confirm-together" in path))
    shown = client.follow(client.submit(confirm))
    assert all(name in shown.text for name in NAMES[:2])
    assert (state(anna, workshop), state(jan, workshop)) == ("booked", None)
    number = re.findall(rf'action="([^"]+/{jan.id})"', shown.text)[0]
    assert "Jan Lipa" in client.follow(client.submit(shown, action=number)).text
    more = client.get(re.findall(r'href="([^"]+/more)"', shown.text)[0])
    assert client.submit(more, {"name": "Ola Lipa", answer: "wege"}).status_code == 303
    assert statuses(event) == ["confirmed"] * 3


def test_what_is_wrong_stands_at_its_person(client: CheckedClient) -> None:
    event = make_event()
    slot = make_slot(event)
    workshop = make_session(event, seats=1, slot=slot)
    choice = f"slot_{slot.id}"
    double = client.submit(form_of(event), typed("Anna Lipa", "lipa  ANNA"))
    assert double.status_code == 422
    assert 'id="p2-name-error"' in double.text and 'id="p1-name-error"' not in double.text
    empty = client.submit(form_of(event), typed("Anna Lipa", ""))
    assert 'id="p2-name-error"' in empty.text and 'value="Anna Lipa"' in empty.text
    both = {f"p1-{choice}": str(workshop.id), f"p2-{choice}": str(workshop.id)}
    short = client.submit(form_of(event), typed(*NAMES[:2], whole="all", **both))
    assert f'id="p2-{choice}-error"' in short.text and f'id="p1-{choice}-error"' not in short.text
    assert statuses(event) == []
    assert client.submit(form_of(event), typed(*NAMES[:2], whole="possible", **both)).status_code == 303


def test_form_takes_ten_people_and_no_more(app: Flask, client: CheckedClient) -> None:
    event = make_event()
    page = client.get(form_of(event))
    for _turn in range(8):
        page = client.submit(page, button="act=more")
    assert 'name="p10-name"' in page.text and 'value="more"' not in page.text
    with pytest.raises(Refusal):
        services.submit_together(asked(event), [Somebody(f"Osoba {place}") for place in range(11)])


def test_whoever_has_the_account_of_the_address_registers_all_at_once(as_person: Any, outbox: Outbox) -> None:
    event, person = make_event(seats=1), make_person()
    browser = as_person(person)
    all_of_us = browser.submit(form_of(event), {**typed(*NAMES[:2], whole="all"), "email": person.email})
    assert all_of_us.status_code == 422
    done = browser.submit(form_of(event), {**typed(*NAMES[:2]), "email": person.email})
    assert done.status_code == 303
    assert all(name in browser.follow(done).text for name in NAMES[:2])
    assert statuses(event, person.email) == ["confirmed", "waiting"]
    assert [one.person_id for one in of_box(event, person.email)] == [person.id, None]


def test_who_takes_part_already_is_left_out_and_named_in_the_mail(app: Flask, outbox: Outbox) -> None:
    event = make_event()
    confirmed(event, email=BOX, name="Anna Lipa")
    outbox.deliver()
    services.confirm_together(come(event, NAMES[:2]))
    assert "Anna Lipa" in outbox.text(outbox.deliver()[0])
    assert [one.name for one in of_box(event)] == NAMES[:2]
    services.submit_together(asked(event, key="inny"), [Somebody("Anna Lipa")])
    assert len(of_box(event)) == 2


def test_team_decides_on_each_of_them(client: CheckedClient) -> None:
    event = make_event(approval=True)
    assert 'name="whole"' not in client.get(form_of(event)).text
    services.confirm_together(come(event, NAMES[:2]))
    assert statuses(event) == ["pending"] * 2


def test_link_of_all_leads_to_nobody_whose_address_was_corrected(app: Flask, client: CheckedClient) -> None:
    event = make_event()
    number = come(event, NAMES[:2])
    services.confirm_together(number)
    anna, jan = of_box(event)
    with transaction() as session:
        session.get_one(Registration, jan.id).party_id = None
    assert services.open_party(number, anna.id) is not None
    assert services.open_party(number, jan.id) is None


def test_party_ends_with_its_registrations(app: Flask) -> None:
    event = make_event()
    number = come(event, NAMES[:2])
    assert services.remove_parties() == 0
    with clock.frozen(clock.now() + dt.timedelta(days=3)):
        services.expire()
        with pytest.raises(Conflict):
            services.confirm_together(number)
    with clock.frozen(clock.now() + dt.timedelta(days=40)):
        assert (services.remove_old(), services.remove_parties()) == (2, 1)


def test_answers_of_each_are_their_own(app: Flask) -> None:
    event = make_event()
    question = ask(event, "Dieta?")
    people = [Somebody(name, filled={"answers": {question.id: name}}) for name in NAMES[:2]]
    services.submit_together(asked(event), people)
    services.confirm_together(party())
    sets = [refreshed(one).answer_set_id for one in of_box(event)]
    assert None not in sets and len(set(sets)) == 2
