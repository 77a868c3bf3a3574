"""The list of a workshop and the own registration on paper: what their pages say, for those who may open the pages."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from portal.events.models import Mode
from portal.ground.db import db
from portal.membership.models import Network
from portal.registration import services
from portal.registration.models import Registration
from portal.registration.services import Wish
from portal.words.i18n import LANGUAGES, Localized, _, in_language
from tests.factories.events import (
    ask,
    make_coordinator,
    make_event,
    make_room,
    make_session,
    make_slot,
    make_team_member,
)
from tests.factories.registrations import change, confirmed
from tests.support.papers import Read, said_by, squeezed

NOTE = (
    "Note it. When everything is deleted, it is the only way to find that out, because we no longer know who you are."
)
# Neither is given an account of what is stored, so both engines would say the same.
pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def event(app: Flask, frozen_clock: Any) -> Any:
    return make_event(title=Localized.of("pl", "Kongres „Żółć”", bg="Конгрес на щъркелите"))


def sheet(event: Any, session: Any, language: str = "pl") -> str:
    return f"/{language}/events/{event.slug}/participants/workshops/{session.id}"


def own(registration: Registration, language: str = "pl") -> str:
    return f"/{language}/registration/{services.open_own(registration.id).token}"


def missing(pieces: list[str], paper: Read) -> list[str]:
    said = squeezed(paper.text)
    return [piece for piece in pieces if squeezed(piece) not in said]


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_says_what_its_page_says_in_its_order(event: Any, as_person: Any, language: str) -> None:
    workshop = make_session(event, seats=3, room_id=make_room(event).id)
    for name in ("Zofia Żak", "Łucja Lis", "Щилян Ъгленов", "李小龙", '#import "x" $1 \\ @a'):
        confirmed(event, workshop, name=name, affiliation="Koło Wierzbica")
    browser = as_person(make_coordinator(db.session.get_one(Network, event.network_id)))
    pieces = said_by(browser.get(sheet(event, workshop, language)).text)
    answer = browser.get(f"{sheet(event, workshop, language)}.pdf")
    paper = Read(answer.data)
    assert "Zofia Żak" in pieces and "Щилян Ъгленов" in " ".join(pieces)
    assert missing(pieces, paper) == ["李小龙, Koło Wierzbica"] and paper.says("LiXiaoLong, Koło Wierzbica")
    order = [
        squeezed(paper.text).index(squeezed(one))
        for one in pieces
        if one in ("Łucja Lis", "Zofia Żak", "Щилян Ъгленов")
    ]
    assert order == sorted(order) and paper.root["/Lang"] == language
    assert answer.mimetype == "application/pdf" and answer.headers["Content-Language"] == language
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert f'filename="{event.slug}-{workshop.id}-' in answer.headers["Content-Disposition"]


def test_list_on_paper_is_for_those_who_may_open_its_page(event: Any, as_person: Any, client: Any) -> None:
    workshop, foreign = make_session(event), make_session(make_event())
    desk = as_person(make_team_member(event, "desk"))
    assert desk.get(f"{sheet(event, workshop)}.pdf").status_code == 200
    assert f"{sheet(event, workshop)}.pdf" in desk.get(sheet(event, workshop)).text
    assert desk.get(f"{sheet(event, foreign)}.pdf").status_code == 404
    assert as_person(make_team_member(event, "door")).get(f"{sheet(event, workshop)}.pdf").status_code == 403
    assert client.get(f"{sheet(event, workshop)}.pdf").status_code == 303


def test_empty_list_says_so(event: Any, as_person: Any) -> None:
    browser = as_person(make_team_member(event, "desk"))
    assert Read(browser.get(f"{sheet(event, make_session(event), 'en')}.pdf").data).says("Nobody has a place")


def test_list_asks_the_same_for_more_people(event: Any, as_person: Any, count_queries: Any) -> None:
    workshop = make_session(event)
    browser = as_person(make_team_member(event, "desk"))
    browser.get(f"{sheet(event, workshop)}.pdf")
    with count_queries() as few:
        browser.get(f"{sheet(event, workshop)}.pdf")
    for _number in range(4):
        confirmed(event, workshop)
    with count_queries() as many:
        browser.get(f"{sheet(event, workshop)}.pdf")
    assert len(few) == len(many) <= 9


@pytest.mark.parametrize("language", LANGUAGES)
def test_own_registration_says_what_its_page_says(event: Any, client: Any, language: str) -> None:
    slot = make_slot(event)
    one, full = make_session(event, slot=slot, room_id=make_room(event).id), make_session(event, slot=slot, seats=0)
    later = make_session(event, hours=25)
    registration = confirmed(event, one, later, name="Żaneta Щастлива", affiliation="Сдружение Зелена стряха")
    change(
        registration,
        Wish(one.id),
        Wish(full.id, waits=True),
        Wish(later.id),
        name="Żaneta Щастлива",
        affiliation="Сдружение „Зелена стряха“",
    )
    page = client.get(own(registration, language)).text
    answer = client.get(f"{own(registration, language)}/registration.pdf")
    paper = Read(answer.data)
    others = (
        "needs-title",
        "about-title",
        "calendar",
    )  # ways to other pages, and what an invited person cannot look up
    left_out = missing(said_by(page, without=others), paper)
    with in_language(language):  # the first stands in the head, the other in two places
        assert [" ".join(piece.split()) for piece in left_out] == [
            " ".join(words.split()) for words in (_("When and where"), f"{_(NOTE)} {_('Where to enter it')}")
        ]
        assert paper.says(_(NOTE)) and paper.says(_("Where to enter it"))
    assert paper.says(registration.receipt) and paper.says(f"/{language}/receipt")
    assert "bg" in paper.languages or language == "bg"
    assert paper.root["/Lang"] == language and answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert services.open_own(registration.id).token not in paper.text, "the address of the page is a key"


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_on_paper_are_those_of_the_page(event: Any, client: Any, language: str) -> None:
    days = ask(event, "Dni?", kind="several", added=["Piątek #1", "Събота $2"], required=False)
    answers = {
        ask(event, "Obiad?", kind="choice", required=False).id: "o2", days.id: ("o1", "o2"),
        ask(event, "Ile lat?", kind="number", required=False).id: Decimal(40),
        ask(event, "Zgadzam się na zdjęcia.", kind="consent", required=False).id: True,
        ask(event, "Kiedy przyjedziesz?", kind="date", required=False).id: dt.date(2026, 12, 4),
        ask(event, "Skąd?", kind="long-text", required=False).id: "Z Łodzi.\n= nie nagłówek",
    }  # fmt: skip
    registration = confirmed(event, name="Anna Nowak", filled={"answers": answers})
    page = client.get(own(registration, language)).text
    paper = Read(client.get(f"{own(registration, language)}/registration.pdf").data)
    pieces = said_by(page, without=("when-title", "kept-title", "needs-title", "calendar-title"))
    assert "40" in pieces and "Z Łodzi." in " ".join(pieces)
    assert missing([one for piece in pieces for one in piece.split(", ")], paper) == []
    assert [one.name for one in paper.tags].count("H1") == 1


def test_own_registration_tells_of_its_state(event: Any, client: Any) -> None:
    registration = confirmed(event, name="Anna Nowak")
    path = f"{own(registration, 'en')}/registration.pdf"
    assert Read(client.get(path).data).says("confirmed · Anna Nowak")
    services.cancel(registration.id)
    ended = Read(client.get(path).data)
    assert ended.says("The registration is cancelled. Its places are free for others.") and ended.says(
        registration.receipt
    )
    assert not ended.says("Your plan") and not ended.says("E-mail address")


def test_where_an_online_meeting_is_stands_on_the_paper_of_confirmed_people(app: Flask, client: Any) -> None:
    address = "https://spotkania.example.org/pokoj-7"
    event = make_event(mode=Mode.ONLINE, seats=1, online_url=address, town="", venue=Localized())
    inside, waits = confirmed(event), confirmed(event)
    assert Read(client.get(f"{own(inside)}/registration.pdf").data).says(address)
    paper = Read(client.get(f"{own(waits)}/registration.pdf").data)
    assert not paper.says("pokoj-7") and paper.says("Pozycja na liście oczekujących: 1")


def test_paper_of_a_link_that_is_gone_is_not_there(event: Any, client: Any) -> None:
    assert client.get("/pl/registration/nobody/registration.pdf").status_code == 404
