"""The accounts of the demo, one for each thing a person can be."""

import json
import os
import secrets
from pathlib import Path

from portal.declaration import DemoPerson, declared
from portal.ground.config import CONFIG

KNOWN_PASSWORD = "three random words"  # noqa: S105  (for loopback only; a public demo gets random ones)


def people() -> list[DemoPerson]:
    """Everybody who can sign in, in ladder order."""
    return [one for feature in declared() for one in feature.demo.people]


def accounts() -> list[dict[str, str]]:
    """role, address and password of every account, in the order of `people`."""
    known = passwords()
    return [{"role": one.role, "address": one.address, "password": known[one.role]} for one in people()]


def passwords() -> dict[str, str]:
    """The password of each role: the printed one on loopback, random ones in a file of its owner for a public demo."""
    config = CONFIG.get()
    if not config.demo_public:
        return {one.role: KNOWN_PASSWORD for one in people()}
    path = config.var / "demo-accounts.json"
    if not path.exists():
        _write_new(path)
    stored: dict[str, str] = json.loads(path.read_text())
    return stored


def _write_new(path: Path) -> None:
    made = {one.role: secrets.token_urlsafe(12) for one in people()}
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(made, file, indent=1)
