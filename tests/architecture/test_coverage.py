"""Every module of rules has a figure in tests/coverage.toml, and none is too low. `make cover` measures."""

import pytest

from tools import cover


def test_every_module_of_rules_was_measured() -> None:
    assert not (found := cover.faults(cover.measured(), cover.kept())), "\n".join(found)


@pytest.mark.parametrize(
    ("figures", "fault"),
    [
        ({}, "no figure"),
        ({"portal/a/policies.py": 99.0, "portal/b/policies.py": 99.0}, "no such module"),
        ({"portal/a/policies.py": 94.9}, "94.9 %"),
    ],
)
def test_figures_that_do_not_fit_are_found(figures: dict[str, float], fault: str) -> None:
    (found,) = cover.faults(["portal/a/policies.py"], figures)
    assert fault in found


RULE = "def may(person: object) -> bool:\n    return person is not None\n"


@pytest.mark.parametrize(
    ("name", "text", "measured"),
    [
        ("portal/news/services/states.py", f"import sqlalchemy as sa\n{RULE}", True),
        ("portal/news/policies.py", RULE, True),
        ("portal/registration/seating.py", RULE, True),
        ("portal/news/services/__init__.py", "from x import y\n", False),
        ("portal/news/models.py", f"import sqlalchemy as sa\n{RULE}", False),
        ("portal/membership/publishers.py", f"from portal.ground.db import db\n{RULE}", False),
        ("portal/news/views/public.py", RULE, False),
        ("portal/features.py", RULE, False),
    ],
)
def test_rules_are_in_services_policies_and_pure_modules(name: str, text: str, measured: bool) -> None:
    assert cover.is_measured(name, text) is measured
