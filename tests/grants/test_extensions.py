"""A later deadline takes two people of the operator, moves only forward, and everybody reads why."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

from portal.grants import queries, services
from portal.grants.models import CallEvent
from portal.ground.authz import NotAllowed
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal
from tests.factories.grants import fresh_call, fresh_event, make_call, make_extension, make_programme
from tests.factories.organisations import make_member
from tests.factories.people import make_person

pytestmark = pytest.mark.usefixtures("app")


def two() -> tuple[Any, Any, Any]:
    """A public call, an owner of its operator and an editor."""
    owner = make_person("Olga Pierwsza")
    programme = make_programme(owner)
    return make_call(programme), owner, make_member(programme.organisation, "editor", make_person("Edek Drugi"))


def test_it_moves_when_a_second_person_agrees_and_the_page_says_why(client: Any, frozen_clock: Any) -> None:
    call, owner, editor = two()
    before = call.closes_at
    event = make_extension(call, by=owner)
    assert fresh_call(call).closes_at == before
    services.confirm_extension(event, by=editor)
    assert fresh_call(call).closes_at == before + dt.timedelta(days=7)
    page = client.get(f"/pl/grants/{call.slug}").text
    assert "Śnieżyca." in page and "Olga Pierwsza" not in page and "Edek Drugi" not in page
    with pytest.raises(Conflict):
        services.confirm_extension(event, by=editor)


def test_nobody_agrees_to_what_they_asked_for(as_person: Any) -> None:
    """Measure 20."""
    call, owner, editor = two()
    event = make_extension(call, by=owner)
    with pytest.raises(NotAllowed):
        services.confirm_extension(event, by=owner)
    page = as_person(owner).get(f"/pl/grants/{call.slug}/manage").text
    assert f"/extensions/{event.id}/drop" in page and f"/extensions/{event.id}/confirm" not in page
    with pytest.raises(NotAllowed):
        services.ask_extension(make_call(), language="pl", by=editor, after_at=dt.datetime(2030, 1, 1), reason="x")


def test_the_database_knows_two_people_and_one_request() -> None:
    call, owner, _editor = two()
    event = make_extension(call, by=owner)
    same = (
        sa.update(CallEvent).where(CallEvent.id == event.id).values(confirmed_by=owner.id, confirmed_at=event.asked_at)
    )
    with pytest.raises(sa.exc.IntegrityError), transaction() as session:
        session.execute(same)
    with pytest.raises(sa.exc.IntegrityError), transaction() as session:
        session.add(CallEvent(call_id=call.id, before_at=event.before_at, after_at=event.after_at, reason=event.reason))
        session.flush()
    with pytest.raises(Conflict):
        make_extension(call, by=owner)


@pytest.mark.parametrize(
    ("after_at", "reason", "field"),
    [
        (dt.datetime(2026, 11, 22, 12), "Powód", "after_at"),
        (dt.datetime(2027, 3, 28, 2, 30), "Powód", "after_at"),
        (dt.datetime(2027, 1, 22, 12), "  ", "reason"),
    ],
)
def test_it_moves_only_forward_and_with_a_reason(
    after_at: dt.datetime, reason: str, field: str, frozen_clock: Any
) -> None:  # fmt: skip
    call, owner, _editor = two()
    with pytest.raises(Refusal) as refused:
        services.ask_extension(call, language="pl", by=owner, after_at=after_at, reason=reason)
    assert [part.field for part in refused.value.parts] == [field]


def test_after_the_deadline_nobody_asks_nor_agrees(frozen_clock: Any) -> None:
    call, owner, editor = two()
    event = make_extension(call, by=owner)
    frozen_clock.shift(days=11)
    with pytest.raises(Conflict):
        services.confirm_extension(event, by=editor)
    with pytest.raises(Conflict):
        services.ask_extension(call, language="pl", by=owner, after_at=dt.datetime(2027, 1, 1), reason="x")
    services.drop_extension(fresh_event(call, event), by=editor)
    assert queries.waiting_event(call.id) is None


def test_what_is_dropped_leaves_the_deadline_and_makes_room(frozen_clock: Any) -> None:
    call, owner, _editor = two()
    before = call.closes_at
    services.drop_extension(make_extension(call, by=owner), by=owner)
    assert fresh_call(call).closes_at == before
    assert queries.events_of(call.id) == []
    make_extension(fresh_call(call), by=owner, days=3)


def test_two_accounts_that_become_one_are_no_two_people() -> None:
    call, owner, editor = two()
    event = make_extension(call, by=owner)
    services.confirm_extension(event, by=editor)
    with transaction():
        services.hand_over(gone_id=editor.id, kept_id=owner.id)
    found = fresh_event(call, event)
    assert (found.asked_by, found.confirmed_by) == (owner.id, None)
    assert found.confirmed_at is not None


def test_the_second_person_sees_it_on_their_page_and_presses_the_button(as_person: Any, frozen_clock: Any) -> None:
    call, owner, editor = two()
    sent = {"after_at": ["2026-12-20", "12:00"], "reason": "Powódź w gminie."}
    assert as_person(owner).submit(f"/pl/grants/{call.slug}/extension", sent).status_code == 303
    event = queries.waiting_event(call.id)
    assert event is not None
    number = event.id
    browser = as_person(editor)
    assert f"/pl/grants/{call.slug}/manage" in browser.get("/pl/account").text
    assert "Powódź w gminie." in browser.get(f"/pl/grants/{call.slug}/manage").text
    answer = browser.submit(
        f"/pl/grants/{call.slug}/manage", {}, action=f"/pl/grants/{call.slug}/extensions/{number}/confirm"
    )
    assert answer.status_code == 303
    assert queries.waiting_event(call.id) is None
