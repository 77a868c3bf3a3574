"""What is kept of the people of an event is deleted in time, with reports that name nobody (events.md N15)."""

import datetime as dt
import hashlib
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts.models import Person
from portal.accounts.services import forget_strangers
from portal.events.models import Event
from portal.ground import clock
from portal.ground.audit import AuditDetail
from portal.ground.authz import PORTAL
from portal.ground.batches import noted
from portal.ground.db import Base, db, transaction
from portal.mail import Mail
from portal.registration import queries, services
from portal.registration.models import Deletion, Registration
from portal.registration.services import purging
from tests.factories.events import ask, make_event, make_session, make_team_member, refreshed
from tests.factories.invitations import invite
from tests.factories.registrations import confirmed
from tests.fixtures.pages import FrozenClock, Outbox

CANARY = "kanarek"


@pytest.fixture
def event(app: Flask, frozen_clock: FrozenClock) -> Event:
    return make_event()


def after(event: Event, frozen_clock: FrozenClock, *, days: int, seconds: int = 1) -> None:
    frozen_clock.set(refreshed(event).ends_at + dt.timedelta(days=days, seconds=seconds))


def told(event: Event) -> list[tuple[str, int, int]]:
    """(what, after how many days, how many) of the reports, the first one first."""
    db.session.rollback()
    rows = db.session.scalars(sa.select(Deletion).where(Deletion.event_id == event.id).order_by(Deletion.id))
    return [(row.category, row.days, row.number) for row in rows]


def hash_of(*numbers: int) -> str:
    return hashlib.sha256("\n".join(map(str, sorted(numbers))).encode()).hexdigest()


def holding(word: str) -> list[str]:
    """Every column of the database in which a word stands, whatever its type."""
    db.session.rollback()
    found = []
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(sa.text(f'SELECT * FROM "{table.name}"')).mappings():
            found += [f"{table.name}.{name}" for name, value in row.items() if word in str(value).lower()]
    return sorted(set(found))


def test_no_table_keeps_a_word_of_what_people_told(
    event: Event, frozen_clock: FrozenClock, outbox: Outbox, as_person: Any
) -> None:
    """A canary in the name, the address, where they come from, an answer, a need, an invitation and a rejection; mails that
    were sent and mails that wait; a place that was handed over."""
    by, _reader = make_team_member(event, "organiser"), make_team_member(event, "access")
    workshop, one = make_session(event, seats=1), ask(event, "Skąd?", required=False)
    box = f"{CANARY}@{CANARY}.example.org"
    given = {"affiliation": f"Koło {CANARY}", "filled": {"answers": {one.id: f"Z {CANARY}a"}}}
    first = confirmed(event, workshop, email=box, name=f"Ola {CANARY.upper()}", **given)
    confirmed(event, email=box, name=f"Jan {CANARY}", **given)
    services.ask(first.id, kinds=["captions"], note=f"Pies {CANARY}", agrees=True)
    waits = confirmed(event, workshop, email=f"2{box}", name=f"Ewa {CANARY}")
    heir = services.hand_over(first.id, name=f"Iga {CANARY}", email=f"3{box}")
    services.cancel(waits.id)
    invite(refreshed(event), by, f"4{box}")
    asking = make_event(approval=True)
    pending = confirmed(asking, email=box, name=f"Ola {CANARY}")
    services.reject(asking, [pending.id], reason=f"Była {CANARY}", by=make_team_member(asking, "organiser"))
    wrong = confirmed(event, email=f"5{box}", name=f"Ada {CANARY}")
    outbox.deliver()
    services.correct_address(wrong.id, version=refreshed(wrong).row_version, email=f"6{box}", by=by)
    services.send_link_to(heir.id, by=by)
    assert {"registration.name", "outbox_mail.to", "answer.text", "event_invitation.email"} <= set(holding(CANARY))
    after(event, frozen_clock, days=365)
    assert services.purge() > 0 and forget_strangers() == 4
    assert holding(CANARY) == []
    assert db.session.scalars(sa.select(Registration.status).order_by(Registration.id)).all() == [
        "transferred", "confirmed", "cancelled", "confirmed", "rejected", "confirmed",
    ], "the numbers stay"  # fmt: skip


def test_mails_of_other_events_stay(event: Event, frozen_clock: FrozenClock) -> None:
    confirmed(event, email="ola@example.org")
    later = confirmed(make_event(starts_at=clock.now() + dt.timedelta(days=300)), email="ola@example.org")
    after(event, frozen_clock, days=365)
    services.purge()
    assert {mail.concerns for mail in db.session.scalars(sa.select(Mail))} == {f"event:{refreshed(later).event_id}"}
    assert refreshed(later).person_id is not None and db.session.get(Person, refreshed(later).person_id) is not None


def test_reports_say_what_went_how_much_and_by_which_rule(event: Event, frozen_clock: FrozenClock) -> None:
    by, _reader = make_team_member(event, "organiser"), make_team_member(event, "access")
    one, other = ask(event, "Skąd?"), ask(event, "Po co?", required=False)
    both = {"filled": {"answers": {one.id: "Z Łodzi", other.id: "Po nic"}}}
    people = [confirmed(event, **both), confirmed(event, filled={"answers": {one.id: "Z Sofii", other.id: ""}})]
    services.ask(people[0].id, kinds=["captions", "step-free"], note="", agrees=True)
    invite(refreshed(event), by, "a@x.pl")
    after(event, frozen_clock, days=30, seconds=0)
    assert services.purge() == 0
    frozen_clock.shift(seconds=1)
    assert services.purge() == 3
    assert told(event) == [("needs", 30, 2), ("invitations", 30, 1)]
    after(event, frozen_clock, days=365)
    assert services.purge() == 5
    assert told(event)[2:] == [("answers", 365, 2), ("answers", 365, 1), ("details", 365, 2)]
    rows = db.session.scalars(sa.select(Deletion).order_by(Deletion.id)).all()
    assert [row.question_id for row in rows] == [None, None, one.id, other.id, None]
    assert rows[2].ids_hash == rows[4].ids_hash == hash_of(*(person.id for person in people))
    assert {row.due_at for row in rows[2:]} == {refreshed(event).ends_at + dt.timedelta(days=365)}
    assert services.purge() == 0 and len(told(event)) == 5, "nothing is told twice"


def test_reports_stand_in_the_audit_trail_and_are_never_changed(event: Event, frozen_clock: FrozenClock) -> None:
    confirmed(event)
    after(event, frozen_clock, days=365)
    services.purge()
    row = db.session.scalars(sa.select(Deletion)).one()
    assert any(row.ids_hash in detail for detail in db.session.scalars(sa.select(AuditDetail.detail)))
    for act in (lambda one: setattr(one, "number", 7), db.session.delete):
        with pytest.raises(RuntimeError, match="never changed"), transaction():
            act(db.session.scalars(sa.select(Deletion)).one())


@pytest.mark.both_engines
def test_a_thousand_people_go_in_small_steps_and_a_stop_between_them_counts_nothing_twice(
    event: Event, frozen_clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker dies before its third commit; the next one goes on."""
    monkeypatch.setattr(purging, "BATCH", 3)
    people = [confirmed(event).id for _ in range(8)]
    after(event, frozen_clock, days=365)
    died: list[int] = []

    def dies(mapper: object, connection: object, row: Deletion) -> None:
        died.append(row.number)
        if len(died) == 3:
            raise KeyboardInterrupt

    sa.event.listen(Deletion, "before_insert", dies)
    with pytest.raises(KeyboardInterrupt):
        services.purge()
    sa.event.remove(Deletion, "before_insert", dies)
    assert told(event) == [("details", 365, 3), ("details", 365, 3)]
    assert queries.roles_with_people(event.id) == {"participant": 2}
    assert services.purge() == 2
    hashes = db.session.scalars(sa.select(Deletion.ids_hash).order_by(Deletion.id)).all()
    assert hashes == [hash_of(*people[:3]), hash_of(*people[3:6]), hash_of(*people[6:])]


def test_an_event_that_cannot_be_done_holds_up_no_other(event: Event, frozen_clock: FrozenClock) -> None:
    other = make_event()
    confirmed(event), confirmed(other)
    after(event, frozen_clock, days=365)

    def fails(mapper: object, connection: object, row: Deletion) -> None:
        if row.event_id == event.id:
            raise ValueError("a bad row")

    sa.event.listen(Deletion, "before_insert", fails)
    with noted() as failures:
        assert services.purge() == 1
    sa.event.remove(Deletion, "before_insert", fails)
    assert failures.number == 1 and (told(event), told(other)) == ([], [("details", 365, 1)])
    assert queries.roles_with_people(event.id) == {"participant": 1}, "undone with its report"


@pytest.mark.parametrize("first", ["giver", "heir"])
def test_mail_of_the_other_side_of_a_handover_keeps_no_name(
    app: Flask, frozen_clock: FrozenClock, outbox: Outbox, first: str
) -> None:
    """Who gave the place and who took it may have different periods, and each stands in a mail of the other."""
    event = make_event(participant_roles="participant,speaker")
    giver = confirmed(event, name=f"Ola {CANARY}", email="ola@example.org", role="participant")
    heir = services.hand_over(giver.id, name=f"Jan {CANARY}", email="jan@example.org")
    goes, stays = (giver, heir) if first == "giver" else (heir, giver)
    name = goes.name
    with transaction() as session:
        session.execute(sa.update(Registration).where(Registration.id == goes.id).values(role="speaker"))
        session.execute(
            sa.update(Registration).where(Registration.id == stays.id).values(name="Ewa", role="participant")
        )
    services.set_periods(event, version=refreshed(event).row_version, days={"speaker": 5}, by=PORTAL)
    after(event, frozen_clock, days=5)
    assert services.purge() == 1
    left = [mail.payload or "" for mail in db.session.scalars(sa.select(Mail).where(Mail.to == stays.email))]
    assert not any(name in payload for payload in left)
