"""For whoever calls: added, cancelled, the link once more; by organisers and the desk, told and noted."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

from portal.events import services as events
from portal.events.models import Event
from portal.ground import clock
from portal.ground.audit import AuditEntry
from portal.ground.authz import NotAllowed
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal
from portal.mail import Mail, MailState, standing
from portal.membership.models import Network
from portal.registration import mails, queries, services
from portal.registration.models import Registration, RegistrationStatus
from portal.registration.services import Wish
from tests.factories.events import make_coordinator, make_event, make_session, make_team_member, refreshed
from tests.factories.people import make_account
from tests.factories.registrations import confirmed, state, submit

OLD, NEW = "stara@example.org", "Nowa@example.org"


def added(event: Event, by: Any, *sessions: Any, **values: Any) -> Registration:
    given = {"name": "Zofia Dzwoniąca", "email": "zofia@example.org", "locale": "pl", "affiliation": "", **values}
    wanted = [Wish(one.id, waits=True) for one in sessions]
    done = services.add(event, by=by, wanted=wanted, accepts_waiting=True, **given)
    return db.session.get_one(Registration, done.registration_id, populate_existing=True)


def verbs(registration: Registration) -> list[tuple[str, int | None]]:
    rows = db.session.execute(
        sa.select(AuditEntry.verb, AuditEntry.actor_id)
        .where(AuditEntry.object_type == "registration", AuditEntry.object_id == registration.id)
        .order_by(AuditEntry.number)
    )
    return [(row[0], row[1]) for row in rows]


def corrected(registration: Registration, by: Any, email: str = NEW) -> bool:
    return services.correct_address(registration.id, version=refreshed(registration).row_version, email=email, by=by)


def manage_link(outbox: Any, address: str) -> str:
    return str(next(path for path in outbox.paths(outbox.to(address)[-1]) if "/registration/" in path))


# -- adding --------------------------------------------------------------------------------------------------------------


def test_caller_is_added_from_the_form_and_gets_the_mail_of_everybody(
    event: Event, desk: Any, as_person: Any, client: Any, outbox: Any, frozen_clock: Any
) -> None:
    workshop = make_session(event)
    browser = as_person(desk)
    page = browser.get(f"/pl/events/{event.slug}/participants/new")
    typed = {"name": "Zofia Dzwoniąca", "email": "zofia@example.org", "locale": "bg", "affiliation": "Koło"}
    name = next(name for name in page.text.split('"') if name.startswith("at_"))
    answer = browser.submit(page, {**typed, name: str(workshop.id)})
    assert answer.status_code == 303
    one = db.session.scalars(sa.select(Registration)).one()
    assert answer.headers["Location"].endswith(f"/participants/{one.id}")
    assert (one.name, one.address, one.locale, one.affiliation) == (
        "Zofia Dzwoniąca", "zofia@example.org", "bg", "Koło",
    )  # fmt: skip
    assert (one.status, one.queue_at, state(one, workshop)) == ("confirmed", clock.now(), "booked")
    assert ("registration.added", desk.id) in verbs(one)
    outbox.deliver()
    assert client.get(manage_link(outbox, "zofia@example.org")).status_code == 200


def test_added_person_queues_behind_those_who_wait(event: Event, desk: Any) -> None:
    full = make_session(event, seats=1)
    confirmed(event, full)
    first = confirmed(event, full)
    one = added(event, desk, full)
    assert state(one, full) == "waiting"
    (place,) = queries.places([one.id])
    assert place.position == 2 and state(first, full) == "waiting"


def test_mailbox_may_hold_several_people_and_one_of_them_twice_is_the_same(event: Event, desk: Any) -> None:
    ola = added(event, desk, name="Ola Lipa", email="lipa@example.org")
    jan = added(event, desk, name="Jan Lipa", email="lipa@example.org")
    assert ola.id != jan.id and (ola.person_id is None) != (jan.person_id is None)
    assert added(event, desk, name="Lipa Ola", email="LIPA@example.org").id == ola.id
    assert [verb for verb, _who in verbs(ola)].count("registration.added") == 1


def test_address_that_was_only_said_counts_as_no_more(event: Event, desk: Any, frozen_clock: Any) -> None:
    """Its mailbox has not been read, so a mark of mails that came back stays, and its account has not been used."""
    account = make_account("Zofia", "zofia@example.org")
    before = account.used_at
    with transaction():
        standing.note_report("zofia@example.org", is_hard=True, code="5.1.1")
    frozen_clock.shift(days=2)
    one = added(event, desk)
    assert db.session.get_one(type(account), account.id, populate_existing=True).used_at == before
    mail = db.session.scalars(sa.select(Mail).where(Mail.dedupe_key == f"registration.placed:{one.id}")).one()
    assert mail.state == MailState.UNWANTED


def test_nobody_is_added_past_the_rules_of_the_form(event: Event, desk: Any, frozen_clock: Any) -> None:
    frozen_clock.set(event.starts_at + dt.timedelta(minutes=1))
    with pytest.raises(Conflict):
        added(event, desk)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Registration)) == 0


def test_errors_stand_at_their_fields_and_nothing_typed_is_lost(event: Event, desk: Any, as_person: Any) -> None:
    browser = as_person(desk)
    page = browser.submit(f"/en/events/{event.slug}/participants/new", {"name": "Zofia", "email": "x", "locale": "bg"})
    assert page.status_code == 422
    assert 'value="Zofia"' in page.text and 'href="#email"' in page.text


# -- who may -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["programme", "door", "access", None])
def test_others_act_for_nobody(event: Event, role: str | None) -> None:
    by = (
        make_team_member(event, role)
        if role
        else make_coordinator(make_event().network_id and db.session.get_one(Network, make_event().network_id))
    )
    one = confirmed(event, email=OLD)
    for act in (
        lambda: added(event, by),
        lambda: services.cancel_for(one.id, by=by),
        lambda: corrected(one, by),
        lambda: services.send_link_to(one.id, by=by),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert refreshed(one).address == OLD and one.status == RegistrationStatus.CONFIRMED


@pytest.mark.parametrize("role", ["organiser", "desk"])
def test_organisers_and_the_desk_do(event: Event, role: str) -> None:
    by = make_team_member(event, role)
    one = added(event, by)
    services.send_link_to(one.id, by=by)
    assert corrected(one, by)
    assert services.cancel_for(one.id, by=by)
    assert {who for _verb, who in verbs(one)} <= {by.id, None}
    assert [verb for verb, who in verbs(one) if who == by.id] == [
        "registration.added", "registration.link_sent", "registration.address_corrected", "registration.cancelled",
    ]  # fmt: skip


def test_nothing_is_done_for_people_of_a_cancelled_event_or_one_that_is_over(
    event: Event, desk: Any, frozen_clock: Any
) -> None:
    one = confirmed(event)
    frozen_clock.set(event.ends_at)
    for act in (lambda: services.cancel_for(one.id, by=desk), lambda: corrected(one, desk)):
        with pytest.raises(Conflict):
            act()
    other = make_event()
    coordinator = make_coordinator(db.session.get_one(Network, other.network_id))
    theirs = confirmed(other)
    events.cancel_event(other, reason="Powódź.", by=coordinator)
    with pytest.raises(NotAllowed):
        services.cancel_for(theirs.id, by=coordinator)


# -- cancelling ----------------------------------------------------------------------------------------------------------


def test_cancelling_asks_first_and_gives_the_place_to_whoever_waits(
    event: Event, desk: Any, as_person: Any, outbox: Any
) -> None:
    workshop = make_session(event, seats=1)
    one, waiting = confirmed(event, workshop, email=OLD), confirmed(event, workshop)
    browser = as_person(desk)
    page = browser.get(f"/en/events/{event.slug}/participants/{one.id}/cancel")
    assert "Cancel for this person?" in page.text and workshop.title.source in page.text
    assert refreshed(one).status == "confirmed"
    assert browser.submit(page).status_code == 303
    assert refreshed(one).status == "cancelled" and state(waiting, workshop) == "booked"
    assert ("registration.cancelled", desk.id) in verbs(one)
    outbox.deliver()
    assert outbox.to(OLD)
    history = browser.get(f"/en/events/{event.slug}/participants/{one.id}").text
    assert f"Who: {desk.name}" in " ".join(history.split())
    assert "Cancel the registration" not in history  # there is nothing left to do
    assert not services.cancel_for(one.id, by=desk)


# -- the link once more --------------------------------------------------------------------------------------------------


def test_link_is_sent_again_and_both_open(event: Event, desk: Any, as_person: Any, client: Any, outbox: Any) -> None:
    one = confirmed(event, email=OLD, name="Anna Nowak")
    outbox.deliver()
    first = manage_link(outbox, OLD)
    browser = as_person(desk)
    page = browser.get(f"/en/events/{event.slug}/participants/{one.id}")
    assert browser.submit(page, action=f"/en/events/{event.slug}/participants/{one.id}/link").status_code == 303
    outbox.deliver()
    second = manage_link(outbox, OLD)
    assert first != second
    assert client.get(first).status_code == client.get(second).status_code == 200
    assert ("registration.link_sent", desk.id) in verbs(one)


def test_whoever_has_not_confirmed_gets_the_mail_to_confirm(event: Event, desk: Any, outbox: Any) -> None:
    one = submit(event, email=OLD)
    outbox.deliver()
    services.send_link_to(one.id, by=desk)
    (letter,) = outbox.deliver()
    assert any("/registration/confirm/" in path for path in outbox.paths(letter))


@pytest.mark.parametrize("ended", ["cancelled", "lapsed"])
def test_no_link_goes_to_what_has_ended(event: Event, desk: Any, frozen_clock: Any, ended: str) -> None:
    one = confirmed(event) if ended == "cancelled" else submit(event)
    if ended == "cancelled":
        services.cancel(one.id)
    else:
        frozen_clock.set(one.created_at + mails.UNCONFIRMED)
    with pytest.raises(Refusal):
        services.send_link_to(one.id, by=desk)
