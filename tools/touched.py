"""The folders of tests that a change touches, for `make quick`: `python -m tools.touched` prints them.

A change is whatever differs from the branch `main` (on `main`: from its last commit), new files included. Touched are the
package of a changed file, and the features that import a changed module themselves. What imports a room below the
features is nearly everything: there the room's own tests stand for the rest, which `make test` runs.
"""

import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("ground", "words", "face", "mail", "privacy")
JOINED = "whole"  # the tests of what joins the packages: application, commands, demo, and the tools of the tests
ALWAYS = "architecture"  # `make quick` runs these anyway


def changed_files() -> list[str]:
    """Paths below the repository, as git names them."""
    base = _git("merge-base", "main", "HEAD") or ["HEAD"]
    return sorted({*_git("diff", "--name-only", base[0]), *_git("ls-files", "--others", "--exclude-standard")})


def _git(*words: str) -> list[str]:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.split("\n")[:-1] if done.returncode == 0 else []


def package_of(path: str, known: Iterable[str]) -> str | None:
    """The folder of tests that a file belongs to, or None: nothing in tests/ is about it but the architecture."""
    parts = Path(path).parts
    if parts[0] not in ("portal", "tests"):
        return JOINED if parts[0] in ("migrations", "wsgi.py") else None
    below = parts[2:] if parts[:2] == ("portal", "templates") else parts[1:]
    if below[0] in known:
        return below[0] if below[0] != ALWAYS else None
    return "face" if parts[1] in ("static", "templates") else JOINED


def importers(paths: Iterable[str]) -> dict[str, set[str]]:
    """The packages that import each of these files themselves, by path."""
    graph = grimp.build_graph("portal")
    found = {}
    for path in paths:
        module = ".".join(Path(path).with_suffix("").parts).removesuffix(".__init__")
        if module in graph.modules:
            found[path] = {
                name.split(".")[1] for name in graph.find_modules_that_directly_import(module) if "." in name
            }
    return found


def folders(changed: Iterable[str], imported_by: Mapping[str, set[str]], known: Iterable[str]) -> list[str]:
    """The folders of tests to run, of those `known`."""
    wanted = set()
    for path in changed:
        package = package_of(path, known)
        wanted.add(package)
        if package not in ROOMS:
            wanted |= imported_by.get(path, set())
    return sorted(f"tests/{name}" for name in wanted if name in known)


def main() -> None:
    known = {path.name for path in (ROOT / "tests").iterdir() if any(path.glob("test_*.py"))} - {"browser", "faults"}
    changed = changed_files()
    print(" ".join(folders(changed, importers(changed), known)))


if __name__ == "__main__":
    main()
