"""A PostgreSQL server of our own: in a temporary directory, on a Unix socket, without fsync."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psutil
import psycopg

from tests.support import processes
from tests.support.undoing import Template

SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "max_wal_size": "128MB",
    "log_min_messages": "warning",
}
ROLE = "synergia"
PREFIX = "synergia-pg-"
BEGINNING = 600  # seconds in which a directory without a server may still get one
MEMORY = Path("/dev/shm")
ROOM = 2 << 30  # bytes: what a server of the tests never fills


def binaries() -> Path:
    """The directory of the newest PostgreSQL >= 15 of this machine."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if not found and not on_path:
        raise RuntimeError("PostgreSQL is missing: tools/test_parts.sh installs it")
    return (found[-1] if found else Path(str(on_path))).parent


def place() -> str | None:
    """Where the files go: into memory where there is room, for a database is a thousand files; else where tempfile says."""
    return str(MEMORY) if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM else None


def _server_of(root: Path) -> int | None:
    """The process that has written its number into a directory; None where there is none, or it is just being written."""
    try:
        words = (root / "data" / "postmaster.pid").read_text().split()
    except FileNotFoundError:
        return None
    return abs(int(words[0])) if words else None


def remove_left_over(folder: Path) -> None:
    """Remove what servers left whose tests were killed: in memory it would stay for ever. A young one may be beginning.

    While `initdb` fills a directory, a server without connections writes its number there as a negative one.
    """
    for root in folder.glob(f"{PREFIX}*"):
        number = _server_of(root)
        if number is not None:
            has_ended = not psutil.pid_exists(number)
        else:
            has_ended = time.time() - root.stat().st_mtime > BEGINNING
        if has_ended:
            shutil.rmtree(root, ignore_errors=True)


class PostgresServer:
    """One server; `create(name)` copies a template (0.05 s in memory, 0.5 s on a disk), `renew` takes milliseconds."""

    def __init__(self) -> None:
        # not in pytest's directory: that one is closed to the user `postgres`, and initdb refuses root
        remove_left_over(Path(place() or tempfile.gettempdir()))
        self.root = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place()))
        self.user = "postgres" if os.geteuid() == 0 else None
        if self.user:
            owner = pwd.getpwnam(self.user)
            os.chown(self.root, owner.pw_uid, owner.pw_gid)
        self.log = self.root / "log"
        self.process: subprocess.Popen[bytes] | None = None
        self._admin: psycopg.Connection | None = None
        self._copies: dict[str, tuple[psycopg.Connection, Template]] = {}  # those that `renew` has made, by name
        command = [str(binaries() / "initdb"), "-D", str(self.root / "data"), "-U", ROLE, "-A", "trust", "-N"]
        command += ["--encoding=UTF8", "--locale=C.UTF-8"]
        identity = {"user": self.user, "group": self.user, "extra_groups": []} if self.user else {}
        subprocess.run(command, check=True, capture_output=True, cwd=self.root, **identity)
        self.start()

    def start(self) -> None:
        options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        command = [str(binaries() / "postgres"), "-D", str(self.root / "data"), "-k", str(self.root), *options]
        self.process = processes.start(command, self.log, user=self.user, cwd=self.root, death_signal=signal.SIGQUIT)
        processes.wait_until(self._answers, "PostgreSQL", log=self.log)

    def stop(self) -> None:
        """Stop as in a crash of the machine: connections are cut, nothing is asked."""
        for connection in (self._admin, *(connection for connection, _template in self._copies.values())):
            if connection:
                connection.close()
        self._admin, self._copies = None, {}
        if self.process:
            processes.stop(self.process, signal.SIGINT)
            self.process = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.root, ignore_errors=True)

    def url(self, name: str) -> str:
        """The address of a database in the form of PORTAL_DATABASE_URL."""
        return f"postgresql+psycopg://{ROLE}@/{name}?host={self.root}"

    def create(self, name: str, template: str = "template1") -> str:
        """Make a database anew from a template and return its address."""
        self.drop(name)
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
        return self.url(name)

    def renew(self, name: str, template: str) -> None:
        """Take a copy of a template, or make it again, as nobody has used it. Its connections must be closed."""
        if name in self._copies:
            connection, as_it_was = self._copies.pop(name)
            if not connection.closed and as_it_was.undo(connection):
                self._copies[name] = connection, as_it_was
                return
            connection.close()
        self.create(name, template)
        connection = self._connect(name)
        self._copies[name] = connection, Template(connection)

    def drop(self, name: str) -> None:
        self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        if self._admin is None or self._admin.closed:
            self._admin = self._connect("postgres")
        self._admin.execute(statement.encode())

    def _connect(self, name: str) -> psycopg.Connection:
        return psycopg.connect(host=str(self.root), user=ROLE, dbname=name, autocommit=True)

    def _answers(self) -> bool:
        try:
            psycopg.connect(host=str(self.root), user=ROLE, dbname="postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True
