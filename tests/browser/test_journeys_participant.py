"""Somebody who was invited waits, is offered a place, reads that a workshop has moved, and lets a colleague come instead, who
cancels: in Bulgarian, on a phone, without JavaScript."""

import datetime as dt
from dataclasses import dataclass

from tests.browser.reading_walk import PHONE, ReadingWalk, letter, weekday
from tests.browser.readings import inputs, last_part, number
from tests.browser.stage import OTHER_NETWORK
from tests.fixtures.browser import OpenPage
from tests.support.servers import LivePortal
from tests.support.visitor import Visitor, mailed

BREAD, SOUP = "Хляб с квас", "Супи от остатъци"
ADA, BEN, EVA = "ada@example.org", "ben@example.org", "eva@example.org"
OWN = "/bg/registration/(?!invited|confirm)"


@dataclass
class Others:
    """What people do whom the participant never meets: the coordinator, and who has the only place."""

    portal: LivePortal
    day: dt.date

    def __post_init__(self) -> None:
        self.coordinator, self.holder = Visitor(self.portal).sign_in("coordinator"), Visitor(self.portal)

    def publish(self) -> None:
        """One place in all, two workshops at one time, and 24 hours to answer an offer."""
        whole = {
            "language": "bg", "title": "Кухня без остатъци", "kind": "training", "timezone": "Europe/Sofia", "town": "Пловдив",
            "seats": "1", "offer_hours": "24", "starts_at": f"{self.day}T09:00", "ends_at": f"{self.day}T17:00",
        }  # fmt: skip
        made = self.coordinator.submit(f"/bg/networks/{OTHER_NETWORK}/events/new", whole)
        self.base = f"/bg/events/{last_part(made, 'events')}"
        times = {"starts_at": f"{self.day}T10:00", "ends_at": f"{self.day}T12:00"}
        for title in (BREAD, SOUP):
            words = {"title": title, "kind": "workshop", "seats": "1"}
            self.coordinator.submit(f"{self.base}/sessions/new", {**words, **times})
        self.coordinator.submit(f"{self.base}/publish", {})

    def fill(self) -> None:
        """Somebody has the one place, and the one in the first workshop."""
        page = self.holder.get(f"{self.base}/register")
        name, free = next((name, value) for name, value in inputs(page) if name.startswith("at_") and value.isdecimal())
        self.holder.submit(page, {"name": "Ева Първа", "email": EVA, name: free})
        self.holder.submit(mailed(self.portal, EVA, "/registration/confirm/"))

    def invite(self) -> None:
        shown = self.coordinator.send(f"{self.base}/invite", {"people": ADA, "language": "bg"}, button="act=look")
        self.coordinator.submit(shown, button="act=send")

    def leave(self) -> None:
        self.holder.submit(f"{mailed(self.portal, EVA, OWN)}/cancel")

    def move(self) -> None:
        """The first workshop is in the afternoon now, and nothing changes for twenty minutes."""
        manage = self.coordinator.get(f"{self.base}/manage").html
        edit = f"{self.base}/sessions/{number(manage, f'{self.base}/sessions/')}/edit"
        later = {"starts_at": f"{self.day}T14:00", "ends_at": f"{self.day}T16:00"}
        self.coordinator.submit(self.coordinator.send(edit, later), {"agreed": "tell"})
        self.portal.run("demo", "clock", "forward", "21m")
        self.portal.run("jobs", "run", "notices")


def test_participant_from_the_invitation_to_cancelling(open_page: OpenPage, timed_site: LivePortal) -> None:
    how = {"language": "bg", "width": PHONE["width"], "height": PHONE["height"]}
    page, glass = open_page(timed_site, javascript=False, **how), open_page(timed_site, **how)
    walk = ReadingWalk(page, timed_site, "bg", glass)
    others = Others(timed_site, (dt.datetime.now(dt.UTC) + dt.timedelta(days=40)).date())
    others.publish()
    others.fill()
    others.invite()
    _waits(walk)
    others.leave()
    _takes(walk)
    others.move()
    _chooses(walk, weekday(others.day, "bg"))
    _hands_over(walk)
    _cancels(walk)


def _waits(walk: ReadingWalk) -> None:
    """The link of the invitation is enough; the form says that everything is taken, and the page which turn it is."""
    told = letter(walk.portal, ADA, "Покана: Кухня без остатъци")
    assert "Записването е отворено до: " in told
    assert "профил не е нужен" in told
    walk.open_mailed(ADA, "/registration/invited/")
    walk.reads("Няма свободни места Този формуляр Ви включва в списъка на чакащите.", f"{BREAD} Няма свободни места")
    walk.page.get_by_label(BREAD).check()
    walk.offer(name="").reads("Въведете име и фамилия.")
    assert walk.page.get_by_label(BREAD).is_checked()
    walk.send(name="Ада Пробна").reads("Позиция в списъка на чакащите: 1", "ще го пазим известно време за Вас")
    told = letter(walk.portal, ADA, "Списък на чакащите: Кухня без остатъци")
    assert "Позиция в списъка на чакащите: 1" in told


def _takes(walk: ReadingWalk) -> None:
    """The place is kept until an instant that is told; it is taken by a button and not by looking."""
    told = letter(walk.portal, ADA, "Пазим място за Вас: Кухня без остатъци")
    assert "Срок за отговор: " in told
    assert "Без отговор то преминава към следващия човек в списъка." in told
    walk.open_mailed(ADA, OWN).reads(
        "запазено място, очаква отговор", "Освободи се място за събитието", "Срок за отговор"
    )
    walk.press("/accept").reads("Мястото е Ваше.", "потвърдено Ада Пробна", f"10:00–12:00 ч. {BREAD} Отказ от мястото")
    assert f"Работилница: {BREAD}" in letter(walk.portal, ADA, "Потвърдено участие: Кухня без остатъци")


def _chooses(walk: ReadingWalk, before: str) -> None:
    """One mail says from when to when; its page offers what is free at the earlier time."""
    told = letter(walk.portal, ADA, "Промяна в програмата: Кухня без остатъци")
    assert "14:00–16:00 ч. софийско време" in told
    assert "10:00–12:00 ч. софийско време" in told.partition("Досега беше планирано така:")[2]
    walk.open_mailed(ADA, "/registration/.*/changes").reads(
        "1 промяна във Вашата програма", f"Преди {before}", "14:00–16:00 ч."
    )
    walk.page.get_by_label(SOUP).check()
    walk.send().reads("Промените са запазени.", f"10:00–12:00 ч. {SOUP} Отказ от мястото").lacks(BREAD)
    assert f"Работилница: {SOUP}" in letter(walk.portal, ADA, "Променено записване: Кухня без остатъци")


def _hands_over(walk: ReadingWalk) -> None:
    walk.follow("/hand-over").reads("Вместо Вас идва друг човек и получава всичко запазено.", SOUP)
    walk.offer(name="", email="").reads("Поправете 2 полета", "Въведете име и фамилия.", "Въведете имейл адреса.")
    walk.send(name="Бен Пробен", email=BEN)
    walk.reads("прехвърлено на друг човек", "Мястото и всичко запазено вече е на: Бен Пробен")
    told = letter(walk.portal, BEN, "Имате място: Кухня без остатъци")
    assert "Място за това събитие Ви прехвърля: Ада Пробна" in told
    assert f"Работилница: {SOUP}" in told


def _cancels(walk: ReadingWalk) -> None:
    """The colleague has a page of their own, and gives the place up: it is asked first, and can be taken back."""
    walk.open_mailed(BEN, OWN).reads("потвърдено Бен Пробен", f"10:00–12:00 ч. {SOUP}")
    walk.follow("/cancel").reads("Да се отмени ли записването?", SOUP).send()
    walk.reads(
        "Отказът е приет.", "отменено Бен Пробен", "Вашето място още не е дадено на никого.", "Връщане на мястото"
    )
    assert "Кухня без остатъци" in letter(walk.portal, BEN, "Отменено записване")
