"""Every step of every table, taken: by whoever is on its side, by nobody else, and with all that belongs to it."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts.models import Person
from portal.events.models import ProgrammeSession
from portal.events.services.states import EVENTS, SESSIONS
from portal.grants.services.call_states import CALLS
from portal.ground import clock
from portal.ground.authz import NOT_YOURS, PORTAL, Portal
from portal.ground.db import db, pending, transaction
from portal.ground.errors import Conflict, Refusal
from portal.ground.states import States, Step, change_state
from portal.impact.services.frame_states import FRAMES
from portal.imports.services.states import BATCHES
from portal.mail.outbox import MAILS, Mail, MailState
from portal.membership import services as membership
from portal.membership.models import Review
from portal.membership.services.applications import locked_membership
from portal.membership.services.states import MEMBERSHIPS, REVIEWS
from portal.merging.queries import locked_request
from portal.merging.services.states import REQUESTS
from portal.messages.models import Message
from portal.messages.services.states import MESSAGES
from portal.news.models import Post
from portal.news.services.states import POSTS
from portal.organisations.models import Organisation
from portal.organisations.services.states import PROFILES
from portal.projects.services.record_states import RECORDS
from portal.projects.services.states import PARTNERS, PROJECTS
from portal.registration.models import Registration
from portal.registration.services.delegation_states import DELEGATION_SEATS, DELEGATIONS
from portal.registration.services.needs import NEEDS
from portal.registration.services.seats import lock_event
from portal.registration.services.states import BOOKINGS, REGISTRATIONS
from portal.tasks.models import Task, TaskState
from portal.tasks.services.states import TASKS
from portal.trust.services.states import CLAIMS
from tests.factories.events import make_coordinator, make_event, make_session
from tests.factories.events import make_network as make_event_network
from tests.factories.merging import make_merged
from tests.factories.messages import make_message, make_sender
from tests.factories.networks import make_application, make_network, make_review
from tests.factories.news import make_post
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_administrator, make_person
from tests.factories.registrations import submit
from tests.factories.tasks import make_task
from tests.factories.trust import claimed
from tests.whole import grant_scenes, scenes
from tests.whole.loaded import with_all
from tests.whole.registration_scenes import booking, group, need, registration, seat, untold
from tests.whole.scenes import Scene, list_of_organisations, merge_request, partner, project_card, record_of_project
from tools.states import TABLES

# Sides that nobody is outside of: the link is what lets them in, and of mails their features know who belongs to the team.
ANYONE = {"anybody", "holder of the link", "the team of the event or network"}


def profile(before: str) -> Scene:
    owner = make_person()
    if before == "merged":
        return Scene(make_merged(owner).id, {"owner": (owner, set())})
    organisation = make_organisation(owner, status=before)
    people = {
        "owner": (owner, {"owner"}),
        "editor": (make_member(organisation), set()),
        "team": (make_administrator(), {"portal team", "whoever decides on the review"}),
    }  # fmt: skip
    return Scene(organisation.id, people)


def review(before: str) -> Scene:
    owner, coordinator = make_person(), make_person()
    network = make_network(coordinators=(coordinator,))
    row = make_review(owner, network)
    read = {"version": row.organisation.row_version, "by": coordinator}
    if before == "published":
        membership.publish_profile(row, **read)
    elif before == "returned":
        membership.return_profile(row, reason="Zbyt krótki.", **read)
    elif before == "withdrawn":
        membership.withdraw_review(row, by=owner)
    people = {
        "owner": (owner, {"owner"}), "coordinator": (coordinator, {"network that was named, or the portal team"}),
        "team": (make_administrator(), set()),  # where the network has a coordinator, the team leaves it to them
    }  # fmt: skip
    return Scene(row.id, people)


def case(before: str) -> Scene:
    owner, coordinator = make_person(), make_person()
    network, organisation = make_network(coordinators=(coordinator,)), make_organisation(owner)
    row = make_application(network, organisation, owner, status=before)
    people = {
        "owner": (owner, {"owner", "applicant"}), "coordinator": (coordinator, {"network"}),
        "representative": (make_member(organisation, "representative"), {"applicant"}),
        "editor": (make_member(organisation), set()),
    }  # fmt: skip
    return Scene(row.id, people)


def event(before: str) -> Scene:
    network = make_event_network()
    row = make_event(network, status=before)
    make_session(row)
    return Scene(row.id, coordination(network))


def session(before: str) -> Scene:
    network = make_event_network()
    return Scene(make_session(make_event(network), status=before).id, coordination(network))


def coordination(network: Any) -> dict[str, tuple[Person, set[str]]]:
    sides = {"organisers of the event", "organisers and programme of the event"}
    return {
        "coordinator": (make_coordinator(network), sides),
        "team": (make_administrator(), sides),
        "neighbour": (make_coordinator(make_event_network("Inna sieć")), set()),
    }


def post(before: str) -> Scene:
    owner = make_person()
    organisation = make_organisation(owner)
    row = make_post(organisation, state=before, at=(clock.now() + dt.timedelta(days=2)).replace(tzinfo=None))
    removers = "owners and editors, the coordination, or the portal team"
    publishers = {"owners and editors, or the coordination", removers}
    people = {
        "owner": (owner, publishers), "editor": (make_member(organisation), publishers),
        "author": (make_member(organisation, "author"), set()), "team": (make_administrator(), {removers}),
    }  # fmt: skip
    return Scene(row.id, people)


def letter(before: str) -> Scene:
    if before in (MailState.UNTOLD, MailState.TOLD):
        return untold(before)
    submit(make_event())
    with transaction() as store:
        row = store.scalars(sa.select(Mail).with_for_update()).first()
        assert row is not None
        if before != MailState.QUEUED:
            change_state(MAILS, row, before, by=PORTAL)
    return Scene(row.id)


def long_work(before: str) -> Scene:
    owner = make_person()
    row = make_task(owner)
    with transaction() as store:
        held = store.get_one(Task, row.id, with_for_update=True, populate_existing=True)
        held.error = "stuck"  # said by whoever gives it up, before the step
        for step in {TaskState.QUEUED: [], TaskState.RUNNING: [before]}.get(TaskState(before), ["running", before]):
            change_state(TASKS, held, step, by=PORTAL)
    return Scene(row.id, {"owner": (owner, {"whoever started it"}), "team": (make_administrator(), set())})


def words_to_many(before: str) -> Scene:
    network, coordinator, _people = make_sender()
    row = make_message(network, coordinator)
    with transaction() as store:
        held = store.get_one(Message, row.id, with_for_update=True, populate_existing=True)
        for step in {"draft": [], "sending": [before]}.get(before, ["sending", before]):
            change_state(MESSAGES, held, step, by=PORTAL)
    people = {
        "coordinator": (coordinator, {"whoever may write in its name"}), "team": (make_administrator(), set()),
    }  # fmt: skip
    return Scene(row.id, people)


def claim(before: str) -> Scene:
    number, people = claimed(before)
    return Scene(number, people)


SCENES: dict[States[Any, Any], Callable[[str], Scene]] = {
    PROFILES: profile, REQUESTS: merge_request, REVIEWS: review, MEMBERSHIPS: case, EVENTS: event, SESSIONS: session, POSTS: post,
    REGISTRATIONS: registration, BOOKINGS: booking, NEEDS: need, MAILS: letter,
    TASKS: long_work, MESSAGES: words_to_many, CLAIMS: claim, BATCHES: list_of_organisations,
    PROJECTS: project_card, PARTNERS: partner, RECORDS: record_of_project, DELEGATIONS: group, DELEGATION_SEATS: seat,
    FRAMES: scenes.frame_of_funder, CALLS: grant_scenes.call,
}  # fmt: skip
CASES = [pytest.param(table, str(state), id=f"{title}-{state}") for title, table in TABLES for state in table.enum]


class Undo(Exception):
    """The step was taken; look at the next one from the same state."""


def attempt(table: States[Any, Any], number: int, to: str, by: Person | Portal) -> Refusal | None:
    """Take a step and undo it: what refused it, or None. What belongs to a step taken is looked at."""
    try:
        with transaction():
            row = locked(table, number)
            step = next((one for one in table.ways(table.state(row), to) if one.who.is_taken_by(by, row)), None)
            mails = queued()
            change_state(table, row, to, by=by, reason="Bo tak.")
            assert step is not None
            assert table.state(row) == to
            check_consequences(step, row, by, queued() - mails)
            raise Undo
    except Refusal as refusal:
        return refusal
    except Undo:
        return None


def check_consequences(step: Step[Any, Any], row: Any, by: Person | Portal, mails: int) -> None:
    acts = [(actor, verb, obj.id) for _at, actor, verb, obj, _detail in pending("audit") if obj is row]
    assert acts == ([(by.id, step.verb, row.id)] if step.verb else [])
    assert mails > 0 or not any(one.send for one in step.mails)


def queued() -> int:
    db.session.flush()
    return db.session.scalar(sa.select(sa.func.count()).select_from(Mail)) or 0


def locked(table: States[Any, Any], number: int) -> Any:
    """The row as its use-cases lock it: what it belongs to first."""
    if table is MEMBERSHIPS:
        return locked_membership(db.session(), number)
    if table is REQUESTS:
        return locked_request(number)
    row = db.session.get_one(table.model, number)
    if isinstance(row, ProgrammeSession | Registration):
        lock_event(db.session(), row.event_id)
    if isinstance(row, Review):
        db.session.get_one(Organisation, row.organisation_id, with_for_update=True, populate_existing=True)
    row = db.session.get_one(
        table.model, number, options=with_all(row), with_for_update={"of": table.model}, populate_existing=True
    )
    if isinstance(row, Post):
        row.publish_at = row.publish_at or clock.now() + dt.timedelta(days=1)  # what a form asks before it is scheduled
    return row


def roles(scene: Scene) -> Iterator[tuple[str, Person, set[str]]]:
    yield from ((name, person, sides) for name, (person, sides) in scene.people.items())
    yield "stranger", make_person(), {"whoever decides on the review", *ANYONE}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("table", "before"), CASES)
def test_every_step_is_taken_by_its_side_and_by_nobody_else(app: Flask, table: States[Any, Any], before: str) -> None:
    """B3: and a step that the table lacks is refused, whoever asks."""
    scene = SCENES[table](before)
    for to in table.enum:
        ways = list(table.ways(before, to))
        sides = {step.who.name for step in ways}
        seen = set()
        for name, person, own in roles(scene):
            refused = attempt(table, scene.number, to, person)
            allowed = bool(own & sides)
            seen.add(allowed)
            if not ways:
                assert isinstance(refused, Conflict), f"{name}: {before} to {to}"
            else:
                assert (refused is None) == allowed, f"{name}: {before} to {to}"
                assert refused is None or refused.reason == NOT_YOURS
        if ways:
            assert attempt(table, scene.number, to, PORTAL) is None, f"the portal: {before} to {to}"
            assert False in seen or sides & ANYONE, f"nobody is refused {before} to {to}"
            assert True in seen or all(step.who.itself for step in ways), f"nobody takes {before} to {to}"


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("table", "before"), CASES)
def test_a_step_that_needs_a_reason_is_refused_without_one(app: Flask, table: States[Any, Any], before: str) -> None:
    wordy = [step for step in table.steps if step.before == before and step.needs is not None]
    scene = SCENES[table](before) if wordy else None
    for step in wordy:
        assert scene is not None
        by = next(person for person, sides in scene.people.values() if step.who.name in sides)
        with pytest.raises(Refusal) as refused, transaction():
            change_state(table, locked(table, scene.number), step.to, by=by, reason="   ")
        assert (refused.value.reason, refused.value.field) == (step.needs, "reason")


def test_every_table_has_its_scene() -> None:
    assert set(SCENES) == {table for _, table in TABLES}
