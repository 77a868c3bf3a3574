"""Rows in a state, with people on each side, for the tests of steps."""

import datetime as dt
from dataclasses import dataclass, field

from portal.accounts.models import Person
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.db import transaction
from portal.ground.locks import locked
from portal.ground.states import change_state
from portal.imports.models import ImportBatch
from portal.imports.services.states import BATCHES
from tests.factories.frames import make_frame, make_outcome
from tests.factories.merging import make_request
from tests.factories.networks import make_network
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_administrator, make_person
from tests.factories.projects import make_partner, make_project
from tests.factories.records import make_record


@dataclass(frozen=True)
class Scene:
    """A row in a state, and people with the sides that they are on."""

    number: int
    people: dict[str, tuple[Person, set[str]]] = field(default_factory=dict)


def merge_request(before: str) -> Scene:
    asking, asked = make_person(), make_person()
    row = make_request(asking, asked, before)
    people = {
        "asking": (asking, {"owners of the profile that asks"}),
        "asked": (asked, {"owners of the profile that is asked"}),
        "team": (make_administrator(), set()),
    }  # fmt: skip
    return Scene(row.id, people)


def list_of_organisations(before: str) -> Scene:
    bringer, other = make_person(), make_person()
    make_network(coordinators=(bringer, other))
    with transaction() as store:
        batch = ImportBatch(name="Lista", language="pl", heads=[], mapping={}, starts={}, total=0, by_id=bringer.id)
        store.add(batch)
    way = ["prepared", "running", "done", "undoing", "undone"]
    steps = ["prepared", "running", "stopped"] if before == "stopped" else way[: [*way, before].index(before) + 1]
    with transaction():
        row = locked(ImportBatch, batch.id)
        for step in [] if before == "reading" else steps:
            change_state(BATCHES, row, step, by=PORTAL)
    side = {"whoever brought it in, or the portal team"}
    return Scene(batch.id, {"bringer": (bringer, side), "other": (other, set()), "team": (make_administrator(), side)})


def frame_of_funder(before: str) -> Scene:
    """With an outcome, as one needs it that is to be public."""
    coordinator, neighbour = make_person(), make_person()
    make_network("Inna sieć", coordinators=(neighbour,))
    row = make_frame(make_network(coordinators=(coordinator,)), state=before)
    make_outcome(row)
    people = {
        "coordinator": (coordinator, {"the coordination of the network"}), "neighbour": (neighbour, set()),
        "team": (make_administrator(), set()),
    }  # fmt: skip
    return Scene(row.id, people)


def project_card(before: str) -> Scene:
    owner = make_person()
    organisation = make_organisation(owner)
    runners, removers = (
        "owners and editors, or the coordination", "owners and editors, the coordination, or the portal team",
    )  # fmt: skip
    people = {
        "owner": (owner, {runners, removers}), "editor": (make_member(organisation), {runners, removers}),
        "author": (make_member(organisation, "author"), set()), "team": (make_administrator(), {removers}),
    }  # fmt: skip
    return Scene(make_project(organisation, state=before).id, people)


def record_of_project(before: str) -> Scene:
    """What one of its editors has written down: the owner is a second person, the editor is not."""
    owner = make_person()
    organisation = make_organisation(owner)
    writer = make_member(organisation, "editor")
    begun = clock.today("Europe/Warsaw") - dt.timedelta(days=30)
    project = make_project(organisation, starts_on=begun, ends_on=begun + dt.timedelta(days=90))
    then = clock.now() - dt.timedelta(days=28) if before == "planned" else clock.now()  # its day has come since
    with clock.frozen(then):
        row = make_record(project, status=before, by=writer, day=begun + dt.timedelta(days=5))
    writers, second = "those who look after the project", "those who look after it, but not who wrote it down"
    people = {
        "owner": (owner, {writers, second}), "writer": (writer, {writers}), "team": (make_administrator(), set()),
    }  # fmt: skip
    return Scene(row.id, people)


def partner(before: str) -> Scene:
    owner, named = make_person(), make_person()
    project = make_project(make_organisation(owner))
    row = make_partner(project, make_organisation(named), status=before)
    people = {
        "owner": (owner, {"those who look after the project"}),
        "named": (named, {"owners and editors of the partner"}), "team": (make_administrator(), set()),
    }  # fmt: skip
    return Scene(row.id, people)
