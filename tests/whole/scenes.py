"""Rows in a state, with people on each side, for the tests of steps."""

from dataclasses import dataclass, field

from portal.accounts.models import Person
from portal.ground.authz import PORTAL
from portal.ground.db import transaction
from portal.ground.locks import locked
from portal.ground.states import change_state
from portal.imports.models import ImportBatch
from portal.imports.services.states import BATCHES
from tests.factories.merging import make_request
from tests.factories.networks import make_network
from tests.factories.people import make_administrator, make_person


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
