"""Who takes a seat is said in one module: nothing else counts registrations or bookings by a state that holds one."""

import ast
from collections.abc import Iterator

from tests.architecture.sources import Source, python

RULE = "portal/registration/occupying.py"
HOLDING = {"CONFIRMED", "OFFERED", "PENDING", "BOOKED"}
# Counts that are of something else than seats, by module and what makes them.
OTHERWISE = {
    ("portal/registration/queries/delegations.py", "_counted"): "how far delegations are with their people",
    ("portal/registration/queries/overview.py", "_DOUBLE"): "people who are in two places at once",
    ("portal/registration/queries/offers.py", "lapsed_offers"): "offers that have lapsed and take no seat",
}


def counting(source: Source) -> Iterator[str]:
    """What in a module counts rows, or adds up what they are about, and names a state that holds a seat, by its own name."""
    for node in source.tree.body:
        for part in node.body if isinstance(node, ast.ClassDef) else [node]:
            names = {one.attr for one in ast.walk(part) if isinstance(one, ast.Attribute)}
            if names & {"count", "sum"} and names & HOLDING:
                yield _name(part)


def _name(node: ast.stmt) -> str:
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0])
    return str(getattr(node, "name", node.lineno))


def test_nothing_else_counts_who_takes_a_seat() -> None:
    found = {
        (source.name, name)
        for source in python("portal")
        if source.name != RULE and "registration" in source.name
        for name in counting(source)
    }
    assert found == set(OTHERWISE)


def test_the_rule_sees_a_count() -> None:
    text = "x = sa.select(sa.func.count()).where(Registration.status == RegistrationStatus.CONFIRMED)"
    for bad in (text, text.replace("count()", "sum(1 + Registration.companions)")):
        assert [*counting(Source("portal/registration/bad.py", bad))] == ["x"]
