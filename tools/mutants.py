"""Every rule taken out once: `python -m tools.mutants` shows that the tests miss it (part of `make prove`).

`tests/mutants/*.toml` hold the mutants: a file, a piece of it that stands there exactly once, what stands there instead,
the tests that must fail then, and the rule that this takes out. Each is applied to a copy of the tree, two at a time.
Words behind the command choose: those mutants of which the file, the old piece or the rule has one of them.
"""

import os
import queue
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "tests" / "mutants"
COPIED = ("portal", "tests", "tools", "migrations", "translations", "docs", "pyproject.toml", "wsgi.py")
TOGETHER = 2
PATIENCE = 600  # seconds; tests that hang have noticed, too
FAILED = 1  # what pytest answers when tests failed; anything else means that it could not run them


@dataclass(frozen=True, slots=True)
class Mutant:
    """`engine` says where its tests run: "sqlite", or "postgresql" for a rule about locks or SQL of that one."""

    rule: str
    file: str
    old: str
    new: str
    tests: str
    engine: str = "sqlite"

    @property
    def places(self) -> int:
        """How often the old piece stands in its file: once, or the mutant must be anchored anew."""
        path = ROOT / self.file
        return path.read_text(encoding="utf-8").count(self.old) if path.is_file() else 0


def mutants(folder: Path = FOLDER) -> list[Mutant]:
    """All of them, in the order of the files."""
    tables = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))]
    return [Mutant(**one) for table in tables for one in table["mutant"]]


def outcome(mutant: Mutant, tree: Path) -> str:
    """What the tests say to it: "killed", "SURVIVED", or "BROKEN" with pytest's status when they could not be run."""
    path = tree / mutant.file
    original = path.read_text(encoding="utf-8")
    try:
        _write(path, original.replace(mutant.old, mutant.new))
        marks = "postgresql" if mutant.engine == "postgresql" else "not postgresql and not browser"
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-m", marks, *mutant.tests.split()]
        environ = {**os.environ, "PYTHONPATH": str(tree)}
        code = subprocess.run(command, cwd=tree, env=environ, capture_output=True, timeout=PATIENCE).returncode
    except subprocess.TimeoutExpired:
        return "killed"
    finally:
        _write(path, original)
    return {FAILED: "killed", 0: "SURVIVED"}.get(code, f"BROKEN {code}")


def _write(path: Path, text: str) -> None:
    """Compiled code is told by seconds and size, which two mutants may share, so it goes."""
    path.write_text(text, encoding="utf-8")
    for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
        compiled.unlink()


def run(chosen: Sequence[Mutant]) -> Iterator[tuple[Mutant, str, float]]:
    """(mutant, outcome, seconds) of each, as they are done."""
    trees: queue.Queue[Path] = queue.Queue()
    with tempfile.TemporaryDirectory(prefix="synergia-mutants-") as directory:
        for number in range(TOGETHER):
            trees.put(_copy(Path(directory) / str(number)))

        def one(mutant: Mutant) -> tuple[Mutant, str, float]:
            tree, begun = trees.get(), time.monotonic()
            try:
                return mutant, outcome(mutant, tree), time.monotonic() - begun
            finally:
                trees.put(tree)

        with ThreadPoolExecutor(TOGETHER) as pool:
            yield from pool.map(one, chosen)


def _copy(tree: Path) -> Path:
    tree.mkdir()
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__", "browser"))
        else:
            shutil.copy(source, tree / name)
    if (ROOT / "node_modules").is_dir():  # programs of other people that tests ask
        (tree / "node_modules").symlink_to(ROOT / "node_modules")
    return tree


def main(words: Sequence[str]) -> int:
    known = mutants()
    chosen = [one for one in known if not words or any(word in f"{one.file} {one.old} {one.rule}" for word in words)]
    lost = [one for one in chosen if one.places != 1]
    for one in lost:
        print(f"NOT ONCE   {one.file}: {one.old!r} stands there {one.places} times")
    outcomes = []
    for one, told, seconds in run([one for one in chosen if one not in lost]):
        outcomes.append(told)
        print(f"{told:<10} {seconds:4.0f} s  {one.file}: {one.rule}", flush=True)
    print(f"{outcomes.count('killed')} of {len(chosen)} mutants were killed")
    return 0 if outcomes.count("killed") == len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
