"""A message goes to each person of its audience once: pressed twice, killed in the middle, with a bad mail in between."""

import threading

import pytest
import sqlalchemy as sa
from flask import current_app

from portal.accounts.facts import PeopleJoined
from portal.ground import facts
from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Stale, Unreadable
from portal.mail import preferences
from portal.membership import services as membership
from portal.messages import mails, services
from portal.messages.models import Message, MessageStatus
from portal.tasks import services as tasks
from portal.tasks.models import Task
from portal.tasks.services import running
from tests.factories.messages import make_member_people, make_message, make_sender
from tests.factories.networks import make_application
from tests.factories.people import make_person
from tests.messages.looks import became, now, once, receivers, send

S = MessageStatus


@pytest.fixture
def sender(app):
    return make_sender()


def test_everybody_of_the_audience_gets_one(sender) -> None:
    network, by, people = sender
    message = make_message(network, by)
    assert not receivers(message), "written is not sent"
    send(message, by)
    assert now(message).status == S.SENDING
    tasks.run_due()
    assert (now(message).status, receivers(message), became(message)) == (S.SENT, once(people), {"written": 3})
    assert now(message).ended_at is not None


def test_who_is_in_it_twice_gets_one(sender) -> None:
    """Somebody in charge of two members, and an owner who edits another one."""
    network, by, (first, second, third) = sender
    make_application(network, owner=first, status="active")
    message = make_message(network, by)
    send(message, by)
    tasks.run_due()
    assert receivers(message) == once([first, second, third])


def test_pressed_twice_is_sent_once(sender) -> None:
    network, by, people = sender
    message = make_message(network, by)
    version = message.row_version
    services.send(message, version=version, by=by)
    with pytest.raises(Conflict):
        services.send(message, version=version, by=by)
    tasks.run_due()
    with pytest.raises(Conflict):
        send(message, by)
    assert receivers(message) == once(people)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Task)) == 1


def test_words_that_changed_since_they_were_read_are_not_sent(sender) -> None:
    network, by, _people = sender
    message = make_message(network, by)
    read = message.row_version
    services.update(message, version=read, language="bg", by=by, subject="Среща", body="Елате.")
    with pytest.raises(Conflict):
        services.send(message, version=read, by=by)
    with pytest.raises(Stale):
        services.update(message, version=read, language="pl", by=by, subject="Inny", body="Inna")
    assert now(message).status == S.DRAFT


def test_runner_killed_in_the_middle_and_another_goes_on(sender, monkeypatch, frozen_clock) -> None:
    network, by, people = sender
    people += make_member_people(network, ["pl"] * 25)

    class Killed(BaseException):
        pass

    message, made = make_message(network, by), mails.to_person

    def die(*given):
        if given[3].id == people[22].id:
            raise Killed
        return made(*given)

    send(message, by)
    monkeypatch.setattr(mails, "to_person", die)
    with pytest.raises(Killed):
        tasks.run_due()
    assert 0 < len(receivers(message)) < len(people)
    monkeypatch.setattr(mails, "to_person", made)
    frozen_clock.shift(seconds=61)
    tasks.run_due()
    assert (now(message).status, receivers(message)) == (S.SENT, once(people))


def test_poisoned_recipient_spoils_no_other(sender, monkeypatch) -> None:
    network, by, people = sender
    message, made = make_message(network, by), mails.to_person

    def poisoned(*given):
        if given[3].id == people[0].id:
            raise ValueError("no mail can be made of this")
        return made(*given)

    monkeypatch.setattr(mails, "to_person", poisoned)
    task = send(message, by)
    tasks.run_due()
    assert (now(message).status, became(message)) == (S.SENT, {"written": 2, "failed": 1})
    assert receivers(message) == once(people[1:])
    ended = db.session.get_one(Task, task.id, populate_existing=True)
    assert (ended.done, ended.failed) == (3, 1)


def test_who_joins_meanwhile_gets_it_and_who_leaves_does_not(sender) -> None:
    network, by, people = sender
    people += make_member_people(network, ["pl"] * 20)
    message = make_message(network, by)
    send(message, by)
    lease = running.take()
    assert lease is not None and running.step(lease)
    had = receivers(message)
    leaves = next(person for person in people if person.id not in had)
    with transaction() as session:
        session.execute(
            sa.text("UPDATE membership SET status = 'resigned' WHERE organisation_id IN "
                    "(SELECT organisation_id FROM organisation_role WHERE person_id = :who)"),
            {"who": leaves.id},
        )  # fmt: skip
    (joins,) = make_member_people(network, ["bg"])
    while running.step(lease):
        pass
    assert receivers(message) == once([*(one for one in people if one.id != leaves.id), joins])


def test_stopped_and_gone_on_by_another_coordinator(sender) -> None:
    network, by, people = sender
    people += make_member_people(network, ["pl"] * 25)
    other = make_person()
    membership.grant_coordinator(network.slug, str(other.email), by=PORTAL)
    message = make_message(network, by)
    send(message, by)
    lease = running.take()
    assert lease is not None and running.step(lease)
    services.stop(message, by=other)
    assert not running.step(lease)
    assert now(message).status == S.STOPPED and 0 < len(receivers(message)) < len(people)
    with pytest.raises(Conflict):
        services.stop(message, by=by)
    services.resume(message, by=other)
    tasks.run_due()
    assert (now(message).status, receivers(message)) == (S.SENT, once(people))
    assert now(message).sent_by == by.id
    with pytest.raises(Conflict):
        services.resume(message, by=by)


def test_work_that_is_given_up_stops_the_message(sender, monkeypatch) -> None:
    network, by, people = sender
    message = make_message(network, by)
    send(message, by)
    with transaction() as session:
        session.execute(sa.update(Message).values(audience="gone"))
    tasks.run_due()
    assert now(message).status == S.STOPPED
    with transaction() as session:
        session.execute(sa.update(Message).values(audience="member-people"))
    services.resume(now(message), by=by)
    tasks.run_due()
    assert receivers(message) == once(people)


def test_two_runners_at_once(sender, engine) -> None:
    """Both take what they can get, from the same tasks, until nothing is left."""
    network, by, people = sender
    people += make_member_people(network, ["pl"] * 25)
    messages = [make_message(network, by) for _ in range(3)]
    for message in messages:
        send(message, by)
    db.session.rollback()
    app, faults = current_app._get_current_object(), []

    def run() -> None:
        try:
            with app.app_context():
                while any(row.is_open for row in db.session.scalars(sa.select(Task))):
                    db.session.rollback()
                    tasks.run_due()
        except Exception as fault:
            faults.append(fault)

    runners = [threading.Thread(target=run) for _ in range(2)]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()
    assert not faults
    for message in messages:
        assert (now(message).status, receivers(message)) == (S.SENT, once(people))


def test_two_people_who_are_one_get_one(sender) -> None:
    network, by, people = sender
    people += make_member_people(network, ["pl"] * 20)
    message = make_message(network, by)
    send(message, by)
    lease = running.take()
    assert lease is not None and running.step(lease)
    had = receivers(message)
    gone = next(person for person in people if person.id in had)
    kept = next(person for person in people if person.id not in had)
    with transaction():
        facts.announce(PeopleJoined(gone_id=gone.id, kept_id=kept.id))
    while running.step(lease):
        pass
    assert receivers(message) == once([one for one in people if one.id != kept.id]), (
        "they have it already, as the other"
    )


def test_key_that_is_missing_for_a_while_spoils_nobody(sender, settings, monkeypatch, frozen_clock) -> None:
    """Whether somebody wants the message cannot be asked: nobody is skipped for that, the task waits."""
    network, by, people = sender
    message = make_message(network, by)
    send(message, by)

    def lost(*given):
        raise Unreadable

    with monkeypatch.context() as patch:
        patch.setattr(preferences, "reasons", lost)
        tasks.run_due()
    assert (now(message).status, became(message)) == (S.SENDING, {})
    frozen_clock.shift(seconds=61)
    tasks.run_due()
    assert (now(message).status, receivers(message)) == (S.SENT, once(people))


def test_message_whose_task_is_lost_can_be_stopped_and_gone_on_with(sender) -> None:
    network, by, people = sender
    message = make_message(network, by)
    send(message, by)
    with transaction() as session:
        session.execute(sa.delete(Task))
    services.stop(message, by=by)
    services.resume(now(message), by=by)
    tasks.run_due()
    assert (now(message).status, receivers(message)) == (S.SENT, once(people))
