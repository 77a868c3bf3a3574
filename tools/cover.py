"""How much of the rules the tests run: `python -m tools.cover` measures (that is `make cover`), in its own minutes.

Measured are the modules in which a rule can be forgotten: services, policies, and those that are pure (they know neither
database nor request). Each must have 95 % of its lines and branches run. The figures are kept in `tests/coverage.toml`;
`make check` compares its list with the modules that there are, so a new one is measured before it lands.
"""

import ast
import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "tests" / "coverage.toml"
LEAST = 95.0  # percent of lines and branches
# What a pure module does not know; and the roles of files that are no rules, though they may know none of this either.
IMPURE = ("flask", "flask_login", "flask_security", "sqlalchemy", "wtforms", "werkzeug", "huey", "obstore", "icalendar")
STATEFUL = ("portal.ground.db", "portal.face", "portal.mail", "portal.ground.authz", "portal.ground.backup")
OTHER_ROLES = frozenset(
    {
        "__init__",
        "__main__",
        "cli",
        "facts",
        "feature",
        "forms",
        "jobs",
        "mails",
        "privacy",
        "reactions",
        "views",
        "panels",
    }
)
OTHER_FOLDERS = frozenset({"commands", "demo", "views", "forms", "face", "mail", "queries"})
HEAD = "# Percent of lines and branches that the tests run: written by `make cover`, see tools/cover.py.\n[modules]\n"


def is_measured(name: str, text: str) -> bool:
    """Is a module (its path below the repository) one of services or policies, or pure?"""
    parts = Path(name).with_suffix("").parts[1:]
    if len(parts) == 1 or set(parts[:-1]) & OTHER_FOLDERS:
        return False
    if "services" in parts or parts[-1] == "policies":
        return bool(_functions(text))
    return parts[-1] not in OTHER_ROLES and bool(_functions(text)) and not any(map(_is_impure, _imported(text)))


def measured() -> list[str]:
    """The paths of all of them."""
    found = sorted((ROOT / "portal").rglob("*.py"))
    named = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in found}
    return [name for name, text in named.items() if is_measured(name, text)]


def _functions(text: str) -> list[ast.AST]:
    return [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]


def _imported(text: str) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return names


def _is_impure(name: str) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in (*IMPURE, *STATEFUL))


def kept() -> dict[str, float]:
    """The figures in the repository, by path."""
    figures: dict[str, float] = tomllib.loads(KEPT.read_text(encoding="utf-8"))["modules"]
    return figures


def faults(modules: list[str], figures: Mapping[str, float]) -> list[str]:
    """What is wrong with kept figures: modules without one, figures without a module, figures that are too low."""
    missing = [f"{name} has no figure: run `make cover`" for name in modules if name not in figures]
    stray = [f"{name} has a figure and is no such module" for name in figures if name not in modules]
    low = [f"{name} has {figure} %, at least {LEAST} are wanted" for name, figure in figures.items() if figure < LEAST]
    return missing + stray + low


def measure(arguments: list[str]) -> dict[str, float]:
    """Run the tests on SQLite, without a browser, return the figures and print what lies open where it is too much."""
    with tempfile.TemporaryDirectory(prefix="synergia-cover-") as directory:
        settings, report = Path(directory) / "settings", Path(directory) / "report.json"
        names = "\n    ".join(measured())
        settings.write_text(
            f"[run]\nbranch = true\nparallel = true\npatch = subprocess\ndata_file = {directory}/data\ninclude =\n    {names}\n"
            "[report]\nexclude_also =\n    if TYPE_CHECKING:\n    \\.\\.\\.$\n    raise AssertionError\n",
            encoding="utf-8",
        )
        left_out = [f"--ignore=tests/{name}" for name in ("browser", "faults")]  # they run in other processes
        tests = ["-m", "pytest", "-q", "-m", "not browser and not postgresql", *left_out, *arguments]
        if _coverage(settings, "run", *tests) > 1:
            raise SystemExit("The tests could not be run.")
        _coverage(settings, "combine", "-q")
        _coverage(settings, "json", "-q", "-o", str(report))
        found = json.loads(report.read_text(encoding="utf-8"))["files"]
    figures = {name: _percent(found.get(name)) for name in measured()}
    for name in [name for name, figure in figures.items() if name in found and figure < LEAST]:
        print(f"{name}: lines {found[name]['missing_lines']}, branches {found[name]['missing_branches']}")
    return figures


def _percent(entry: Mapping[str, Mapping[str, float]] | None) -> float:
    return int(entry["summary"]["percent_covered"] * 10) / 10 if entry else 0.0


def _coverage(settings: Path, command: str, *arguments: str) -> int:
    """The status of a command. Tests that fail are told by pytest, and `make test` is for them: the figures stand."""
    call = [sys.executable, "-m", "coverage", command, f"--rcfile={settings}", *arguments]
    return subprocess.run(call, cwd=ROOT, check=False).returncode


def main(arguments: list[str]) -> int:
    figures = measure(arguments)
    if any(word.startswith("tests") for word in arguments):
        return 0  # some tests are looked at, which says nothing about the whole
    KEPT.write_text(HEAD + "".join(f'"{name}" = {figure}\n' for name, figure in figures.items()), encoding="utf-8")
    found = faults(measured(), figures)
    print("\n".join(found) or f"{len(figures)} modules, the least at {min(figures.values())} %")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
