"""Every library says why it is here, and is used."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| ([a-z0-9-]+) \| (.+) \|$", re.MULTILINE)
NOT_IMPORTED = "not imported"
LEAST = 4  # words of a reason


def names(requirements: Iterable[str]) -> list[str]:
    """`psycopg[binary]>=3.3; sys_platform == "linux"` is psycopg."""
    return [found[0] for text in requirements if (found := re.match(r"[A-Za-z0-9._-]+", text))]


def imported(*folders: str) -> set[str]:
    """The top modules that these folders import, at whatever depth."""
    pattern = re.compile(r"^\s*(?:from|import) ([A-Za-z_]\w*)", re.MULTILINE)
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return {name for path in files for name in pattern.findall(path.read_text(encoding="utf-8"))}


def modules_of(name: str) -> set[str]:
    """The top modules of an installed library."""
    wanted = name.lower().replace("_", "-")
    return {
        module
        for module, owners in _owners().items()
        if wanted in {owner.lower().replace("_", "-") for owner in owners}
    }


@cache
def _owners() -> Mapping[str, list[str]]:
    return packages_distributions()


def faults(required: list[str], table: str, used: set[str]) -> Iterator[str]:
    reasons = dict(ROW.findall(table.rpartition("|---|---|")[2]))
    yield from (f"no reason: {name}" for name in required if name not in reasons)
    yield from (f"not required: {name}" for name in reasons if name not in required)
    for name, reason in reasons.items():
        if len(reason.split()) < LEAST:
            yield f"too short a reason: {name}"
        if NOT_IMPORTED not in reason and name in required and not modules_of(name) & used:
            yield f"nothing imports it: {name}"


def required() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return names(project["dependencies"])


def test_table_and_requirements_are_the_same() -> None:
    table = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert list(faults(required(), table, imported("portal"))) == []


def test_bad_tables_are_rejected() -> None:
    good = "| library | why |\n|---|---|\n| flask | requests, routing, sessions, commands |\n"
    assert list(faults(["flask"], good, {"flask"})) == []
    assert list(faults(["flask", "attrs"], good, {"flask"})) == ["no reason: attrs"]
    assert list(faults([], good, {"flask"})) == ["not required: flask"]
    assert list(faults(["flask"], "| flask | is nice |", {"flask"})) == ["too short a reason: flask"]
    assert list(faults(["flask"], good, {"os"})) == ["nothing imports it: flask"]
    assert list(faults(["tzdata"], "| tzdata | zones, not imported, for others |", set())) == []


def test_locks_hold_hashes_and_no_address() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        assert list(unsafe((ROOT / lock).read_text(encoding="utf-8"))) == [], lock


def unsafe(lock: str) -> Iterator[str]:
    """What a lock may not have: a package without a hash, an address."""
    for entry in re.split(r"\n(?=[a-z])", lock):
        if "--hash=sha256:" not in entry:
            yield f"no hash: {entry.splitlines()[0]}"
    yield from re.findall(r"\w+://\S+", lock)


def test_unsafe_locks_are_rejected() -> None:
    assert list(unsafe("a==1 \\\n    --hash=sha256:00\nb==2\n")) == ["no hash: b==2"]
    assert list(unsafe("a @ https://files.example/a.whl \\\n    --hash=sha256:00\n")) == ["https://files.example/a.whl"]


def test_every_requirement_is_locked() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE))
    assert [name for name in required() if name not in locked] == []
