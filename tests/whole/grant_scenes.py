"""Calls for micro-grants in a state, with people on each side, for the tests of steps."""

from tests.factories.grants import make_call, make_programme
from tests.factories.organisations import make_member
from tests.factories.people import make_administrator, make_person
from tests.whole.scenes import Scene


def call(before: str) -> Scene:
    owner = make_person()
    programme = make_programme(owner)
    row = make_call(programme, status=before)
    editor = make_member(programme.organisation, "editor")
    people = {
        "owner": (owner, {"owners of the operator"}), "editor": (editor, set()), "team": (make_administrator(), set()),
    }  # fmt: skip
    return Scene(row.id, people)
