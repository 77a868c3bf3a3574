"""The mutants are those of the code as it is: each stands at one place, and its tests exist. `make prove` runs them."""

from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tools import mutants

KNOWN = mutants.mutants()
FEWEST = 60


def faults(mutant: mutants.Mutant) -> list[str]:
    found = []
    if mutant.places != 1:
        found.append(f"{mutant.file}: the old piece stands there {mutant.places} times, not once:\n{mutant.old}")
    if mutant.old == mutant.new:
        found.append(f"{mutant.file}: changes nothing: {mutant.old}")
    missing = [path for path in mutant.tests.split() if not (ROOT / path.partition("::")[0]).exists()]
    return found + [f"{mutant.file}: there is no {path}" for path in missing if path.startswith("tests/")]


def test_every_mutant_applies_once() -> None:
    assert not (found := [fault for one in KNOWN for fault in faults(one)]), "\n".join(found)


def test_there_are_enough_and_no_two_alike() -> None:
    assert len(KNOWN) >= FEWEST
    assert len({(one.file, one.old, one.new) for one in KNOWN}) == len(KNOWN)


@pytest.mark.parametrize(
    ("file", "old", "tests"),
    [
        ("portal/ground/clock.py", "nothing like this stands there", "tests/ground"),
        ("portal/ground/clock.py", "import", "tests/ground"),
        ("portal/ground/nowhere.py", "x", "tests/ground"),
        ("portal/ground/clock.py", "import datetime as dt", "tests/nowhere"),
    ],
)
def test_mutant_that_does_not_apply_is_found(file: str, old: str, tests: str) -> None:
    assert faults(mutants.Mutant("A rule.", file, old, "", tests))


def test_they_are_read_from_the_folder(tmp_path: Path) -> None:
    text = '[[mutant]]\nrule = "R."\nfile = "f"\nold = "a"\nnew = "b"\ntests = "tests/ground"\n'
    (tmp_path / "one.toml").write_text(text)
    assert mutants.mutants(tmp_path) == [mutants.Mutant("R.", "f", "a", "b", "tests/ground")]
