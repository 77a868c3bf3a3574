"""Messages to those who take part: to whom, narrowed by session, day and language, and to each mailbox once."""

import re
from typing import Any

import pytest

from portal.declaration import sender_kind
from portal.events import queries as events
from portal.ground.db import transaction
from portal.ground.errors import Refusal, Refusals
from portal.mail import Frequency, Kind, preferences
from portal.messages import queries
from portal.messages import services as messages
from portal.messages.models import Message
from portal.messages.queries import Place
from portal.registration import services as registration_services
from portal.tasks import services as tasks
from tests.factories.events import make_coordinator, make_event, make_network, make_session, make_team_member
from tests.factories.registrations import change, confirmed, wishes
from tests.messages.looks import send

WORDS = {"language": "pl", "subject": "Obiad", "body": "Obiad jest o 13."}


@pytest.fixture
def network(app: Any, frozen_clock: Any) -> Any:
    return make_network()


@pytest.fixture
def event(network: Any) -> Any:
    return make_event(network, seats=4)


def place(event: Any) -> Place:
    kind = sender_kind("event")
    assert kind is not None
    return Place(kind, events.by_slug(event.slug))


def write(event: Any, by: Any, audience: str = "registered", **narrowed: str) -> Message:
    return messages.create(place(event), audience=audience, narrowed=narrowed, by=by, **WORDS)


def number(message: Message) -> int:
    kind, audience = sender_kind("event"), queries.audience_of(message)
    assert kind is not None and audience is not None
    return queries.reach(message, kind.mail, audience).people


def test_states_sessions_days_and_languages_say_who_gets_it(event: Any, network: Any) -> None:
    by = make_coordinator(network)
    full, later = make_session(event, seats=1, hours=2), make_session(event, seats=9, hours=26)
    confirmed(event, full, email="a@example.net")
    second = confirmed(event, later, email="b@example.net", locale="bg")
    change(second, *wishes([later]), *wishes([full], waits=True))
    confirmed(event, email="c@example.net")
    confirmed(event, email="d@example.net")
    confirmed(event, email="waits@example.net")
    assert number(write(event, by, "confirmed")) == 4
    assert number(write(event, by, "waiting")) == 1
    assert number(write(event, by)) == 5
    assert number(write(event, by, session=str(full.id))) == 1
    assert number(write(event, by, waiting=str(full.id))) == 1
    assert number(write(event, by, day=event.first_day.isoformat())) == 1
    assert number(write(event, by, language="bg")) == 1
    assert number(write(event, by, language="pl", session=str(later.id))) == 0


def test_one_mailbox_with_two_people_gets_one_message(event: Any, network: Any, outbox: Any) -> None:
    by = make_coordinator(network)
    confirmed(event, email="razem@example.net", name="Ala Razem")
    confirmed(event, email="razem@example.net", name="Olek Razem")
    outbox.deliver()
    before = len(outbox.to("razem@example.net"))
    send(write(event, by, "confirmed"), by)
    tasks.run_due()
    outbox.deliver()
    assert len(outbox.to("razem@example.net")) == before + 1
    letter = outbox.text(outbox.to("razem@example.net")[-1])
    assert "Obiad jest o 13." in letter and "masz miejsce" in letter and "/account/mail" in letter


def test_whoever_wants_no_such_messages_still_hears_of_the_own_booking(event: Any, network: Any, outbox: Any) -> None:
    by = make_coordinator(network)
    registration = confirmed(event, email="cisza@example.net")
    with transaction():
        preferences.choose("cisza@example.net", {Kind.EVENT_MESSAGE: Frequency.NEVER}, how=preferences.How.ACCOUNT)
    message = write(event, by, "confirmed")
    with pytest.raises(Refusal):
        messages.send(message, version=message.row_version, by=by)
    outbox.deliver()
    registration_services.cancel(registration.id)
    outbox.deliver()
    assert outbox.to("cisza@example.net"), "what concerns the own place is always written"


def test_desk_writes_programme_does_not_and_nobody_for_a_draft(as_person: Any, event: Any, network: Any) -> None:
    address = f"/pl/messages/event/{event.slug}"
    assert as_person(make_team_member(event, "desk")).get(address).status_code == 200
    assert as_person(make_team_member(event, "programme")).get(address).status_code == 404
    draft = make_event(network, status="draft")
    assert as_person(make_coordinator(network)).get(f"/pl/messages/event/{draft.slug}").status_code == 404


def test_an_option_that_is_gone_is_refused_with_its_field(event: Any, network: Any) -> None:
    with pytest.raises(Refusals) as refused:
        write(event, make_coordinator(network), session="987654", day="2020-01-01")
    assert {one.field for one in refused.value.parts} == {"by_session", "by_day"}


def test_narrowing_of_another_release_reaches_nobody(event: Any, network: Any) -> None:
    message = write(event, make_coordinator(network))
    with transaction() as session:
        session.get_one(Message, message.id).narrowed = {"shoe-size": "42"}
    assert queries.audience_of(queries.message(message.id)) is None, "without it more people would get it"


def test_coordinator_narrows_a_message_on_its_page_and_sees_to_whom(as_person: Any, event: Any, network: Any) -> None:
    one = make_session(event, seats=3)
    confirmed(event, one, email="a@example.net", name="Ala")
    confirmed(event, email="b@example.net", name="Bea")
    browser = as_person(make_coordinator(network))
    made = browser.submit(
        f"/en/messages/event/{event.slug}/new", {**WORDS, "audience": "confirmed", "by_session": str(one.id)}
    )
    assert made.status_code == 303, made.text
    page = browser.get(made.headers["Location"]).text
    assert "1 person will get it today." in page and one.title.source in page
    again = browser.get(made.headers["Location"] + "/edit").text
    placed, waiting = re.findall(rf'<option[^>]*value="{one.id}"[^>]*>', again)
    assert "selected" in placed and "selected" not in waiting


def test_statements_of_a_preview_do_not_grow_with_people(event: Any, network: Any, count_queries: Any) -> None:
    message, numbers = write(event, make_coordinator(network)), []
    confirmed(event)
    for _round in range(2):
        with count_queries() as seen:
            number(message)
        numbers.append(len(seen))
        for _person in range(2):
            confirmed(event)
    assert numbers[0] == numbers[1]
