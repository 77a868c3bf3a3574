"""Whom a message reaches and whom not, who may send it, and how often."""

import pytest
import sqlalchemy as sa

from portal import mail
from portal.accounts.models import Person
from portal.ground.authz import PORTAL, NotAllowed
from portal.ground.db import db, transaction
from portal.ground.errors import Refusal
from portal.mail import preferences, standing
from portal.messages import queries, services
from portal.messages.models import MessageStatus
from portal.organisations import services as organisations
from portal.organisations.queries import organisations_of
from portal.tasks import services as tasks
from tests.factories.messages import make_member_people, make_message, make_sender, place_of
from tests.factories.organisations import make_member, make_organisation, role_of
from tests.messages.looks import became, now, once, reach_of, receivers, send

S = MessageStatus


@pytest.fixture
def sender(app):
    return make_sender()


def test_person_without_an_address_is_left_out_and_counted(sender) -> None:
    network, by, (first, *others) = sender
    with transaction() as session:
        session.execute(sa.update(Person).where(Person.id == first.id).values(email=None, typed_email=None))
    message = make_message(network, by)
    reach = reach_of(message)
    assert (reach.people, dict(reach.skipped)) == (2, {"no-address": 1})
    send(message, by)
    tasks.run_due()
    assert (receivers(message), became(message)) == (once(others), {"written": 2, "no-address": 1})


def test_counts_say_who_gets_another_language(sender) -> None:
    network, by, _people = sender
    make_member_people(network, ["bg"] * 3 + ["en"])
    message = make_message(network, by)
    reach = reach_of(message)
    assert [(share.reads, share.people, share.shown) for share in reach.shares] == [
        ("pl", 2, "pl"), ("bg", 4, "pl"), ("en", 1, "pl"),
    ]  # fmt: skip
    assert (reach.people, reach.others) == (7, 5)
    services.update(message, version=message.row_version, language="bg", by=by, subject="Среща", body="Елате.")
    assert reach_of(now(message)).others == 1
    send(message, by)
    tasks.run_due()
    assert queries.written_in(message.id) == [("bg", 4, 0), ("pl", 3, 1)]


def test_audiences_are_asked_at_the_moment_of_sending(sender) -> None:
    network, _by, (owner, *_) = sender
    editor = make_member(make_organisation(owner), "editor")
    (applicant,) = make_member_people(network, ["pl"], status="submitted")
    reached = {}
    for audience in place_of(network).kind.audiences:
        reached[audience.code] = set(db.session.scalars(audience.people(network.id)))
    assert applicant.id in reached["applicants"] and len(reached["applicants"]) == 1
    assert editor.id not in reached["member-people"], "of an organisation that is no member"
    assert reached["member-owners"] == reached["member-people"] and owner.id in reached["member-owners"]


def test_editor_counts_among_those_in_charge_and_an_ended_role_does_not(sender) -> None:
    network, _by, (owner, *_) = sender
    (organisation,) = organisations_of(owner)
    editor = make_member(organisation, "editor")
    kind = place_of(network).kind
    people, owners = kind.audience("member-people"), kind.audience("member-owners")
    assert editor.id in set(db.session.scalars(people.people(network.id)))
    assert editor.id not in set(db.session.scalars(owners.people(network.id)))
    organisations.end_role(role_of(organisation, editor), by=PORTAL)
    assert editor.id not in set(db.session.scalars(people.people(network.id)))


def test_limit_of_a_day_keeps_the_draft(sender, frozen_clock) -> None:
    network, by, _people = sender
    for _ in range(services.MOST_A_DAY):
        send(make_message(network, by), by)
    one_more = make_message(network, by)
    with pytest.raises(Refusal):
        send(one_more, by)
    assert now(one_more).status == S.DRAFT
    frozen_clock.shift(hours=24, seconds=1)
    send(one_more, by)
    assert now(one_more).status == S.SENDING


def test_message_to_nobody_is_refused(app) -> None:
    network, by, _ = make_sender(locales=())
    message = make_message(network, by)
    with pytest.raises(Refusal):
        send(message, by)


def test_only_who_speaks_for_the_network_sends(sender) -> None:
    network, by, (member, *_) = sender
    message = make_message(network, by)
    for act in (
        lambda: services.send(message, version=1, by=member),
        lambda: services.send_test(message, by=member),
        lambda: services.resume(message, by=member),
        lambda: services.stop(message, by=member),
        lambda: services.delete(message, by=member),
        lambda: services.update(message, version=1, language="pl", by=member, subject="a", body="b"),
        lambda: services.create(
            place_of(network), audience="member-people", language="pl", by=member, subject="a", body="b"
        ),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_log_names_nobody_after_its_time(sender, frozen_clock) -> None:
    network, by, people = sender
    message = make_message(network, by)
    send(message, by)
    tasks.run_due()
    frozen_clock.shift(days=364)
    assert services.forget_old() == 0
    frozen_clock.shift(days=2)
    assert services.forget_old() == len(people)
    assert became(message) == {"written": 3}


def test_who_wants_none_and_whose_address_sends_them_back_are_left_out_and_counted(sender) -> None:
    network, by, (first, second, third) = sender
    with transaction():
        preferences.choose(
            str(first.email), {mail.Kind.NETWORK_MESSAGE: mail.Frequency.NEVER}, how=preferences.How.LINK
        )
        standing.note_report(str(second.email), is_hard=True, code="5.1.1")
    message = make_message(network, by)
    reach = reach_of(message)
    assert (reach.people, dict(reach.skipped)) == (1, {"unwanted": 1, "unreached": 1})
    send(message, by)
    tasks.run_due()
    assert (receivers(message), became(message)) == (once([third]), {"written": 1, "unwanted": 1, "unreached": 1})
