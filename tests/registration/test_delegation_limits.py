"""What of a delegation is refused, answered once, or ends: with nothing half done."""

import pytest
from flask import Flask

from portal.events import services as events
from portal.events.fields import EVENT
from portal.ground.authz import PORTAL
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal, Refusals
from portal.registration import services
from portal.registration.models import Delegation
from tests.factories.delegations import delegates, delegation, request, rows, seats, unconfirmed
from tests.factories.events import refreshed
from tests.factories.organisations import make_organisation
from tests.factories.registrations import confirmed
from tests.fixtures.pages import FrozenClock, Outbox
from tests.registration.test_delegations import DAY, NOW, event_of, free, person


@pytest.fixture(autouse=True)
def _clock(frozen_clock: FrozenClock) -> None:
    frozen_clock.set(NOW)


def test_event_that_takes_none_and_closed_registration(app: Flask, frozen_clock: FrozenClock) -> None:
    with pytest.raises(Conflict):
        unconfirmed(event_of(takes_delegations=False), 2)
    event = event_of(registration_closes_at=NOW + DAY)
    made = unconfirmed(event, 2)
    frozen_clock.set(NOW + DAY)
    services.confirm_delegation(made.id)  # sent before the deadline
    other = event_of()
    late = unconfirmed(other, 2)
    frozen_clock.set(refreshed(other).ends_at + DAY)
    with pytest.raises(Conflict):
        services.confirm_delegation(late.id)


def test_second_form_of_a_mailbox_ends_and_leads_to_the_first(app: Flask) -> None:
    event = event_of()
    first = unconfirmed(event, 2, email="x@example.org")
    second = unconfirmed(event, 3, email="x@example.org")
    services.confirm_delegation(first.id), services.confirm_delegation(second.id)
    assert (refreshed(second).status, free(event)) == ("expired", 8)
    with pytest.raises(Conflict):
        services.confirm_delegation(second.id)
    asked = request(event, 2, email="y@example.org")
    known = [services.ask_for_delegation(asked)[1] for _turn in range(2)]
    other = services.ask_for_delegation(request(event, 2, email="y@example.org"))[1]
    assert (known, other, free(event)) == ([False, False], True, 6)


def test_answer_of_the_team_after_names_were_due(app: Flask, frozen_clock: FrozenClock, outbox: Outbox) -> None:
    event = event_of(approval=True, requests_hold=True)
    made, late = delegation(event, 2), delegation(event, 2)
    frozen_clock.set(made.names_due_at)
    services.approve_delegation(made.id, by=PORTAL)
    assert seats(made) == ["lapsed", "lapsed"] and free(event) == 10
    with pytest.raises(Conflict):
        services.approve_delegation(made.id, by=PORTAL)
    frozen_clock.set(refreshed(event).ends_at)
    with pytest.raises(Conflict):
        services.approve_delegation(late.id, by=PORTAL)


def test_request_of_who_is_named_keeps_the_seat_until_the_team_answers(app: Flask) -> None:
    event = event_of(2, approval=True)
    asks = confirmed(event, name="Anna Lipa", email="anna@example.org")
    made = delegation(event, 2, "Anna Lipa <anna@example.org>")
    services.approve_delegation(made.id, by=PORTAL)
    assert (refreshed(asks).status, refreshed(asks).holds_seat, free(event)) == ("pending", True, 0)


def test_person_named_twice_has_one_seat_and_the_other_goes_on(app: Flask) -> None:
    event = event_of()
    made = delegation(event, 2, "Anna Lipa <anna@example.org>", "ANNA LIPA <Anna@example.org>")
    assert (seats(made), free(event)) == (["named", "returned"], 9)


def test_what_the_coordinator_cannot_do(app: Flask, frozen_clock: FrozenClock) -> None:
    event = event_of()
    made = delegation(event, 3, "Anna Lipa <anna@example.org>")
    seat = rows(made)[0].id
    with pytest.raises(Refusal):
        services.name_people(made.id, [], language="pl")
    for email in (made.email.upper(), delegation(event, 2).email):
        with pytest.raises(Refusal):
            services.hand_on(made.id, name="Ola Buk", email=email)
    anna = person(event, "Anna Lipa")
    services.change(anna.id, version=anna.row_version, name="Anna Lipa", affiliation="", wanted=[])
    with pytest.raises(Conflict):
        services.take_name_back(made.id, seat)
    services.cancel(anna.id)
    with pytest.raises(Conflict):
        services.substitute(made.id, seat, name="Ewa Buk", email="ewa@example.org")
    services.cancel_delegation(made.id, reason="Dość", by=PORTAL)
    with pytest.raises(Conflict):
        services.name_people(made.id, delegates("Ewa Buk"), language="pl")
    other = delegation(event, 2)
    frozen_clock.set(refreshed(event).ends_at)
    with pytest.raises(Conflict):
        services.give_back_seats(other.id, 1)


def test_request_given_back_whole_ends(app: Flask) -> None:
    event = event_of(approval=True, requests_hold=True)
    made = delegation(event, 2)
    services.give_back_seats(made.id, 2)
    assert (refreshed(made).status, seats(made), free(event)) == ("cancelled", ["returned"] * 2, 10)


def test_cancelled_event_is_told_to_whoever_coordinates(app: Flask, outbox: Outbox) -> None:
    event = event_of()
    made = delegation(event, 2)
    outbox.deliver()
    events.cancel_event(event, reason="Powódź", by=PORTAL)
    assert [one["To"] for one in outbox.deliver()] == [made.email]


def test_place_that_its_person_hands_over_stays_with_the_delegation(app: Flask) -> None:
    event = event_of()
    made = delegation(event, 2, "Anna Lipa <anna@example.org>")
    heir = services.hand_over(person(event, "Anna Lipa").id, name="Ewa Buk", email="ewa@example.org")
    assert rows(made)[0].registration_id == heir.id


def test_calendar_of_who_is_named_again_goes_on(app: Flask) -> None:
    event = event_of()
    made = delegation(event, 3, "Anna Lipa <anna@example.org>")
    before = person(event, "Anna Lipa")
    services.cancel(before.id)
    services.name_people(made.id, delegates("Anna Lipa <anna@example.org>"), language="pl")
    after = person(event, "Anna Lipa")
    assert after.id != before.id and after.sequence > refreshed(before).sequence and after.calendar == before.calendar


def test_event_goes_on_taking_delegations_while_one_has_places(app: Flask) -> None:
    event = event_of()
    made = delegation(event, 2)

    def save(**changed: object) -> None:
        row = refreshed(event)
        values = {**EVENT.read(row, "pl", row.timezone), **changed}
        events.update_event(row, version=row.row_version, agreed="quiet", by=PORTAL, **values)

    with pytest.raises(Refusal) as refused:
        save(takes_delegations=False)
    assert refused.value.field == "takes_delegations"
    services.cancel_delegation(made.id, reason="Pomyłka", by=PORTAL)
    save(takes_delegations=False)
    assert not refreshed(event).takes_delegations


def test_delegation_of_a_profile_that_was_merged_is_of_the_kept_one(app: Flask) -> None:
    lost, kept = make_organisation(), make_organisation()
    made = delegation(event_of(), 2)
    with transaction() as session:
        session.get_one(Delegation, made.id).organisation_id = lost.id
        session.flush()
        services.follow_merge(lost.id, kept.id)
    assert refreshed(made).organisation_id == kept.id


def test_no_mailbox_gets_more_mails_of_a_delegation_than_a_family_has_people(app: Flask) -> None:
    """Whoever fills a list with the address of somebody else sends them ten mails and no more; no address is no mailbox."""
    number = delegation(event_of(40), 30).id
    shared = [f"Osoba {count} <Razem@example.org>" for count in range(11)]
    services.name_people(number, delegates(*shared[:6], *(f"Bez Poczty {count}" for count in range(12))), language="pl")
    with pytest.raises(Refusals):
        services.name_people(number, delegates(*shared[6:]), language="pl")
    assert services.name_people(number, delegates(*shared[6:10]), language="pl") == 4
