"""Other real parts: a mail server that catches everything, Redis, and the portal itself as processes."""

import email
import email.policy
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from email.message import EmailMessage
from functools import cached_property
from pathlib import Path
from typing import Any

import psutil
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask

from portal import mail
from portal.app import create_app
from portal.ground.config import Config
from portal.mail import Mail
from tests.support import processes

ROOT = Path(__file__).resolve().parents[2]


class MailCatcher:
    """An SMTP server in a thread.

    `messages` are the mails so far, `recipients` those of their envelopes; `refuse` answers 451 to the next ones. One that
    `takes_letters` knows SMTPUTF8.
    """

    def __init__(self, *, takes_letters: bool = True) -> None:
        self.takes_letters = takes_letters
        self.port = processes.free_port()
        self.messages: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.refuse = False
        self.start()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, enable_SMTPUTF8=self.takes_letters)
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop(no_assert=True)

    def clear(self) -> None:
        self.messages.clear()
        self.recipients.clear()
        self.refuse = False

    def to(self, address: str) -> list[EmailMessage]:
        """The mails to one address, oldest first."""
        return [message for message in list(self.messages) if address in str(message["To"])]

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.refuse:
            return "451 try again later"
        content = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content).encode()
        message = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 caught"


class RedisServer:
    """A Redis of our own, without a file."""

    def __init__(self, directory: Path) -> None:
        self.port = processes.free_port()
        self.log = directory / "redis.log"
        self.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        options = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = processes.start(["redis-server", "--port", str(self.port), *options], self.log)
        processes.wait_until(lambda: _listens(self.port), "Redis", log=self.log)

    def stop(self) -> None:
        processes.stop(self.process)


class LivePortal:
    """The portal as it runs in earnest: granian with its processes and a worker, on a port and PORTAL_VAR of its own."""

    def __init__(self, directory: Path, *, workers: int = 2, **settings: str) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self.port = processes.free_port()
        self.base_url = f"http://127.0.0.1:{self.port}"
        self.log = directory / "portal.log"
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
        self.environ = clean | {
            "PORTAL_VAR": str(directory / "var"),
            "PORTAL_PORT": str(self.port),
            "PORTAL_WORKERS": str(workers),
            **{f"PORTAL_{name.upper()}": value for name, value in settings.items()},
        }
        self._web: subprocess.Popen[bytes] | None = None
        self._worker: subprocess.Popen[bytes] | None = None

    @property
    def web_pid(self) -> int:
        """The process that keeps the web processes alive."""
        assert self._web is not None
        return self._web.pid

    def memory(self) -> int:
        """Bytes that the web processes have in memory."""
        return sum(process.memory_info().rss for process in psutil.Process(self.web_pid).children())

    def run(self, *arguments: str, text: str | None = None) -> str:
        """A command of `portal` with the settings of this server; returns what it printed."""
        done = subprocess.run(
            [*self._portal(), *arguments], env=self.environ, cwd=ROOT, input=text, capture_output=True, text=True
        )
        if done.returncode:
            raise AssertionError(f"portal {' '.join(arguments)} ended with {done.returncode}\n{done.stderr}")
        return done.stdout

    def json(self, *arguments: str) -> Any:
        return json.loads(self.run(*arguments, "--json"))

    def mails(self, address: str | None = None) -> list[Mail]:
        """The outbox, newest first, read by this process: waiting for a mail must not start a command a second."""
        with self.application.app_context():
            return mail.listed(address)

    @cached_property
    def application(self) -> Flask:
        """An application of this process on the same database."""
        settings = {name: value for name, value in self.environ.items() if name.startswith("PORTAL_")}
        return create_app(Config.from_environment(settings))

    def start(self, *, worker: bool = True) -> "LivePortal":
        self._web = processes.start([*self._portal(), "serve"], self.log, environ=self.environ, cwd=ROOT)
        if worker:
            self.start_worker()
        processes.wait_until(self._answers, "The portal", log=self.log, seconds=60)
        return self

    def start_worker(self) -> None:
        """The worker alone; it says nothing when it is ready."""
        self._worker = processes.start([*self._portal(), "worker"], self.log, environ=self.environ, cwd=ROOT)

    def stop(self, by: signal.Signals = signal.SIGTERM) -> None:
        for process in (self._web, self._worker):
            if process:
                processes.stop(process, by)
        self._web = self._worker = None

    @staticmethod
    def _portal() -> list[str]:
        return [str(Path(sys.executable).with_name("portal"))]

    def _answers(self) -> bool:
        assert self._web is not None
        if self._web.poll() is not None:
            raise RuntimeError(f"The portal ended:\n{self.log.read_text(errors='replace')[-3000:]}")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
