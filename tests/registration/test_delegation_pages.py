"""The pages of a delegation: asking, confirming, naming by a list, and what its coordinator sees and does not."""

import datetime as dt
import re
from email.message import EmailMessage
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from portal.events.models import Event
from portal.ground.authz import PORTAL
from portal.ground.errors import Refusal
from portal.registration import delegates, queries, services
from portal.registration.models import Registration
from tests.factories.delegations import delegation, latest, rows, seats, unconfirmed
from tests.factories.events import ask, make_event, make_session, make_slot, make_team_member, refreshed
from tests.factories.people import make_person
from tests.factories.registrations import confirmed, state
from tests.fixtures.pages import FrozenClock, Outbox
from tests.registration.test_delegations import DAY, NOW, event_of, free, person
from tests.support.client import CheckedClient

BOX = "fundacja@example.org"
TYPED = {"affiliation": "Fundacja Lipa", "size": "3", "name": "Zofia Wierzba", "email": BOX}


@pytest.fixture(autouse=True)
def _clock(frozen_clock: FrozenClock) -> None:
    frozen_clock.set(NOW)


def form_of(event: Event) -> str:
    return f"/en/events/{event.slug}/register/delegation"


def path_in(mail: EmailMessage, part: str) -> str:
    return next(path for path in Outbox.paths(mail) if part in path)


def page_of(outbox: Outbox, event: Event, size: int = 3, *people: str, **more: Any) -> str:
    """The address of the page of a new delegation, as its coordinator reads it in the mail."""
    made = delegation(event, size, *people, **{"locale": "en", **more})
    mails = [one for one in outbox.deliver() if one["To"] == made.email]
    return path_in(mails[-1], "/registration/delegation/")


def test_organisation_asks_confirms_and_names_without_a_script(client: CheckedClient, outbox: Outbox) -> None:
    event = event_of()
    slot = make_slot(event)
    workshop, question = make_session(event, seats=5, slot=slot), ask(event, "Dieta?")
    assert "/register/delegation" in client.get(f"/en/events/{event.slug}/register").text
    page = client.get(form_of(event))
    assert all(
        words in page.text for words in ("passed on the waiting list 2 times", "at most 24 hours", "7 days before")
    )
    assert client.submit(page, TYPED).status_code == 303
    (mail,) = outbox.deliver()
    confirm = path_in(mail, "/confirm-delegation/")
    client.get(confirm)  # a mail scanner
    assert free(event) == 10
    shown = client.follow(client.submit(confirm))
    assert free(event) == 7 and "incomplete" not in shown.text
    outbox.deliver()
    names = client.get(re.findall(r'href="([^"]+/names)"', shown.text)[0])
    looked = client.submit(
        names, {"people": "Imię\tNazwisko\tE-mail\nAnna\tLipa\tanna@example.org\nJan\tLipa\t"}, button="act=look"
    )
    assert looked.status_code == 422 and "Anna Lipa" in looked.text and seats(latest(event)) == ["held"] * 3
    shown = client.follow(client.submit(looked, button="act=send"))
    assert seats(latest(event)) == ["named", "named", "held"] and shown.text.count("incomplete") == 2
    (own,) = [one for one in outbox.deliver() if one["To"] == "anna@example.org"]
    manage = client.get(path_in(own, "/registration/"))
    change = client.get(re.findall(r'href="([^"]+/change)"', manage.text)[0])
    answer = {f"slot_{slot.id}": str(workshop.id), f"question_{question.id}": "Bez orzechów"}
    assert client.submit(change, answer).status_code == 303
    assert state(person(event, "Anna Lipa"), workshop) == "booked"
    again = client.get(re.sub("/names$", "", str(names.request.path)))
    assert again.text.count("incomplete") == 1 and "orzech" not in again.text
    assert "anna@example.org" not in again.text and workshop.title.source not in again.text


def test_account_of_the_address_needs_no_mail_and_a_double_click_asks_once(as_person: Any) -> None:
    event, who = event_of(), make_person()
    browser = as_person(who)
    page = browser.get(form_of(event))
    sent = [browser.submit(page, {**TYPED, "email": who.email}) for _turn in range(2)]
    assert [one.status_code for one in sent] == [303, 303]
    assert (free(event), len(queries.delegation_lines(event.id))) == (7, 1)


@pytest.mark.parametrize("size", ["", "-3", "1", "101", "9" * 400, "trzy", "1e3", "\x00", "٣"])
def test_number_that_is_none_is_said_at_its_field(client: CheckedClient, size: str) -> None:
    event = event_of(200)
    page = client.submit(form_of(event), {**TYPED, "size": size})
    if size == "٣":
        assert page.status_code in (303, 422)
        return
    assert page.status_code == 422 and 'id="size-error"' in page.text and 'value="Fundacja Lipa"' in page.text


def test_whoever_would_wait_is_asked_first_and_reads_where_they_stand(client: CheckedClient, outbox: Outbox) -> None:
    event = event_of(4)
    confirmed(event), confirmed(event)
    page = client.submit(form_of(event), {**TYPED, "whole": "all"})
    assert page.status_code == 422 and "Join the waiting list" in page.text
    assert client.submit(page).status_code == 303
    mail = outbox.deliver()[-1]
    shown = client.follow(client.submit(path_in(mail, "/confirm-delegation/")))
    assert "Before you on the waiting list: 0" in shown.text and "0 of 2" in shown.text


def test_free_places_that_are_kept_for_a_group_are_no_free_places(
    client: CheckedClient, frozen_clock: FrozenClock, outbox: Outbox
) -> None:
    event = event_of(4)
    alone = [confirmed(event) for _one in range(3)]
    made = delegation(event, 2, whole=True)
    frozen_clock.set(NOW + DAY)
    confirmed(event)
    services.cancel(alone[0].id)
    confirmed(event)
    assert refreshed(made).passed == 2 and seats(made) == ["waiting"] * 2
    services.cancel(alone[1].id)
    until = refreshed(made).kept_until
    assert until == NOW + 2 * DAY
    page = client.submit(f"/en/events/{event.slug}/register", {"name": "Ola Buk", "email": "ola@example.org"})
    assert page.status_code == 422 and "kept for those who wait already" in page.text
    waits = confirmed(event)
    assert waits.status == "waiting"
    frozen_clock.set(until)
    services.sweep()
    assert refreshed(waits).status == "confirmed" and seats(made) == ["waiting"] * 2


def test_file_of_any_program_is_read_and_the_list_happens_as_it_was_shown(
    client: CheckedClient, outbox: Outbox
) -> None:
    event = event_of()
    address = page_of(outbox, event)
    file = "Imię i nazwisko;E-mail\nŁucja Żółć;lucja@example.org\n".encode("cp1250")
    page = client.submit(f"{address}/names", {"file": (BytesIO(file), "lista.csv")}, button="act=look")
    assert page.status_code == 422 and "Łucja Żółć" in page.text
    other = client.submit(page, {"people": "Ktoś Inny"}, button="act=send")
    assert other.status_code == 422 and seats(latest(event)) == ["held"] * 3  # another list than was shown
    assert client.submit(page, button="act=send").status_code == 303
    assert person(event, "Łucja Żółć").email == "lucja@example.org"


@pytest.mark.parametrize("people", ["", "Anna\nAnna", "A A\nB B\nC C\nD D", "anna@", "x\n" * 600])
def test_list_that_cannot_be_used_names_nobody_and_loses_nothing(
    client: CheckedClient, outbox: Outbox, people: str
) -> None:
    event = event_of()
    address = page_of(outbox, event)
    page = client.submit(f"{address}/names", {"people": people}, button="act=look")
    if 'value="send"' in page.text:  # a list that can be read is refused when it is sent
        page = client.submit(page, button="act=send")
    assert page.status_code == 422 and seats(latest(event)) == ["held"] * 3
    assert people.split("\n")[0] in page.text


def test_sheet_leads_to_the_own_page_on_which_needs_are_not_said(client: CheckedClient, outbox: Outbox) -> None:
    event = event_of()
    make_team_member(event, "access")
    address = page_of(outbox, event, 2, "Anna Lipa", "Ewa Buk <ewa@example.org>")
    shown = client.get(address)
    (button,) = re.findall(r'action="([^"]+/sheet)"', shown.text)
    sheet = client.follow(client.submit(shown, action=button))
    (link,) = re.findall(r"http://[^/]+(/en/registration/[^<\s]+)", sheet.text)
    own = client.get(link)
    assert "Anna Lipa" in own.text and "/needs" not in own.text and "registration desk" in own.text
    with pytest.raises(Refusal) as refused:  # whoever has printed the link could read it
        services.ask(person(event, "Anna Lipa").id, kinds=["captions"], note="", agrees=True)
    assert "registration desk" in str(refused.value.reason)
    assert client.get(f"{address}/sheet").status_code == 404


def test_hands_on_and_the_old_link_opens_nothing(client: CheckedClient, outbox: Outbox) -> None:
    event = event_of()
    address = page_of(outbox, event)
    assert client.submit(f"{address}/hand-on", {"name": "Ola Buk", "email": "ola@example.org"}).status_code == 303
    assert client.get(address).status_code in (404, 410)
    (mail,) = outbox.deliver()
    assert mail["To"] == "ola@example.org"
    assert client.get(path_in(mail, "/registration/delegation/")).status_code == 200


def test_coordinator_replaces_gives_back_and_takes_a_name_back(client: CheckedClient, outbox: Outbox) -> None:
    event = event_of()
    address = page_of(outbox, event, 4, "Anna Lipa <anna@example.org>", "Jan Lipa <jan@example.org>")
    first, second, *_rest = rows(latest(event))
    done = client.submit(f"{address}/seats/{first.id}/other", {"name": "Ewa Buk", "email": "ewa@example.org"})
    assert done.status_code == 303 and person(event, "Ewa Buk").status == "confirmed"
    for number in ("0", "3", "x", "-1"):
        assert client.submit(f"{address}/give-back", {"number": number}).status_code == 422
    assert client.submit(f"{address}/give-back", {"number": "1"}).status_code == 303
    shown = client.get(address)
    client.submit(
        shown,
        action=next(one for one in re.findall(r'action="([^"]+/take-back)"', shown.text) if str(second.id) in one),
    )
    assert (seats(latest(event)), free(event)) == (["named", "named", "held", "returned"], 8)
    other = delegation(event, 2)
    foreign = f"{address}/seats/{rows(other)[0].id}"
    assert client.get(f"{foreign}/other").status_code == 303  # it is not a place of this delegation
    assert seats(other) == ["held", "held"]


def test_offer_is_taken_by_a_button(client: CheckedClient, outbox: Outbox) -> None:
    event = event_of(2, offer_hours=24)
    holders = [confirmed(event), confirmed(event)]
    address = page_of(outbox, event, 2)
    services.cancel(holders[0].id)
    shown = client.get(address)
    assert "1 place is offered" in shown.text
    client.submit(shown, action=re.findall(r'action="([^"]+/take)"', shown.text)[0])
    assert seats(latest(event)) == ["held", "waiting"]


def test_team_sees_the_list_and_answers(as_person: Any, outbox: Outbox) -> None:
    event = event_of(approval=True, requests_hold=True)
    made = delegation(event, 3, "Anna Lipa <anna@example.org>")
    browser = as_person(make_team_member(event, "organiser"))
    shown = browser.get(f"/en/events/{event.slug}/delegations")
    assert "Fundacja Lipa" in shown.text
    answer = f"/en/events/{event.slug}/delegations/{made.id}"
    assert browser.submit(answer, {"reason": ""}, button="act=reject").status_code == 422
    assert browser.submit(answer, button="act=approve").status_code == 303
    assert seats(made) == ["named", "held", "held"]
    anna = person(event, "Anna Lipa")
    assert "Fundacja Lipa" in browser.get(f"/en/events/{event.slug}/participants/{anna.id}").text
    assert browser.submit(answer, {"reason": "Pomyłka"}, button="act=cancel").status_code == 303
    assert seats(made) == ["named", "returned", "returned"]


def test_settings_that_people_rely_on_stay_and_an_earlier_start_draws_the_moment_nearer(app: Flask) -> None:
    event = event_of()
    made = delegation(event, 2)
    assert queries.has_delegations(event.id)
    from portal.ground.db import transaction
    from portal.registration.services.delegation_seats import keep_before

    with transaction():
        one = refreshed(event)
        one.starts_at = NOW + 3 * DAY
        keep_before(one)
    assert refreshed(made).names_due_at == NOW + 3 * DAY == rows(made)[0].until


def test_closed_form_and_event_that_takes_none(client: CheckedClient) -> None:
    event = make_event()
    assert client.get(form_of(event)).status_code == 200
    assert client.submit(form_of(event_of()), {**TYPED}).status_code == 303
    assert "/register/delegation" not in client.get(f"/en/events/{event.slug}/register").text


@pytest.mark.both_engines
def test_what_is_kept_of_a_delegation_goes_in_time_with_its_mails(
    app: Flask, frozen_clock: FrozenClock, outbox: Outbox
) -> None:
    event = event_of()
    people = ("Anna Lipa", "Ewa Buk <ewa@example.org>")
    number = delegation(event, 3, *people, name="Kanarek", affiliation="Kanarek").id
    unconfirmed(event, 2, name="Kanarek")
    outbox.deliver()
    frozen_clock.set(refreshed(event).ends_at + dt.timedelta(days=30, seconds=1))
    services.purge()
    assert queries.delegation_lines(event.id) == [] and queries.delegation_at(number) is None
    frozen_clock.set(refreshed(event).ends_at + dt.timedelta(days=365, seconds=1))
    services.purge()
    assert not any(one.name or one.affiliation for one in queries.found(Registration.event_id == event.id))


def test_worker_killed_between_commit_and_mail_sends_one(app: Flask, outbox: Outbox) -> None:
    """The mail is a row of the transaction that names: found later, and queued once whoever asks again."""
    event = event_of()
    made = delegation(event, 2)
    services.name_people(made.id, [delegates.Delegate(1, "Anna Lipa", "anna@example.org")], language="pl")
    services.sweep(), services.end_offers()
    assert len([one for one in outbox.deliver() if one["To"] == "anna@example.org"]) == 1
    assert outbox.deliver() == []
    services.cancel_delegation(made.id, reason="Dość", by=PORTAL)
