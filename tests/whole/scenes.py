"""Rows in a state, with people on each side, for the tests of steps."""

from dataclasses import dataclass, field

from portal.accounts.models import Person
from tests.factories.merging import make_request
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
