"""A coordinator runs a training, from the empty event to the report of what was deleted: in Polish, on a phone."""

import datetime as dt

from playwright.sync_api import Locator

from tests.browser.reading_walk import PHONE, ReadingWalk, letter, weekday
from tests.browser.stage import NETWORK
from tests.fixtures.browser import OpenPage
from tests.support.servers import LivePortal
from tests.support.visitor import accounts

BREAD, SOUP = "Chleb na zakwasie", "Zupy z resztek"
MEAT, REST = "Czy jesz mięso?", "Czego nie jesz poza tym?"
OLA, JAN = "ola@example.org", "jan@example.org"


def test_coordinator_from_the_empty_event_to_the_report_of_what_was_deleted(
    open_page: OpenPage, timed_site: LivePortal
) -> None:
    day = (dt.datetime.now(dt.UTC) + dt.timedelta(days=40)).date()
    coordinator, guest = (_reader(open_page, timed_site) for _ in range(2))
    _signed_in(coordinator)
    first = _begun(coordinator, day)
    _built(coordinator, first, day)
    slug = _copied(coordinator, first, day + dt.timedelta(days=7))
    _team(coordinator, slug)
    _questions(coordinator, slug)
    _published(coordinator, slug)
    _comes(guest, slug, weekday(day, "pl"))
    _writes(coordinator, slug)
    _moves(coordinator, slug)
    _is_told(guest, weekday(day, "pl"))
    _caller(coordinator, slug)
    _deleted(coordinator, slug)


def _reader(open_page: OpenPage, portal: LivePortal) -> ReadingWalk:
    page = open_page(portal, language="pl", width=PHONE["width"], height=PHONE["height"])
    return ReadingWalk(page, portal, "pl")


def _signed_in(walk: ReadingWalk) -> None:
    account = next(one for one in accounts(walk.portal) if one["role"] == "coordinator")
    walk.go("account/sign-in").send(email=account["address"], password=account["password"])


def _begun(walk: ReadingWalk, day: dt.date) -> str:
    """An event with nothing in it: it says what is missing, and is not published so."""
    walk.go("events/mine").follow(f"/networks/{NETWORK}/events/new").reads("Kto dostaje miejsce")
    words = {
        "title": "Kuchnia bez resztek",
        "kind": "training",
        "cost": "Bezpłatnie",
        "venue": "Świetlica",
        "town": "Łódź",
    }
    walk.send(starts_at=f"{day}T09:00", ends_at=f"{day}T16:00", **words)
    walk.reads("Zapisano wersję roboczą wydarzenia.", "Zacznij od sal", "0 punktów programu")
    slug = walk.part("events")
    walk.go(f"events/{slug}/publish").offer()
    walk.reads("Program jest pusty. Najpierw dodaj choć jeden punkt.")
    return slug


def _built(walk: ReadingWalk, slug: str, day: dt.date) -> None:
    """Two rooms, a slot and two workshops of two places stand in the grid."""
    for room in ("Kuchnia", "Jadalnia"):
        walk.go(f"events/{slug}/rooms/new").send(name=room, capacity="12")
    walk.go(f"events/{slug}/slots/new").send(starts_at=f"{day}T10:00", ends_at=f"{day}T12:00")
    for title, room in ((BREAD, 1), (SOUP, 2)):
        form = walk.go(f"events/{slug}/sessions/new").reads("Blok czasowy").form("title")
        walk.send(
            title=title, kind="workshop", slot=_option(form, "slot", 1), room=_option(form, "room", room), seats="2"
        )
    walk.go(f"events/{slug}/manage/programme")
    walk.reads("godziny w wierszach, sale w kolumnach", "godz. 10:00–12:00", "Kuchnia (12)", BREAD, SOUP)


def _copied(walk: ReadingWalk, slug: str, day: dt.date) -> str:
    """What is no day is named with its line; the copy has the programme and nobody's data."""
    walk.go(f"events/{slug}/copy").reads("Zgłoszeń osób nie kopiujemy.", "Skopiujemy 2 punkty programu")
    walk.offer(days="kiedyś").reads("Wiersz 1: Wpisz dzień w takiej postaci")
    walk.send(days=f"{day:%d.%m.%Y}")
    walk.reads("Utworzono 1 wersję roboczą z programem i zespołem.", "2 punkty programu", "2 sale", BREAD, SOUP)
    return walk.part("events")


def _team(walk: ReadingWalk, slug: str) -> None:
    walk.go(f"events/{slug}/team").reads(
        "Koordynatorzy sieci organizują wszystkie jej wydarzenia", "czyta, czego ludzie potrzebują"
    )
    walk.send(email="author@example.org", role="desk")
    walk.reads("Ta osoba jest od teraz w zespole.", "Aleksander Przygodzki", "Zakończ rolę")
    assert "Kuchnia bez resztek" in letter(walk.portal, "author@example.org", "Kuchnia bez resztek")


def _questions(walk: ReadingWalk, slug: str) -> None:
    """One with a choice, and one that depends on it and is deleted sooner."""
    walk.go(f"events/{slug}/questions").reads("Pytaj tylko o to, co jest potrzebne, żeby przygotować wydarzenie.")
    walk.follow("/questions/new").reads("Rodzaju nie da się później zmienić.").follow("kind=choice")
    walk.send(text=MEAT, required=True, new_1="Tak", new_2="Nie").reads("Dodano pytanie.", f"{MEAT} jedna odpowiedź")
    form = walk.go(f"events/{slug}/questions/new?kind=text").reads().form("text")
    walk.send(text=REST, condition=_option(form, "condition", 2), kept_days="10")
    walk.reads(f"Tylko po odpowiedzi „Nie” na pytanie „{MEAT}”", "Odpowiedzi usuwamy 10 dni po wydarzeniu.")


def _published(walk: ReadingWalk, slug: str) -> None:
    walk.go(f"events/{slug}/publish").reads("Od tej chwili każdy może je znaleźć.", "Punkty programu 2")
    walk.send().reads("Wydarzenie jest publiczne.", "Trwają zgłoszenia.", "Koszt udziału Bezpłatnie")


def _comes(guest: ReadingWalk, slug: str, on: str) -> None:
    """Somebody without an account registers; the second question is there once it applies."""
    guest.go(f"events/{slug}").follow("/register").reads("Dane usuniemy rok po wydarzeniu.", "10 dni po wydarzeniu")
    guest.lacks(f"{REST} Wybrane warsztaty")
    guest.page.get_by_label("Nie", exact=True).check()
    guest.page.get_by_label(REST).fill("Orzechów")
    guest.page.get_by_label(BREAD).check()
    guest.send(name="Ola Próbna", email=OLA).reads("Miejsce nie jest jeszcze zarezerwowane.")
    guest.open_mailed(OLA, "/registration/confirm/").reads(f"{BREAD} {on}", f"{REST} Orzechów").send()
    guest.reads("Zgłoszenie potwierdzone.", "godz. 10:00–12:00 Chleb na zakwasie Kuchnia", "Kod potwierdzenia:")


def _writes(walk: ReadingWalk, slug: str) -> None:
    """A message to those with a place: to whom is said beforehand, oneself gets it first."""
    walk.go(f"events/{slug}/participants").reads("1 osoba", f"Ola Próbna {OLA} potwierdzone")
    walk.go(f"messages/event/{slug}").follow("/new").reads("Nic nie zostanie wysłane, zanim pokażemy, do kogo.")
    walk.send(audience="confirmed", language="pl", subject="Weźcie fartuchy", body="Będziemy gotować.")
    walk.reads("Dziś otrzyma ją 1 osoba.", "Nic jeszcze nie zostało wysłane.")
    walk.press("/test").reads("Wiadomość próbna jest w drodze na adres coordinator@example.org")
    assert not [one for one in walk.portal.mails(OLA) if one.subject == "Weźcie fartuchy"]
    walk.press("/send").reads("Wiadomość jest w drodze.")
    told = letter(walk.portal, OLA, "Weźcie fartuchy")
    assert "Będziemy gotować." in told
    assert "bo masz miejsce na tym wydarzeniu" in told


def _moves(walk: ReadingWalk, slug: str) -> None:
    """Before a workshop moves, its page says whom that touches and asks how to save it."""
    form = walk.go(f"events/{slug}/manage").follow("/sessions/").form("title")
    day = form.locator("[name=starts_at]").first.input_value()
    times = {"slot": "", "starts_at": f"{day}T13:00", "ends_at": f"{day}T15:00"}
    walk.offer(**times)
    walk.reads("1 osoba ma miejsce i dostanie e-mail.", "gdy przez 20 minut nic więcej nie zmienisz")
    walk.lacks("Ta zmiana dotyczy innych osób (nieobowiązkowe)")
    walk.send(agreed="tell").reads("Zapisano zmiany.", f"godz. 13:00–15:00 warsztat, Kuchnia {BREAD}")


def _is_told(guest: ReadingWalk, before: str) -> None:
    """Nothing for twenty minutes; then one mail, and a page on which the person answers it."""
    subject = "Zmiana w programie: Kuchnia bez resztek"
    guest.portal.run("jobs", "run", "notices")
    assert subject not in {one.subject for one in guest.portal.mails(OLA)}
    guest.portal.run("demo", "clock", "forward", "21m")
    guest.portal.run("jobs", "run", "notices")
    told = letter(guest.portal, OLA, subject)
    assert "Miejsce pozostaje twoje." in told
    assert "10:00–12:00" in told.partition("Do tej pory plan był taki:")[2]
    guest.open_mailed(OLA, "/registration/.*/changes")
    guest.reads(
        "1 zmiana w twoim programie", f"Przedtem {before}", "godz. 13:00–15:00, Kuchnia", f"{SOUP} zostały 2 miejsca"
    )
    guest.send().reads("Odpowiedź zapisana.", f"godz. 13:00–15:00 {BREAD} Kuchnia")


def _caller(walk: ReadingWalk, slug: str) -> None:
    """All that is missing is said at once, and nothing that was typed is lost."""
    walk.go(f"events/{slug}/participants").follow("/participants/new").reads(
        "Dla kogoś, kto dzwoni albo przychodzi osobiście."
    )
    walk.page.get_by_label(SOUP).check()
    walk.page.get_by_label("Nie", exact=True).check()
    walk.offer(name="Jan Dzwoniący", email="").reads(
        "Popraw 2 pola", "Podaj adres e-mail albo numer telefonu", "Odpowiedz na to pytanie."
    )
    assert walk.page.get_by_label(SOUP).is_checked()
    walk.page.get_by_label(REST).fill("Ryb")
    walk.send(email=JAN).reads(
        "Dodano. Ta osoba ma miejsce.", "Jan Dzwoniący", f"godz. 10:00–12:00 {SOUP}", "Kto: Tomir Zalewa"
    )
    assert SOUP in letter(walk.portal, JAN)
    walk.go(f"events/{slug}/participants").reads("2 osoby")


def _deleted(walk: ReadingWalk, slug: str) -> None:
    """Each thing goes in its time, and the report says how much, why and with which fingerprint; no name is left."""
    kept = ((60, "Imiona i adresy 2"), (365, "Nie przechowujemy żadnych danych uczestników tego wydarzenia."))
    for days, says in kept:
        walk.portal.run("demo", "clock", "forward", f"{days}d")
        walk.portal.run("jobs", "run", "registrations")
        _signed_in(walk)
        walk.go(f"events/{slug}/kept").reads(f"Odpowiedzi na pytanie: {REST} 2", "10 dni po wydarzeniu (", says)
    walk.reads("Imiona i adresy 2", f"Odpowiedzi na pytanie: {MEAT} 2", "365 dni po wydarzeniu (", "SHA-256")
    walk.go(f"events/{slug}/participants").lacks("Ola", "Jan", OLA, JAN)


def _option(form: Locator, name: str, place: int) -> str:
    """The value of an option of a list, by its place in it."""
    return str(form.locator(f'[name="{name}"] option').nth(place).get_attribute("value"))
