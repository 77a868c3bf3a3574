"""How many rows of a list a second become profiles, in how much memory, while people register for an event."""

import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from bench.registrations import Browser, send_form
from bench.servers import Server, environment

ROWS = 10_000
A_MINUTE = 40  # registrations
HEAD = "Nazwa;Forma prawna;Miejscowość;Województwo;Tematy;KRS;E-mail;Opis"


@dataclass(frozen=True, slots=True)
class Imported:
    """`megabytes` is the peak of the process that imports; `refused` of `registered` forms were not answered with 303."""

    rows: int
    seconds: float
    cpu_seconds: float
    megabytes: float
    registered: int
    refused: int


def measure(server: Server) -> Imported:
    """Import a list from the console while forty registrations a minute are sent."""
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / "lista.csv"
        file.write_text("\n".join([HEAD, *map(_row, range(ROWS))]), encoding="utf-8")
        stopped, answers = threading.Event(), list[bool]()
        people = threading.Thread(target=_register, args=(server, stopped, answers))
        people.start()
        began = time.perf_counter()
        command = [sys.executable, "-m", "portal", "organisations", "import", str(file)]
        process = subprocess.Popen(command, env=environment(server.var) | {"PATH": os.environ["PATH"]})
        _pid, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        stopped.set()
        people.join()
    assert status == 0, status
    cpu = used.ru_utime + used.ru_stime
    return Imported(ROWS, seconds, cpu, used.ru_maxrss / 1024, len(answers), answers.count(False))


def _row(number: int) -> str:
    town = ("Łódź", "Zgierz", "Lublin", "Myszyniec", "Wąchock")[number % 5]
    return f"Stowarzyszenie Klon {number};stowarzyszenie;{town};łódzkie;{1 + number % 8};{number + 1};;Sadzimy drzewa."


def _register(server: Server, stopped: threading.Event, answers: list[bool]) -> None:
    number = 0
    while not stopped.wait(60 / A_MINUTE):
        number += 1
        try:
            send_form(Browser(server.base, f"198.51.100.{number % 200 + 1}"), f"import{number}@example.org")
            answers.append(True)
        except AssertionError:
            answers.append(False)
