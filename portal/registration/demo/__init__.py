"""The registrations of the demo: a full congress with people waiting, and meetings with few and many."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from portal.accounts.demo import Cast
from portal.accounts.models import Person
from portal.declaration import Demo, DemoPerson
from portal.events.demo import CONGRESS, entries
from portal.events.models import Event
from portal.events.queries import questions_of, sessions
from portal.events.services import cancel_event
from portal.ground import clock
from portal.ground.db import transaction
from portal.mail import standing
from portal.questions.demo import value_of
from portal.questions.services import Filled
from portal.registration.coming_days import days_of
from portal.registration.demo.sizes import load_many
from portal.registration.invitees import named
from portal.registration.models import PARTICIPANT
from portal.registration.services import (
    Wish,
    approve,
    cancel,
    come_on,
    hold,
    invite,
    purge,
    register,
    reserve,
    set_periods,
)
from portal.words.i18n import LANGUAGES

GUESTS = {  # invented, and rare; a name is in one language, and so is whoever bears it
    "pl": (
        "Mira Wrzos", "Leon Brzęczyk", "Iga Mokradło", "Rafał Sitowski", "Weronika Jarzębska", "Ola Kalinowa-Sarna",
        "Jeremi Głóg", "Lidia Szuwarska", "Borys Wierzbina", "Dobrawa Pokrzywka", "Kajetan Olszyniak", "Rozalia Mech",
        "Gustaw Tarnina", "Hanna Trzcińska",
    ),
    "bg": (
        "Иво Градев", "Нели Лозева", "Ясен Долинов", "Мира Върбанова", "Стоян Кипаров", "Лора Черешова",
        "Камен Ракитин", "Яна Лозева", "Огнян Градев", "Рада Долинова", "Пламен Върбанов", "Зоя Кипарова",
        "Момчил Черешов", "Елица Ракитина",
    ),
    "en": (
        "Tamsin Larkspur", "Ewan Hollis", "Marlowe Finch", "Imogen Thistle", "Alasdair Reed", "Philippa Wren",
        "Rufus Alder", "Beatrix Sedge", "Fergus Rowan", "Sorrel Whitby", "Callum Heath", "Isla Bramley", "Hugo Merrow",
        "Winifred Ashe",
    ),
}  # fmt: skip
FULL_WORKSHOP = 0  # the first one gets more wishes than seats


UNREACHED = {"guest3@example.org": "5.1.1", "guest6@example.org": "5.2.1"}  # of whom the team sees that no mail arrives


def load(cast: Cast) -> None:
    congress = cast.the(Event, CONGRESS)
    _invitations(cast, congress)
    _crowd(cast, congress)
    with transaction():
        for mailbox, code in UNREACHED.items():
            standing.note_report(mailbox, is_hard=True, code=code)
    for order, entry in enumerate(entries(), start=1):
        event = cast.the(Event, entry["slug"])
        _reserves(event, entry.get("reserves", []), cast.people["coordinator"])
        # Where there are more than seats, people wait.
        done = [_register(event, 100 * order + number, []) for number in range(entry.get("registrations", 0))]
        if approved := done[: entry.get("approved", 0)]:
            approve(event, approved, by=cast.people["coordinator"])
        for registration in done[: entry.get("given_up", 0)]:
            cancel(registration)
        if entry.get("cancelled") and entry.get("registrations"):
            cancel_event(event, reason=entry["cancelled"], by=cast.people["coordinator"])
    _kept(cast)


def _kept(cast: Cast) -> None:
    """One event whose people are deleted already, with the report of it, and one whose names a contract keeps for longer."""
    coordinator = cast.people["coordinator"]
    over, held = cast.the(Event, "rabotilnica-otcheti"), cast.the(Event, "obshta-sreshta-na-mrezhata")
    with clock.frozen(over.starts_at - dt.timedelta(days=9)):
        set_periods(over, version=over.row_version, days={PARTICIPANT: 20}, by=coordinator)
        for number in range(7):
            _register(over, 9000 + number, [])
    purge()
    hold(
        held, version=held.row_version, until=clock.today(held.timezone) + dt.timedelta(days=5 * 365), by=coordinator,
        reason="Договорът за проекта изисква списъкът на участниците да се пази пет години.",
    )  # fmt: skip


SECTORS = (
    "ngo",
    "informal-group",
    "ngo",
    "",
)  # of the guests, where the event asks: none of those for whom places are kept


def _reserves(event: Event, kept: Iterable[Mapping[str, Any]], by: Person) -> None:
    """The places that an event keeps for some, open to everybody so many days before it begins."""
    for one in kept:
        opens = clock.to_wall(event.starts_at - dt.timedelta(days=one["days_before"]), event.timezone)
        names = {f"name_{code}": one["names"].get(code, "") for code in LANGUAGES}
        reserve(event, by=by, seats=one["seats"], sectors=tuple(one["sectors"]), release_at=opens, **names)


def _invitations(cast: Cast, event: Event) -> None:
    """Twelve were asked to the congress; the first of them have registered since."""
    languages = ("polski", "български", "English")
    guests = [f"guest{number}@example.org\t{languages[number % 3]}" for number in range(34, 46)]
    with clock.frozen(clock.now() - dt.timedelta(days=31)):
        invite(event, by=cast.people["coordinator"], invitees=named("\n".join(guests)), language="pl")


def _crowd(cast: Cast, event: Event) -> None:
    """Forty registrations: the first workshop is full with people waiting, the others are somewhere between."""
    workshops, last = [session for session in sessions(event.id) if session.kind == "workshop"], 0
    for number in range(40):
        first = FULL_WORKSHOP if number < 17 else cast.random.randrange(1, 6)
        other = cast.random.randrange(6, 12) if number % 3 else cast.random.randrange(12, 18)
        wishes = [Wish(workshops[index].id, waits=True) for index in (first, other)]
        with clock.frozen(clock.now() - dt.timedelta(days=30) + dt.timedelta(hours=number)):
            last = _register(event, number, wishes)
    come_on(last, days=days_of(event)[1:])  # who does not wait to be asked


# What guests of the event with questions answer in turn, by the place of the question; words are in the language that they read.
COMING = (("o1",), ("o2",), ("o3",), ("o1", "o4"), ())
STAYING = ("o1", "o2", "o1", "o3", "", "o1", "o2")
SHOWING = {
    "pl": ("Zdjęcia z ogrodu społecznego", "Piosenkę znad Bugu"),
    "bg": ("Снимки от читалището", "Една родопска песен"),
    "en": ("A map of empty shops in our street", "How we lend tools"),
}


def _answers(event: Event, number: int, language: str) -> Filled:
    asked = questions_of(event.id)
    given = (COMING[number % 5], STAYING[number % 7], SHOWING[language][number % 2])
    answers = {one.id: value_of(one, value) for one, value in zip(asked, given, strict=False)}
    return {"answers": answers, "language": language, "read_in": language}


def _register(event: Event, number: int, wishes: list[Wish]) -> int:
    """Somebody registers; returns the number of the registration."""
    language = ("pl", "bg", "en")[number % 3]
    done = register(
        event_id=event.id,
        email=f"guest{number}@example.org",
        name=GUESTS[language][number // 3 % len(GUESTS[language])],
        locale=language,
        affiliation="",
        sector=SECTORS[number % 4] if event.asks_organisation else None,
        wanted=wishes,
        accepts_waiting=True,
        filled=_answers(event, number, language),
    )
    return done.registration_id


DEMO = Demo(
    people=[DemoPerson("registered", "Zofia Malinowska", "pl")], load=load, enlarge={"registrations": load_many}
)
