"""How many registrations with two workshops a second, and what each costs the web processes in CPU time."""

import html
import http.cookiejar
import json
import re
import sqlite3
import threading
import time
import urllib.parse
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.servers import Server, portal

CLIENTS = 8
EACH = 40  # registrations a client
EVENT = "kongres-wspolpracy-lokalnej"


Confirming = tuple[urllib.request.OpenerDirector, str, dict[str, str]]


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
    _in_parallel(people, lambda person, ip: _send_form(server.base, person, ip))
    first = time.perf_counter() - began
    cpu = server.cpu_seconds() - cpu
    portal(server.var, "mail", "send")
    links, opened = _links(server), {}

    def look(person: str, ip: str) -> None:
        opened[person] = _open_link(links[person], ip)

    _in_parallel(people, look)
    cpu -= server.cpu_seconds()
    began = time.perf_counter()
    _in_parallel(people, lambda person, ip: _confirm(*opened[person]))
    spent = first + time.perf_counter() - began
    cpu += server.cpu_seconds()
    _check(server.var, len(people))
    return Registrations(len(people), len(people) / spent, cpu * 1000 / len(people))


def _in_parallel(people: list[str], act) -> None:
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


class _Stay(urllib.request.HTTPRedirectHandler):
    """The page after the form is no part of a registration: its address is the answer."""

    def http_error_303(self, req: Any, fp: Any, code: int, msg: str, headers: Any) -> Any:
        return fp


def _browser(ip: str) -> urllib.request.OpenerDirector:
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()), _Stay)
    opener.addheaders = [("X-Forwarded-For", ip)]
    return opener


def _send_form(base: str, person: str, ip: str) -> None:
    browser = _browser(ip)
    url = f"{base}/en/events/{EVENT}/register"
    page = browser.open(url).read().decode()
    values = hidden_fields(page) | {"name": "Bench Person", "email": person, "affiliation": ""} | two_workshops(page)
    answer = browser.open(url, urllib.parse.urlencode(values).encode())
    assert answer.status == 303, answer.status


def hidden_fields(page: str) -> dict[str, str]:
    """Name and value of every hidden field of a page's forms."""
    tags = re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page)
    pairs = ((re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)) for tag in tags)
    return {name[1]: html.unescape(value[1]) if value else "" for name, value in pairs if name}


def two_workshops(page: str) -> dict[str, str]:
    """One free workshop of each of the last two groups of choices: groups are slots, so they do not overlap."""
    groups: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*type=\"radio\"[^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value and name[1] not in ("theme", "text"):
            groups.setdefault(name[1], []).append(value[1])
    assert len(groups) >= 2, groups
    return {name: next(value for value in reversed(values) if value) for name, values in list(groups.items())[-2:]}


def _links(server: Server) -> dict[str, str]:
    """The confirming link of each person; the mail names the address of the command that sent it, not the server's."""
    mails = json.loads(portal(server.var, "mail", "list", "--json"))
    ours = {mail["to"]: mail["text"] for mail in mails if mail["to"].startswith("bench")}
    found = {address: re.search(r"https?://[^/\s]+(/\S*/regist\S+)", text) for address, text in ours.items()}
    return {address: server.base + link[1] for address, link in found.items() if link}


def _open_link(link: str, ip: str) -> Confirming:
    """Look at the page behind the link, as a person does before the button."""
    browser = _browser(ip)
    return browser, link, hidden_fields(browser.open(link).read().decode())


def _confirm(browser: urllib.request.OpenerDirector, link: str, fields: dict[str, str]) -> None:
    answer = browser.open(link, urllib.parse.urlencode(fields).encode())
    assert answer.status == 303, answer.status


def _check(var: Path, expected: int) -> None:
    """Every person is registered, and no session has more bookings than seats."""
    with sqlite3.connect(f"file:{var / 'synergia.db'}?mode=ro", uri=True) as connection:
        (active,) = connection.execute(
            "SELECT count(*) FROM registration WHERE email LIKE 'bench%' AND status IN ('confirmed', 'waiting')"
        ).fetchone()
        (oversold,) = connection.execute("SELECT count(*) FROM session_seats WHERE taken > seats").fetchone()
    assert active == expected, (active, expected)
    assert oversold == 0
