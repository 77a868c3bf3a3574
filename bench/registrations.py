"""How many registrations with two workshops a second, and what each costs the web processes in CPU time."""

import html
import http.client
import json
import re
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from bench.servers import Server, portal

CLIENTS = 8
EACH = 40  # registrations a client
PATH = "/en/events/kongres-wspolpracy-lokalnej/register"


@dataclass(frozen=True, slots=True)
class Registrations:
    """`per_second` at CLIENTS clients; `cpu_milliseconds` of the web processes for form GET, form POST and confirming POST."""

    count: int
    per_second: float
    cpu_milliseconds: float


def measure(server: Server) -> Registrations:
    """Send the forms, deliver the mails, confirm by their links; only the three requests of each person are counted."""
    people = [f"bench{client}.{number}@example.org" for client in range(CLIENTS) for number in range(EACH)]
    cpu = server.cpu_seconds()
    began = time.perf_counter()
    _in_parallel(people, lambda person, ip: send_form(Browser(server.base, ip), person))
    first = time.perf_counter() - began
    cpu = server.cpu_seconds() - cpu
    portal(server.var, "mail", "send")
    links, opened = _links(server), dict[str, tuple[Browser, dict[str, str]]]()

    def look(person: str, ip: str) -> None:  # at the page behind the link, before the button
        browser = Browser(server.base, ip)
        opened[person] = browser, hidden_fields(browser.get(links[person]))

    def confirm(person: str, ip: str) -> None:
        browser, fields = opened[person]
        browser.post(links[person], fields)

    _in_parallel(people, look)
    cpu -= server.cpu_seconds()
    began = time.perf_counter()
    _in_parallel(people, confirm)
    spent = first + time.perf_counter() - began
    cpu += server.cpu_seconds()
    _check(server.var, len(people))
    return Registrations(len(people), len(people) / spent, cpu * 1000 / len(people))


def _in_parallel(people: list[str], act: Callable[[str, str], None]) -> None:
    failures: list[BaseException] = []

    def work(client: int) -> None:
        try:
            for person in people[client::CLIENTS]:
                act(person, f"198.51.100.{client + 1}")
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(client,)) for client in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


class Browser:
    """One person's: a connection and cookies. It does little, because it shares the processors with the server."""

    def __init__(self, base: str, ip: str) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(base).netloc)
        self.cookies: dict[str, str] = {}
        self.ip = ip

    def get(self, path: str) -> str:
        status, body = self._ask("GET", path, None)
        assert status == 200, status
        return body

    def post(self, path: str, fields: dict[str, str]) -> None:
        """Send a form. The page after it is no part of a registration: that there is one is the answer."""
        status, _body = self._ask("POST", path, urlencode(fields))
        assert status == 303, status

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str]:
        headers = {"X-Forwarded-For": self.ip, "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.read().decode()


def send_form(browser: Browser, person: str) -> None:
    """One registration with two workshops. AssertionError for an answer that is none of a registration."""
    page = browser.get(PATH)
    own = {"name": "Bench Person", "email": person, "affiliation": ""}
    browser.post(PATH, hidden_fields(page) | own | two_workshops(page))


_HIDDEN = re.compile(r"<input[^>]*type=\"hidden\"[^>]*>")
_RADIO = re.compile(r"<input[^>]*type=\"radio\"[^>]*>")
_NAME, _VALUE = re.compile(r'name="([^"]*)"'), re.compile(r'value="([^"]*)"')


def hidden_fields(page: str) -> dict[str, str]:
    """Name and value of every hidden field of a page's forms."""
    pairs = ((_NAME.search(tag), _VALUE.search(tag)) for tag in _HIDDEN.findall(page))
    return {name[1]: html.unescape(value[1]) if value else "" for name, value in pairs if name}


def two_workshops(page: str) -> dict[str, str]:
    """One free workshop of each of the last two groups of choices: groups are slots, so they do not overlap."""
    groups: dict[str, list[str]] = {}
    for tag in _RADIO.findall(page):
        name, value = _NAME.search(tag), _VALUE.search(tag)
        if name and value and name[1] not in ("theme", "text"):
            groups.setdefault(name[1], []).append(value[1])
    assert len(groups) >= 2, groups
    return {name: next(value for value in reversed(values) if value) for name, values in list(groups.items())[-2:]}


def _links(server: Server) -> dict[str, str]:
    """The path of the confirming link of each person."""
    mails = json.loads(portal(server.var, "mail", "list", "--json"))
    ours = {mail["to"]: mail["text"] for mail in mails if mail["to"].startswith("bench")}
    found = {address: re.search(r"https?://[^/\s]+(/\S*/regist\S+)", text) for address, text in ours.items()}
    return {address: link[1] for address, link in found.items() if link}


def _check(var: Path, expected: int) -> None:
    """Every person is registered, and no session has more bookings than seats."""
    with sqlite3.connect(f"file:{var / 'synergia.db'}?mode=ro", uri=True) as connection:
        (active,) = connection.execute(
            "SELECT count(*) FROM registration WHERE email LIKE 'bench%' AND status IN ('confirmed', 'waiting')"
        ).fetchone()
        (oversold,) = connection.execute("SELECT count(*) FROM session_seats WHERE taken > seats").fetchone()
    assert active == expected, (active, expected)
    assert oversold == 0
