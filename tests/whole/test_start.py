"""What must hold before anybody is served, and what is refused with its reason on standard error."""

import contextlib
import importlib
import os
import pkgutil
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import click
import pytest
from cryptography.fernet import Fernet

from portal.accounts.cli import person
from portal.cli import MODULES, cli

ROOT = Path(__file__).parents[2]
PRODUCTION = {
    "PORTAL_ENV": "production",
    "PORTAL_BASE_URL": "https://portal.example.org",
    "PORTAL_SECRET_KEY": "s" * 40,
    "PORTAL_DATA_KEYS": Fernet.generate_key().decode(),
    "PORTAL_TICKET_KEYS": "ticket",
    "PORTAL_SMTP_URL": "smtp://127.0.0.1:9",
}


def command(var: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environ = os.environ | {"PORTAL_VAR": str(var)} | settings
    return subprocess.run(
        [sys.executable, "-m", "portal", *arguments], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60
    )


def load_wsgi(var: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    environ = os.environ | {"PORTAL_VAR": str(var)} | settings
    return subprocess.run(
        [sys.executable, "-c", "import wsgi"], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60
    )


def test_pending_migrations_are_refused(tmp_path: Path) -> None:
    refused = load_wsgi(tmp_path)
    assert refused.returncode != 0
    assert "portal db upgrade" in refused.stderr


def test_newer_schema_is_served_when_it_says_that_this_code_runs_on_it(tmp_path: Path) -> None:
    assert command(tmp_path, "db", "upgrade").returncode == 0
    with contextlib.closing(sqlite3.connect(tmp_path / "synergia.db", isolation_level=None)) as database:
        database.execute("UPDATE alembic_version SET version_num = 'of_tomorrow'")
        assert load_wsgi(tmp_path).returncode == 0
        assert command(tmp_path, "db", "upgrade").returncode == 0
        database.execute("UPDATE database_note SET value = 'of_tomorrow of_noon' WHERE key = 'runs_with'")
        refused = load_wsgi(tmp_path)
        assert refused.returncode != 0
        assert "of_tomorrow of a newer release" in refused.stderr
        upgraded = command(tmp_path, "db", "upgrade")
        assert (upgraded.returncode, "Traceback" in upgraded.stderr) == (1, False)
        assert "newer release" in upgraded.stderr
        assert database.execute("SELECT version_num FROM alembic_version").fetchone() == ("of_tomorrow",)


def test_production_refuses_accounts_of_the_demo_and_starts_without_them(demo_var: Path, tmp_path: Path) -> None:
    assert command(tmp_path / "new", "db", "upgrade", **PRODUCTION).returncode == 0
    assert load_wsgi(tmp_path / "new", **PRODUCTION).returncode == 0
    shutil.copytree(demo_var, tmp_path / "demo")
    refused = load_wsgi(tmp_path / "demo", **PRODUCTION)
    assert refused.returncode != 0
    assert "accounts of the demo" in refused.stderr


@pytest.mark.parametrize("missing", ["PORTAL_SECRET_KEY", "PORTAL_DATA_KEYS", "PORTAL_SMTP_URL"])
def test_missing_setting_ends_with_1_and_its_name(tmp_path: Path, missing: str) -> None:
    refused = command(tmp_path, "db", "upgrade", **{**PRODUCTION, missing: ""})
    assert refused.returncode == 1
    assert missing in refused.stderr
    assert refused.stdout == ""


def test_public_demo_has_random_passwords_in_a_file_of_its_owner(tmp_path: Path) -> None:
    public = {"PORTAL_BIND": "0.0.0.0", "PORTAL_DEMO_PUBLIC": "1"}
    first = command(tmp_path, "demo", "accounts", **public)
    assert "three random words" not in first.stdout
    assert (tmp_path / "demo-accounts.json").stat().st_mode & 0o777 == 0o600
    assert command(tmp_path, "demo", "accounts", **public).stdout == first.stdout


def test_every_command_is_found_by_its_name() -> None:
    import portal.commands as commands

    there = {
        command.name: name
        for _, name, _ in pkgutil.iter_modules(commands.__path__)
        for command in getattr(importlib.import_module(f"portal.commands.{name}"), "COMMANDS", ())
    }
    assert there == MODULES
    for name in there:
        found = cli.get_command(click.Context(cli), name)
        assert found is not None and found.name == name
    assert set(cli.list_commands(click.Context(cli))) > there.keys()
    assert cli.get_command(click.Context(cli), "person") is person
    assert cli.get_command(click.Context(cli), "nothing") is None


def test_a_command_is_found_without_loading_the_portal() -> None:
    """`portal serve` loads it once, as its forks share it; the command line before it would load a second one."""
    script = (
        "import sys, click; from portal.cli import cli; cli.get_command(click.Context(cli), 'serve'); "
        "print(sorted({'sqlalchemy', 'alembic', 'portal.app', 'portal.features', 'portal.demo'} & set(sys.modules)))"
    )
    loaded = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert loaded.stdout == "[]\n"
