"""The registrations of the demo: a full congress with people waiting, and meetings with few and many."""

import datetime as dt

from portal.accounts.demo import Cast
from portal.declaration import Demo, DemoPerson
from portal.events.demo import CONGRESS, entries
from portal.events.models import Event
from portal.events.queries import sessions
from portal.events.services import cancel_event
from portal.ground import clock
from portal.ground.db import transaction
from portal.mail import standing
from portal.registration.demo.sizes import load_many
from portal.registration.invitees import named
from portal.registration.services import Wish, invite, register

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
        for number in range(entry.get("registrations", 0)):  # where there are more than seats, people wait
            _register(event, 100 * order + number, [])
        if entry.get("cancelled") and entry.get("registrations"):
            cancel_event(event, reason=entry["cancelled"], by=cast.people["coordinator"])


def _invitations(cast: Cast, event: Event) -> None:
    """Twelve were asked to the congress; the first of them have registered since."""
    languages = ("polski", "български", "English")
    guests = [f"guest{number}@example.org\t{languages[number % 3]}" for number in range(34, 46)]
    with clock.frozen(clock.now() - dt.timedelta(days=31)):
        invite(event, by=cast.people["coordinator"], invitees=named("\n".join(guests)), language="pl")


def _crowd(cast: Cast, event: Event) -> None:
    """Forty registrations: the first workshop is full with people waiting, the others are somewhere between."""
    workshops = [session for session in sessions(event.id) if session.kind == "workshop"]
    for number in range(40):
        first = FULL_WORKSHOP if number < 17 else cast.random.randrange(1, 6)
        other = cast.random.randrange(6, 12) if number % 3 else cast.random.randrange(12, 18)
        wishes = [Wish(workshops[index].id, waits=True) for index in (first, other)]
        with clock.frozen(clock.now() - dt.timedelta(days=30) + dt.timedelta(hours=number)):
            _register(event, number, wishes)


def _register(event: Event, number: int, wishes: list[Wish]) -> None:
    language = ("pl", "bg", "en")[number % 3]
    register(
        event_id=event.id,
        email=f"guest{number}@example.org",
        name=GUESTS[language][number // 3 % len(GUESTS[language])],
        locale=language,
        affiliation="",
        wanted=wishes,
        accepts_waiting=True,
    )


DEMO = Demo(
    people=[DemoPerson("registered", "Zofia Malinowska", "pl")], load=load, enlarge={"registrations": load_many}
)
