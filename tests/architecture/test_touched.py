"""`make quick` runs the tests of what a change touches, and of what stands on it."""

import pytest

from tests.architecture.sources import ROOMS
from tools import touched

KNOWN = {"accounts", "architecture", "events", "registration", "ground", "face", "whole"}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ("portal/events/services/places.py", ["events", "registration"]),
        ("portal/ground/db.py", ["ground"]),
        ("portal/app.py", ["whole"]),
        ("portal/templates/events/show.html", ["events"]),
        ("portal/templates/components/forms.html", ["face"]),
        ("portal/static/own/look.css", ["face"]),
        ("tests/events/test_changes.py", ["events"]),
        ("tests/architecture/sources.py", []),
        ("tests/support/client.py", ["whole"]),
        ("migrations/env.py", ["whole"]),
        ("README.md", []),
    ],
)
def test_a_change_touches_its_package_and_what_imports_it(changed: str, expected: list[str]) -> None:
    imported_by = {"portal/events/services/places.py": {"registration"}, "portal/ground/db.py": {"events"}}
    assert touched.folders([changed], imported_by, KNOWN) == [f"tests/{name}" for name in expected]


def test_importers_are_found_in_the_code() -> None:
    found = touched.importers(["portal/events/models.py", "docs/architecture.md"])
    assert {"events", "registration"} <= found["portal/events/models.py"]
    assert len(found) == 1


def test_rooms_are_those_of_the_import_contracts() -> None:
    assert touched.ROOMS == ROOMS
