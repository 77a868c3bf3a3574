"""`portal person` and `portal config`, run as programs."""

import subprocess
import zipfile
from typing import Any

import pytest

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def portal(engine: str, make_live: Any) -> Any:
    return make_live(engine)


def failing(portal: Any, *arguments: str, **settings: str) -> str:
    """What a command that must end with 1 says on standard error."""
    done = subprocess.run(
        [*portal._portal(), *arguments], env=portal.environ | settings, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    return done.stderr


def test_person_create_and_grant_make_an_administrator(portal):
    portal.run("person", "create", "--address", "Ada@example.org", "--name", "Ada Zespołowa")
    portal.run("person", "grant", "--address", "ada@example.org", "--role", "administrator")
    mails = portal.json("mail", "list")
    assert [mail["to"] for mail in mails] == ["Ada@example.org"]  # she sets the password herself
    assert "already has an account" in failing(
        portal, "person", "create", "--address", "ada@example.org", "--name", "X"
    )


def test_a_grant_that_cannot_be_ends_with_1(portal):
    grant = ("person", "grant", "--address", "nikt@example.org", "--role")
    assert "no account with this address" in failing(portal, *grant, "administrator")
    assert "--network" in failing(portal, *grant, "coordinator")
    assert "--network" in failing(portal, *grant, "administrator", "--network", "siec")
    assert "lipa" in failing(portal, *grant, "lipa")


def test_person_is_exported_and_erased_by_the_team(portal, tmp_path):
    portal.run("person", "create", "--address", "Ewa@example.org", "--name", "Ewa Odchodząca")
    path = tmp_path / "ewa.zip"
    portal.run("person", "export", "--address", "ewa@example.org", str(path))
    assert "person.json" in zipfile.ZipFile(path).namelist()
    portal.run("person", "erase", "--address", "ewa@example.org", "--yes")
    assert "Nobody has the address" in failing(portal, "person", "erase", "--address", "ewa@example.org", "--yes")
    portal.run("audit", "verify")


def test_config_masks_secrets_and_names_sources(portal):
    portal.environ |= {"PORTAL_SECRET_KEY": "tajne-" * 8, "PORTAL_REDIS_URL": "redis://x:haslo@127.0.0.1/0"}
    printed = portal.run("config")
    rows = {line.split()[0]: line.split()[1:] for line in printed.splitlines()}
    assert rows["PORTAL_SECRET_KEY"] == ["environment", "********"]
    assert rows["PORTAL_DATA_KEYS"] == ["default", "********"]
    assert rows["PORTAL_WORKERS"] == ["environment", "2"]
    assert "haslo" not in printed


def test_config_names_every_setting_that_does_not_fit(portal):
    said = failing(portal, "config", PORTAL_PORT="x", PORTAL_ENV="production", PORTAL_DATA_KEYS="short")
    for name in ("PORTAL_PORT", "PORTAL_BASE_URL", "PORTAL_SECRET_KEY", "PORTAL_DATA_KEYS", "PORTAL_SMTP_URL"):
        assert name in said
