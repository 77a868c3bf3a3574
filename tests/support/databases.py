"""One application per engine and process; for every test its database is that of a migrated template again."""

import contextlib
import gc
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask

from portal.app import create_app
from portal.ground.config import CONFIG, Config
from portal.ground.db import db
from portal.ground.migrations import upgrade
from tests.support.client import CheckedClient
from tests.support.postgresql import PostgresServer
from tests.support.servers import LivePortal, MailCatcher

TEMPLATE = "synergia_template"
NAME = "synergia_test"
PATIENCE = 3  # seconds for threads of the last test to give their connections back


@contextlib.contextmanager
def inside(live: LivePortal) -> Iterator[Flask]:
    """The application of this process on the database of a live portal."""
    with live.application.app_context():
        yield live.application
        db.session.rollback()
        db.engine.dispose()


def come_to_rest(path: Path) -> None:
    """Wait until nobody has this SQLite file open. Fails when somebody keeps it: a connection of the last test would take
    the log of the next one for its own, and both end with "disk I/O error" much later."""
    deadline = time.monotonic() + PATIENCE
    while opened := _opened(path):
        if time.monotonic() > deadline:
            raise AssertionError(f"A test before this one left open: {', '.join(sorted(opened))}")
        gc.collect()  # a traceback may hold a connection
        time.sleep(0.01)


def _opened(path: Path) -> set[str]:
    """The files of a database that this process has open, as Linux tells; elsewhere nothing is known."""
    found = set()
    for entry in Path("/proc/self/fd").glob("*"):
        with contextlib.suppress(OSError):  # closed meanwhile
            found.add(os.readlink(entry).removesuffix(" (deleted)"))
    return found & {f"{path}{suffix}" for suffix in ("", "-wal", "-shm")}


@dataclass
class Databases:
    """Makes applications on demand: a run of one SQLite test starts no PostgreSQL."""

    root: Path
    mail: MailCatcher
    _server: PostgresServer | None = None
    _apps: dict[str, Flask] = field(default_factory=dict)
    _sqlite_template: Path | None = None
    _postgresql_template: str | None = None

    @property
    def server(self) -> PostgresServer:
        if self._server is None:
            self._server = PostgresServer()
        return self._server

    def application(self, engine: str) -> Flask:
        """The application on this engine, with an empty, migrated database and an empty media store."""
        app = self._apps.get(engine)
        if app is None:
            app = self._apps[engine] = self._make(engine)
        config = CONFIG.of(app)
        with app.app_context():
            db.engine.dispose()
        if config.sqlite_path is not None:
            come_to_rest(config.sqlite_path)
        self.fill(config)
        shutil.rmtree(config.var / "media", ignore_errors=True)
        (config.var / "media").mkdir()
        return app

    def fill(self, config: Config) -> None:
        """Make the database of these settings that of the template."""
        if config.sqlite_path is None:
            self.server.renew(NAME, self.postgresql_template())
            return
        for suffix in ("-wal", "-shm"):
            config.sqlite_path.with_name(config.sqlite_path.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(self.sqlite_template(), config.sqlite_path)

    def sqlite_template(self) -> Path:
        """A migrated SQLite file."""
        if self._sqlite_template is None:
            config = self.config(self.root / "template", f"sqlite:///{self.root / 'template' / 'synergia.db'}")
            upgrade(config)
            self._sqlite_template = config.sqlite_path
        assert self._sqlite_template is not None
        return self._sqlite_template

    def postgresql_template(self) -> str:
        """The name of a migrated PostgreSQL database that nobody is connected to."""
        if self._postgresql_template is None:
            upgrade(self.config(self.root / "template", self.server.create(TEMPLATE)))
            self._postgresql_template = TEMPLATE
        return self._postgresql_template

    def config(self, var: Path, database_url: str) -> Config:
        (var / "media").mkdir(parents=True, exist_ok=True)
        return Config.from_environment(
            {"PORTAL_VAR": str(var), "PORTAL_DATABASE_URL": database_url, "PORTAL_SMTP_URL": self.mail.url}
        )

    def close(self) -> None:
        for app in self._apps.values():
            with app.app_context():
                db.engine.dispose()
        if self._server:
            self._server.remove()

    def _make(self, engine: str) -> Flask:
        var = self.root / engine
        url = f"sqlite:///{var / 'synergia.db'}" if engine == "sqlite" else self.server.url(NAME)
        config = self.config(var, url)
        self.fill(config)
        app = create_app(config)
        app.testing = True
        app.test_client_class = CheckedClient
        return app
