"""The import rules of pyproject.toml hold, and each of them rejects a deliberately bad import.

A wildcard contract that matches nothing passes silently: so the same contracts are run on a tiny package with one fault.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOMS, ROOT

FEATURES = ("accounts", "organisations", "events", "pages")
MODULES = (
    "models",
    "fields",
    "queries",
    "policies",
    "mails",
    "facts",
    "services",
    "reactions",
    "findable",
    "forms",
    "views",
    "feature",
)
ROOM_MODULES = [
    f"{room}/{path.stem}"
    for room in ROOMS
    for path in sorted((ROOT / "portal" / room).iterdir())
    if path.stem[0] != "_"
]

# contract, module that breaks it, what it imports
BAD = [
    ("ladder", "organisations.services", "import portal.events.queries"),
    ("ladder", "ground.db", "import portal.accounts.models"),
    ("ladder", "ground.db", "import portal.words.i18n"),
    ("ladder", "words.search", "import portal.face.web"),
    ("ladder", "face.web", "import portal.mail.outbox"),
    ("ladder", "mail.outbox", "import portal.privacy.holdings"),
    ("ground", "ground.clock", "import portal.ground.db"),
    ("words", "words.i18n", "import portal.words.search"),
    ("words", "words.fields", "import portal.words.search"),
    ("face", "face.web", "import portal.face.icons"),
    ("mail", "mail.outbox", "import portal.mail.sending"),
    ("privacy", "privacy.holdings", "import portal.privacy.own"),
    ("ladder", "organisations.views", "import portal.events.services"),
    ("feature", "events.models", "import portal.events.services"),
    ("feature", "events.fields", "import portal.events.queries"),
    ("feature", "events.policies", "import portal.events.views"),
    ("domain", "events.services", "import flask"),
    ("domain", "events.fields", "import wtforms"),
    ("domain", "events.queries", "import portal.face.web"),
    ("domain", "events.services", "import wtforms"),
    ("facts", "events.facts", "import portal.accounts.models"),
    ("thin", "events.views", "import sqlalchemy"),
    ("thin", "events.forms", "import portal.ground.db"),
]
GOOD = [
    ("ladder", "organisations.views", "import portal.events.queries"),
    ("ladder", "events.services", "import portal.organisations.services"),
    ("feature", "events.services", "import portal.events.queries"),
    ("domain", "events.services", "import portal.ground.db"),
]


def run_contracts(folder: Path, contract: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    if contract:
        command += ["--contract", contract]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env={"PYTHONPATH": str(folder)})


@pytest.fixture
def tiny_portal(tmp_path: Path) -> Path:
    """A package of the same shape, without any import."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    names = [f"{feature}/{module}" for feature in FEATURES for module in MODULES]
    names += [*ROOM_MODULES, "app"]
    for name in names:
        path = tmp_path / "portal" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        (path.parent / "__init__.py").touch()
        path.touch()
    (tmp_path / "portal" / "__init__.py").touch()
    return tmp_path


def test_portal_keeps_its_import_rules() -> None:
    result = run_contracts(ROOT)
    assert result.returncode == 0, result.stdout[-6000:] + result.stderr


@pytest.mark.parametrize(("contract", "module", "line"), BAD)
def test_bad_import_is_rejected(tiny_portal: Path, contract: str, module: str, line: str) -> None:
    (tiny_portal / "portal" / f"{module.replace('.', '/')}.py").write_text(line + "\n")
    result = run_contracts(tiny_portal, contract)
    assert result.returncode == 1, f"{module}: {line} was accepted\n{result.stdout}"
    assert "BROKEN" in result.stdout


@pytest.mark.parametrize(("contract", "module", "line"), GOOD)
def test_good_import_is_accepted(tiny_portal: Path, contract: str, module: str, line: str) -> None:
    (tiny_portal / "portal" / f"{module.replace('.', '/')}.py").write_text(line + "\n")
    result = run_contracts(tiny_portal, contract)
    assert result.returncode == 0, result.stdout + result.stderr


def test_circle_is_rejected(tiny_portal: Path) -> None:
    (tiny_portal / "portal" / "events" / "services.py").write_text("import portal.events.words\n")
    (tiny_portal / "portal" / "events" / "words.py").write_text("import portal.events.services\n")
    assert run_contracts(tiny_portal, "circles").returncode == 1


@pytest.mark.parametrize(
    ("contract", "name"), [("ladder", "helpers"), ("ground", "ground/helpers"), ("face", "face/tricks")]
)
def test_unknown_module_is_rejected(tiny_portal: Path, contract: str, name: str) -> None:
    (tiny_portal / "portal" / f"{name}.py").touch()
    assert run_contracts(tiny_portal, contract).returncode == 1
